"""Ways: where a page wants to go, said with one value; the window's table makes the screen."""

from dataclasses import dataclass
from enum import IntEnum


class Screen(IntEnum):
    """Every screen by the number at its lower right; ``docs/screens.md`` has the titles."""

    WELCOME = 0
    HOME = 1
    RECORD = 2
    LIST = 3
    SUBMIT = 4
    REPLY = 5
    PRINT = 6
    REVIEW = 7
    RESOURCES = 8
    SETTINGS = 9
    IMPORT = 10
    MOVING = 11
    PREDECESSOR = 12
    RECOVERY = 19
    BOARD = 20
    INTAKE = 21
    CHECK = 22
    RETURNS = 23
    TOTALS = 24
    EXCEL = 25
    ENTERING = 26
    ROSTER = 27
    TROUBLE = 28
    KEYS = 29
    DISPOSAL = 30
    HANDOVER = 31
    START = 32
    MEETING = 33
    LOG = 34
    ADVANCED = 35
    STAFF = 36
    CITY_RESOURCES = 37
    BATCH = 40
    PAYMENTS = 41
    YEAR = 42
    NOTICING = 43


@dataclass(frozen=True, slots=True)
class Way:
    """A screen, and what is asked of its page once it is up: ``act`` is one of its methods."""

    screen: Screen
    act: str = ""
    given: tuple[object, ...] = ()
