"""Approving although records still say two things: only where the person says so."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class DespiteCard(Fold):
    """``wanted`` comes when the person wants to approve without deciding."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("ちがいを決めないまま承認したいとき", parent)
        words = (
            "急いで支払うときだけお使いください。ちがいは残り、"
            "支払明細書と支払一覧に「内容にちがいのある記録があります」と印刷されます。"
        )
        self._go = BigButton("ちがいを残したまま承認する", "stamp")
        self._go.clicked.connect(self.wanted)
        self.add(TextLabel(words), self._go)
