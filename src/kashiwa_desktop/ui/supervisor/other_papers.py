"""ほかの書類: what else is printed of a month, folded away until wanted."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.services.papers.month_papers import TITLES
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.fold import Fold


class OtherPapers(Fold):
    """``wanted`` gives the name of a paper, a key of ``TITLES``."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("ほかの書類を印刷する", parent)
        buttons = []
        for name, title in TITLES.items():
            button = BigButton(title, "printer")
            button.clicked.connect(partial(self._give, name))
            buttons.append(button)
        self.add(FlowRow(*buttons))

    def _give(self, name: str) -> None:
        self.wanted.emit(name)
