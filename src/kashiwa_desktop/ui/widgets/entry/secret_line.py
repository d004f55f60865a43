"""A line for what nobody beside may read, with a box to look at it oneself."""

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine


class SecretLine(QWidget):
    """``text`` is what was typed; ``take`` returns it and empties the line at once."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = TextLine(name)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._show = QCheckBox("文字を見せる")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP // 2)
        column.addWidget(self.line)
        column.addWidget(self._show)
        self.setFocusProxy(self.line)
        self._show.toggled.connect(self._reveal)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def text(self) -> str:
        return self.line.text()

    def clear(self) -> None:
        """Empty the line and hide what is typed next."""
        self.line.clear()
        self._show.setChecked(False)

    def take(self) -> str:
        text = self.text()
        self.clear()
        return text

    def _reveal(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        mode = QLineEdit.EchoMode
        self.line.setEchoMode(mode.Normal if shown else mode.Password)
