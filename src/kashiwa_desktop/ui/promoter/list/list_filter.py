"""What the list shows: a month, or all that holds some words; and of that, which category."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.code_list import SEED
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.side_by_side import SideBySide
from kashiwa_desktop.ui.widgets.step_bar import StepBar

PAUSE_MS = 250
"""A search begins when nothing was typed for so long."""

ALL = ""


class ListFilter(QWidget):
    """``month_turned`` gives the month, ``text_changed`` the words, ``category_chosen`` a code."""

    month_turned = Signal(object)
    text_changed = Signal(str)
    category_chosen = Signal(str)

    def __init__(self, running: Month, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._running = self.month = running
        self.category = ALL
        self._counted: list[tuple[str, str]] = []
        self._codes = SEED
        self._bar = StepBar("前の月", "次の月")
        self._now = BigButton("今月")
        self.words = TextLine("ことばで探す")
        self.words.setPlaceholderText("ことばで探す")
        self._stop = BigButton("探すのをやめる", "close", icon_only=True)
        self._chips = ChipBar("区分で絞る")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._arrange()
        self._connect()
        self.show_month(running)

    @property
    def text(self) -> str:
        return self.words.text_so_far().strip()

    def show_month(self, month: Month) -> None:
        """Name the month in view; emits nothing."""
        self.month = month
        self._bar.show_name(month.label(), more=month < self._running)
        show_when(self._now, wanted=month != self._running)

    def show_counts(self, records: Sequence[Activity]) -> None:
        """Count the records of each category on its chip."""
        counts = Counter(a.category for a in records)
        codes = records[0].codes if records else self._codes
        words = codes.on(max((a.date for a in records), default=self.month.last))
        chips = [(ALL, f"すべて {len(records)}")]
        chips += [(c, f"{w} {counts[c]}") for c, w in words.shown("category", counts).items()]
        self._codes = codes
        if chips != self._counted:
            self._counted = chips
            self._chips.show_chips(chips)
        self._chips.choose(self.category)

    def clear(self) -> None:
        """Stop searching and show all categories."""
        self.category = ALL
        self.words.clear()

    def _turn(self, by: int) -> None:
        month = self.month.next() if by > 0 else self.month.previous()
        if month <= self._running:
            self._leave_search()
            self.show_month(month)
            self.month_turned.emit(month)

    def _turn_to_now(self) -> None:
        self._leave_search()
        self.show_month(self._running)
        self.month_turned.emit(self._running)

    def _leave_search(self) -> None:
        self.words.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.words.clear()
        self.words.blockSignals(False)  # noqa: FBT003
        self._pause.stop()
        self._stop.hide()

    def _choose(self, code: object) -> None:
        self.category = str(code)
        self.category_chosen.emit(self.category)

    def _wait(self) -> None:
        show_when(self._stop, wanted=bool(self.text))
        self._pause.start()

    def _tell_text(self) -> None:
        self.text_changed.emit(self.text)

    def _connect(self) -> None:
        self._bar.turned.connect(self._turn)
        self._now.clicked.connect(self._turn_to_now)
        self.words.touched.connect(self._wait)
        self._stop.clicked.connect(self.words.clear)
        self._pause.timeout.connect(self._tell_text)
        self._chips.chosen.connect(self._choose)

    def _arrange(self) -> None:
        months, search = QWidget(), QWidget()
        row = FlowLayout(months)
        row.addWidget(self._bar)
        row.addWidget(self._now)
        line = QHBoxLayout(search)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(self.words, 1)
        line.addWidget(self._stop)
        self._stop.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP + theme.GAP // 2)
        column.addWidget(SideBySide(months, search, least_em=40))
        column.addWidget(self._chips)
