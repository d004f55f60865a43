"""Two parts beside each other where there is room, one under the other where there is not."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from kashiwa_desktop.ui import theme


class SideBySide(QWidget):
    """Puts two widgets beside each other while it is at least ``least_em`` letters wide."""

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        *,
        shares: tuple[int, int] = (1, 1),
        least_em: int = 46,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._least_em = least_em
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(2 * theme.GAP)
        self._box.addWidget(first, shares[0])
        self._box.addWidget(second, shares[1])

    @property
    def is_beside(self) -> bool:
        return self._box.direction() == QBoxLayout.Direction.LeftToRight

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._turn()

    def _turn(self) -> None:
        wide = self.width() >= self._least_em * self.fontMetrics().horizontalAdvance("あ")
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if way != self._box.direction():
            self._box.setDirection(way)
