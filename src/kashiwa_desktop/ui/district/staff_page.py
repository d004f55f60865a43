"""Screen 36: who is at work now, chosen by name before the office opens."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from kashiwa_desktop.domain.staff import ROLES, Member
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class StaffPage(ScrollPage):
    """``chosen`` gives the name; it stands in the log beside everything that is done."""

    SCREEN, TITLE = 36, "どなたが使いますか"

    chosen = Signal(str)

    def __init__(self, members: Sequence[Member], now: str, *, only: bool) -> None:
        super().__init__()
        self._now = TextLabel(role="strong")
        self._list = ProblemList()
        self._name = TextLine()
        self._field = FormField("お名前", self._name, required=True)
        self._go = BigButton("この名前で使う", "check", "main")
        self._back = BigButton("やめる", "close")
        why = (
            "だれが入力し、だれが承認したかを残します。"
            "ご自分で入力した月は、ご自分では承認できません。"
        )
        if now:
            self._now.setText(f"いま使っている人: {now}")
        show_when(self._now, wanted=bool(now))
        self._list.show_problems(
            ProblemItem(f"{m.name}({ROLES.get(m.role, m.role)})", ((m.name, "この人が使う"),), "ok")
            for m in members
            if m.name != now
        )
        card = SectionCard("ほかの名前で使う")
        card.add(self._field)
        card.add_row(self._go)
        show_when(card, wanted=not only)
        self.add(TextLabel(why), self._now, self._list, card)
        if now:
            self.action_bar.add(self._back)
        self._list.acted.connect(self._choose)
        self._go.clicked.connect(self._take_typed)
        self._back.clicked.connect(self.go_back)

    def _choose(self, name: object) -> None:
        self.chosen.emit(str(name))

    def _take_typed(self) -> None:
        name = self._name.text().strip()
        if name:
            self.chosen.emit(name)
        else:
            self._field.block()
            self._field.focus()
