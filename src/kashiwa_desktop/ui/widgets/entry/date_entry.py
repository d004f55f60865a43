"""A date as people type it, and at once how the program understood it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class DateEntry(QWidget):
    """Reads ``23``, ``11/23``, ``きのう``, ``R8.11.23``; ``picked`` gives a date or None.

    ``text_so_far`` is what a draft keeps, ``day`` what a record needs.
    """

    picked = Signal(object)
    touched = Signal()
    left = Signal()

    def __init__(
        self,
        today: date,
        holiday_name: Callable[[date], str | None],
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today, self._holiday_name = today, holiday_name
        self._shown: date | None = None
        self._line = TextLine(name or "日付")
        self._long = TextLabel(role="strong", wrap=False)
        self._western = TextLabel(role="small", wrap=False)
        self.setFocusProxy(self._line)
        self._arrange()
        self._line.touched.connect(self._read)
        self._line.left.connect(self._tidy)

    def day(self) -> date | None:
        """Return the date that was understood, None while there is none."""
        return self._shown

    def set_day(self, day: date | None) -> None:
        self._line.setText(wareki.long_date(day, weekday=False) if day else "")

    def set_today(self, today: date) -> None:
        """A new day has begun while the window was open."""
        self._today = today

    def text_so_far(self) -> str:
        return self._line.text_so_far()

    def set_text(self, text: str) -> None:
        """Put back what a draft kept."""
        self._line.setText(text)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        super().setAccessibleName(name)
        self._line.setAccessibleName(name)

    def _read(self) -> None:
        day = wareki.parse_date(self._line.text_so_far(), self._today)
        self._show(day)
        self.touched.emit()
        if day != self._shown:
            self._shown = day
            self.picked.emit(day)

    def _tidy(self) -> None:
        if self._shown is not None:
            self._line.setText(wareki.long_date(self._shown, weekday=False))
        self.left.emit()

    def _show(self, day: date | None) -> None:
        holiday = (self._holiday_name(day) or "") if day else ""
        self._long.setText(f"{wareki.long_date(day)} {holiday}".strip() if day else "")
        self._western.setText(f"西暦{day.year}年" if day else "")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._limit_width()

    def _limit_width(self) -> None:
        self._line.setMaximumWidth(20 * self.fontMetrics().horizontalAdvance("あ"))

    def _arrange(self) -> None:
        self._limit_width()
        words = FlowLayout()
        words.addWidget(self._long)
        words.addWidget(self._western)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP // 2)
        column.addWidget(self._line)
        column.addLayout(words)
