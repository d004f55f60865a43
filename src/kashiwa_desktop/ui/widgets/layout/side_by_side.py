"""Two parts beside each other where there is room, one under the other where there is not."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from kashiwa_desktop.ui import theme


class SideBySide(QWidget):
    """Beside each other while it is at least ``least_em`` letters wide and both have room."""

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

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider part: it turns before it would have to be broader than that."""
        return QSize(max(self._least_widths()), self._box.totalMinimumSize().height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._turn()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._turn()

    def _turn(self) -> None:
        least = self._least_em * self.fontMetrics().horizontalAdvance("あ")
        wide = self.width() >= max(least, sum(self._least_widths()) + self._box.spacing())
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if way != self._box.direction():
            self._box.setDirection(way)

    def _least_widths(self) -> list[int]:
        parts = (self._box.itemAt(place) for place in range(self._box.count()))
        return [part.minimumSize().width() if part else 0 for part in parts]
