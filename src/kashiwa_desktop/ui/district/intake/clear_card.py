"""After an intake: leave a receipt on the stick, and take from it what the office now holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


@dataclass(frozen=True, slots=True)
class Brought:
    """Files that came in from one place; ``promoters`` get a return there, none in a folder."""

    place: Path
    name: str
    files: tuple[Path, ...]
    promoters: tuple[str, ...]


class ClearCard(SectionCard):
    """``answer_wanted`` gives places that get their returns, ``clear_wanted`` those to clear too.

    Nothing happens by itself, and the buttons say what they do.
    """

    answer_wanted = Signal(object)
    clear_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._brought: tuple[Brought, ...] = ()
        self._text = TextLabel()
        self._clear = BigButton("返事を入れて、提出用を消す", "stick")
        self._answer = BigButton("返事だけを入れる", "plane")
        self._leave = BigButton("そのままにする", "left")
        self.add(self._text)
        self.add_row(self._clear, self._answer, self._leave)
        self._clear.clicked.connect(self._ask_clear)
        self._answer.clicked.connect(self._ask_answer)
        self._leave.clicked.connect(self.hide)
        self.hide()

    @property
    def is_wanted(self) -> bool:
        return bool(self._brought)

    def offer(self, brought: Sequence[Brought]) -> None:
        """Offer it for these places; none hides the card."""
        self._brought = tuple(brought)
        on_stick = any(one.promoters for one in self._brought)
        names = "、".join(one.name for one in self._brought)
        if on_stick:
            self.set_title(f"USBメモリー「{names}」を返す前に")
            text = (
                "USBメモリーの提出用だけを消します。推進員さんの記録は消えません。"
                "届いた証しに、事務局からの返事を入れておけます。"
            )
        else:
            self.set_title("受付フォルダーの片付け")
            text = "受け取った提出用だけを消します。推進員さんの記録は消えません。"
        self._text.setText(text)
        self._clear.set_word("返事を入れて、提出用を消す" if on_stick else "受け取った提出用を消す")
        show_when(self._answer, wanted=on_stick)
        show_when(self, wanted=bool(self._brought))

    def _ask_clear(self) -> None:
        self.clear_wanted.emit(self._brought)

    def _ask_answer(self) -> None:
        self.answer_wanted.emit(self._brought)
