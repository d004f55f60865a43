"""What the schema lets a field hold: read from its types, so that no form has limits of its own."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec.inspect as about
from msgspec import Struct

MEMBER = "[]"
"""In a path: any member of a list, any value of a mapping."""

Path = tuple[str, ...]


def longest(shape: type[Struct], name: str) -> int | None:
    """Return how many characters (or members) the field ``name`` may have; None without a limit."""
    return getattr(at(shape, (name,)), "max_length", None)


def most(shape: type[Struct], name: str) -> int:
    """Return the largest whole number that the field ``name`` takes."""
    return int(getattr(at(shape, (name,)), "le"))  # noqa: B009 - one of the many kinds of types


def within(shape: type[Struct], name: str, number: int) -> bool:
    """Whether the field ``name`` takes this number."""
    found = at(shape, (name,))
    least, top = getattr(found, "ge", None), getattr(found, "le", None)
    return (least is None or least <= number) and (top is None or number <= top)


def is_needed(shape: type[Struct], name: str) -> bool:
    """Whether the field ``name`` must be there."""
    kind = about.type_info(shape)
    assert isinstance(kind, about.StructType)
    return any(field.required for field in kind.fields if field.encode_name == name)


def at(shape: type[Struct], path: Sequence[str]) -> about.Type | None:
    """Return what the schema says of the field at ``path``; None where it knows no such field."""
    return dict(walk(shape)).get(tuple(path))


@lru_cache(maxsize=64)
def walk(shape: type[Struct]) -> tuple[tuple[Path, about.Type], ...]:
    """Return every field of a shape with its path, those inside other fields too."""
    return tuple(_walk(about.type_info(shape), ()))


def _walk(kind: about.Type, path: Path) -> Iterator[tuple[Path, about.Type]]:
    if path:
        yield path, said(kind)
    for name, inner in _inside(said(kind)):
        yield from _walk(inner, (*path, name))


def _inside(kind: about.Type) -> Iterator[tuple[str, about.Type]]:
    if isinstance(kind, about.StructType):
        for field in kind.fields:
            yield field.encode_name, field.type
    elif isinstance(kind, about.ListType):
        yield MEMBER, kind.item_type
    elif isinstance(kind, about.DictType):
        yield MEMBER, kind.value_type


def said(kind: Any) -> about.Type:
    """Return the one kind of value meant where nothing (null) is allowed besides."""
    others = [t for t in getattr(kind, "types", ()) if not isinstance(t, about.NoneType)]
    found: about.Type = others[0] if len(others) == 1 else kind
    return found
