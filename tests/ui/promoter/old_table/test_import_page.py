"""Screen 10: a messy old sheet becomes records after every line was seen, and comes out again."""

from datetime import date

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.table.table_view import TableView
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from ui.measure import settle
from ui.promoter import more_pages
from ui.promoter.conftest import come_up, named, rest

LEFT = Qt.MouseButton.LeftButton
MARCH = Month(2026, 3)


@pytest.fixture
def page(qtbot, store, jobs):
    return come_up(qtbot, more_pages.import_page(store, jobs), jobs)


@pytest.fixture
def old_sheet(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "R8.3"
    for row in (
        ["令和8年3月 活動記録簿"],
        [],
        ["No", "活動日", "区 分", "種別", "活動内容", "相手先", "人数", "時間"],
        [
            1,
            date(2026, 3, 3),
            "ネットワーク",
            "福祉施設",
            "施設の方と打合せ",
            "見本園",
            "約3名",
            90,
        ],
        [2, 5, "サロン", "", "サロンの見学", "", 10, "1.5時間"],
        [3, "3/32", "その他", "その他", "日付のちがう行"],
        [
            4,
            None,
            "支えあい会議",
            "意見交換",
            "支えあい会議",
            "髙橋さん、﨑山さん",
            12,
            "13:30～15:00",
        ],
        ["合計", None, None, None, None, None, 25],
    ):
        sheet.append(row)
    path = tmp_path / "活動 3月.xlsx"
    book.save(path)
    return path


def open_file(qtbot, jobs, page, path):
    page.open_file(path)
    qtbot.waitUntil(lambda: not jobs.busy and not page._stale)
    settle()


def press(qtbot, jobs, page, name):
    settle()
    qtbot.mouseClick(named(page, name, BigButton), LEFT)
    rest(qtbot, jobs)
    settle()


def choose(qtbot, jobs, box, text):
    number = next(n for n in range(box.count()) if text in box.itemText(n))
    box.setCurrentIndex(number)
    box.activated.emit(number)
    rest(qtbot, jobs)
    settle()


def said(page, text):
    settle()
    return any(text in one.text() for one in page.findChildren(TextLabel) if one.isVisible())


def test_a_messy_sheet_goes_in_at_once_and_comes_out_at_once(
    qtbot, jobs, page, recording, old_sheet
):
    open_file(qtbot, jobs, page, old_sheet)
    assert said(page, "取り込める行 2件 ・ このままでは取り込めない行 2件")
    assert said(page, "▲ 6行目 日付のちがう行: 日付「3/32」が読み取れません。")
    assert named(page, "日付", ChoiceBox).currentText().startswith("B列 活動日")
    assert recording.records() == []
    choose(qtbot, jobs, named(page, "「サロン」は", ChoiceBox), "地域説明会")
    assert said(page, "取り込める行 3件")
    with qtbot.waitSignal(page.changed) as changed:
        press(qtbot, jobs, page, "3件を取り込む")
    assert changed.args == ["前の表から3件を取り込みました。"]
    made = recording.records(MARCH)
    assert [(a.date.day, a.type, a.minutes, a.attendees) for a in made] == [
        (3, "facility", 90, 3), (5, "exchange", 90, 12), (5, "briefing", 90, 10),
    ]  # fmt: skip
    assert made[1].counterparts == ("髙橋さん", "﨑山さん")
    recording.undo()
    assert recording.records() == []


def test_the_same_sheet_again_adds_nothing(qtbot, jobs, page, recording, old_sheet):
    open_file(qtbot, jobs, page, old_sheet)
    press(qtbot, jobs, page, "2件を取り込む")
    open_file(qtbot, jobs, page, old_sheet)
    assert said(page, "もう記録がある行 2件")
    assert not page._go.isEnabled()


def test_columns_can_be_chosen_anew(qtbot, jobs, page, old_sheet):
    open_file(qtbot, jobs, page, old_sheet)
    choose(qtbot, jobs, named(page, "内容(ひとこと)", ChoiceBox), "F列 相手先")
    assert said(page, "取り込める行 2件")
    table = named(page, "取り込む行", TableView)
    texts = [table.model().index(row, 3).data() for row in range(table.model().rowCount())]
    assert "見本園" in texts
    choose(qtbot, jobs, named(page, "日付", ChoiceBox), "(なし)")
    assert said(page, "取り込める行 0件")


def test_only_the_lines_that_cannot_go_in(qtbot, jobs, page, old_sheet):
    open_file(qtbot, jobs, page, old_sheet)
    table = named(page, "取り込む行", TableView)
    assert table.model().rowCount() == 4
    press(qtbot, jobs, page, "取り込めない行")
    assert table.model().rowCount() == 2
    table.choose(1)
    assert said(page, "6行目 日付のちがう行")


def test_a_closed_month_is_left_alone(qtbot, jobs, page, store, recording, old_sheet):
    recording.add([{"date": "2026-03-01", "category": "other", "type": "misc", "title": "x"}])
    Closing(store).close(MARCH)
    open_file(qtbot, jobs, page, old_sheet)
    assert said(page, "令和8年3月は締めてあります。締める前に戻すと取り込めます。")
    assert not page._go.isEnabled()


def test_csv_of_excel_in_japan(qtbot, jobs, page, recording, tmp_path):
    path = tmp_path / "old.csv"
    path.write_bytes("日付,区分,種別,内容\r\nR8.3.2,その他,定例会,髙﨑さんと①\r\n".encode("cp932"))
    open_file(qtbot, jobs, page, path)
    press(qtbot, jobs, page, "1件を取り込む")
    assert [a.title for a in recording.records()] == ["髙﨑さんと①"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("old.xls", b"\xd0\xcf", "古い形のExcel(.xls)です。"),
        ("old.pdf", b"%PDF", "この種類のファイルは読めません。"),
        ("old.xlsx", b"PK not really", "ファイルを読み取れません。"),
        ("old.csv", b"\r\n,,\r\n", "表に何も書かれていません。"),
    ],
)
def test_what_cannot_be_read_is_said(qtbot, jobs, page, tmp_path, name, data, words):
    path = tmp_path / name
    path.write_bytes(data)
    open_file(qtbot, jobs, page, path)
    assert words in page.messages.text
    assert not page._go.isEnabled()


def test_esc_leaves_without_writing(qtbot, jobs, page, recording, old_sheet):
    open_file(qtbot, jobs, page, old_sheet)
    with qtbot.waitSignal(page.back_asked):
        page.go_back()
    assert recording.records() == []
    assert not page._columns.isVisible()
