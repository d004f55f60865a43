"""Rows and columns as data, and the view on them."""

from dataclasses import dataclass
from functools import cmp_to_key

import pytest
from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

from kashiwa_desktop.ui.widgets.state_mark import board_marks
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, ROW, SORT, Column, TableModel
from kashiwa_desktop.ui.widgets.table.table_view import TableView
from ratios import times_the_floor
from ui.measure import settle

LIMIT = 10
"""How many times as long as a plain list a table may take to sort."""


@dataclass(frozen=True)
class Visit:
    name: str
    minutes: int


ROWS = [Visit("き", 90), Visit("か", 9), Visit("く", 100)]


@pytest.fixture
def model(qapp):
    mark = board_marks()["open"]
    made = TableModel(
        [
            Column("なまえ", lambda row: row.name, tip=lambda row: f"<{row.name}>"),
            Column("時間", lambda row: f"{row.minutes}分", lambda row: row.minutes, RIGHT),
            Column("状態", lambda row: mark.word, mark=lambda row: mark),
        ]
    )
    made.show_rows(ROWS)
    return made


@pytest.fixture
def view(model, qtbot):
    made = TableView(model, "訪問の一覧")
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    return made


def names(model):
    return [row.name for row in model.rows]


def test_it_is_a_proper_model(model):
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_rows(ROWS[:1])
    model.sort(1)
    model.show_rows([])
    model.show_rows(ROWS)


def test_roles(model):
    cell = model.index(0, 1)
    assert cell.data() == "90分"
    assert cell.data(SORT) == 90
    assert cell.data(ROW) is ROWS[0]
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "時間 90分"
    assert cell.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "<span>&lt;き&gt;</span>"
    assert not model.index(0, 2).data(Qt.ItemDataRole.DecorationRole).isNull()
    assert model.data(QModelIndex()) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "時間"
    assert model.headerData(1, Qt.Orientation.Vertical) is None


def test_row_comes_back_through_a_proxy(model):
    proxy = QSortFilterProxyModel(sortRole=SORT)
    proxy.setSourceModel(model)
    proxy.sort(1)
    assert [proxy.index(n, 0).data(ROW).minutes for n in range(3)] == [9, 90, 100]


def test_sorting_uses_native_values_and_lasts(model):
    model.sort(1)
    assert names(model) == ["か", "き", "く"]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["く", "き", "か"]
    model.show_rows([Visit("け", 1), Visit("こ", 500)])
    assert names(model) == ["こ", "け"]


def test_rows_are_tall_at_every_size(view, look):
    for size in (12, 24):
        look.show_text_size(size)
        settle()
        assert view.rowHeight(0) >= 44
        assert view.rowHeight(0) >= view.fontMetrics().height() + 16


def test_enter_opens_and_a_click_only_chooses(view, qtbot):
    view.choose(1)
    view.setFocus()
    with qtbot.waitSignal(view.opened) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args == [ROWS[1]]
    spot = view.visualRect(view.model().index(2, 0)).center()
    with qtbot.waitSignal(view.chosen) as told, qtbot.assertNotEmitted(view.opened):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert told.args == [ROWS[2]]
    assert view.current_row() == ROWS[2]


def test_several_rows_can_be_chosen(view):
    view.allow_several()
    view.selectAll()
    assert view.chosen_rows() == ROWS


def test_tab_leaves_the_table(view):
    assert not view.tabKeyNavigation()


MANY = [Visit(str(number), number * 7919 % 10_007) for number in range(10_000)]


def both_ways(table):
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        for column in (1, 0):
            table.sort(column, order)


def bare_sorts():
    """The floor: the same rows as a plain list, in the same orders."""
    rows = list(MANY)
    for backwards in (False, True):
        rows.sort(key=lambda visit: visit.minutes, reverse=backwards)
        rows.sort(key=lambda visit: visit.name, reverse=backwards)


def test_many_rows_sort_like_a_plain_list(model, figure):
    model.show_rows(MANY)
    ratio = times_the_floor(lambda: both_ways(model), bare_sorts, LIMIT)
    figure(f"sorting {len(MANY):,} rows: {ratio:.1f} times a plain list")
    assert ratio < LIMIT
    model.sort(1)
    assert model.row(0).minutes <= model.row(len(MANY) - 1).minutes


def test_a_table_that_compares_cell_with_cell_would_be_noticed(model, monkeypatch):
    """The wrong variant: as Qt's own sorting proxy does."""

    def compare():
        cell = model.columns[model._order[0]].key
        model._rows.sort(key=cmp_to_key(lambda a, b: (cell(a) > cell(b)) - (cell(a) < cell(b))))

    model.show_rows(MANY)
    monkeypatch.setattr(model, "_sort_rows", compare)
    assert times_the_floor(lambda: both_ways(model), bare_sorts, LIMIT, tries=1) > LIMIT
