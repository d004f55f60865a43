"""The bar of actions that stays at the bottom of a page and wraps rather than cuts."""

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.showing import show_when


class ActionBar(QFrame):
    """Buttons from left to right, the main one first; hidden while it holds none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "bar")
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(2 * theme.GAP, theme.GAP, 2 * theme.GAP, theme.GAP)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def add(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self._flow.addWidget(widget)
        show_when(self, wanted=True)
