"""確認のお願い: one thing after the other, old beside new, with the buttons that answer it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain.asking import CONFLICT
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.travel.asked import Asked, Side
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.promoter.reply.reply_words import choice_words, lead_words, side_titles
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea
from kashiwa_desktop.ui.widgets.layout.emptying import empty
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.side_by_side import SideBySide
from kashiwa_desktop.ui.widgets.step_bar import StepBar
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class AskCard(SectionCard):
    """Walks through what is asked.

    ``answered`` gives (question, text, agrees), ``decided`` (record, head), ``left_to_office`` a
    record, ``wants`` leads to the records, ``kept`` gives (question, text so far) when the field
    is left.
    """

    answered = Signal(str, str, object)
    decided = Signal(str, str)
    left_to_office = Signal(str)
    wants = Signal(object)
    touched = Signal()
    walked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._asked: tuple[Asked, ...] = ()
        self._place = 0
        self._typed: dict[str, str] = {}
        self._filling = False
        self._told = TextLabel(role="ok")
        self._bar = StepBar("前の確認", "次の確認")
        self._title = TextLabel(role="heading")
        self._lead = TextLabel()
        self._versions = VersionsView()
        self._record = VersionsView()
        self._text = TextArea(lines=2)
        self._field = FormField("お返事", self._text)
        self._agree = BigButton("この直し方でよい", "check", "main")
        self._differ = BigButton("事実とちがう", "close", "main")
        self._send = BigButton("このお返事にする", "check", "main")
        self._choices = [BigButton("この内容にする", "check", "main") for _ in range(4)]
        self._leave = BigButton("事務局に確認する", "question", "main")
        self._edit = BigButton("記録を直す", "pencil")
        self._list = BigButton("記録の一覧を見る", "list")
        self.add(self._told, self._bar, self._title, self._lead, self._versions, self._field)
        self.add_row(self._agree, self._differ, self._send, *self._choices, self._leave)
        self.add_row(self._edit, self._list)
        self.add(self._record)
        self._connect()
        self.hide()

    @property
    def current(self) -> Asked | None:
        """What is asked in view."""
        return self._asked[self._place] if self._asked else None

    def typed(self) -> tuple[str, str]:
        """Return (question, what is written as its answer so far)."""
        one = self.current
        return ("", "") if one is None else (one.id, self._text.text_so_far())

    def show_asked(self, asked: Sequence[Asked], at: str = "", told: str = "") -> None:
        """Show what is asked; ``at`` names the one to begin with, else it stays where it was.

        ``told`` says what became of the one before.
        """
        self._told.setText(told)
        show_when(self._told, wanted=bool(told))
        self._asked = tuple(asked)
        names = [one.id for one in self._asked]
        if at in names:
            self._place = names.index(at)
        self._place = min(self._place, max(len(names) - 1, 0))
        show_when(self, wanted=bool(names))
        self._show_current()

    def focus(self) -> None:
        """Put the keyboard on the first way to answer."""
        for button in (self._agree, self._send, *self._choices):
            if not button.isHidden():
                button.setFocus()
                return

    def _show_current(self) -> None:
        one = self.current
        if one is None:
            return
        total = len(self._asked)
        self.set_title("事務局からの確認のお願い")
        name = f"{total}件のうち{self._place + 1}件め"
        self._bar.show_name(name, more=self._place < total - 1)
        show_when(self._bar, wanted=total > 1)
        self._title.setText(one.title)
        self._lead.setText(lead_words(one))
        beside = len(one.sides) > 1
        self._versions.show_sides(one.sides if beside else (), side_titles(one) if beside else ())
        self._record.show_sides(() if beside else one.sides, () if beside else side_titles(one))
        self._show_field(one)
        self._show_buttons(one)

    def _show_field(self, one: Asked) -> None:
        show_when(self._field, wanted=one.kind != CONFLICT)
        self._field.clear_message()
        before = one.draft or (one.answer.text if one.answer else "")
        text = self._typed.get(one.id, before)
        self._filling = True
        if self._text.text() != text:
            self._text.set_text(text)
        self._filling = False

    def _show_buttons(self, one: Asked) -> None:
        correction, conflict = one.kind == "correction", one.kind == CONFLICT
        for button in (self._agree, self._differ):
            show_when(button, wanted=correction)
        show_when(self._send, wanted=not correction and not conflict)
        words = choice_words(one) if conflict else []
        for place, button in enumerate(self._choices):
            if place < len(words):
                button.set_word(words[place])
            show_when(button, wanted=place < len(words))
        show_when(self._leave, wanted=conflict)
        show_when(self._edit, wanted=one.record is not None and not conflict)
        show_when(self._list, wanted=one.kind == "return")

    def _walk(self, by: int) -> None:
        place = self._place + by
        if 0 <= place < len(self._asked):
            self._told.hide()
            self.walked.emit()
            self._place = place
            self._show_current()

    def _answer(self, agrees: bool | None) -> None:  # noqa: FBT001 - a signal's value
        one = self.current
        if one is None:
            return
        text = self._text.text_so_far().strip()
        if agrees is None and not text:
            self._field.block("お返事をお書きください")
            self._field.focus()
            return
        self._typed.pop(one.id, None)
        self.answered.emit(one.id, text, agrees)

    def _agree_now(self) -> None:
        self._answer(True)  # noqa: FBT003 - this is what the button says

    def _differ_now(self) -> None:
        self._answer(False)  # noqa: FBT003 - this is what the button says

    def _send_now(self) -> None:
        self._answer(None)

    def _choose(self) -> None:
        one, pressed = self.current, self.sender()
        for place, button in enumerate(self._choices):
            if button is pressed and one is not None and place < len(one.sides):
                self.decided.emit(one.id, one.sides[place].head)

    def _leave_now(self) -> None:
        if self.current is not None:
            self.left_to_office.emit(self.current.id)

    def _ask_edit(self) -> None:
        if self.current is not None and self.current.record:
            self.wants.emit(Way(Screen.RECORD, "edit", (self.current.record,)))

    def _ask_list(self) -> None:
        if self.current is not None:
            month = Month.parse(self.current.month)
            self.wants.emit(Way(Screen.LIST, "show_month", (month,)))

    def _tell_touched(self) -> None:
        if not self._filling and self.current is not None:
            self._typed[self.current.id] = self._text.text_so_far()
            self.touched.emit()

    def _connect(self) -> None:
        self._bar.turned.connect(self._walk)
        self._text.touched.connect(self._tell_touched)
        self._agree.clicked.connect(self._agree_now)
        self._differ.clicked.connect(self._differ_now)
        self._send.clicked.connect(self._send_now)
        for button in self._choices:
            button.clicked.connect(self._choose)
        self._leave.clicked.connect(self._leave_now)
        self._edit.clicked.connect(self._ask_edit)
        self._list.clicked.connect(self._ask_list)


# Two or more versions of one record, beside each other where there is room.
class VersionsView(QWidget):
    """Shows of each version only what it says otherwise than the others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP)

    def show_sides(self, sides: Sequence[Side], titles: Sequence[str]) -> None:
        """Replace what is shown; nothing at all hides it."""
        empty(self._column)
        cards = [_card(side, title) for side, title in zip(sides, titles, strict=True)]
        if len(cards) == 2:
            self._column.addWidget(SideBySide(*cards, least_em=36))
        else:
            for card in cards:
                self._column.addWidget(card)
        show_when(self, wanted=bool(cards))


def _card(side: Side, title: str) -> SectionCard:
    card = SectionCard(title)
    for label, text in side.rows.items():
        card.add(TextLabel(label, "small"), TextLabel(text, "strong"))
    card.body.addStretch(1)
    return card
