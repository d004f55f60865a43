"""Conflicts of a month: only what differs, both sides in words, and the person decides."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.services.records.conflict_cards import ConflictCard, Side
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.emptying import empty
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.side_by_side import SideBySide
from kashiwa_desktop.ui.widgets.layout.tab_order import restore_tab_order
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class ConflictCards(SectionCard):
    """``decided`` gives record, head and reason; ``ask_wanted`` the record to ask about."""

    decided = Signal(str, str, str)
    ask_wanted = Signal(str)
    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._shown: tuple[ConflictCard, ...] = ()
        self._uses: dict[BigButton, tuple[str, str]] = {}
        self._asks: dict[BigButton, str] = {}
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * theme.GAP)
        self._reason = TextLine()
        self._field = FormField(
            "決めた理由",
            self._reason,
            required=True,
            hint="推進員さんにも、次の返事で伝わります。選ばなかった内容も残ります。",
        )
        self._reason.touched.connect(self.touched)
        self.add(self._field, self._inner)
        self.hide()

    def show_cards(self, cards: Sequence[ConflictCard]) -> None:
        """Replace what is shown; no conflict hides the card."""
        if self._shown == tuple(cards):
            return
        self._shown = tuple(cards)
        self._uses, self._asks = {}, {}
        empty(self._column)
        for card in cards:
            self._column.addWidget(self._one(card))
        self.set_title(f"▲ 内容にちがいのある記録 {len(cards)}件")
        show_when(self, wanted=bool(cards))
        restore_tab_order(self)

    def state(self) -> str:
        return self._reason.text_so_far()

    def restore(self, text: str) -> None:
        self._reason.setText(text)
        self._field.clear_message()

    def _one(self, card: ConflictCard) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(TextLabel(card.title, "strong"))
        sides = [self._side(card, number) for number in range(len(card.sides))]
        column.addWidget(SideBySide(sides[0], sides[1], least_em=30))
        for more in sides[2:]:
            column.addWidget(more)
        if card.kind == "activity":
            ask = BigButton("決めずに、推進員さんに確認する", "question")
            self._asks[ask] = card.record
            ask.clicked.connect(self._ask)
            column.addWidget(ask)
        return whole

    def _side(self, card: ConflictCard, number: int) -> SectionCard:
        side = card.sides[number]
        name = self._name(card, side)
        box = SectionCard(f"{name}({side.who} {_when(side.at)})")
        box.setProperty("panel", "plain")
        for label, text in zip(card.labels, side.texts, strict=True):
            box.add(TextLabel(f"{label}: {text or '(なし)'}"))
        box.body.addStretch(1)
        use = BigButton(f"{name}にする", "check")
        self._uses[use] = (card.record, side.head)
        use.clicked.connect(self._decide)
        box.add(use)
        return box

    def _name(self, card: ConflictCard, side: Side) -> str:
        """Return 「推進員の内容」; where one role has several sides, they are numbered."""
        word = "事務局の内容" if side.role == "office" else "推進員の内容"
        same = [s.head for s in card.sides if s.role == side.role]
        return word if len(same) == 1 else f"{word} {same.index(side.head) + 1}"

    def _ask(self) -> None:
        button = self.sender()
        if isinstance(button, BigButton) and button in self._asks:
            self.ask_wanted.emit(self._asks[button])

    def _decide(self) -> None:
        button = self.sender()
        if not isinstance(button, BigButton) or button not in self._uses:
            return
        reason = self._reason.text().strip()
        if not reason:
            self._field.block()
            self._field.focus()
            return
        self.decided.emit(*self._uses[button], reason)


def _when(at: str) -> str:
    moment = datetime.fromisoformat(at)
    return f"{wareki.long_date(moment.date(), weekday=False)} {moment:%H:%M}"
