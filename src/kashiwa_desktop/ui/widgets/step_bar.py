"""Arrows that turn months or years, with the name of the one in view between them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class StepBar(QWidget):
    """``turned`` gives -1 or +1; ``back_word`` and ``on_word`` are what the arrows are called."""

    turned = Signal(int)

    def __init__(self, back_word: str, on_word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back = BigButton(back_word, "left", icon_only=True)
        self._on = BigButton(on_word, "right", icon_only=True)
        self._name = TextLabel(role="heading", wrap=False)
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        for part in (self._back, self._name, self._on):
            row.addWidget(part)
        row.addStretch(1)
        self._back.clicked.connect(self._turn_back)
        self._on.clicked.connect(self._turn_on)

    @property
    def name(self) -> str:
        return self._name.text()

    def show_name(self, name: str, *, more: bool = True) -> None:
        """Name what is in view; ``more`` says whether there is anything later."""
        self._name.setText(name)
        self._on.setEnabled(more)

    def _turn_back(self) -> None:
        self.turned.emit(-1)

    def _turn_on(self) -> None:
        self.turned.emit(+1)
