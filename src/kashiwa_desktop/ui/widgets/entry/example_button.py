"""One of a few to choose by example: its name, the key that takes it, and lines that show it."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.text_block import TextBlock, TextBlocks

_LEAST_EM = 7


class ExampleButton(QPushButton):
    """Large, checkable; the name stands bold above its examples and everything wraps.

    ``number`` is the key that takes it; ``code`` is what it stands for.
    """

    def __init__(
        self,
        number: int,
        code: str,
        name: str,
        examples: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.code = code
        self._number = number
        self._blocks = TextBlocks()
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_words(name, examples)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_words(self, name: str, examples: Sequence[str]) -> None:
        """Name it, with the lines that show what it is."""
        self._name = f"{self._number}  {name}"
        self._examples = "\n".join(f"・{line}" for line in examples)
        self.setAccessibleName(f"{self._number} {name}")
        self.setAccessibleDescription("、".join(examples))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        name, examples = self._parts(width)
        height = name.size.height() + examples.size.height() + theme.GAP // 2 + 2 * theme.GAP
        return max(theme.MAIN_TARGET, height)

    def sizeHint(self) -> QSize:
        width = 14 * self._em() + 3 * theme.GAP
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_EM * self._em() + 3 * theme.GAP, theme.MAIN_TARGET)

    def needed(self, width: int) -> QSize:
        """Return the room in pixels the words take within ``width``; tests compare it."""
        name, examples = self._parts(width)
        wide = max(name.size.width(), examples.size.width()) + 3 * theme.GAP
        return QSize(wide, self.heightForWidth(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        lit = self.isChecked() or self.underMouse() or self.isDown()
        name, examples = self._parts(self.width())
        left, top = self._margin(), theme.GAP
        painter.setPen(theme.colour("on_selected" if lit else "text"))
        name.paint(painter, QRect(left, top, name.size.width(), name.size.height()))
        top += name.size.height() + theme.GAP // 2
        painter.setPen(theme.colour("on_selected" if lit else "muted"))
        examples.paint(painter, QRect(left, top, examples.size.width(), examples.size.height()))

    def _parts(self, width: int) -> tuple[TextBlock, TextBlock]:
        room = width - 2 * self._margin()
        bold, small = QFont(self.font()), QFont(self.font())
        bold.setBold(True)
        small.setPointSizeF(theme.points("small", round(small.pointSizeF())))
        return (
            self._blocks.get(self._name, bold, room),
            self._blocks.get(self._examples, small, room),
        )

    def _margin(self) -> int:
        return theme.GAP + theme.GAP // 2

    def _em(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance("あ")
