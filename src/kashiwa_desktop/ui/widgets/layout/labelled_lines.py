"""What something says, line by line, each under its small label."""

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.layout.emptying import empty
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class LabelledLines(QVBoxLayout):
    """Lines of (label, text); one without a label stands alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(theme.GAP // 2)

    def show_lines(self, lines: Iterable[tuple[str, str]]) -> None:
        """Replace what is shown."""
        empty(self)
        for label, text in lines:
            if label:
                self.addSpacing(theme.GAP // 2)
                self.addWidget(TextLabel(label, "small"))
            self.addWidget(TextLabel(text))
