"""集計 as a table: every sum has its place, what cannot be placed is said apart."""

import pytest

from kashiwa_desktop.domain.crosstab import Crosstab, crosstab, words
from kashiwa_desktop.domain.totals import Sum

LINES = [(("A1",), "見本台"), (("A2",), "例ヶ丘")]
COLUMNS = [(("2025",), "令和7年度"), (("2026",), "令和8年度")]


def made(**more):
    return crosstab(
        (
            [Sum(("A1", "2025"), 2, 1, 90, 5), Sum(("A2", "2026"), 3, 3)],
            [Sum(("A1",), 12, 1, 90, 5, opening=10), Sum(("A2",), 3, 3)],
            [Sum(("2025",), 2), Sum(("2026",), 3)],
            [Sum((), 14, 4, opening=10)],
        ),
        LINES, COLUMNS, **more,
    )  # fmt: skip


def test_every_sum_has_its_place_and_no_sum_is_made_of_others():
    table = made()
    assert table.columns == (("2025", "令和7年度"), ("2026", "令和8年度"))
    assert [[cell.count for cell in line.cells] for line in table.lines] == [[2, 0], [0, 3]]
    assert [line.whole.count for line in (*table.lines, table.last)] == [12, 3, 14]
    assert table.lines[0].cells[1] == Sum(("A1", "2026"))


def test_opening_balance_of_no_column_stands_before_them():
    table = made()
    assert [line.before for line in (*table.lines, table.last)] == [10, 0, 10]
    assert table.has_before
    assert not crosstab(([], [], [], []), LINES, COLUMNS).has_before


def test_running_columns_hold_it_already():
    sums = (
        [Sum(("A1", "2025"), 10, opening=10), Sum(("A1", "2026"), 12, opening=10)],
        [Sum(("A1",), 12, opening=10)],
        [Sum(("2025",), 10, opening=10), Sum(("2026",), 12, opening=10)],
        [Sum((), 12, opening=10)],
    )
    assert not crosstab(sums, LINES, COLUMNS, running=True).has_before
    assert crosstab(sums, LINES, COLUMNS).lines[0].before == -10


def test_a_table_without_lines_or_columns():
    table = crosstab(([], [], [], [Sum((), 5)]), [], [], running=True)
    assert (table.lines, table.columns, table.last.whole.count) == ((), (), 5)
    assert isinstance(table, Crosstab)


@pytest.mark.parametrize(
    ("number", "measure", "text"),
    [
        (Sum((), 1234, 56), "count", "1,234"),
        (Sum((), 1234, 56), "days", "56"),
        (Sum((), 3, 3, 61), "minutes", "1:01"),
        (Sum((), 3, 3, 60_000), "minutes", "1,000:00"),
        (Sum((), 3), "attendees", "0"),
        (Sum(()), "count", "–"),
    ],
)
def test_numbers_as_they_are_read(number, measure, text):
    assert words(number, measure) == text
