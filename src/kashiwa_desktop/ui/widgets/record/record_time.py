"""When and how long: two times as people type them, or a length on one chip."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain import entry
from kashiwa_desktop.domain.activity import minutes_between
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.read_line import ReadLine
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout

_LENGTHS = (30, 60, 90, 120, 180)


class TimeFields(QWidget):
    """始まり, 終わり and 長さ; with both times the length follows from them."""

    touched = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start = ReadLine(entry.parse_time, _shown_time, "始まりの時刻", width=6)
        self._end = ReadLine(entry.parse_time, _shown_time, "終わりの時刻", width=6)
        self._length = ReadLine(entry.parse_length, entry.length_text, "活動の長さ")
        self._chips = ChipBar("活動の長さを選ぶ", one_stop=True)
        self._chips.show_chips([(n, entry.length_text(n)) for n in _LENGTHS])
        self._fields = {
            "start": FormField("始まり", self._start),
            "end": FormField("終わり", self._end),
            "minutes": FormField("または 長さ", self._length),
        }
        self._arrange()
        self._chips.chosen.connect(self._take_length)
        for line in (self._start, self._end, self._length):
            line.touched.connect(self._follow)
            line.touched.connect(self.touched)
            line.left.connect(self.left)

    def fill(self, fields: dict[str, Any]) -> None:
        self._start.put(fields.get("start"))
        self._end.put(fields.get("end"))
        self._length.put(fields.get("minutes"))

    def typed(self) -> dict[str, Any]:
        return {
            "start": self._start.text_so_far(),
            "end": self._end.text_so_far(),
            "minutes": self._length.text_so_far(),
        }

    def given(self) -> dict[str, Any]:
        return {
            "start": self._start.value(),
            "end": self._end.value(),
            "minutes": self._length.value(),
        }

    def unreadable(self) -> list[Problem]:
        time = "「9:30」「午後2時」のようにご記入ください。空けておいてもかまいません。"
        length = "「30分」「1時間半」のようにご記入ください。空けておいてもかまいません。"
        lines = (("start", self._start), ("end", self._end), ("minutes", self._length))
        return [
            Problem("time_unreadable", length if name == "minutes" else time, name, blocking=True)
            for name, line in lines
            if line.is_unreadable
        ]

    def places(self) -> dict[str, FormField]:
        return self._fields

    def _take_length(self, minutes: object) -> None:
        if isinstance(minutes, int):
            self._length.put(minutes)
            self.left.emit()

    def _follow(self) -> None:
        """Where both times are known, the length follows and is not typed."""
        start, end = self._start.value(), self._end.value()
        minutes = minutes_between(start, end) if start and end else None
        self._length.setReadOnly(minutes is not None)
        if minutes is not None and self._length.value() != minutes:
            self._length.put(minutes)
        value = self._length.value()
        self._chips.choose(value if value in _LENGTHS else None)
        self._chips.setEnabled(minutes is None)

    def _arrange(self) -> None:
        row = FlowLayout(gap=2 * theme.GAP)
        for name in ("start", "end", "minutes"):
            row.addWidget(self._fields[name])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(row)
        column.addWidget(self._chips)


def _shown_time(time: str) -> str:
    return time.removeprefix("0")
