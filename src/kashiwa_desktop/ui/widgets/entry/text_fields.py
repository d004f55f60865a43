"""Fields for typed text: Enter never leaves them, and text under conversion is not overlooked.

No length limit is set here: Qt counts UTF-16 units and would cut 𠮷 and 辻󠄀 in half.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.shortcuts import COMPOSING
from kashiwa_desktop.ui.widgets.text_label import plain_tip

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TextLine(QLineEdit):
    """One line of text; ``touched`` comes with every change, conversion included."""

    touched = Signal()
    left = Signal()

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preedit = ""
        self.setAccessibleName(name)
        self.textChanged.connect(self.touched)

    def text_so_far(self) -> str:
        """Return the text with what the input method has not confirmed yet."""
        return _inserted(self.text(), self.cursorPosition(), self._preedit)

    def set_blocked(self, *, blocked: bool) -> None:
        """Mark the field as one that must be filled in first."""
        _mark(self, blocked=blocked)

    def setToolTip(self, text: str) -> None:  # noqa: N802 - Qt's name
        super().setToolTip(plain_tip(text))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        self.setProperty(COMPOSING, bool(self._preedit))
        super().inputMethodEvent(event)
        self.touched.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._preedit = ""
        self.setProperty(COMPOSING, False)  # noqa: FBT003 - Qt's signature
        self.left.emit()


class TextArea(QPlainTextEdit):
    """Some lines of text that grow with what is written; Tab goes on to the next field."""

    touched = Signal()
    left = Signal()

    def __init__(self, name: str = "", lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preedit = ""
        self._lines = lines
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.touched)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        self.setPlainText(text)

    def text_so_far(self) -> str:
        """Return the text with what the input method has not confirmed yet."""
        return _inserted(self.toPlainText(), self.textCursor().position(), self._preedit)

    def set_blocked(self, *, blocked: bool) -> None:
        """Mark the field as one that must be filled in first."""
        _mark(self, blocked=blocked)

    def setToolTip(self, text: str) -> None:  # noqa: N802 - Qt's name
        super().setToolTip(plain_tip(text))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        self.setProperty(COMPOSING, bool(self._preedit))
        super().inputMethodEvent(event)
        self.touched.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._preedit = ""
        self.setProperty(COMPOSING, False)  # noqa: FBT003 - Qt's signature
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def _grow(self) -> None:
        used = round(self.document().size().height())  # in lines, for a plain text document
        shown = min(max(used, self._lines), 4 * self._lines)
        self.setFixedHeight(
            max(theme.TARGET, shown * self.fontMetrics().lineSpacing() + 3 * theme.GAP)
        )


def _inserted(text: str, at: int, piece: str) -> str:
    """Put ``piece`` into ``text`` at a place that Qt counts in UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    head, tail = units[: 2 * at], units[2 * at :]
    return (head + piece.encode("utf-16-le", "surrogatepass") + tail).decode(
        "utf-16-le", "surrogatepass"
    )


def _mark(field: QWidget, *, blocked: bool) -> None:
    if bool(field.property("blocked")) == blocked:
        return
    field.setProperty("blocked", blocked)
    field.style().unpolish(field)
    field.style().polish(field)
