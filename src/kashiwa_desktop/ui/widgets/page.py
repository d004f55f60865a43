"""What every screen is: a number for the telephone, a title, and answers to the window's keys."""

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.ways import Way
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.layout.action_bar import ActionBar
from kashiwa_desktop.ui.widgets.message_strip import MessageStrip
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
