"""Screen 37: the resources of all areas: found, printed, in Excel, written and decided by staff."""

from datetime import date

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from kashiwa_desktop.app.register_pages import city_resource_page
from kashiwa_desktop.domain.revision import Content, RecordKey
from kashiwa_desktop.services.kept_forms import KeptForms
from kashiwa_desktop.services.records.city_register import CityRegister
from kashiwa_desktop.services.store import Change, save
from kashiwa_desktop.services.undoing import Undoing
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.example_button import ExampleButton
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.resource.resource_table import ResourceTable
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import named
from ui.measure import complaints, double_words, settle

SALON = {"kind": "salon", "name": "ひだまりサロン", "checked": "2026-10-20", "subsidy": "district"}
GATHERING = {"kind": "gathering", "name": "みんなの居場所", "form": "weekly"}
WHOM, WHERE = "どの地域の資源ですか", "どの地域を見ますか"
NOBODY = "10"
"""An area of the sample world that has no promoter."""


@pytest.fixture
def register(store):
    one = CityRegister(store)
    for row in one.list(ended=True):
        one.registering(row.resource.promoter).delete(row.resource.id)
    for area in ("01", "02"):
        for given in (SALON, GATHERING):
            one.registering(one.writing_for(area)).add({**given, "area": area})
    return one


@pytest.fixture
def page(store, jobs, come_up, register):
    return come_up(city_resource_page(store, jobs))


@pytest.fixture
def table(page):
    return page.findChild(ResourceTable)


@pytest.fixture
def told(page):
    found = []
    page.changed.connect(found.append)
    return found


@pytest.fixture
def press(qtbot, rest, page):
    def click(name, kind=QPushButton):
        settle()
        button = named(page, kind, name)
        page.reveal(button)
        settle()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        rest()
        rest()
        settle()

    return click


def names(table):
    return [(row.area_name, row.resource.name) for row in table.shown()]


def said(page, text):
    settle()
    return any(text in one.text() for one in page.findChildren(TextLabel) if one.isVisible())


def take(page, box, key):
    """Choose a value as a person does: from the open list."""
    one = named(page, ChoiceBox, box)
    one.choose(key)
    one.activated.emit(one.currentIndex())
    settle()


def line(page, name):
    return next(
        w for w in page.findChildren(TextLine) if w.accessibleName() == name and w.isVisible()
    )


def test_all_areas_with_filters_and_counts(page, table, press):
    assert [name for _, name in names(table)] == ["ひだまりサロン", "みんなの居場所"] * 2
    assert said(page, "すべての地域 4件(通いの場: 週1型 2)")
    press("通いの場 2")
    assert [name for _, name in names(table)] == ["みんなの居場所"] * 2
    press("半年以上確かめていないもの 2")
    assert [name for _, name in names(table)] == ["みんなの居場所"] * 2
    press("すべて 4")
    take(page, WHERE, "01")
    assert len(names(table)) == 2
    assert table.isColumnHidden(0)
    assert said(page, "2件(通いの場: 週1型 1)")


def test_details_say_whose_list_it_is(page, table):
    table.choose(1)
    assert said(page, "だれの一覧ですか")
    assert said(page, "(職員が書きました)")


def test_the_paper_of_one_area_as_handed_out_and_for_staff(page, press):
    take(page, WHERE, "01")
    press("地域版を印刷する")
    assert page.stage == "paper"
    assert page._preview.pages == 1
    assert said(page, "地域の資源 配る一覧 田中")
    press("職員用の一覧を見る")
    assert said(page, "地域の資源 職員用 田中")
    press("配る一覧を見る")
    press("もどる")
    assert page.stage == "list"


def test_all_areas_go_on_one_paper_each(page, press):
    press("地域版を印刷する")
    assert page._preview.pages == 2


def test_the_city_goes_into_one_table(page, press, tmp_path, monkeypatch):
    out = tmp_path / "city"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    press("市域版をExcelに出す")
    assert said(page, "city.xlsx に出しました。資源は4件です。")
    assert load_workbook(tmp_path / "city.xlsx").sheetnames[0] == "資源"


def test_staff_write_for_an_area_by_mouse_and_words_alone(page, table, press, told, register):
    press("職員が書く")
    press("記録する")
    assert said(page, "▲ 地域をお選びください。")
    take(page, WHOM, "03")
    assert said(page, "の一覧に、職員が書いたものとして入ります。")
    press("6 見守り", ExampleButton)
    line(page, "名称").setText("新聞店の見守り")
    press("記録する")
    assert told == ["『新聞店の見守り』を記録しました。"]
    row = table.current_row()
    assert (row.resource.promoter, row.resource.area) == (register.writing_for("03"), "03")
    assert row.by_staff


def test_an_area_without_anybody_goes_into_the_councils_own_list(page, table, press):
    take(page, WHERE, NOBODY)
    press("職員が書く")
    assert said(page, "いま推進員がいない地域です。")
    press("1 サロン", ExampleButton)
    line(page, "名称").setText("空き地域のサロン")
    press("記録する")
    assert table.current_row().resource.promoter == ""
    assert names(table)[0][1] == "空き地域のサロン"


def test_staff_correct_make_sure_and_take_back(page, table, press, told, store, register):
    press("確かめました(きょう)")
    assert table.current_row().resource.checked == store.clock.today()
    press("直す")
    assert not named(page, ChoiceBox, WHOM).isEnabled()
    line(page, "どこで").setText("集会所")
    press("記録する")
    assert table.current_row().resource.place == "集会所"
    press("終わりにする")
    press("終わったもの 1")
    press("もう一度はじめる")
    press("消す")
    assert len(told) == 5
    undoing = Undoing(store)
    for _ in range(5):
        undoing.undo()
    assert register.list()[0].resource.checked == date(2026, 10, 20)


def test_a_draft_is_kept_for_whom_it_was_begun(page, table, press, store, qtbot, rest):
    take(page, WHERE, "03")
    press("職員が書く")
    line(page, "名称").setText("途中の話")
    kept = KeptForms(store, "register")
    qtbot.waitUntil(lambda: kept.drafts() != [], timeout=2_000)
    take(page, WHOM, "04")
    press("いったん閉じる(書きかけは残ります)")
    assert page.stage == "list"
    assert said(page, "途中の話")
    press("続きを書く")
    assert named(page, ChoiceBox, WHOM).current() == "04"
    press("2 通いの場", ExampleButton)
    press("記録する")
    assert table.current_row().resource.area == "04"
    assert kept.drafts() == []


def test_by_keyboard_alone(page, rest, table, register):
    page.search()
    assert QApplication.focusWidget().accessibleName() == "ことばで探す"
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert page.stage == "form"
    assert QApplication.focusWidget().text() == "みんなの居場所"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    QTest.keyClicks(QApplication.focusWidget(), " 2")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    page.save()
    rest()
    rest()
    assert table.current_row().resource.name == "みんなの居場所 2"
    page.print_paper()
    rest()
    settle()
    assert page.stage == "paper"
    assert QApplication.focusWidget().accessibleName().startswith("印刷する")
    page.go_back()
    rest()
    assert page.stage == "list"


def test_a_conflict_is_decided_where_it_is_seen(page, table, press, store, register, rest):
    one = table.shown()[0].resource
    key = RecordKey(one.promoter, "resource", one.id)
    with store.db.write() as tx:
        (head,) = revisions.heads_of_record(tx, key)
        for day in ("第2土曜", "第3土曜"):
            save(store, tx, [Change(Content(key, None, {**head.body, "day": day}), (head.id,))])
    page.refresh()
    rest()
    assert said(page, "内容にちがいのある記録 1件")
    assert said(page, "いつ: 第2土曜")
    assert said(page, "▲ 内容にちがいがあります。")
    line(page, "決めた理由").setText("電話で聞いた")
    press("事務局の内容 2にする")
    assert said(page, "決めました。")
    assert not said(page, "内容にちがいのある記録")
    assert register.list()[0].resource.conflict is False


@pytest.mark.parametrize("stage", ["list", "form"])
def test_nothing_is_cut_at_any_size(page, look, stage, rest):
    if stage == "form":
        page._write_new()
        page.save()
    page.resize(1092 - 230, 574)
    for size in (12, 24):
        look.show_text_size(size)
        settle()
        assert complaints(page) == [], size
    double_words(page)
    look.show_text_size(14)
    settle()
    assert complaints(page) == []
