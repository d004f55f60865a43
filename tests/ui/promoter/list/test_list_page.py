"""Screen 3: months, categories, search by plain forms, several at once, and what was deleted."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.tidying import Tidying
from kashiwa_desktop.ui.promoter.list.record_table import RecordTable
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.table.table_model import ROW
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from ui.measure import settle
from ui.promoter import more_pages
from ui.promoter.conftest import come_up, named, rest

LEFT = Qt.MouseButton.LeftButton
NOVEMBER = Month(2026, 11)


@pytest.fixture
def life():
    return "months"


@pytest.fixture
def page(qtbot, store, jobs):
    return come_up(qtbot, more_pages.list_page(store, jobs), jobs)


@pytest.fixture
def table(page):
    return page.findChild(RecordTable)


def press(qtbot, jobs, page, name):
    settle()
    qtbot.mouseClick(named(page, name, BigButton), LEFT)
    rest(qtbot, jobs)
    settle()


def titles(table):
    return [a.title for a in table.shown()]


def said(page, text):
    settle()
    return any(text in one.text() for one in page.findChildren(TextLabel) if one.isVisible())


def search(qtbot, jobs, page, table, text):
    named(page, "ことばで探す", TextLine).setText(text)
    qtbot.waitUntil(lambda: not page._filter._pause.isActive())
    rest(qtbot, jobs)
    return titles(table)


def test_the_month_is_turned_by_arrows_and_back(qtbot, jobs, page, table):
    assert titles(table) == ["包括と情報交換", "地区担当と打合せ"]
    assert not named(page, "次の月", BigButton).isEnabled()
    press(qtbot, jobs, page, "前の月")
    assert said(page, "令和8年10月")
    assert "推進員定例会" in titles(table)
    press(qtbot, jobs, page, "今月")
    assert titles(table) == ["包括と情報交換", "地区担当と打合せ"]


def test_a_category_shows_its_own_with_counts(qtbot, jobs, page, table):
    press(qtbot, jobs, page, "前の月")
    press(qtbot, jobs, page, "その他打合せ等 2")
    assert sorted(titles(table)) == ["地区担当と打合せ", "推進員定例会"]
    press(qtbot, jobs, page, "すべて 5")
    assert len(titles(table)) == 5


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("高橋", "髙橋さんと打合せ"),
        ("崎山", "﨑山さんを訪問"),
        ("吉田", "𠮷田商店と相談"),
        ("緑が丘", "緑ケ丘のサロン"),
        ("カフェ", "ｶﾌｪの準備"),
        ("辻", "辻\U000e0100さんの会"),
    ],
)
def test_rare_characters_are_found_by_their_plain_forms(
    qtbot, jobs, page, table, recording, typed, written
):
    recording.add(
        [{"date": "2026-06-01", "category": "other", "type": "misc", "title": written}],
        next_version=True,
    )
    found = search(qtbot, jobs, page, table, typed)
    assert written in found
    assert said(page, f"「{typed}」の見つかった記録")


def test_a_search_goes_over_all_months_newest_first_and_ends_with_a_press(qtbot, jobs, page, table):
    found = search(qtbot, jobs, page, table, "定例会")
    assert len(found) == 6
    days = [a.date for a in table.shown()]
    assert days == sorted(days, reverse=True)
    press(qtbot, jobs, page, "探すのをやめる")
    qtbot.waitUntil(lambda: len(table.shown()) == 2)
    assert search(qtbot, jobs, page, table, "見つからないことば") == []
    assert said(page, "見つかりませんでした。")


def test_details_stand_beside_and_lead_on(qtbot, jobs, page, table, recording):
    first = recording.records(NOVEMBER)[0]
    recording.edit(first.id, {"private_note": "次は午後に", "counterparts": ["見本台包括"]})
    page.refresh()
    rest(qtbot, jobs)
    assert said(page, "自分用メモ(提出されません)")
    assert said(page, "次は午後に")
    assert said(page, "見本台包括")
    for name, act in (("直す", "edit"), ("同じ内容で新しく書く", "copy")):
        with qtbot.waitSignal(page.wants) as wanted:
            press(qtbot, jobs, page, name)
        assert wanted.args == [Way(Screen.RECORD, act, (first.id,))]


def test_enter_opens_the_record_of_the_keyboard(qtbot, page, table):
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.wants) as wanted:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert wanted.args == [Way(Screen.RECORD, "edit", (table.shown()[1].id,))]


def test_deleting_happens_at_once_and_comes_back(qtbot, jobs, page, table, recording):
    with qtbot.waitSignal(page.changed) as changed:
        press(qtbot, jobs, page, "消す")
    assert changed.args == ["『11月2日 包括と情報交換』を消しました。"]
    assert titles(table) == ["地区担当と打合せ"]
    recording.undo()
    page.refresh()
    rest(qtbot, jobs)
    assert len(titles(table)) == 2
    press(qtbot, jobs, page, "消す")
    press(qtbot, jobs, page, "消した記録(戻せます)")
    with qtbot.waitSignal(page.changed) as changed:
        press(qtbot, jobs, page, "戻す")
    assert changed.args == ["『11月9日 地区担当と打合せ』を戻しました。"]
    assert len(titles(table)) == 2


def test_several_go_together_and_come_back_together(qtbot, jobs, page, table, recording):
    press(qtbot, jobs, page, "いくつか選ぶ")
    for row in (0, 1):
        spot = table.visualRect(table.model().index(row, 1)).center()
        qtbot.mouseClick(table.viewport(), LEFT, pos=spot)
    assert said(page, "2件選んでいます")
    assert table.model().index(0, 0).data() == "✓"
    with qtbot.waitSignal(page.changed) as changed:
        press(qtbot, jobs, page, "選んだ2件を消す")
    assert changed.args == ["2件を消しました。"]
    assert titles(table) == []
    assert said(page, "この月の記録はまだありません。")
    recording.undo()
    page.refresh()
    rest(qtbot, jobs)
    assert len(titles(table)) == 2
    assert not table.several


def test_esc_leaves_choosing_before_it_leaves_the_page(qtbot, jobs, page, table):
    press(qtbot, jobs, page, "いくつか選ぶ")
    page.go_back()
    assert not table.several
    with qtbot.waitSignal(page.back_asked):
        page.go_back()


def test_a_closed_month_asks_what_to_do(qtbot, jobs, page, table, store, recording):
    press(qtbot, jobs, page, "前の月")
    press(qtbot, jobs, page, "消す")
    assert said(page, "10月分は締めてあります。")
    assert len(titles(table)) == 5
    with qtbot.waitSignal(page.wants) as wanted:
        press(qtbot, jobs, page, "締める前に戻す")
    assert wanted.args == [Way(Screen.SUBMIT, "show_month", (Month(2026, 10),))]
    press(qtbot, jobs, page, "消す")
    press(qtbot, jobs, page, "次の版に入れる")
    assert len(titles(table)) == 4
    assert Closing(store).show(Month(2026, 10)).changed_after_close == 1


def test_drafts_stand_on_top(qtbot, jobs, page, recording):
    recording.keep_draft("d1", {"title": "途中のもの"})
    page.refresh()
    rest(qtbot, jobs)
    with qtbot.waitSignal(page.wants) as wanted:
        press(qtbot, jobs, page, "続きを書く")
    assert wanted.args == [Way(Screen.RECORD, "open_draft", ("d1",))]


def test_what_is_shown_goes_on_paper_and_into_excel(
    qtbot, jobs, page, table, tmp_path, monkeypatch, recording
):
    recording.add([{"date": "2026-11-10", "category": "other", "type": "misc", "title": "=1+1"}])
    page.refresh()
    rest(qtbot, jobs)
    with qtbot.waitSignal(page.wants) as wanted:
        press(qtbot, jobs, page, "印刷する")
    (paper,) = wanted.args[0].given
    printed = paper.make(Progress())
    assert printed.pages == 1
    assert printed.file.read_bytes().startswith(b"%PDF")
    out = tmp_path / "一覧"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    press(qtbot, jobs, page, "Excelに出す")
    assert said(page, "一覧.xlsx に出しました。")
    sheet = load_workbook(tmp_path / "一覧.xlsx").active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert "=1+1" in [cell.value for cell in cells]
    assert all(cell.data_type == "s" for cell in cells if isinstance(cell.value, str))


def test_one_record_can_be_shown_from_elsewhere(qtbot, jobs, page, table, recording):
    wanted = recording.records(Month(2026, 7))[2]
    page.show_record(wanted.id)
    rest(qtbot, jobs)
    assert table.currentIndex().data(ROW) == wanted
    assert said(page, "令和8年7月")


def test_deleted_records_are_offered_for_90_days(page, store, recording):
    gone = recording.records(NOVEMBER)[0]
    Tidying(store).delete([gone.id])
    [found] = Tidying(store).deleted()
    assert (found.activity.title, found.days_left) == (gone.title, 90)


def test_several_by_the_keyboard_alone(qtbot, jobs, page, table):
    named(page, "いくつか選ぶ", BigButton).setFocus()
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    settle()
    assert table.hasFocus()
    qtbot.keyClick(table, Qt.Key.Key_Home)
    table.clearSelection()
    qtbot.keyClick(table, Qt.Key.Key_Space)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert said(page, "選んでいます")
    assert table.chosen_rows()
    delete = page._delete_all
    for _ in range(30):
        if delete.hasFocus():
            break
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    with qtbot.waitSignal(page.changed):
        qtbot.keyClick(delete, Qt.Key.Key_Return)
    rest(qtbot, jobs)
