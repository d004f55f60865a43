"""How far a month is on its way: 記録しました, 保存しました, 届きました."""

from PySide6.QtWidgets import QWidget

from kashiwa_desktop.services.travel.handing_over import MonthInHand
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.promoter.submit.submit_save_card import saved_words
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.state_label import StateLabel
from kashiwa_desktop.ui.widgets.state_mark import StateMark

_SAVED = ("saved", "received", "returned", "approved")
_ARRIVED = ("received", "returned", "approved")


class SubmitSteps(QWidget):
    """Three states, each with a shape: ● reached, – not yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = [StateLabel(StateMark("shape_dash", "", "muted")) for _ in range(3)]
        row = FlowLayout(self, gap=3 * theme.GAP)
        for label in self._labels:
            row.addWidget(label)

    def show_hand_over(self, shown: MonthInHand) -> None:
        state, records = shown.view.state, shown.view.n
        if shown.view.changed_after_close or shown.has_answers:
            state = "closed"  # what came after the last file is neither saved nor there
        words = (
            (bool(records) or shown.view.is_closed, "記録しました", "記録はまだ"),
            (
                state in _SAVED,
                saved_words(self, shown) if state == "saved" else "保存しました",
                "保存はまだ",
            ),
            (state in _ARRIVED, "事務局に届きました", "届くのはまだ"),
        )
        for label, (reached, done, waiting) in zip(self._labels, words, strict=True):
            mark = ("shape_circle", done, "ok") if reached else ("shape_dash", waiting, "muted")
            label.show_state(StateMark(*mark))  # type: ignore[arg-type]
