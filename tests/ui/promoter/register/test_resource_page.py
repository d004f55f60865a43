"""Screen 8: resources found, written, made sure of, ended and taken over; nothing typed is lost."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox

from kashiwa_desktop.domain.revision import Content, RecordKey
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.services.store import Change, save
from kashiwa_desktop.ui.theme import TEXT_SIZES
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.example_button import ExampleButton
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.resource.resource_table import ResourceTable
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from ui.measure import complaints, double_words, settle
from ui.promoter import pages
from ui.promoter.conftest import come_up, named, rest

LEFT = Qt.MouseButton.LeftButton
RARE = "髙﨑𠮷辻\U000e0100ｶﾌｪ"
ROWS = (
    {"kind": "salon", "name": "ひだまりサロン", "day": "第1土曜 10時", "place": "和室",
     "contact": "04-0000-0001", "checked": "2026-11-01"},
    {"kind": "gathering", "name": "カフェ立ち上げ", "form": "weekly", "checked": "2026-03-02"},
    {"kind": "mutual_aid", "name": "緑ケ丘たすけあいの会", "stage": "continuing"},
    {"kind": "circle", "name": "囲碁クラブ", "checked": "2026-09-09"},
)  # fmt: skip


@pytest.fixture
def life():
    return "months"


@pytest.fixture
def register(store):
    return Registering(store)


@pytest.fixture
def page(qtbot, store, jobs, register):
    register.add_all(ROWS)
    return come_up(qtbot, pages.resource_page(store, jobs), jobs)


@pytest.fixture
def table(page):
    return page.findChild(ResourceTable)


@pytest.fixture
def told(page):
    found = []
    page.changed.connect(found.append)
    return found


@pytest.fixture
def press(qtbot, jobs, page):
    """Press a button with the mouse, where it is seen, and wait for what follows."""

    def click(name, kind=BigButton):
        settle()
        button = named(page, name, kind)
        page.reveal(button)
        settle()
        qtbot.mouseClick(button, LEFT)
        rest(qtbot, jobs)
        rest(qtbot, jobs)

    return click


def names(table):
    return [row.resource.name for row in table.shown()]


def kept(register):
    return [draft.fields for draft in register.drafts()]


def said(page, text):
    settle()
    return any(text in one.text() for one in page.findChildren(TextLabel) if one.isVisible())


def keys(*typed):
    """Press keys on whatever has the keyboard; kanji go in as an input method puts them."""
    for one in typed:
        focus = QApplication.focusWidget()
        if isinstance(one, Qt.Key):
            QTest.keyClick(focus, one)
        elif one.isascii():
            QTest.keyClicks(focus, one)
        else:
            focus.insert(one)


def find(qtbot, jobs, page, text):
    named(page, "ことばで探す", TextLine).setText(text)
    qtbot.waitUntil(lambda: not page._filter._pause.isActive())
    rest(qtbot, jobs)


def left(store, *names):
    """What a predecessor of the area wrote, as a handover brings it."""
    changes = []
    for number, name in enumerate(names or ("新聞店の見守り",), start=8):
        body = {"kind": "watching", "name": name, "area": "A1"}
        changes.append(Change(Content(RecordKey("P008", "resource", f"r{number}"), None, body)))
    with store.db.write() as tx:
        save(store, tx, changes)


# ── the list ───────────────────────────────────────────────────────────────────────────────────


def test_chips_count_and_filter_by_kind_and_by_age(page, table, press):
    assert len(names(table)) == 4
    press("サークル 1")
    assert names(table) == ["囲碁クラブ"]
    press("半年以上確かめていないもの 2")
    assert names(table) == ["カフェ立ち上げ", "緑ケ丘たすけあいの会"]
    assert said(page, "▲ 令和8年3月2日(半年以上前です)")
    press("すべて 4")
    assert len(names(table)) == 4
    table.choose(0)
    assert said(page, "● 令和8年11月1日")


def test_a_state_is_a_shape_and_a_word(table):
    column = 2
    words = [table.model().index(row, column).data() for row in range(4)]
    assert words == ["R8.11.1", "半年以上前", "まだ", "R8.9.9"]
    shapes = [table._rows.columns[column].mark(row).icon for row in table.shown()]
    assert shapes == ["shape_circle", "shape_triangle", "shape_triangle", "shape_circle"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("ﾋﾀﾞﾏﾘ", "ひだまりサロン"), ("緑が丘", "緑ケ丘たすけあいの会"), ("週1型", "カフェ立ち上げ")],
)
def test_words_are_found_by_their_plain_forms(qtbot, jobs, page, table, typed, found):
    find(qtbot, jobs, page, typed)
    assert names(table) == [found]
    find(qtbot, jobs, page, "どこにもない")
    assert names(table) == []
    assert said(page, "見つかりませんでした。")


def test_activities_that_name_a_resource_stand_beside_it(qtbot, jobs, page, table):
    table.choose_resource(table.shown()[1].resource.id)
    rest(qtbot, jobs)
    assert said(page, "名前の出てくる活動 6件")
    assert said(page, "R8.10.20(火) カフェ立ち上げの打合せ")


def test_an_empty_register_says_how_to_begin(qtbot, store, jobs):
    page = come_up(qtbot, pages.resource_page(store, jobs), jobs)
    assert said(page, "まだ1つも書いてありません。")
    page.print_paper()
    assert "まだありません" in page.messages.text


# ── what is done by mouse alone ────────────────────────────────────────────────────────────────


def test_making_sure_ending_beginning_again_and_deleting(press, table, register, told, recording):
    press("確かめました(きょう)")
    assert register.list()[0].resource.checked == date(2026, 11, 12)
    press("終わりにする")
    assert "ひだまりサロン" not in names(table)
    press("終わったもの 1")
    assert names(table) == ["ひだまりサロン"]
    press("もう一度はじめる")
    assert len(names(table)) == 4
    press("消す")
    assert told == [
        "『ひだまりサロン』を確かめました。",
        "『ひだまりサロン』を終わりにしました。",
        "『ひだまりサロン』を直しました。",
        "『ひだまりサロン』を消しました。",
    ]
    assert recording.last_change() == "『ひだまりサロン』を消しました"


def test_what_was_deleted_comes_back_from_the_list_of_deleted_ones(page, press, table):
    press("消す")
    assert "ひだまりサロン" not in names(table)
    press("消した資源(90日のあいだ戻せます)")
    press("戻す")
    assert "ひだまりサロン" in names(table)


def test_one_is_written_by_mouse_and_words_alone(page, press, table, told, register):
    press("地域の資源を書く")
    assert page.is_writing
    press("2 通いの場", ExampleButton)
    press("週1型")
    named(page, "名称", TextLine).setText(RARE)
    named(page, "いつ", TextLine).setText("毎週水曜")
    named(page, "問合せ先", TextArea).set_text("見本台ふるさと協議会 04-0000-0001")
    press("きょう")
    press("くわしく書く")
    press("団体補助金")
    assert said(page, "上限のめやす 100,000円")
    box = next(b for b in page.findChildren(QCheckBox) if b.text() == "定期的に介護予防を行う")
    page.reveal(box)
    QTest.mouseClick(box, LEFT, pos=box.rect().center() - box.rect().topLeft())
    press("記録する")
    assert told == [f"『{RARE}』を記録しました。"]
    assert not page.is_writing
    made = table.current_row().resource
    assert (made.name, made.label, made.subsidy) == (RARE, "通いの場(週1型)", "group")
    assert (made.checked, made.day) == (date(2026, 11, 12), "毎週水曜")
    assert made.requirements == ("prevention",)
    assert kept(register) == []


def test_of_another_kind_only_what_belongs_to_it_is_written(page, press, table):
    press("地域の資源を書く")
    press("2 通いの場", ExampleButton)
    press("常設型")
    press("1 サロン", ExampleButton)
    named(page, "名称", TextLine).setText("見本サロン")
    press("記録する")
    assert (table.current_row().resource.kind, table.current_row().resource.form) == ("salon", "")


def test_an_announced_end_is_shown_and_kept_by_a_correction(
    page, press, table, register, qtbot, jobs
):
    before = table.current_row().resource
    register.end(before.id, date(2026, 12, 1))
    page.refresh()
    rest(qtbot, jobs)
    assert table.current_row().resource.id == before.id
    assert said(page, "終わる日")
    press("直す")
    assert page.heading.text() == "地域の資源を直す"
    named(page, "どこで", TextLine).setText("洋室")
    press("直して記録する")
    one, _ = register.record(before.id)
    assert (one.place, one.contact, one.ended) == ("洋室", "04-0000-0001", date(2026, 12, 1))
    press("もう一度はじめる")
    assert table.current_row().resource.ended is None


def test_several_are_written_one_after_the_other(page, press, register):
    press("地域の資源を書く")
    for name in ("朝の体操", "夕方の体操"):
        press("3 体操・運動", ExampleButton)
        named(page, "名称", TextLine).setText(name)
        press("記録して次を書く")
        assert page.is_writing
        assert named(page, "名称", TextLine).text() == ""
    assert len(register.list()) == 6


def test_a_predecessors_is_marked_and_taken_over(page, press, table, store, register, jobs, qtbot):
    left(store)
    page.refresh()
    rest(qtbot, jobs)
    press("前任者から 1")
    assert table.model().index(0, 1).data() == "【前任者から】新聞店の見守り"
    assert said(page, "前任者から: 引き継ぐと、あなたの一覧に入ります。")
    shown = {b.word for b in page.findChildren(BigButton) if b.isVisible()}
    assert not shown & {"直す", "消す", "終わりにする", "確かめました(きょう)"}
    press("引き継ぐ")
    assert len(register.list()) == 5
    assert not any(row.inherited for row in register.list())
    assert table.current_row().resource.succeeds == "r8"


def test_all_that_was_left_is_taken_over_in_one_step(
    page, press, store, register, jobs, qtbot, told, recording
):
    assert not any("引き継ぐ" in b.word for b in page.findChildren(BigButton) if b.isVisible())
    left(store, "新聞店の見守り", "牛乳店の見守り", "宅配の見守り")
    page.refresh()
    rest(qtbot, jobs)
    press("前任者の3件をすべて引き継ぐ")
    assert [row.inherited for row in register.list()] == [False] * 7
    assert len(told) == 1
    recording.undo()
    assert sum(row.inherited for row in register.list()) == 3


def test_only_what_a_predecessor_left_is_not_printed(qtbot, store, jobs):
    left(store)
    page = come_up(qtbot, pages.resource_page(store, jobs), jobs)
    page.print_paper()
    assert "前任者のものは、引き継ぐと一覧に載ります。" in page.messages.text


def test_the_list_is_handed_to_the_print_page(page, press):
    ways = []
    page.wants.connect(ways.append)
    press("地域版の一覧を印刷する")
    (way,) = ways
    (paper,) = way.given
    assert paper.title == "地域の資源 一覧"
    assert paper.make(Progress()).file.read_bytes().startswith(b"%PDF")


# ── what is done by keyboard alone ─────────────────────────────────────────────────────────────


def test_one_is_written_by_keyboard_alone(qtbot, jobs, page, register, told):
    page._new.setFocus()
    keys(Qt.Key.Key_Return, "5")
    assert QApplication.focusWidget().accessibleName() == "5 サークル"
    while QApplication.focusWidget().accessibleName() != "名称":
        keys(Qt.Key.Key_Tab)
    keys("5 hon no kai", Qt.Key.Key_Tab, "第3木曜", Qt.Key.Key_Tab, "図書館")
    keys(Qt.Key.Key_Tab, Qt.Key.Key_Tab, "11/3", Qt.Key.Key_Return)
    assert len(register.list()) == 4
    page.save()
    rest(qtbot, jobs)
    rest(qtbot, jobs)
    made = next(r.resource for r in register.list() if r.resource.name == "5 hon no kai")
    assert (made.kind, made.day, made.place) == ("circle", "第3木曜", "図書館")
    assert made.checked == date(2026, 11, 3)
    assert told == ["『5 hon no kai』を記録しました。"]


def test_the_list_by_keyboard_alone(qtbot, jobs, page, table, register):
    page.search()
    assert QApplication.focusWidget().accessibleName() == "ことばで探す"
    table.setFocus()
    keys(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert page.is_writing
    assert QApplication.focusWidget().text() == "緑ケ丘たすけあいの会"
    page.go_back()
    rest(qtbot, jobs)
    assert not page.is_writing
    assert QApplication.focusWidget() is table
    while getattr(QApplication.focusWidget(), "word", "") != "確かめました(きょう)":
        keys(Qt.Key.Key_Tab)
    keys(Qt.Key.Key_Return)
    rest(qtbot, jobs)
    assert [row.age_days for row in register.list() if row.age_days == 0] == [0]


# ── what is missing, doubtful, kept ────────────────────────────────────────────────────────────


def test_what_is_missing_stands_under_its_field_and_has_the_focus(page, press, register):
    press("地域の資源を書く")
    press("記録する")
    assert said(page, "▲ 種類をお選びください。")
    assert isinstance(QApplication.focusWidget(), ExampleButton)
    press("1 サロン", ExampleButton)
    press("記録する")
    line = named(page, "名称", TextLine)
    assert said(page, "ここをご記入ください。")
    assert QApplication.focusWidget() is line
    checked = named(page, "確かめた日", TextLine)
    checked.setText("13月のどこか")
    line.setText("サロン")
    press("記録する")
    assert said(page, "日付をご確認ください。「11/23」のようにご記入ください。")
    assert checked.text() == "13月のどこか"
    assert len(register.list()) == 4


def test_what_is_doubtful_is_said_and_holds_nobody_up(page, press, told):
    press("地域の資源を書く")
    press("1 サロン", ExampleButton)
    line = named(page, "名称", TextLine)
    line.setFocus()
    line.setText("髙橋さん宅の集まり")
    named(page, "いつ", TextLine).setFocus()
    assert said(page, "● 念のためご確認ください。")
    press("記録する")
    assert told[0].startswith("『髙橋さん宅の集まり』を記録しました。\n念のためご確認ください。")


def test_what_is_typed_is_kept_by_itself_and_goes_on_from_a_card(qtbot, page, press, register):
    press("地域の資源を書く")
    press("1 サロン", ExampleButton)
    named(page, "名称", TextLine).setText(RARE)
    qtbot.waitUntil(lambda: kept(register) != [], timeout=2_000)
    press("いったん閉じる(書きかけは残ります)")
    assert said(page, f"書きかけがあります: {RARE}")
    press("地域の資源を書く")
    assert named(page, "名称", TextLine).text() == ""
    page.go_back()
    settle()
    press("続きを書く")
    assert named(page, "名称", TextLine).text() == RARE
    assert page._form.given()["kind"] == "salon"
    press("記録する")
    assert kept(register) == []


def test_every_field_comes_back_from_a_draft(page, register, qtbot, jobs, press):
    typed = {
        "area": "", "kind": "gathering", "form": "monthly", "name": RARE, "day": "いつか",
        "place": "sheet", "contact": "電話\n窓口", "checked": "そのうち", "subsidy": "district",
        "requirements": ["council"], "stage": "linking", "disaster_group": True, "note": RARE,
    }  # fmt: skip
    register.keep_draft("d1", typed)
    page.refresh()
    rest(qtbot, jobs)
    press("続きを書く")
    assert page._form.typed() == typed


def test_a_draft_of_a_correction_corrects_that_resource(page, press, register, qtbot, jobs):
    press("直す")
    named(page, "名称", TextLine).setText("ひだまりの会")
    page.leave()
    rest(qtbot, jobs)
    page.refresh()
    rest(qtbot, jobs)
    press("続きを書く")
    assert page.heading.text() == "地域の資源を直す"
    press("直して記録する")
    assert len(register.list()) == 4
    assert "ひだまりの会" in [row.resource.name for row in register.list()]


def test_a_draft_thrown_away_can_be_taken_back(page, press, register, qtbot, jobs):
    register.keep_draft("d1", {"name": "大事な話"})
    page.refresh()
    rest(qtbot, jobs)
    press("この書きかけを消す")
    assert kept(register) == []
    press("元に戻す")
    assert [fields["name"] for fields in kept(register)] == ["大事な話"]


def test_a_form_nobody_wrote_in_leaves_no_draft(page, press, register, qtbot, jobs):
    press("地域の資源を書く")
    named(page, "名称", TextLine).setFocus()
    page.leave()
    rest(qtbot, jobs)
    assert kept(register) == []


def test_when_it_cannot_be_kept_the_form_keeps_it(page, press, qtbot, jobs, monkeypatch):
    def fail(*_args):
        raise StoreError("このパソコンの空きが足りません。", code="full")

    monkeypatch.setattr(Registering, "keep_draft", fail)
    press("地域の資源を書く")
    named(page, "名称", TextLine).setText("消えては困る話")
    page.go_back()
    rest(qtbot, jobs)
    assert page.is_writing
    assert named(page, "名称", TextLine).text() == "消えては困る話"
    assert "入力した内容は残っています" in page.messages.text
    assert page.holds_unsaved
    monkeypatch.undo()
    page.go_back()
    rest(qtbot, jobs)
    assert not page.is_writing
    assert not page.holds_unsaved


def test_when_it_cannot_be_written_the_form_keeps_it(
    page, press, register, monkeypatch, qtbot, jobs
):
    def fail(*_args):
        raise StoreError("このパソコンの空きが足りません。", code="full")

    monkeypatch.setattr(Registering, "put", fail)
    press("地域の資源を書く")
    press("1 サロン", ExampleButton)
    named(page, "名称", TextLine).setText("消えては困る話")
    named(page, "名称", TextLine).setFocus()
    page.save()
    rest(qtbot, jobs)
    assert page.is_writing
    assert "入力した内容は残っています" in page.messages.text
    assert QApplication.focusWidget() is named(page, "名称", TextLine)
    page.leave()
    settle()
    monkeypatch.undo()
    assert [fields["name"] for fields in kept(register)] == ["消えては困る話"]


def test_nothing_is_typed_into_a_form_that_is_being_written(page, press, table, qtbot, jobs):
    press("地域の資源を書く")
    press("1 サロン", ExampleButton)
    line = named(page, "名称", TextLine)
    line.setFocus()
    line.setText("見本サロン")
    page.save()
    assert not line.isEnabled()
    rest(qtbot, jobs)
    rest(qtbot, jobs)
    assert table.current_row().resource.name == "見本サロン"
    page.write_new()
    assert line.isEnabled()


def test_a_draft_never_pours_into_the_form_of_an_activity(page, press, store, recording):
    press("地域の資源を書く")
    named(page, "名称", TextLine).setText("見本サロン")
    page.go_back()
    settle()
    assert Recording(store).drafts() == []


def test_who_holds_two_areas_says_which(qtbot, tmp_path, jobs):
    import promoter_world

    with promoter_world.opened(tmp_path, promoter="P002") as store:
        page = come_up(qtbot, pages.resource_page(store, jobs), jobs)
        page.write_new()
        page._form.kinds.choose_key("1")
        named(page, "名称", TextLine).setText("見本サロン")
        page.save()
        settle()
        assert said(page, "どの地域の資源かお選びください。")
        qtbot.mouseClick(named(page, "試町", BigButton), LEFT)
        page.save()
        rest(qtbot, jobs)
        rest(qtbot, jobs)
        (row,) = Registering(store).list()
        assert row.area_name == "試町"
        assert not page.findChild(ResourceTable).isColumnHidden(0)


def test_before_the_settings_it_says_what_to_do(qtbot, tmp_path, jobs):
    import promoter_world

    with promoter_world.opened(tmp_path, "new") as store:
        page = come_up(qtbot, pages.resource_page(store, jobs), jobs)
        assert "設定ファイル" in page.messages.text
        page.write_new()
        named(page, "名称", TextLine).setText("見本サロン")
        page.save()
        rest(qtbot, jobs)
        assert "設定ファイル" in page.messages.text
        assert named(page, "名称", TextLine).text() == "見本サロン"


# ── how it looks ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("writing", [False, True])
def test_every_text_size_and_doubled_words(qtbot, jobs, page, look, writing):
    if writing:
        page.write_new()
        page._form.kinds.choose_key("2")
        page._form.more.open()
        page.save()
    page.resize(1092 - 230, 574)
    for size in TEXT_SIZES[:: len(TEXT_SIZES) - 1]:
        look.show_text_size(size)
        settle()
        assert complaints(page) == [], size
    double_words(page)
    look.show_text_size(16)
    settle()
    assert complaints(page) == []
