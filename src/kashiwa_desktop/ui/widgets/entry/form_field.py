"""A field of a form: its label above, its message below, both known to a screen reader."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class FormField(QWidget):
    """A labelled widget; ``block`` says what must be filled in, ``notice`` what may stay as it is.

    ``hint`` stands under the label all the time, for instance how a date may be written.
    """

    def __init__(
        self,
        label: str,
        widget: QWidget,
        *,
        required: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.widget = widget
        self._hint = hint
        self._label = TextLabel(label, "strong")
        if required:
            self._label.setText(f"{label} (必ずご記入ください)")
        self._label.setBuddy(widget)
        self._hint_label = TextLabel(hint, "muted")
        show_when(self._hint_label, wanted=bool(hint))
        self._message = TextLabel()
        self._message.hide()
        widget.setAccessibleName(widget.accessibleName() or label)
        widget.setAccessibleDescription(hint)
        self._arrange()

    def block(self, text: str = "") -> None:
        """Show what must be done before going on, in the danger role."""
        self._show(text or "ここをご記入ください", blocking=True)

    def notice(self, text: str) -> None:
        """Show what is worth a second look; it holds nobody up."""
        self._show(text, blocking=False)

    def clear_message(self) -> None:
        self._message.hide()
        self._message.clear()
        self._mark(blocked=False)
        self.widget.setAccessibleDescription(self._hint)

    @property
    def message(self) -> str:
        return self._message.text()

    def align_top(self) -> None:
        """Beside a higher field, stay under the label."""
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.addStretch(1)

    def hide_label(self) -> None:
        """For a box to tick, which says its word itself."""
        self._label.hide()

    def focus(self) -> None:
        """Put the keyboard into the field."""
        self.widget.setFocus()

    def _show(self, text: str, *, blocking: bool) -> None:
        self._message.set_role("danger" if blocking else "notice")
        self._message.setText(("▲ " if blocking else "● ") + text)
        self._message.show()
        self._mark(blocked=blocking)
        self.widget.setAccessibleDescription(text)

    def _mark(self, *, blocked: bool) -> None:
        field = self.widget.focusProxy() or self.widget
        if isinstance(field, TextLine | TextArea):
            field.set_blocked(blocked=blocked)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP // 2)
        for part in (self._label, self._hint_label, self.widget, self._message):
            column.addWidget(part)
