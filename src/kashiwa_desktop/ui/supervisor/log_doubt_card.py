"""The log is another one than this PC knew: who went back to a copy, and a button to accept it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.services.office.log_doubts import Doubt
from kashiwa_desktop.ui.messages import Question
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class LogDoubtCard(SectionCard):
    """``accepted`` gives the doubt as it was shown, once a person said yes to it."""

    accepted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("操作の記録の確かめ", parent)
        words = (
            "ほかのパソコンで予備の写しに戻したので、操作の記録が、このパソコンで前に確かめたときと"
            "ちがいます。確かめるまで、支払と書類の印刷はできません。"
        )
        self._what = TextLabel(role="strong")
        self._go = BigButton("戻したことを認める", "check")
        self._why = TextLabel(words)
        self.add(self._why, self._what)
        self.add_row(self._go)
        self._doubt: Doubt | None = None
        self._go.clicked.connect(self._ask)

    def show_doubt(self, doubt: Doubt | None) -> None:
        """Say what was undone, or why it cannot be accepted."""
        self._doubt = doubt
        if doubt is not None:
            self._what.setText(doubt.why_not or doubt.words)
            show_when(self._go, wanted=not doubt.why_not)
            show_when(self._why, wanted=not doubt.why_not)

    def _ask(self) -> None:
        if self._doubt is None:
            return
        text = (
            "戻した人に聞いて、まちがいがなければ認めてください。認めたことは、操作の記録と"
            "支払一覧に残ります。心あたりがなければ、支払をせず、サポートに電話してください。"
        )
        question = Question("戻したことを認めますか", f"{self._doubt.words}{text}", "認める")
        if ConfirmDialog.ask(question, self):
            self.accepted.emit(self._doubt)
