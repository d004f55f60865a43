"""A line that reads a value out of what is typed: a time, a length, a number, a date ahead."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine

T = TypeVar("T")


class ReadLine(TextLine, Generic[T]):
    """On leaving it writes down how it understood the text; what it cannot read stays as typed."""

    def __init__(
        self,
        read: Callable[[str], T | None],
        show: Callable[[T], str],
        name: str = "",
        *,
        width: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._read, self._say, self._em = read, show, width
        self._limit_width()
        self.left.connect(self._tidy)

    def value(self) -> T | None:
        """Return what was understood, None where the line is empty or cannot be read."""
        text = self.text_so_far().strip()
        return self._read(text) if text else None

    @property
    def is_unreadable(self) -> bool:
        return bool(self.text_so_far().strip()) and self.value() is None

    def put(self, value: T | str | None) -> None:
        """Show a value, or put back text that a draft kept."""
        if value is None or isinstance(value, str):
            self.setText(value or "")
            self._tidy()
        else:
            self.setText(self._say(value))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._limit_width()

    def _tidy(self) -> None:
        value = self.value()
        if value is not None and self._say(value) != self.text():
            self.setText(self._say(value))

    def _limit_width(self) -> None:
        self.setFixedWidth(self._em * self.fontMetrics().horizontalAdvance("あ") + 24)
