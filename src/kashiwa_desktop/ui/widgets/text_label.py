"""Text on the screen, always plain: names and notes are shown as typed, never as markup."""

import html
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from kashiwa_desktop.ui.widgets.text_block import TextBlock, TextBlocks

Role = Literal[
    "body", "title", "heading", "number", "strong", "small",
    "muted", "danger", "notice", "ok", "band",
]  # fmt: skip

_BROAD = 1_000_000
_LONGEST_EM = 40
_SHORTEST_EM = 6


def plain_tip(text: str) -> str:
    """Text for any tool tip: escaped, because Qt guesses markup from the first characters."""
    return f"<span>{html.escape(text)}</span>" if text else ""


class TextLabel(QLabel):
    """A label that shows its text as it is and wraps it; ``role`` is a text role of the theme."""

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        *,
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._blocks = TextBlocks()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setText(text)
        self.set_role(role)

    def set_role(self, role: Role) -> None:
        """Change the text role, for instance to ``danger``."""
        if self.property("role") == role:
            return
        self.setProperty("role", role)
        self.style().unpolish(self)
        self.style().polish(self)

    def setToolTip(self, text: str) -> None:  # noqa: N802 - Qt's name
        super().setToolTip(plain_tip(text))

    def hasHeightForWidth(self) -> bool:
        return self.wordWrap()

    def heightForWidth(self, width: int) -> int:
        edges = self._edges()
        return self._block(width - edges.width()).size.height() + edges.height()

    def sizeHint(self) -> QSize:
        return self._size(_LONGEST_EM)

    def minimumSizeHint(self) -> QSize:
        size = self._size(_SHORTEST_EM)
        return QSize(size.width(), min(size.height(), self.sizeHint().height()))

    def needed(self, width: int) -> QSize:
        """Return the room in pixels the text takes within ``width``; tests compare it."""
        return self._block(width - self._edges().width()).size + self._edges()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        box = self.contentsRect()
        block = self._block(box.width())
        spare = box.height() - block.size.height()
        if spare > 0 and not self.alignment() & Qt.AlignmentFlag.AlignTop:
            box.translate(0, spare // 2)
        block.paint(painter, box)

    def _size(self, longest_em: int) -> QSize:
        most = _BROAD
        if self.wordWrap():
            most = longest_em * self.fontMetrics().horizontalAdvance("あ")
        return self._block(most, aligned=False).size + self._edges()

    def _block(self, width: int, *, aligned: bool = True) -> TextBlock:
        sides = Qt.AlignmentFlag.AlignHorizontal_Mask
        align = self.alignment() & sides if aligned else Qt.AlignmentFlag.AlignLeft
        return self._blocks.get(self.text(), self.font(), width, align)

    def _edges(self) -> QSize:
        edge = self.contentsMargins()
        return QSize(edge.left() + edge.right(), edge.top() + edge.bottom())
