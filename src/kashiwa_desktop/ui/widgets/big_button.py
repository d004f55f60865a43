"""The button of this program: large, an icon and a word, and a word that wraps when it must."""

from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.icon import paint_icon
from kashiwa_desktop.ui.widgets.text_block import TextBlock, TextBlocks
from kashiwa_desktop.ui.widgets.text_label import plain_tip

Kind = Literal["plain", "main", "quiet", "rail"]

_BROAD = 100_000
_LONGEST_EM = 20
_SHORTEST_EM = 5


class BigButton(QPushButton):
    """``main`` is the one action a page is for, ``quiet`` has no box, ``rail`` leads to a page.

    ``keys`` is only shown (「Ctrl+S」); the keys themselves belong to ``shortcuts.WindowKeys``.
    An empty ``word`` is not allowed: an icon-only button still says its word to the ear and hand.
    """

    def __init__(
        self,
        word: str,
        icon: str = "",
        kind: Kind = "plain",
        *,
        keys: str = "",
        icon_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._word, self._icon, self._kind, self._keys = word, icon, kind, keys
        self._icon_only = icon_only
        self._blocks = TextBlocks()
        self._letter = ""
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_word(word)

    @property
    def word(self) -> str:
        return self._word

    @property
    def least_height(self) -> int:
        return theme.MAIN_TARGET if self._kind in ("main", "rail") else theme.TARGET

    def set_word(self, word: str) -> None:
        """Change the word; what is heard follows."""
        self._word = word
        self.setAccessibleName(word)
        tip = f"{word} ({self._letter})" if self._letter else word
        self.setToolTip(plain_tip(tip) if self._icon_only or self._letter else "")
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_letter(self, letter: str) -> None:
        """Let Alt and ``letter`` press the button; the tool tip tells."""
        self._letter = f"Alt+{letter}"
        self.setShortcut(QKeySequence(self._letter))
        self.set_word(self._word)

    def sizeHint(self) -> QSize:
        words = 0 if self._icon_only else min(self._text_width(), _LONGEST_EM * self._em())
        width = max(theme.TARGET, words + self._beside() + 2 * self._margin())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        words = 0 if self._icon_only else min(self._text_width(), _SHORTEST_EM * self._em())
        width = max(theme.TARGET, words + self._beside() + 2 * self._margin())
        return QSize(width, self.least_height)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = width - self._beside() - 2 * self._margin()
        text = 0 if self._icon_only else self._block(room).size.height()
        return max(self.least_height, max(text, self._icon_side()) + 2 * theme.GAP)

    def needed(self, width: int) -> QSize:
        """Return the room in pixels the word takes within ``width``; tests compare it."""
        room = width - self._beside() - 2 * self._margin()
        if self._icon_only:
            return QSize(width - room, self.heightForWidth(width))
        return QSize(self._block(room).size.width() + width - room, self.heightForWidth(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setFont(self._font())
        painter.setPen(self._ink())
        self._paint_inside(painter)

    def _paint_inside(self, painter: QStylePainter) -> None:
        room = self.width() - self._beside() - 2 * self._margin()
        words = self._block(room).size
        width = self._beside() + (0 if self._icon_only else words.width())
        left = self._margin() if self._kind == "rail" else (self.width() - width) // 2
        if self._icon:
            side = self._icon_side()
            square = QRectF(left, (self.height() - side) / 2, side, side)
            paint_icon(painter, self._icon, square, self._ink())
            left += side + (0 if self._icon_only else theme.GAP)
        if self._icon_only:
            return
        box = QRect(left, (self.height() - words.height()) // 2, words.width(), words.height())
        self._block(words.width()).paint(painter, box)
        if self._keys:
            painter.setFont(self._small_font())
            spot = QRect(box.right() + theme.GAP, 0, self._keys_width(), self.height())
            painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter.value, self._keys)

    def _ink(self) -> QColor:
        if not self.isEnabled():
            return theme.colour("muted")
        if self._kind == "main" or (self._kind == "rail" and self.isChecked()):
            return theme.colour("on_accent")
        lit = self.underMouse() or self.isDown() or self.isChecked()
        return theme.colour("on_selected" if lit else "text")

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(self._kind == "main")
        return font

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(theme.points("small", round(font.pointSizeF())))
        return font

    def _text_width(self) -> int:
        return self._blocks.get(self._word, self._font(), _BROAD).size.width() + 1

    def _block(self, room: int) -> TextBlock:
        flag = Qt.AlignmentFlag
        side = flag.AlignLeft if self._kind == "rail" else flag.AlignHCenter
        return self._blocks.get(self._word, self._font(), room, side)

    def _keys_width(self) -> int:
        return QFontMetrics(self._small_font()).horizontalAdvance(self._keys) + 2

    def _beside(self) -> int:
        icon = self._icon_side() + (0 if self._icon_only else theme.GAP) if self._icon else 0
        return icon + (theme.GAP + self._keys_width() if self._keys else 0)

    def _margin(self) -> int:
        return theme.GAP if self._icon_only else 2 * theme.GAP

    def _em(self) -> int:
        return QFontMetrics(self._font()).horizontalAdvance("あ")

    def _icon_side(self) -> int:
        if not self._icon:
            return 0
        return round(QFontMetrics(self.font()).height() * (1.5 if self._kind == "rail" else 1.25))
