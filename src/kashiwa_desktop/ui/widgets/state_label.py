"""A state on the screen: its shape and its word."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.icon import paint_icon
from kashiwa_desktop.ui.widgets.state_mark import StateMark
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class StateLabel(TextLabel):
    """Draws the shape of a ``StateMark`` before its word, both in the state's text role."""

    def __init__(self, mark: StateMark, parent: QWidget | None = None) -> None:
        super().__init__(mark.word, mark.role, wrap=False, parent=parent)
        self._mark = mark
        self._leave_room()

    def show_state(self, mark: StateMark) -> None:
        self._mark = mark
        self.set_role(mark.role)
        self.setText(mark.word)
        self._leave_room()

    def sizeHint(self) -> QSize:
        self._leave_room()
        return super().sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self._side()
        square = QRectF(0, (self.height() - side) / 2, side, side)
        ink = self.palette().color(self.foregroundRole())
        paint_icon(QPainter(self), self._mark.icon, square, ink)

    def _side(self) -> int:
        return round(self.fontMetrics().height() * 0.95)

    def _leave_room(self) -> None:
        left = self._side() + theme.GAP // 2
        if self.contentsMargins().left() != left:
            self.setContentsMargins(left, 0, 0, 0)
