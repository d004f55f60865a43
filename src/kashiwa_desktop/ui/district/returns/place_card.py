"""Where files go: onto the stick that is in the PC, or into a folder."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from kashiwa_desktop.services.travel import sticks
from kashiwa_desktop.services.travel.sticks import Stick
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class PlaceCard(SectionCard):
    """``place`` is where to write, None while nothing was chosen; ``changed`` when it moves."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("保存する場所", parent)
        self._sticks: list[Stick] = []
        self._folder: Path | None = None
        self._words = TextLabel()
        self._chips = ChipBar("USBメモリーを選ぶ")
        self._choose = BigButton("フォルダーを選ぶ", "folder")
        self._safe = TextLabel(role="strong")
        self.safe_frame = QFrame()
        self.safe_frame.setProperty("panel", "ok")
        inside = QVBoxLayout(self.safe_frame)
        inside.setContentsMargins(2 * theme.GAP, theme.GAP, 2 * theme.GAP, theme.GAP)
        inside.addWidget(self._safe)
        self.add(self._words, self._chips)
        self.add_row(self._choose)
        self.add(self.safe_frame)
        self._chips.chosen.connect(self._take_stick)
        self._choose.clicked.connect(self._ask_folder)
        self.tell_safe("")
        self.show_sticks([])

    @property
    def place(self) -> Path | None:
        stick = self.stick
        return stick.path if stick is not None else self._folder

    @property
    def stick(self) -> Stick | None:
        """The stick that is chosen, or the only one."""
        if self._folder is not None:
            return None
        return next((s for s in self._sticks if str(s.path) == self._chips.current()), None)

    def show_sticks(self, sticks: Sequence[Stick]) -> None:
        """Show which sticks are in the PC now; the only one is chosen by itself."""
        if [(s.path, s.name) for s in self._sticks] != [(s.path, s.name) for s in sticks]:
            self._chips.show_chips((str(s.path), s.name) for s in sticks)
            if len(sticks) == 1 and self._folder is None:
                self._chips.choose(str(sticks[0].path))
        self._sticks = list(sticks)
        self._show()

    def use_folder(self, folder: Path) -> None:
        """Write into a folder from now on."""
        self._folder = folder
        self._chips.choose(None)
        self._show()

    def tell_safe(self, text: str) -> None:
        """Say 「抜いても大丈夫です」; only called once it is true."""
        self._safe.setText(text)
        show_when(self.safe_frame, wanted=bool(text))

    def _take_stick(self, _path: object) -> None:
        self._folder = None
        self._show()

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "返事を保存するフォルダーを選ぶ")
        if name:
            self.use_folder(sticks.chosen(name))

    def _show(self) -> None:
        self._words.setText(self._sentence())
        show_when(self._chips, wanted=bool(self._sticks))
        self.changed.emit()

    def _sentence(self) -> str:
        stick = self.stick
        if self._folder is not None:
            return f"フォルダー「{self._folder.name}」に保存します。"
        if stick is not None:
            return f"USBメモリー「{stick.name}」に保存します。"
        if self._sticks:
            return "どのUSBメモリーに保存するかお選びください。"
        return "USBメモリーをさすか、フォルダーをお選びください。"
