"""Lines of Japanese text with air between them, measured and drawn in one way everywhere."""

import math

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

_KEPT = 8
_LEADING = 1.4
"""Line distance in heights of the text; the bundled font itself has none."""


class TextBlocks:
    """The last few blocks of one widget: layouts ask for the same ones again and again."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, int, Qt.AlignmentFlag], TextBlock] = {}

    def get(
        self,
        text: str,
        font: QFont,
        width: int,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> "TextBlock":
        key = (text, font.key(), width, align)
        if key not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[key] = TextBlock(text, font, width, align)
        return self._kept[key]


class TextBlock:
    """``text`` laid out within ``width`` pixels; it breaks anywhere rather than being cut."""

    def __init__(
        self,
        text: str,
        font: QFont,
        width: int,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        self._width = max(width, 1)
        self._step = QFontMetricsF(font).height() * _LEADING
        self._height = QFontMetricsF(font).height()
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout = QTextLayout(text.replace("\n", "\u2028"), font)
        self._layout.setTextOption(option)
        self._lay()

    @property
    def size(self) -> QSize:
        """Return the room the text takes."""
        lines = self._layout.lineCount()
        widths = [self._layout.lineAt(number).naturalTextWidth() for number in range(lines)]
        return QSize(math.ceil(max(widths, default=0)), math.ceil(self._top(lines - 1)))

    def paint(self, painter: QPainter, box: QRect) -> None:
        """Draw in the painter's pen at the top left of ``box``."""
        self._layout.draw(painter, QPointF(box.topLeft()))

    def _lay(self) -> None:
        self._layout.beginLayout()
        top = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(self._width)
            line.setPosition(QPointF(0, top))
            top += self._step
        self._layout.endLayout()

    def _top(self, line: int) -> float:
        return self._height + self._step * max(line, 0)
