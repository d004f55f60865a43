"""集計 as a table: groups downwards, time or categories across, sums at the right and below.

No sum is reckoned from others: each comes from counting its own activities once, so 活動日数 and
joint meetings are right in every place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kashiwa_desktop.domain.totals import Sum

MEASURES = {
    "count": "回数",
    "days": "活動日数",
    "minutes": "時間",
    "attendees": "参加人数",
}
UNITS = {"count": "回", "days": "日", "minutes": "時間:分", "attendees": "人"}
NOTHING = "–"

Key = tuple[str, ...]
Names = Sequence[tuple[Key, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its key and name, a number for each column, and the number of all of it.

    ``before`` are the 回 of the opening balance that are in ``whole`` and in none of the columns.
    """

    key: Key
    name: str
    cells: tuple[Sum, ...]
    whole: Sum
    before: int = 0


@dataclass(frozen=True, slots=True)
class Crosstab:
    """The lines, the names of the columns (key and name), and the line of the sums below."""

    columns: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    last: Line

    @property
    def has_before(self) -> bool:
        """Whether some opening balance belongs to no column and needs one of its own."""
        return any(line.before for line in (*self.lines, self.last))


def crosstab(
    sums: tuple[Iterable[Sum], ...], lines: Names, columns: Names, *, running: bool = False
) -> Crosstab:
    """Arrange sums by (line, column), by line, by column, and of all, in the order of the names.

    What the names do not hold has no place; ``lines`` and ``columns`` come from the same sums.
    ``running`` columns hold everything up to their end.
    """
    both, by_line, by_column, all_of_it = ({row.group: row for row in rows} for rows in sums)

    def cells(found: dict[Key, Sum], before: Key) -> tuple[Sum, ...]:
        places = ((*before, *key) for key, _ in columns)
        return tuple(found.get(place, Sum(place)) for place in places)

    def line(key: Key, name: str, row: tuple[Sum, ...], whole: Sum) -> Line:
        told = row[-1:] if running else row
        return Line(key, name, row, whole, whole.opening - sum(cell.opening for cell in told))

    made = [line(key, name, cells(both, key), by_line.get(key, Sum(key))) for key, name in lines]
    last = line((), "計", cells(by_column, ()), all_of_it.get((), Sum(())))
    return Crosstab(tuple((key[0], name) for key, name in columns), tuple(made), last)


def words(number: Sum, measure: str) -> str:
    """Return a number as it stands on the screen and on paper; nothing recorded is a dash."""
    if not number.count:
        return NOTHING
    value: int = getattr(number, measure)
    if measure == "minutes":
        return f"{value // 60:,}:{value % 60:02d}"
    return f"{value:,}"
