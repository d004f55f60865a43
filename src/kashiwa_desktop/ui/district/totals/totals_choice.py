"""What is to be counted: the year, what stands downwards and across, and which number of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain.crosstab import MEASURES
from kashiwa_desktop.domain.wareki import fiscal_year_name
from kashiwa_desktop.services.counting.tabulating import ROW_WORDS, Asked
from kashiwa_desktop.ui.widgets.entry.check_row import CheckRow
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.step_bar import StepBar


class TotalsChoice(QWidget):
    """``changed`` comes when something else is to be counted, ``measured`` for another number."""

    changed = Signal()
    measured = Signal()

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._year, self._last = year, year
        self._bar = StepBar("前の年度", "次の年度")
        self._rows = ChoiceBox("たてに並べるもの")
        self._across = ChoiceBox("よこに並べるもの")
        self._measure = ChoiceBox("数えるもの")
        self._which = CheckRow(
            "数える記録",
            (("approved", "承認済みの月だけ"), ("proxy", "代理の活動を見る")),
        )
        self._fill()
        self._connect()

    @property
    def measure(self) -> str:
        """One of MEASURES."""
        return str(self._measure.current())

    @property
    def year(self) -> int:
        """The fiscal year in view, by its first calendar year."""
        return self._year

    def asked(self) -> Asked:
        """Return what is to be counted."""
        ticked = self._which.ticked()
        return Asked(
            self._year,
            str(self._rows.current()),
            str(self._across.current()),
            approved="approved" in ticked,
            proxy="proxy" in ticked,
        )

    def show_year(self, year: int) -> None:
        """Turn to a fiscal year; emits nothing."""
        self._year = year
        self._bar.show_name(fiscal_year_name(year), more=year < self._last)

    def _fill(self) -> None:
        rows = ((code, f"{word}ごと") for code, word in ROW_WORDS.items())
        self._rows.show_choices(rows)
        self._rows.choose("area")
        self._measure.show_choices(MEASURES.items())
        self._measure.choose("count")
        self._show_across()
        self.show_year(self._year)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(FlowRow(self._bar, self._rows, self._across, self._measure, self._which))

    def _show_across(self) -> None:
        """Categories stand across only where they do not stand downwards already."""
        before = str(self._across.current())
        choices = [
            ("month", "月で分ける"),
            ("category", "区分で分ける"),
            ("year", "年度で分ける"),
            ("calendar", "1月からの年で分ける"),
            ("since", "はじめからの累計"),
        ]
        if self._rows.current() in ("category", "type"):
            choices = [choice for choice in choices if choice[0] != "category"]
        self._across.show_choices(choices)
        self._across.choose(before if before in dict(choices) else "month")

    def _connect(self) -> None:
        self._bar.turned.connect(self._turn)
        self._rows.chosen.connect(self._choose_rows)
        self._across.chosen.connect(self.changed)
        self._which.touched.connect(self.changed)
        self._measure.chosen.connect(self.measured)

    def _choose_rows(self, _code: object) -> None:
        self._show_across()
        self.changed.emit()

    def _turn(self, by: int) -> None:
        if self._year + by <= self._last:
            self.show_year(self._year + by)
            self.changed.emit()
