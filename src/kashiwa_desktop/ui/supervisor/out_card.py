"""「18件すべて紙に出ましたか」: what the printer did not do is printed again."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.check_row import CheckRow
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class OutCard(SectionCard):
    """``all_out`` or ``again`` with the numbers of the sheets that are missing."""

    all_out = Signal()
    again = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._yes = BigButton("出た", "check", "main")
        self._no = BigButton("出ないものがある", "warning")
        self._hint = TextLabel("紙に出なかったものをお選びください")
        self._rows = CheckRow("紙に出なかったもの")
        self._again = BigButton("選んだものを再印刷する", "printer", "main")
        self.add_row(self._yes, self._no)
        self.add(self._hint, self._rows)
        self.add_row(self._again)
        self._yes.clicked.connect(self.all_out)
        self._no.clicked.connect(self._show_choices)
        self._again.clicked.connect(self._give)
        self._rows.touched.connect(self._show_ready)

    def ask(self, sheets: Sequence[tuple[str, str]]) -> None:
        """Ask about (number, words) of every sheet."""
        self.set_title(f"{len(sheets)}件すべて紙に出ましたか")
        self._rows.show_choices(sheets)
        self._rows.tick(())
        self._show_choosing(wanted=False)
        QTimer.singleShot(0, self._yes.setFocus)  # after the progress gave the focus back

    def _show_choices(self) -> None:
        self._show_choosing(wanted=True)
        self._show_ready()

    def _show_choosing(self, *, wanted: bool) -> None:
        for part in (self._hint, self._rows, self._again):
            show_when(part, wanted=wanted)

    def _show_ready(self) -> None:
        self._again.setEnabled(bool(self._rows.ticked()))

    def _give(self) -> None:
        self.again.emit(self._rows.ticked())
