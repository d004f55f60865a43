"""Screen 20: headline in words, the newest month first, who is missing, a message to copy."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.sample import office_day
from kashiwa_desktop.services.office.roster import RosterService, area_changes
from kashiwa_desktop.services.store import save
from kashiwa_desktop.ui.district.board.board_table import BoardTable
from kashiwa_desktop.ui.ways import Screen, Way
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
    assert "未提出 1人" in texts
    name = next(text for text in texts if text.startswith("旭町")).split(" ", 1)[1]
    assert any("電話 04-7100-0008" in text for text in texts)
    button = named(board_page, QPushButton, f"{name}さんへの連絡文をコピー")
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
    assert "未提出の方はいません" in _texts(board_page)
    assert _table(board_page).model().columnCount() == 8


def test_enter_on_a_row_leads_to_its_month(board_page, qtbot):
    table = _table(board_page)
    table.choose(2)
    with qtbot.waitSignal(board_page.wants) as asked:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert asked.args == [Way(Screen.CHECK, "show_month", (office_day.MONTH, "P003"))]


def test_a_vacant_area_leads_nowhere(board_page, qtbot):
    table = _table(board_page)
    table.choose(9)
    with qtbot.assertNotEmitted(board_page.wants):
        qtbot.keyClick(table, Qt.Key.Key_Return)


def test_the_actions_lead_on(board_page, qtbot):
    with qtbot.waitSignal(board_page.wants) as asked:
        qtbot.mouseClick(named(board_page, QPushButton, "受け取る"), Qt.MouseButton.LeftButton)
    assert asked.args == [Way(Screen.INTAKE)]
    with qtbot.waitSignal(board_page.wants) as asked:
        qtbot.mouseClick(named(board_page, QPushButton, "確認する"), Qt.MouseButton.LeftButton)
    assert asked.args == [Way(Screen.CHECK, "show_month", (office_day.MONTH, None))]


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


def test_a_cell_opens_its_own_month(board_page, qtbot):
    table = _table(board_page)
    table.choose(2)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    with qtbot.waitSignal(board_page.wants) as asked:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert asked.args == [Way(Screen.CHECK, "show_month", (Month(2026, 9), "P003"))]
    where = table.visualRect(table.model().index(0, 2)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    with qtbot.waitSignal(board_page.wants) as asked:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert asked.args == [Way(Screen.CHECK, "show_month", (office_day.MONTH, "P001"))]


def test_the_shapes_are_explained(board_page, qtbot):
    assert not any("まだ何も届いていません" in text for text in _texts(board_page))
    qtbot.mouseClick(named(board_page, QPushButton, "印の見方"), Qt.MouseButton.LeftButton)
    settle()
    texts = _texts(board_page)
    for word in ("未提出", "受領(締め前)", "受領", "確認あり", "差戻し", "承認", "活動なし"):
        assert word in texts
    assert {"休止", "欠員"} <= set(texts)
    assert any("締切のあと" in text for text in texts)
    assert complaints(board_page) == []


def test_zones_stand_together_under_their_heads(store, board_page, rest):
    areas = RosterService(store).roster().areas
    zoned = [replace(a, zone="北部" if n % 2 else "南部") for n, a in enumerate(areas)]
    with store.db.write() as tx:
        save(store, tx, area_changes(tx, zoned))
    board_page.refresh()
    rest()
    settle()
    table = _table(board_page)
    firsts = [_cell(table, row, 0) for row in range(table.model().rowCount())]
    assert firsts[0] == "南部 4地域のうち4地域から届いています"
    assert firsts[6] == "北部 4地域のうち3地域から届いています"
    assert table.columnSpan(0, 0) == table.model().columnCount()
    assert table.columnSpan(1, 0) == 1
    table.choose(0)
    board_page.wants.connect(lambda *_: pytest.fail("a zone leads nowhere"))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert complaints(board_page) == []


def test_the_list_is_printed_from_here(board_page, qtbot, rest, tmp_path, monkeypatch):
    qtbot.mouseClick(named(board_page, QPushButton, "一覧を印刷"), Qt.MouseButton.LeftButton)
    rest()
    settle()
    assert "提出状況一覧 令和8年10月" in _texts(board_page)
    kept = tmp_path / "list.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(kept), ""))
    qtbot.mouseClick(named(board_page, QPushButton, "PDFで残す"), Qt.MouseButton.LeftButton)
    rest()
    assert kept.read_bytes().startswith(b"%PDF")
    qtbot.mouseClick(named(board_page, QPushButton, "もどる"), Qt.MouseButton.LeftButton)
    rest()
    settle()
    assert _table(board_page).isVisible()


def test_ctrl_p_makes_the_list_and_esc_comes_back(board_page, qtbot, rest):
    board_page.print_paper()
    rest()
    settle()
    assert any(text.startswith("提出状況一覧") for text in _texts(board_page))
    assert complaints(board_page) == []
    with qtbot.assertNotEmitted(board_page.back_asked):
        board_page.go_back()
    rest()
    with qtbot.waitSignal(board_page.back_asked):
        board_page.go_back()


def test_twelve_months_in_april_too_and_none_before_the_beginning(board_page, rest):
    for _ in range(6):
        board_page._turn(+1)
        rest()
    settle()
    table = _table(board_page)
    titles = [
        table.model().headerData(n, Qt.Orientation.Horizontal)
        for n in range(table.model().columnCount())
    ]
    assert titles[2:4] == ["4月分", "3月"]
    assert len(titles) == 2 + 12
