"""What the stick is doing right now, so large that it is seen from across the table."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.text_label import Role, TextLabel

_SHAPES = {"card": "", "notice": "▲ ", "ok": "■ ", "danger": "✕ "}


class StickBanner(QFrame):
    """A heading and a sentence, in the tone of what is the matter, with its shape."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel(role="title")
        self._text = TextLabel()
        column = QVBoxLayout(self)
        edge = 2 * theme.GAP
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self._title)
        column.addWidget(self._text)

    @property
    def words(self) -> str:
        """Everything it says."""
        return f"{self._title.text()}\n{self._text.text()}"

    def say(self, title: str, text: str = "", tone: str = "card") -> None:
        """Say something; ``tone`` is card, notice (do not pull), ok (pull) or danger."""
        self.setProperty("panel", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._title.setText(_SHAPES[tone] + title)
        role: Role = "strong" if tone == "danger" else "body"
        self._text.set_role(role)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(self.words)
