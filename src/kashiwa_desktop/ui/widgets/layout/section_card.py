"""A titled card that holds what belongs together."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class SectionCard(QFrame):
    """A card with an optional heading; ``add`` goes downwards, ``add_row`` sideways."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "card")
        self.body = QVBoxLayout(self)
        edge = 2 * theme.GAP
        self.body.setContentsMargins(edge, edge, edge, edge)
        self.body.setSpacing(theme.GAP + theme.GAP // 2)
        self.heading = TextLabel(title, "heading")
        self.body.addWidget(self.heading)
        show_when(self.heading, wanted=bool(title))

    def set_title(self, title: str) -> None:
        self.heading.setText(title)
        show_when(self.heading, wanted=bool(title))

    def add(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self.body.addWidget(widget)

    def add_row(self, *widgets: QWidget) -> None:
        """Put widgets beside each other; the row wraps when it must."""
        row = FlowLayout()
        for widget in widgets:
            row.addWidget(widget)
        self.body.addLayout(row)
