"""Screen 33: stick after stick without a click; what is wrong with one stops that one alone."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton

from kashiwa_desktop.bundle import place
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import PlaceError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.travel import meeting
from kashiwa_desktop.services.travel.attending import Attending
from kashiwa_desktop.ui.district.intake.intake_help import HelpCard
from kashiwa_desktop.ui.district.intake.intake_table import IntakeTable
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import digest, named
from ui.measure import complaints, settle

OCTOBER = Month(2026, 10)


def _texts(page):
    return [label.text() for label in page.findChildren(TextLabel) if label.isVisible()]


def _press(qtbot, page, word):
    qtbot.mouseClick(named(page, QPushButton, word), Qt.MouseButton.LeftButton)


@pytest.fixture
def running(meeting_page, day, qtbot, rest):
    """定例会モード begun, with nothing in the PC yet."""
    meeting_page.open_with(day.passphrase)
    rest()
    _press(qtbot, meeting_page, "定例会モードを始める")
    rest()
    settle()
    return meeting_page


@pytest.fixture
def put_in(day, media, rest):
    """Put a stick with one file of the morning in, and wait until all is quiet."""

    def put(page, name, *patterns):
        stick = media / name
        stick.mkdir()
        for pattern in patterns:
            for file in day.inbox.glob(pattern):
                shutil.copy2(file, stick)
        page._watch.look()
        rest()
        settle()
        return stick

    return put


def _attended(store, *promoters):
    return Attending(store).attended(store.clock.today(), promoters)


def test_the_keyword_once_and_then_the_plan(meeting_page, day, qtbot, rest):
    line = named(meeting_page, QLineEdit, "合言葉")
    line.setText("ちがう合言葉")
    _press(qtbot, meeting_page, "開く")
    rest()
    assert any("合言葉がちがいます" in text for text in _texts(meeting_page))
    line.setText(day.passphrase)
    _press(qtbot, meeting_page, "開く")
    rest()
    settle()
    assert not line.isVisible()
    assert "定例会を始める前に" in _texts(meeting_page)


def test_a_stick_in_a_sound_and_out_again_without_a_click(
    running, put_in, heard, media, store, qtbot
):
    assert "次のUSBメモリーをさしてください" in running.words
    with qtbot.waitSignal(running.changed):
        stick = put_in(running, "A", "P008*")
    assert running.words.startswith("■ 抜いても大丈夫です")
    assert "旭町" in running.words
    assert len(heard) == 2, "when it was seen and when it was done"
    assert len(list(stick.glob("*.kssr"))) == 1
    assert _attended(store, "P001", "P008") == {"P008"}
    assert Reviewing(store).board(OCTOBER, OCTOBER).summary.missing == 0
    assert "まだの方はいません" in _texts(running)
    shutil.rmtree(stick)
    put_in(running, "B", "P001*")
    table = running.findChild(IntakeTable)
    assert [table.model().index(n, 0).data() for n in range(2)] == [
        "受け取り済み",
        "受け取りました",
    ]


def test_a_stick_that_is_in_already_comes_first(meeting_page, put_in, day, qtbot, rest):
    meeting_page.open_with(day.passphrase)
    rest()
    put_in(meeting_page, "A", "P008*")
    assert "抜いても" not in meeting_page.words
    _press(qtbot, meeting_page, "定例会モードを始める")
    rest()
    rest()
    assert "抜いても大丈夫です" in meeting_page.words


def test_two_sticks_at_once_one_after_the_other(running, day, media, rest, store):
    for name, pattern in (("A", "P008*"), ("B", "P001*")):
        (media / name).mkdir()
        for file in day.inbox.glob(pattern):
            shutil.copy2(file, media / name)
    running._watch.look()
    rest()
    settle()
    assert running.findChild(IntakeTable).model().rowCount() >= 2
    assert all(len(list((media / name).glob("*.kssr"))) == 1 for name in "AB")


def test_an_unknown_pc_stops_its_stick_with_words_and_one_button(
    running, put_in, store, qtbot, rest
):
    stick = put_in(running, "A", "P002*")
    assert running.words.startswith("✕ ご確認ください(抜いても大丈夫です)")
    assert any("新しいパソコンですか" in text for text in _texts(running))
    assert list(stick.glob("*.kssr")) == []
    _press(qtbot, running, "ご本人に番号を確かめたので、受け取る")
    rest()
    settle()
    assert running.words.startswith("■")
    assert len(list(stick.glob("*.kssr"))) == 1


def test_help_for_a_stick_that_was_pulled_out(running, put_in, qtbot, rest):
    stick = put_in(running, "A", "P002*")
    shutil.rmtree(stick)
    running._watch.look()
    rest()
    _press(qtbot, running, "どうすればよいか")
    settle()
    card = running.findChild(HelpCard)
    assert card.isVisible()
    _press(qtbot, card, "ご本人に番号を確かめたので、受け取る")
    assert "もう一度さしてください" in running.messages.text


def test_a_broken_file_and_an_empty_stick_stop_nobody_else(running, put_in, media, heard, store):
    before = digest(store)
    put_in(running, "A", "copy*")
    assert "理由は下をご覧ください" in running.words
    put_in(running, "B")
    assert "提出用のファイルがありません" in running.words
    assert digest(store) == before
    put_in(running, "C", "P008*")
    assert running.words.startswith("■")
    assert len(heard) == 6


def test_a_stick_that_takes_no_more_is_told(running, put_in, media, monkeypatch):
    real = place.save_verified

    def full(data, path, verify, disk=None):
        if path.is_relative_to(media):
            raise PlaceError("保存先に空きがありません。", code="full")
        real(data, path, verify, disk)

    monkeypatch.setattr(place, "save_verified", full)
    put_in(running, "A", "P008*")
    assert "返事は入れられませんでした。保存先に空きがありません。" in running.words


def test_what_breaks_off_at_the_office_is_told_and_the_mode_goes_on(
    running, put_in, monkeypatch, rest
):
    def refuse(*_args, **_options):
        raise PlaceError("記録を開けません。", code="busy")

    with monkeypatch.context() as patch:
        patch.setattr("kashiwa_desktop.services.travel.intake.Intake.take_in", refuse)
        put_in(running, "A", "P008*")
    assert "受け取れませんでした(抜いても大丈夫です" in running.words
    assert "記録を開けません。" in running.words
    assert running.is_running


def test_breaking_off_one_stick(running, media, jobs, put_in, store, monkeypatch):
    """中止 comes while the files of the stick are looked for: nothing of it is taken in."""
    before, stick = digest(store), media / "A"
    real = meeting.gather

    def gather(places, progress):
        jobs.cancel_all()
        return real(places, progress)

    monkeypatch.setattr(meeting, "gather", gather)
    put_in(running, "A", "P008*")
    assert "中止しました(抜いても大丈夫です" in running.words
    assert digest(store) == before
    assert list(stick.glob("*.kssr")) == []


def test_attendance_is_prefilled_and_each_tick_stays(running, put_in, store, qtbot, rest):
    put_in(running, "A", "P008*")
    _press(qtbot, running, "定例会に出席した方")
    settle()
    boxes = {b.text(): b for b in running.findChildren(QCheckBox) if b.isVisible()}
    ticked = [word for word, box in boxes.items() if box.isChecked()]
    assert len(ticked) == 1
    assert ticked[0].startswith("旭町")
    assert "出席 1人" in _texts(running)
    assert complaints(running) == []
    other = next(box for word, box in boxes.items() if word.startswith("田中"))
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_Space)
    rest()
    settle()
    assert _attended(store, "P001", "P008") == {"P001", "P008"}
    assert "出席 2人" in _texts(running)


def test_without_telling_nobody_is_told(meeting_page, put_in, day, store, qtbot, rest):
    meeting_page.open_with(day.passphrase)
    rest()
    settle()
    box = next(b for b in meeting_page.findChildren(QCheckBox) if "お知らせ" in b.text())
    box.setChecked(False)
    _press(qtbot, meeting_page, "定例会モードを始める")
    rest()
    put_in(meeting_page, "A", "P008*")
    assert _attended(store, "P008") == set()
    words = [b.accessibleName() for b in meeting_page.findChildren(QPushButton) if b.isVisible()]
    assert "定例会に出席した方" not in words


def test_the_sticks_are_cleared_where_that_was_ticked(meeting_page, put_in, day, qtbot, rest):
    meeting_page.open_with(day.passphrase)
    rest()
    settle()
    box = next(b for b in meeting_page.findChildren(QCheckBox) if "消す" in b.text())
    box.setChecked(True)
    _press(qtbot, meeting_page, "定例会モードを始める")
    rest()
    stick = put_in(meeting_page, "A", "P008*")
    assert [p.suffix for p in stick.iterdir()] == [".kssr"]


def test_an_hour_or_a_day_that_is_none_is_asked_for(meeting_page, day, qtbot, rest):
    meeting_page.open_with(day.passphrase)
    rest()
    settle()
    start = named(meeting_page, QLineEdit, "はじまり")
    start.setText("1時半")
    _press(qtbot, meeting_page, "定例会モードを始める")
    assert not meeting_page.is_running
    assert any("13:30 のように" in text for text in _texts(meeting_page))
    start.setText("９：３０")
    named(meeting_page, QLineEdit, "定例会の日").setText("")
    _press(qtbot, meeting_page, "定例会モードを始める")
    assert not meeting_page.is_running
    named(meeting_page, QLineEdit, "定例会の日").setText("11/5")
    _press(qtbot, meeting_page, "定例会モードを始める")
    rest()
    assert meeting_page._plan.meeting.start == "09:30"
    assert str(meeting_page._plan.meeting.day) == "2026-11-05"


def test_after_leaving_no_stick_is_touched(running, put_in, store):
    before = digest(store)
    running.leave()
    stick = put_in(running, "A", "P008*")
    assert list(stick.glob("*.kssr")) == []
    assert digest(store) == before


def test_a_stick_that_waits_when_one_leaves_comes_after_returning(running, day, media, rest):
    for name, pattern in (("A", "P008*"), ("B", "P001*")):
        (media / name).mkdir()
        for file in day.inbox.glob(pattern):
            shutil.copy2(file, media / name)
    running._watch.changed.connect(lambda _: running.leave())
    running._watch.look()
    rest()
    answered = [len(list((media / name).glob("*.kssr"))) for name in "AB"]
    assert answered == [0, 0]
    running._watch.changed.disconnect()
    running._watch.forget()
    running.refresh()
    rest()
    assert [len(list((media / name).glob("*.kssr"))) for name in "AB"] == [1, 1]


def test_esc_ends_the_mode_first(running, qtbot):
    with qtbot.assertNotEmitted(running.back_asked):
        running.go_back()
    assert not running.is_running
    with qtbot.waitSignal(running.back_asked):
        _press(qtbot, running, "もどる")


@pytest.mark.parametrize("points", [12, 24])
@pytest.mark.parametrize("stage", ["keyword", "plan", "well", "stopped"])
def test_nothing_is_cut(meeting_page, put_in, day, look, qtbot, rest, stage, points):
    """Measured last of all: a layout that was measured is of no use any more."""
    look.show_text_size(points)
    if stage != "keyword":
        meeting_page.open_with(day.passphrase)
        rest()
        settle()
    if stage in ("well", "stopped"):
        _press(qtbot, meeting_page, "定例会モードを始める")
        rest()
        put_in(meeting_page, "A", "P008*" if stage == "well" else "P002*")
    settle()
    assert complaints(meeting_page) == []


def test_by_keyboard_alone(meeting_page, day, put_in, qtbot, rest):
    line = named(meeting_page, QLineEdit, "合言葉")
    line.setFocus()
    qtbot.keyClicks(line, day.passphrase)
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    qtbot.keyClick(meeting_page.focusWidget(), Qt.Key.Key_Return)
    rest()
    settle()
    begin = meeting_page.focusWidget()
    assert begin.accessibleName() == "定例会モードを始める"
    qtbot.keyClick(begin, Qt.Key.Key_Space)
    rest()
    settle()
    assert meeting_page.is_running
    put_in(meeting_page, "A", "P008*")
    assert meeting_page.words.startswith("■")
    meeting_page.go_back()
    assert not meeting_page.is_running
