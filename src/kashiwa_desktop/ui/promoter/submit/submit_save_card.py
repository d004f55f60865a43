"""③ 保存する: onto the stick that is in the PC, or into a folder for e-mail."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kashiwa_desktop.services.travel.handing_over import MonthInHand
from kashiwa_desktop.services.travel.sticks import Stick
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel

LEAST_FREE = 5_000_000
"""Bytes a stick must have free; a submission is far smaller."""


class SubmitSaveCard(SectionCard):
    """Shows the sticks that are there; ``folder_wanted`` asks for a folder instead.

    ``reply`` leads to what the office answered, once there may be an answer.
    """

    folder_wanted = Signal()
    again_wanted = Signal()
    stick_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("③ 提出用を保存する", parent)
        self._sticks: list[Stick] = []
        self._state = TextLabel(role="strong")
        self._safe = TextLabel(role="strong")
        self.safe_frame = QFrame()
        self.safe_frame.setProperty("panel", "ok")
        inside = QVBoxLayout(self.safe_frame)
        inside.setContentsMargins(2 * theme.GAP, theme.GAP, 2 * theme.GAP, theme.GAP)
        inside.addWidget(self._safe)
        self._words = TextLabel()
        self._chips = ChipBar("USBメモリーを選ぶ")
        self._again = BigButton("もう一度USBメモリーに保存する", "stick")
        self._folder = BigButton("フォルダーに保存する(メールで送るとき)", "folder")
        self.reply = BigButton("事務局からの返事を見る", "inbox")
        self.add(self._state, self.safe_frame, self._words, self._chips)
        self.add_row(self._again, self._folder, self.reply)
        self._chips.chosen.connect(self._choose)
        self._again.clicked.connect(self.again_wanted)
        self._folder.clicked.connect(self.folder_wanted)
        self._ready = False
        self.tell_safe("")

    def show_hand_over(self, shown: MonthInHand) -> None:
        view = shown.view
        self._ready = view.is_closed and not view.changed_after_close
        self._state.setText(_state_words(self, shown))
        show_when(self._state, wanted=bool(self._state.text()))
        show_when(self._again, wanted=self._ready and shown.step == 4)
        show_when(self.reply, wanted=view.state not in ("open", "closed"))
        self._folder.setEnabled(self._ready)
        self._show_sticks()

    def show_sticks(self, sticks: Sequence[Stick]) -> None:
        """Show which sticks are in the PC now; the chosen one stays chosen while it is there."""
        before = [(s.path, s.name) for s in self._sticks]
        self._sticks = list(sticks)
        if before != [(s.path, s.name) for s in self._sticks]:
            self._chips.show_chips((str(s.path), s.name) for s in self._sticks)
            if len(self._sticks) == 1:
                self._chips.choose(str(self._sticks[0].path))
        self._show_sticks()

    def stick(self) -> Stick | None:
        """Return the stick to write to: the only one, or the one that was chosen."""
        return next((s for s in self._sticks if str(s.path) == self._chips.current()), None)

    def tell_safe(self, text: str) -> None:
        """Say 「抜いても大丈夫です」; only called once it is true."""
        self._safe.setText(text)
        show_when(self.safe_frame, wanted=bool(text))

    def _choose(self, _path: object) -> None:
        self._show_sticks()
        self.stick_chosen.emit()

    def _show_sticks(self) -> None:
        self._words.setText(self._sentence())
        show_when(self._chips, wanted=self._ready and len(self._sticks) > 1)

    def _sentence(self) -> str:
        if not self._ready:
            return "締めると、提出用をUSBメモリーに保存できます。"
        if not self._sticks:
            return "USBメモリーをさしてください。さすと、ここに名前が出ます。"
        stick = self.stick()
        if stick is None:
            return f"USBメモリーが{len(self._sticks)}本あります。どれに保存するかお選びください。"
        if stick.free < LEAST_FREE:
            return f"USBメモリー「{stick.name}」の空きが足りません。別のものをお使いください。"
        room = room_words(stick.free)
        return f"USBメモリー「{stick.name}」があります(空き {room})。"


def room_words(size: int) -> str:
    """Return 「12.3 GB」 or 「850 MB」 for a number of bytes."""
    if size >= 1_000_000_000:
        return f"{size // 100_000_000 / 10:.1f} GB"
    return f"{size // 1_000_000:,} MB"


def saved_words(card: QWidget, shown: MonthInHand) -> str:
    """Return where the month was saved, and that it has not arrived yet."""
    if shown.on_stick:
        return "USBメモリーに保存しました(まだ届いていません)"
    return "フォルダーに保存しました(まだ届いていません)"


def _state_words(card: QWidget, shown: MonthInHand) -> str:
    state = shown.view.state
    if shown.has_answers and state != "closed" and not shown.view.changed_after_close:
        return "お返事がまだ事務局に届いていません。もう一度保存すると、いっしょに届きます。"
    if state == "saved" and not shown.view.changed_after_close:
        return f"{saved_words(card, shown)}\n{shown.saved_as}"
    if state in ("received", "returned", "approved") and shown.view.changed_after_close:
        text = "第%s版は事務局に届きました。変わったところは、次の版で届きます。"
        return text % shown.view.version
    if state in ("received", "returned", "approved"):
        return "事務局に届きました"
    return ""
