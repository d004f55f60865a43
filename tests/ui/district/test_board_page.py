"""Screen 20: headline in words, the newest month first, who is missing, a message to copy."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.sample import office_day
from kashiwa_desktop.ui.district.board_table import BoardTable
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import named
from ui.measure import complaints, settle


def _texts(page):
    return [label.text() for label in page.findChildren(TextLabel) if label.isVisible()]


def _table(page):
    return next(t for t in page.findChildren(BoardTable) if t.isVisible())


def _cell(table, row, column):
    return table.model().index(row, column).data()


def test_it_says_in_words_where_the_month_stands(board_page):
    texts = _texts(board_page)
    assert "10月分は、8地域のうち7地域から届いています。" in texts
    details = next(text for text in texts if "現在" in text)
    assert "令和8年11月6日(金) 10:00 現在" in details
    assert "承認 3" in details
    assert "まだ 1" in details
    assert "遅れて届いた 1" in details


def test_the_newest_month_stands_first_with_shape_and_word(board_page):
    table = _table(board_page)
    titles = [table.model().headerData(n, Qt.Orientation.Horizontal) for n in range(9)]
    assert titles == ["地域", "推進員", "10月分", "9月", "8月", "7月", "6月", "5月", "4月"]
    words = [_cell(table, row, 2) for row in range(table.model().rowCount())]
    assert words.count("未提出") == 1
    assert {"休止", "欠員", "承認", "受領", "受領 遅"} <= set(words)
    assert sum(word.startswith("確認あり") for word in words) == 2
    marked = table.model().index(0, 2).data(Qt.ItemDataRole.DecorationRole)
    assert not marked.isNull()


def test_the_message_for_who_is_missing_can_be_copied_by_mouse(board_page, qtbot):
    texts = _texts(board_page)
    assert "まだ届いていない方 1人" in texts
    name = next(text for text in texts if text.startswith("旭町")).split(" ", 1)[1]
    assert any("電話 04-7100-0008" in text for text in texts)
    button = named(board_page, QPushButton, f"{name}様への連絡文をコピー")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text().startswith(f"{name}様\n")
    assert "コピーしました" in board_page.messages.text


def test_another_month_by_keyboard(board_page, qtbot, rest):
    back = named(board_page, QPushButton, "前の月")
    back.setFocus()
    qtbot.keyClick(back, Qt.Key.Key_Return)
    rest()
    settle()
    assert board_page.month == Month(2026, 9)
    assert "9月分は、8地域すべてから届いています。" in _texts(board_page)
    assert "届いていない方はいません" in _texts(board_page)
    assert _table(board_page).model().columnCount() == 8


def test_enter_on_a_row_leads_to_its_month(board_page, qtbot):
    table = _table(board_page)
    table.choose(2)
    with qtbot.waitSignal(board_page.check_wanted) as asked:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert asked.args == [office_day.MONTH, "P003"]


def test_a_vacant_area_leads_nowhere(board_page, qtbot):
    table = _table(board_page)
    table.choose(9)
    with qtbot.assertNotEmitted(board_page.check_wanted):
        qtbot.keyClick(table, Qt.Key.Key_Return)


def test_the_actions_lead_on(board_page, qtbot):
    with qtbot.waitSignal(board_page.intake_wanted):
        qtbot.mouseClick(named(board_page, QPushButton, "受け取る"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(board_page.check_wanted) as asked:
        qtbot.mouseClick(named(board_page, QPushButton, "確認する"), Qt.MouseButton.LeftButton)
    assert asked.args == [office_day.MONTH, None]


def test_refreshing_keeps_the_row(board_page, rest):
    table = _table(board_page)
    table.choose(4)
    board_page.refresh()
    rest()
    assert _table(board_page) is table
    assert table.currentIndex().row() == 4


@pytest.mark.parametrize("points", [12, 24])
def test_nothing_is_cut(board_page, look, points):
    look.show_text_size(points)
    settle()
    assert complaints(board_page) == []
