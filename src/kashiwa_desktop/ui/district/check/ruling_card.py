"""支払判断: why a month without activity is paid, written down before it is approved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.services.checking.reviewing import Review
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class RulingCard(SectionCard):
    """``ruled`` carries the reason; the papers of the month say it too."""

    ruled = Signal(str)
    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("支払判断", parent)
        self._words = TextLabel()
        self._line = TextLine()
        self._field = FormField(
            "支払う理由",
            self._line,
            required=True,
            hint="支払一覧と支払明細書にも載ります。承認の前に要ります。",
        )
        self._go = BigButton("支払判断を書きとめる", "save")
        self._line.touched.connect(self.touched)
        self._go.clicked.connect(self._give)
        self.add(self._words, self._field, self._go)
        self.hide()

    def show_review(self, review: Review) -> None:
        """Show what is asked, or what was ruled; any other month hides the card."""
        wanted = review.is_paid_without_activity and review.cell.state != "approved"
        show_when(self, wanted=wanted)
        words = f"活動がなかった月ですが、委託金 {review.yen:,}円を支払います。"
        if review.ruling is not None:
            said = f"支払判断: {review.ruling.text}({review.ruling.by})"
            words = f"{words}\n{said}"
        self._words.setText(words)
        word = "支払判断を書きとめる"
        if review.ruling is not None:
            word = "支払判断を書き直す"
        self._go.set_word(word)

    def state(self) -> str:
        return self._line.text_so_far()

    def restore(self, text: str) -> None:
        self._line.setText(text)
        self._field.clear_message()

    def focus_line(self) -> None:
        """Say what is missing, the keyboard in the field."""
        self._field.block()
        self._field.focus()

    def _give(self) -> None:
        text = self._line.text().strip()
        if text:
            self.ruled.emit(text)
        else:
            self.focus_line()
