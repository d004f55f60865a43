"""There and back through the promoter's window: handed over, asked, answered, handed over again.

The office's side is done by services on real files; the promoter's with the mouse alone, and once
more with the keyboard alone. At the end both sides hold the same heads and no conflict.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from app.test_promoter_story import Hand
from kashiwa_desktop.app import promoter_pages
from kashiwa_desktop.app.window import Desktop
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.records.deciding import Deciding
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.store import open_folder
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea
from office_world import OCTOBER, moment

ASKED, ANSWERED, AGAIN = "2026-11-20T10:00", "2026-11-21T10:00", "2026-11-24T10:00"
LEFT = Qt.MouseButton.LeftButton
SAFE = "✓ USBメモリーを抜いても大丈夫です"


class ReplyHand(Hand):
    """The hand of a promoter of the town, on his own PC at a moment."""

    def open_at(self, town, at, name="P001"):
        self.close()
        store = open_folder(town.folder(name), Clock(moment(at)), Chance())
        self._store, self._desktop = store, Desktop(store, self._look)
        self._desktop.begin()
        self.come_up()

    def drop_on_window(self, file):
        """Drop a file somewhere on the window, not on a place made for it."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        how = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.window, QDragEnterEvent(QPoint(500, 90), *how))
        QApplication.sendEvent(self.window, QDropEvent(QPointF(500, 90), *how))
        self.rest()

    def double_click(self, file):
        """What a second start hands to the window that is open."""
        self._desktop.take_files([file])
        self.rest()

    def when_asked(self, answer, tries=200):
        """Let ``answer`` deal with the question that comes up, however busy the PC is."""
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ConfirmDialog):
            answer(dialog)
        elif tries:
            QTimer.singleShot(50, lambda: self.when_asked(answer, tries - 1))

    def press_and_agree(self, name, key=None):
        """Press a button that asks first, and agree by mouse or by keys."""
        agreed = []

        def agree(dialog):
            agreed.append(dialog.go.word)
            if key is None:
                self._qtbot.mouseClick(dialog.go, LEFT)
            else:
                self._qtbot.keyClick(dialog.stay, Qt.Key.Key_Backtab)
                assert dialog.focusWidget() is dialog.go
                self._qtbot.keyClick(dialog.go, key)

        self.when_asked(agree)
        if key is None:
            self.press(name)
        else:
            self.key_on(name)
        self.wait(lambda: bool(agreed))
        self.come_up()  # as a window manager does when a dialog closes
        return agreed

    def key_on(self, name):
        """Go to a button with Tab and press it with the space bar."""
        self.tab_to(name)
        self._qtbot.keyClick(self.focus, Qt.Key.Key_Space)
        self.rest()


@pytest.fixture
def media(media, monkeypatch):
    """A place in which every folder is a stick."""
    monkeypatch.setattr(promoter_pages, "Sticks", lambda: Sticks([media], lambda _place: True))
    return media


@pytest.fixture
def hand(qtbot, look, tmp_path):
    one = ReplyHand(qtbot, look, tmp_path)
    yield one
    one.close()


@pytest.fixture
def asked(town):
    """October handed over; the office asks, corrects, and corrects what he changed meanwhile."""
    town.intake().take_in([town.month()])
    records = {a.date.day: a.id for a in Recording(town.pc()).records(OCTOBER)}
    Recording(town.pc()).edit(records[15], {"attendees": 5}, next_version=True)
    office = Returning(town.office(ASKED))
    office.ask(OCTOBER, "P001", records[1], "どなたとお会いになりましたか。")
    office.correct("P001", records[8], {"attendees": 12}, "会議の記録に合わせました。")
    Returning(town.office("2026-11-20T10:05")).correct(
        "P001", records[15], {"attendees": 14}, "人数を直しました。"
    )
    file = office.return_file("P001", town.out(), town.keys).file
    town.close()
    return file


def heads(store):
    """What stands at the top of every record of P001 that both sides write."""
    with store.db.read() as tx:
        found = {}
        for kind in ("activity", "month_report", "answer"):
            found |= {
                key: ids
                for key, ids in revisions.head_ids(tx, kind).items()
                if key.promoter == "P001"
            }
        return found


def check_the_office(town, stick):
    """The office takes in what lies on the stick, and both sides stand equal."""
    (file,) = stick.glob("*.kssz")
    (outcome,) = town.intake(ANSWERED).take_in([file]).files
    assert outcome.state == "newer"
    office, pc = town.office(ANSWERED), town.pc(at=ANSWERED)
    assert heads(office) == heads(pc)
    assert Deciding(office).conflicts() == Deciding(pc).conflicts() == []
    answers = [q.answer for q in Returning(office).questions("P001", OCTOBER)]
    said = {(a.agrees, a.text) for a in answers}
    assert said == {(None, "包括の職員の方です。"), (False, "10人でした。"), (True, "")}
    kept = {a.date.day: a.attendees for a in Recording(pc).records(OCTOBER)}
    assert kept == {1: 3, 8: 12, 15: 14}
    (row,) = [r for r in Reviewing(office).board(OCTOBER, OCTOBER).rows if r.promoter == "P001"]
    return row.cells[OCTOBER]


def test_asked_answered_and_handed_over_again_with_the_mouse(town, asked, stick, hand):
    hand.open_at(town, ANSWERED)
    hand.drop_on_window(asked)
    assert hand.window.page.SCREEN == 5
    hand.sees("事務局からの返事(11月20日に作られたもの)を読み込みました。")
    hand.sees("内容が2とおりあります。どちらが事実に合っていますか。")
    hand.press("事務局の内容にする")
    hand.sees("この内容に決めました。次はこちらです。")
    answer_three(hand)
    hand.press("10月分の次の版を提出する")
    assert hand.press_and_agree("10月分を締める") == ["締める"]
    hand.press("提出用をUSBメモリーに保存する")
    hand.sees(SAFE)
    hand.close()
    cell = check_the_office(town, stick)
    assert (cell.conflicts, cell.changed_after_close) == (0, 0)
    read_the_receipt(town, stick, hand)


def answer_three(hand):
    """The question, the correction that is wrong, and the one that is right."""
    for _ in range(3):
        lead = hand.window.page._ask.current
        if lead.kind == "question":
            hand.write_in("お返事", "包括の職員の方です。", TextArea)
            hand.press("このお返事にする")
        elif "8日" in lead.title:
            hand.sees("前の内容")
            hand.sees("事務局が直した内容")
            hand.write_in("お返事", "10人でした。", TextArea)
            hand.press("事実とちがう")
        else:
            hand.press("この直し方でよい")
    hand.sees("これで全部です。提出すると、事務局に届きます。")


def read_the_receipt(town, stick, hand):
    """Approved now; the return lies on the stick, is found there, and read from 今月."""
    returning = Returning(town.office(AGAIN))
    for question in returning.questions("P001"):
        returning.settle("P001", question.id)
    colleague = town.office(AGAIN, staff="職員 二")  # no one approves what he corrected himself
    assert Reviewing(colleague).approve(OCTOBER, ["P001"]).left == ()
    returning.return_file("P001", stick, town.keys)
    town.close()
    hand.open_at(town, AGAIN)
    hand.sees("まだ読んでいない事務局からのファイルが1個あります。")
    hand.press("読み込む")
    hand.sees("承認された月 1件")
    hand.sees("10月分(第2版) 事務局に届きました(11月24日の返事で確かめました)。")
    hand.go("今月")
    hand.sees("10月分は承認されました。お支払い 40,000円(日は、事務局におたずねください)")


def test_the_same_with_the_keyboard_alone(town, asked, stick, hand):
    space = Qt.Key.Key_Space
    hand.open_at(town, ANSWERED)
    hand.double_click(asked)
    hand.sees("事務局からの返事(11月20日に作られたもの)を読み込みました。")
    hand.key_on("事務局の内容にする")
    for _ in range(3):
        one = hand.window.page._ask.current
        if one.kind == "question":
            hand.tab_to("お返事")
            hand.write("包括の職員の方です。")
            hand.key_on("このお返事にする")
        elif "8日" in one.title:
            hand.tab_to("お返事")
            hand.write("10人でした。")
            hand.key_on("事実とちがう")
        else:
            hand.key_on("この直し方でよい")
    assert hand.focus.accessibleName() == "10月分の次の版を提出する"
    hand.key(space)
    assert hand.press_and_agree("10月分を締める", space) == ["締める"]
    assert hand.focus.accessibleName() == "提出用をUSBメモリーに保存する"
    hand.key(space)
    hand.sees(SAFE)
    hand.close()
    check_the_office(town, stick)


def test_what_was_begun_as_an_answer_is_there_after_closing(town, asked, media, hand):
    hand.open_at(town, ANSWERED)
    hand.double_click(asked)
    hand.press("事務局に確認する")
    hand.sees("事務局に確認することにしました。")
    while hand.window.page._ask.current.kind != "question":
        hand.press("次の確認")
    hand.write_in("お返事", "包括の", TextArea)
    hand.open_at(town, ANSWERED)
    hand.sees("確認のお願いが3件あります。")
    hand.press("見る")
    while hand.window.page._ask.current.kind != "question":
        hand.press("次の確認")
    assert hand.find("お返事", TextArea).text() == "包括の"
    hand.drop_on_window(Path(asked))
    hand.sees("もう読み込んであります。新しいことはありません。")
    hand.press("済んだもの・お返事したもの")
    hand.press("返事を変える")
    assert hand.window.page._ask.current.kind == "conflict"


def test_files_that_cannot_be_read_change_nothing(town, asked, media, hand, tmp_path):
    broken = tmp_path / "broken.kssr"
    broken.write_bytes(asked.read_bytes()[:-20])
    empty = tmp_path / "empty"
    empty.mkdir()
    hand.open_at(town, ANSWERED)
    hand.drop_on_window(broken)
    hand.sees("broken.kssr は読み込めませんでした。")
    hand.sees("記録はそのままで、何も変わっていません。")
    hand.drop_on_window(empty)
    hand.sees("このフォルダーに、事務局からのファイルはありません。")
    hand.drop_on_window(asked.parent)
    hand.sees("事務局からの返事(11月20日に作られたもの)を読み込みました。")
