"""② 締める: where the month stands, its 照合番号, and the way back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.services.months.closing import MonthView
from kashiwa_desktop.services.travel.handing_over import MonthInHand
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class SubmitCloseCard(SectionCard):
    """``reopen_wanted`` asks for 締める前に戻す; the button that closes is the page's."""

    reopen_wanted = Signal()
    touched = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("② 締める", parent)
        self._filling = False
        self._words = TextLabel()
        self._code_label = TextLabel("照合番号", "small")
        self.code = TextLabel(role="number", wrap=False)
        self._reason = TextLine()
        self.reason_field = FormField(
            "活動がなかったわけ",
            self._reason,
            required=True,
            hint="例: 体調をくずして休みました",
        )
        self._reopen = BigButton("締める前に戻す", "undo")
        self.add(self._words, self._code_label, self.code, self.reason_field)
        self.add_row(self._reopen)
        self._reopen.clicked.connect(self.reopen_wanted)
        self._reason.touched.connect(self._tell_touched)
        self._reason.left.connect(self.left)

    def show_hand_over(self, shown: MonthInHand) -> None:
        view = shown.view
        self.set_title(f"② {view.month.short()}を締める")
        self._words.setText(self._sentence(view))
        self.code.setText(view.code or "")
        for part in (self._code_label, self.code):
            show_when(part, wanted=view.code is not None)
        show_when(self._reopen, wanted=view.is_closed)
        self._filling = True
        if self._reason.text() != shown.words.reason:
            self._reason.setText(shown.words.reason)
        self._filling = False
        show_when(self.reason_field, wanted=is_empty(view) and not view.is_closed)

    def reason(self) -> str:
        return self._reason.text_so_far()

    def _sentence(self, view: MonthView) -> str:
        if not view.is_closed:
            if is_empty(view):
                return "活動がなかった月は、わけをひとこと書いて締めます。"
            return "内容がよければ、下のボタンで締めます。いつでも締める前に戻せます。"
        if view.changed_after_close:
            next_version = view.version + (view.state != "closed")
            return (
                f"締めたあとに{view.changed_after_close}件変わりました。"
                f"もう一度締めると第{next_version}版になります。"
            )
        words = f"締めました(第{view.version}版)。"
        if view.empty and view.report is not None:
            words += f"\n活動がなかった月: {view.report.reason}"
        return words

    def _tell_touched(self) -> None:
        if not self._filling:
            self.touched.emit()


def is_empty(view: MonthView) -> bool:
    """Whether there is nothing that counts, so that the month closes as one without activity."""
    return not view.counts.count and not view.activities
