"""Widgets beside each other that wrap into the next line, as one widget of a page."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout


class FlowRow(QWidget):
    """For instance the arrows of a month and the sentence about it."""

    def __init__(self, *widgets: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = FlowLayout(self, gap=2 * theme.GAP)
        for widget in widgets:
            flow.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
