"""Screen 11, パソコンの引っ越し: one question, then the short guide that answers it."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office.setup import PromoterSetup
from kashiwa_desktop.services.travel.moving import Moving, OtherPc
from kashiwa_desktop.services.travel.sending import Made
from kashiwa_desktop.services.travel.sticks import LOOK_MS, Sticks
from kashiwa_desktop.services.travel.succeeding import Leaving
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Question
from kashiwa_desktop.ui.promoter.moving.moving_cards import (
    CopiedPcCard,
    LeavingCard,
    LostPcCard,
    NewPcCard,
    OldPcCard,
)
from kashiwa_desktop.ui.promoter.stick_choice import StickChoice
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.text_label import TextLabel

NEW, OLD, LOST, COPIED, LEAVING = "new", "old", "lost", "copied", "leaving"


@dataclass(frozen=True, slots=True)
class MovingServices:
    """What the guides need."""

    moving: Moving
    setup: PromoterSetup
    leaving: Leaving


@dataclass(frozen=True, slots=True)
class _State:
    """What is read when the page comes up."""

    moving_number: str
    office_number: str
    notice: str
    left: int
    promoter: str


class MovingPage(ScrollPage):
    """``wiped`` comes when nothing is left here."""

    SCREEN = 11
    TITLE = "パソコンの引っ越し"

    wiped = Signal()

    def __init__(self, services: MovingServices, sticks: Sticks, jobs: Jobs) -> None:
        super().__init__()
        self._services, self._sticks = services, sticks
        self._work = PageWork(self, jobs)
        self._promoter = ""
        self._guides = ChipBar("どうされましたか")
        self._stick = StickChoice()
        self._new, self._old, self._lost = NewPcCard(), OldPcCard(), LostPcCard()
        self._copied, self._leaving = CopiedPcCard(), LeavingCard()
        self._back = BigButton("もどる", "left")
        self._look = QTimer(self, interval=LOOK_MS)
        self._arrange_cards()
        self._connect()
        self.show_guide(NEW)

    def refresh(self) -> None:
        self._find_sticks()
        read = partial(_state, self._services)
        self._work.run(read, self._show, "調べています")

    def show_guide(self, guide: str) -> None:
        """Show one of the guides."""
        self._guides.choose(guide)
        for name, card in self._cards().items():
            show_when(card, wanted=name == guide)
        show_when(self._stick, wanted=guide in (NEW, OLD, LOST))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look.stop()

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _cards(self) -> dict[str, SectionCard]:
        return {
            NEW: self._new,
            OLD: self._old,
            LOST: self._lost,
            COPIED: self._copied,
            LEAVING: self._leaving,
        }

    def _show(self, state: _State) -> None:
        self._promoter = state.promoter
        self._new.show_number(state.moving_number)
        self._lost.show_number(state.office_number)
        self._copied.show_notice(state.notice)
        self._leaving.show_left(state.left)

    def _find_sticks(self) -> None:
        if self._work.busy:
            return
        sticks = self._sticks.find()
        self._stick.show_sticks(sticks)
        self._show_buttons()
        self._old.show_others(self._services.moving.others_on([s.path for s in sticks]))

    def _show_buttons(self) -> None:
        ready = self._stick.stick() is not None
        for button in (self._new.write, self._lost.introduce):
            button.setEnabled(ready)

    def _take_guide(self, guide: object) -> None:
        self.messages.clear()
        self.show_guide(str(guide))

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _write_number(self) -> None:
        stick = self._stick.stick()
        if stick is not None:
            work = partial(_write_number, self._services.moving, stick.path)
            self._work.run(work, self._tell_number, "書いています")

    def _tell_number(self, _path: Path) -> None:
        text = "番号を書きました。USBメモリーを抜いても大丈夫です。次は②です。"
        self.messages.say(text)

    def _send(self, other: OtherPc) -> None:
        stick = self._stick.stick()
        if stick is None:
            self.reveal(self._stick)
            return
        work = partial(_send, self._services.moving, other, stick.path)
        what = "引っ越しファイルを作っています。USBメモリーを抜かないでください"
        self._work.run(work, self._tell_sent, what)

    def _tell_sent(self, made: Made) -> None:
        text = (
            "引っ越しファイルを作りました(%s)。USBメモリーを抜いても大丈夫です。"
            "新しいパソコンで読み込んでください。"
        )
        self.messages.say(text % made.file.name)

    def _introduce(self) -> None:
        stick = self._stick.stick()
        if stick is not None:
            work = partial(_introduce, self._services.moving, stick.path)
            what = "保存しています。USBメモリーを抜かないでください"
            self._work.run(work, self._tell_introduced, what)

    def _tell_introduced(self, made: Made) -> None:
        text = "保存しました(%s)。USBメモリーを抜いても大丈夫です。事務局に渡してください。"
        self.messages.say(text % made.file.name)

    def _make_mark(self) -> None:
        work = partial(_make_mark, self._services)
        self._work.run(work, self._tell_mark, "作っています")

    def _tell_mark(self, state: _State) -> None:
        self._show(state)
        text = (
            "新しい印を作りました。このパソコンの確認番号は %s です。"
            "次に提出したあと、事務局にお知らせください。"
        )
        self.messages.say(text % state.office_number)

    def _ask_before_wiping(self) -> None:
        question = Question(
            "このパソコンから、わたしの記録を消しますか",
            "消したあとは、このパソコンでは戻せません。事務局には残っています。",
            "記録を消す",
        )
        if ConfirmDialog.ask(question, self):
            work = partial(_wipe, self._services.leaving, self._promoter)
            self._work.run(work, self._tell_wiped, "消しています")

    def _tell_wiped(self, _nothing: object) -> None:
        self._look.stop()  # there is nothing left here to look for
        self.wiped.emit()

    def _arrange_cards(self) -> None:
        words = {
            NEW: "新しいパソコンに\n記録を移す",
            OLD: "いままでのパソコンで\nファイルを作る",
            LOST: "パソコンをなくした\nこわれた",
            COPIED: "予備の写しに戻した\n丸ごと写した",
            LEAVING: "推進員をやめる",
        }
        self._guides.show_chips(words.items())
        self.add(TextLabel("どうされましたか。ひとつお選びください。"), self._guides)
        self.add(self._stick, *self._cards().values())
        self.action_bar.add(self._back)

    def _connect(self) -> None:
        self._guides.chosen.connect(self._take_guide)
        self._stick.changed.connect(self._show_buttons)
        self._look.timeout.connect(self._find_sticks)
        self._new.number_wanted.connect(self._write_number)
        self.lead(self._new.read, Way(Screen.REPLY))
        self._old.file_wanted.connect(self._send)
        self._lost.introduce_wanted.connect(self._introduce)
        self.lead(self._lost.read, Way(Screen.REPLY))
        self._copied.mark_wanted.connect(self._make_mark)
        self._leaving.wipe_wanted.connect(self._ask_before_wiping)
        self._back.clicked.connect(self.go_back)


def _state(services: MovingServices, _: Progress | None = None) -> _State:
    moving = services.moving
    return _State(
        moving.moving_number(),
        moving.office_number(),
        moving.restored(),
        services.leaving.not_arrived(),
        moving.promoter(),
    )


def _write_number(moving: Moving, folder: Path, _: Progress) -> Path:
    return moving.write_number(folder)


def _send(moving: Moving, other: OtherPc, folder: Path, _: Progress) -> Made:
    return moving.send_to(other, folder)


def _introduce(moving: Moving, folder: Path, _: Progress) -> Made:
    return moving.introduce(folder)


def _make_mark(services: MovingServices, _: Progress) -> _State:
    services.setup.new_identity()
    return _state(services)


def _wipe(leaving: Leaving, promoter: str, _: Progress) -> None:
    leaving.wipe(promoter)
