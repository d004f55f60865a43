"""What every screen is: a number for the telephone, a title, and answers to the window's keys."""

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.messages import Message, message_of
from kashiwa_desktop.ui.ways import Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.layout.action_bar import ActionBar
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class Page(QWidget):
    """A screen; it gets its services and ``Jobs`` in the constructor and speaks by signals.

    ``wants`` gives the ``Way`` it wants to go.
    """

    SCREEN: ClassVar[int]
    TITLE: ClassVar[str]

    wants = Signal(object)
    back_asked = Signal()
    support_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._leads: dict[QAbstractButton, Way] = {}

    def lead(self, button: QAbstractButton, way: Way) -> None:
        """Let a button lead to another screen."""
        self._leads[button] = way
        button.clicked.connect(self._go_by_button)

    def refresh(self) -> None:
        """Show the newest state; called each time the page comes up."""

    def leave(self) -> None:
        """Keep what was typed; called before another page comes up and before closing."""

    @property
    def holds_unsaved(self) -> bool:
        """Whether something typed could be kept nowhere, as on a full disk."""
        return False

    def save(self) -> None:
        """Ctrl+S."""

    def search(self) -> None:
        """Ctrl+F."""

    def print_paper(self) -> None:
        """Ctrl+P."""

    def go_back(self) -> None:
        """Esc: the draft stays."""
        self.back_asked.emit()

    def _go_by_button(self) -> None:
        button = self.sender()
        if isinstance(button, QAbstractButton):
            self.wants.emit(self._leads[button])


class ScrollPage(Page):
    """A page that scrolls, with its actions pinned below; messages come up at its top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = TextLabel(self.TITLE, "title")
        self.messages = MessageStrip()
        self.messages.support_asked.connect(self.support_asked)
        self.messages.shown.connect(self._show_top)
        self.action_bar = ActionBar()
        self._inner = QWidget()
        self._inner.setProperty("plain", "true")
        self.body = QVBoxLayout(self._inner)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._inner)
        self._scroll.setProperty("plain", "true")
        self._arrange()

    def add(self, *widgets: QWidget) -> None:
        """Put widgets below each other, as high as they need to be."""
        for widget in widgets:
            self.body.insertWidget(self.body.count() - 1, widget)

    def add_filling(self, widget: QWidget) -> None:
        """Put a widget below the others that takes the height that is left, such as a table."""
        self.body.insertWidget(self.body.count() - 1, widget, 1)
        self.body.setStretch(self.body.count() - 1, 0)

    def reveal(self, widget: QWidget) -> None:
        """Scroll until ``widget`` is seen."""
        self.body.activate()
        self._scroll.ensureWidgetVisible(widget, theme.GAP, 4 * theme.GAP)

    def go_to_field(self, field: FormField) -> None:
        """Put the keyboard into a field and show it with its message."""
        field.focus()
        self.reveal(field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_PageDown.value: 1, Qt.Key.Key_PageUp.value: -1}.get(event.key())
        if step is None:
            super().keyPressEvent(event)
            return
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + step * bar.pageStep())

    def _show_top(self) -> None:
        self._scroll.verticalScrollBar().setValue(0)

    def _arrange(self) -> None:
        edge = 2 * theme.GAP
        self.body.setContentsMargins(edge, theme.GAP, edge, edge)
        self.body.setSpacing(edge)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.messages)
        self.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self.action_bar)


# A message inside the page: what happened, what to do, and 「くわしく」 for who wants it.
_SHAPES = {"danger": "▲", "notice": "●", "ok": "■"}


class MessageStrip(QFrame):
    """Hidden until there is something to say; stays until it is closed or the next message."""

    support_asked = Signal()
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = TextLabel()
        self._details = TextLabel(role="small")
        self._more = BigButton("くわしく", "down", "quiet")
        self._support = BigButton("サポート用の情報を保存", "save", "quiet")
        self._close = BigButton("閉じる", "close", "quiet")
        self._arrange()
        self._more.clicked.connect(self._toggle_details)
        self._support.clicked.connect(self.support_asked)
        self._close.clicked.connect(self.clear)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def show_message(self, message: Message) -> None:
        self.setProperty("panel", message.tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._text.setText(f"{_SHAPES[message.tone]} {message.text}")
        self._details.setText(message.details)
        self._details.hide()
        show_when(self._more, wanted=bool(message.details))
        self._more.set_word("くわしく")
        show_when(self._support, wanted=message.is_bug)
        self.setAccessibleName(message.text)
        show_when(self, wanted=True)
        self.shown.emit()

    def show_error(self, error: BaseException, *, kept: bool = False) -> None:
        """Show an error in words; ``kept`` says that what was typed is still there."""
        self.show_message(message_of(error, kept=kept))

    def say(self, text: str) -> None:
        """Show good news."""
        self.show_message(Message(text, tone="ok"))

    def clear(self) -> None:
        self.hide()

    def _toggle_details(self) -> None:
        opened = self._details.isHidden()
        show_when(self._details, wanted=opened)
        self._more.set_word("くわしい説明を閉じる" if opened else "くわしく")

    def _arrange(self) -> None:
        buttons = FlowLayout()
        for button in (self._more, self._support, self._close):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.GAP, theme.GAP, 2 * theme.GAP, theme.GAP)
        column.setSpacing(theme.GAP // 2)
        column.addWidget(self._text)
        column.addWidget(self._details)
        column.addLayout(buttons)
