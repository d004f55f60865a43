"""Repeatable choices: the same seed and the same words always give the same world."""

import math
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_STRIDE = 7919  # a prime that divides no size of a set of texts, so that turns do not repeat early
MONTH_TURNS = 101  # turns of one month: more than there are promoters


def dice(*parts: object) -> random.Random:
    """Return a source of choices that depends on ``parts`` only, on every machine alike."""
    return random.Random("/".join(map(str, parts)))  # noqa: S311 - invented texts, no secrets


def choose(pools: Sequence[Sequence[T]], turn: int) -> list[T]:
    """Return one member of each pool; neighbouring turns differ, in the first pools above all.

    Two turns give the same members of the first k pools only when they differ by a multiple of
    the product of those pools' sizes. Each pool is turned on by the places before it, so that the
    later ones vary too and nothing of this is lost.
    """
    rest = turn * _STRIDE % math.prod(map(len, pools))
    chosen, before = [], 0
    for pool in pools:
        rest, place = divmod(rest, len(pool))
        chosen.append(pool[(place + before) % len(pool)])
        before += place
    return chosen
