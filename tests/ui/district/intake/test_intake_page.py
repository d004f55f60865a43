"""Screen 21: checked before anything is written, taken in together, and all of it can go back."""

import shutil

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QPushButton

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.travel.inbox import Inbox
from kashiwa_desktop.services.travel.intake import FileOutcome
from kashiwa_desktop.ui.district.intake.inbox_card import InboxCard
from kashiwa_desktop.ui.district.intake.intake_help import HelpCard, help_of
from kashiwa_desktop.ui.district.intake.intake_table import IntakeTable
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import digest, named
from ui.gaps import LIMIT, times_a_bare_gap
from ui.measure import complaints, settle

OCTOBER = Month(2026, 10)
CHECKED = "取り込めます 1 / 新しい版 1 / 受け取り済み 1 / 確認待ち 1 / 取り込めません 1"


def _texts(page):
    return [label.text() for label in page.findChildren(TextLabel) if label.isVisible()]


def _press(qtbot, page, word):
    qtbot.mouseClick(named(page, QPushButton, word), Qt.MouseButton.LeftButton)


def _check(page, day, rest):
    page.check_files([day.inbox])
    rest()


def test_the_keyword_is_asked_in_the_page_and_never_shown(intake_page, day, qtbot, rest):
    line = named(intake_page, QLineEdit, "合言葉")
    assert line.echoMode() == QLineEdit.EchoMode.Password
    line.setText("ちがう合言葉")
    _press(qtbot, intake_page, "開く")
    rest()
    assert not intake_page.is_open
    assert line.text() == ""
    assert any("合言葉がちがいます" in text for text in _texts(intake_page))
    line.setText(day.passphrase)
    _press(qtbot, intake_page, "開く")
    rest()
    assert intake_page.is_open
    assert not line.isVisible()


def test_enter_in_the_keyword_field_does_nothing(intake_page, day, qtbot, rest):
    line = named(intake_page, QLineEdit, "合言葉")
    line.setText(day.passphrase)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    rest()
    assert not intake_page.is_open


def test_files_dropped_before_the_keyword_are_checked_after_it(intake_page, day, rest):
    intake_page.check_files([day.inbox])
    assert "先に合言葉をお入れください" in intake_page.messages.text
    intake_page.open_with(day.passphrase)
    rest()
    rest()
    assert CHECKED in _texts(intake_page)


def test_everything_is_checked_and_nothing_written(open_intake, day, store, rest):
    before = digest(store)
    _check(open_intake, day, rest)
    assert CHECKED in _texts(open_intake)
    table = next(t for t in open_intake.findChildren(IntakeTable))
    states = sorted(table.model().index(row, 0).data() for row in range(5))
    assert states == ["取り込めます", "取り込めません", "受け取り済み", "新しい版", "確認待ち"]
    assert any("保存し直して" in text for text in _texts(open_intake))
    assert digest(store) == before
    assert not list(store.folder.waiting.iterdir())


def test_the_rest_comes_in_together_by_mouse(open_intake, day, store, qtbot, rest):
    _check(open_intake, day, rest)
    with qtbot.waitSignal(open_intake.taken_in, timeout=30_000) as told:
        _press(qtbot, open_intake, "2件を受け取る")
    rest()
    assert told.args == ["2件を受け取りました。"]
    assert any(text.startswith("受け取りました 1 / 新しい版 1") for text in _texts(open_intake))
    assert Reviewing(store).board(OCTOBER, OCTOBER).summary.missing == 0


def test_the_whole_intake_goes_back(open_intake, day, store, qtbot, rest):
    before = digest(store)
    _check(open_intake, day, rest)
    _press(qtbot, open_intake, "2件を受け取る")
    rest()
    assert digest(store) != before
    open_intake.undo()
    rest()
    assert digest(store) == before
    assert "2件の受け取りを元に戻しました" in open_intake.messages.text


def test_undo_without_an_intake_does_nothing(open_intake, store, rest):
    before = digest(store)
    open_intake.undo()
    rest()
    assert digest(store) == before


def test_a_new_pc_is_taken_in_after_asking_the_person(open_intake, day, qtbot, rest):
    _check(open_intake, day, rest)
    question = next(text for text in _texts(open_intake) if "新しいパソコンですか" in text)
    assert "確認番号" in question
    _press(qtbot, open_intake, "ご本人に番号を確かめたので、受け取る")
    rest()
    rest()
    settle()
    assert any("受け取り済み 2 / 確認待ち 0" in text for text in _texts(open_intake))


def test_a_waiting_file_is_offered_again_later(open_intake, day, qtbot, rest):
    _check(open_intake, day, rest)
    _press(qtbot, open_intake, "2件を受け取る")
    rest()
    _press(qtbot, open_intake, "ほかのファイルを受け取る")
    settle()
    assert any("新しいパソコンですか" in text for text in _texts(open_intake))
    _press(qtbot, open_intake, "ご本人に番号を確かめたので、受け取る")
    rest()
    settle()
    assert not any("新しいパソコンですか" in text for text in _texts(open_intake))


def test_a_folder_without_our_files_is_told_in_words(open_intake, tmp_path, rest):
    empty = tmp_path / "から"
    empty.mkdir()
    _check_folder(open_intake, empty, rest)
    assert "提出用のファイル" in open_intake.messages.text


def _check_folder(page, folder, rest):
    page.check_files([folder])
    rest()


def test_escape_leaves_the_check_and_then_the_page(open_intake, day, qtbot, rest):
    _check(open_intake, day, rest)
    open_intake.go_back()
    assert not any(text == CHECKED for text in _texts(open_intake))
    with qtbot.waitSignal(open_intake.back_asked):
        open_intake.go_back()


def test_stopping_leaves_things_as_they_were(open_intake, day, store, jobs, qtbot, rest):
    _check(open_intake, day, rest)
    before = digest(store)
    _press(qtbot, open_intake, "2件を受け取る")
    jobs.cancel_all()
    rest()
    settle()
    assert "中止しました" in open_intake.messages.text
    assert digest(store) == before


def test_the_window_stays_alive_meanwhile(open_intake, day, jobs, qtbot, rest):
    ticks = []
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: ticks.append(jobs.busy))
    timer.start()
    _check(open_intake, day, rest)
    _press(qtbot, open_intake, "2件を受け取る")
    rest()
    timer.stop()
    assert ticks.count(True) > 5


@pytest.mark.parametrize("points", [12, 24])
@pytest.mark.parametrize("stage", ["locked", "open", "checked"])
def test_nothing_is_cut(intake_page, day, look, rest, points, stage):
    look.show_text_size(points)
    if stage != "locked":
        intake_page.open_with(day.passphrase)
        rest()
    if stage == "checked":
        _check(intake_page, day, rest)
    settle()
    assert complaints(intake_page) == []


def _put_in(day, media, name="STICK", pattern="*.kssz"):
    """A stick with what came in this morning."""
    stick = media / name
    stick.mkdir()
    for file in day.inbox.glob(pattern):
        shutil.copy2(file, stick)
    return stick


def _look(page, rest):
    page._start.look()
    rest()
    settle()


def test_a_stick_that_is_put_in_is_offered_and_checked_by_one_button(
    open_intake, day, media, qtbot, rest, store
):
    before = digest(store)
    _put_in(day, media)
    _look(open_intake, rest)
    assert any("「STICK」がささっています" in text for text in _texts(open_intake))
    assert digest(store) == before
    _press(qtbot, open_intake, "確かめる")
    rest()
    assert CHECKED in _texts(open_intake)


def test_the_stick_gets_its_receipts_and_is_cleared_of_what_is_here(
    open_intake, day, media, qtbot, rest
):
    stick = _put_in(day, media)
    (stick / "家計簿.xlsx").write_text("mine", encoding="utf-8")
    open_intake.check_files([stick])
    rest()
    _press(qtbot, open_intake, "2件を受け取る")
    rest()
    settle()
    assert any("推進員さんの記録は消えません" in text for text in _texts(open_intake))
    assert complaints(open_intake) == []
    held = len(list(stick.glob("*.kssz")))
    _press(qtbot, open_intake, "返事を入れて、提出用を消す")
    rest()
    assert "抜いても大丈夫です" in open_intake.messages.text
    assert len(list(stick.glob("*.kssz"))) == held - 3, "new, newer and same went, the rest stayed"
    assert len(list(stick.glob("*.kssr"))) == 3
    assert (stick / "家計簿.xlsx").read_text(encoding="utf-8") == "mine"
    open_intake.undo()
    rest()
    assert "返事のファイルを、もう作ってあります" in open_intake.messages.text


def test_the_stick_can_be_left_as_it_is(open_intake, day, media, qtbot, rest):
    stick = _put_in(day, media)
    before = sorted(stick.iterdir())
    open_intake.check_files([stick])
    rest()
    _press(qtbot, open_intake, "2件を受け取る")
    rest()
    settle()
    _press(qtbot, open_intake, "そのままにする")
    settle()
    assert sorted(stick.iterdir()) == before
    _press(qtbot, open_intake, "ほかのファイルを受け取る")
    settle()
    open_intake.check_files([stick])
    rest()
    assert any(text.startswith("取り込めます 0") for text in _texts(open_intake))


@pytest.mark.parametrize("points", [12, 24])
def test_each_reason_leads_to_plain_help(open_intake, day, qtbot, rest, look, points):
    look.show_text_size(points)
    _check(open_intake, day, rest)
    settle()
    buttons = [
        b for b in open_intake.findChildren(QPushButton)
        if b.isVisible() and b.accessibleName() == "どうすればよいか"
    ]  # fmt: skip
    assert len(buttons) == 2
    for button in buttons:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        settle()
        card = open_intake.findChild(HelpCard)
        assert card.isVisible()
        assert any("1. " in text and "2. " in text for text in _texts(card))
        assert complaints(open_intake) == []
    _press(qtbot, card, "とじる")
    assert not card.isVisible()


def test_every_reason_has_help_of_its_own():
    reasons = (
        "unreadable", "damaged", "other_office", "wrong_promoter", "unknown_device",
        "revoked", "newer_format", "too_large", "schema",
    )  # fmt: skip
    found = [help_of(FileOutcome("a.kssz", "refused", reason, "")) for reason in reasons]
    assert len({one.title for one in found}) == len(reasons)
    assert all(2 <= len(one.steps) <= 4 and one.word for one in found)


def test_a_new_pc_from_its_help(open_intake, day, qtbot, rest):
    _check(open_intake, day, rest)
    button = next(
        b for b in open_intake.findChildren(QPushButton)
        if b.isVisible() and b.accessibleName() == "どうすればよいか"
    )  # fmt: skip
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    settle()
    go = open_intake.focusWidget()
    assert go.accessibleName() == "ご本人に番号を確かめたので、受け取る"
    qtbot.keyClick(go, Qt.Key.Key_Space)
    rest()
    rest()
    settle()
    assert "確認待ち 0" in " ".join(_texts(open_intake))


def test_files_that_wait_are_tried_again_and_told(open_intake, day, qtbot, rest):
    _check(open_intake, day, rest)
    _press(qtbot, open_intake, "2件を受け取る")
    rest()
    _press(qtbot, open_intake, "ほかのファイルを受け取る")
    settle()
    assert any("新しいパソコンですか" in text for text in _texts(open_intake))
    _press(qtbot, open_intake, "待っているファイルをもう一度試す")
    rest()
    settle()
    assert "まだ受け取れません" in open_intake.messages.text
    _press(qtbot, open_intake, "ご本人に番号を確かめたので、受け取る")
    rest()
    settle()
    assert not any("新しいパソコンですか" in text for text in _texts(open_intake))


def test_the_watched_folder_only_offers(open_intake, day, store, kept_inbox, qtbot, rest, tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    before = digest(store)
    _press(qtbot, open_intake, "受付フォルダー")
    settle()
    _press(qtbot, open_intake.findChild(InboxCard), "フォルダーを選ぶ")
    rest()
    assert kept_inbox == [inbox]
    for file in day.inbox.glob("*.kssz"):
        shutil.copy2(file, inbox)
    seconds = iter(range(0, 10_000, 5))
    open_intake._start._folder.watch(Inbox(inbox, lambda: next(seconds)))
    _look(open_intake, rest)
    _look(open_intake, rest)
    assert any("受付フォルダーに、新しいファイルが" in text for text in _texts(open_intake))
    assert digest(store) == before
    _press(qtbot, open_intake, "確かめる")
    rest()
    assert CHECKED in _texts(open_intake)
    open_intake.go_back()
    _look(open_intake, rest)
    assert not any("受付フォルダーに、新しいファイルが" in text for text in _texts(open_intake))


def test_the_folder_is_forgotten_again(open_intake, kept_inbox, qtbot, rest, tmp_path):
    (tmp_path / "inbox").mkdir()
    _press(qtbot, open_intake, "受付フォルダー")
    settle()
    card = open_intake.findChild(InboxCard)
    _press(qtbot, card, "フォルダーを選ぶ")
    rest()
    _press(qtbot, card, "見るのをやめる")
    rest()
    assert kept_inbox == [tmp_path / "inbox", None]
    assert complaints(open_intake) == []


def test_breaking_off_leaves_things_as_before(open_intake, day, store, rest, jobs):
    before = digest(store)
    _check(open_intake, day, rest)
    open_intake._take_all()
    jobs.cancel_all()
    rest()
    assert "中止しました" in open_intake.messages.text
    assert digest(store) == before
    assert not list(store.folder.waiting.iterdir())


def test_the_meeting_is_one_button_away(open_intake, qtbot):
    with qtbot.waitSignal(open_intake.wants) as wanted:
        _press(qtbot, open_intake, "定例会モードにする")
    assert wanted.args == [Way(Screen.MEETING)]


def test_a_messy_stick_keeps_the_window_alive(open_intake, day, media, qtbot, rest):
    """RELIABILITY.md R36; what looking for files costs: ``services/travel/test_gathering.py``."""
    stick = _put_in(day, media)
    for number in range(5_000):
        (stick / f"IMG_{number:05d}.jpg").touch()
    (stick / "autorun.inf").write_text("[autorun]\n", encoding="utf-8")

    def check():
        open_intake.check_files([stick])
        rest()

    assert times_a_bare_gap(check) < LIMIT
    assert CHECKED in _texts(open_intake)


def test_a_stick_by_keyboard_alone(open_intake, day, media, store, qtbot, rest):
    _put_in(day, media)
    _look(open_intake, rest)
    check = named(open_intake, QPushButton, "確かめる")
    check.setFocus()
    qtbot.keyClick(check, Qt.Key.Key_Return)
    rest()
    settle()
    take = open_intake.focusWidget()
    assert take.accessibleName() == "2件を受け取る"
    qtbot.keyClick(take, Qt.Key.Key_Space)
    rest()
    settle()
    leave = open_intake.focusWidget()
    assert leave.accessibleName() == "ほかのファイルを受け取る"
    assert Reviewing(store).board(OCTOBER, OCTOBER).summary.missing == 0
    qtbot.keyClick(leave, Qt.Key.Key_Return)
    settle()
    assert named(open_intake, QPushButton, "定例会モードにする").isVisible()
