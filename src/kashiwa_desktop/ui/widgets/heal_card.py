"""送れない記録: what an older version took and no file can hold, looked for and put right."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.safety.healing import Healed, Healing
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class HealCard(SectionCard):
    """First what is wrong and what would stand there, then one button; ``healed`` after it."""

    healed = Signal()

    def __init__(self, healing: Healing, work: PageWork, parent: QWidget | None = None) -> None:
        super().__init__("送れない記録", parent)
        self._healing, self._work = healing, work
        words = (
            "ファイルが「決まりに合わない記録がある」と言って作れないときに、"
            "どの記録かを調べて直します。"
        )
        self._look = BigButton("送れない記録を調べる", "search")
        self._told = TextLabel(role="strong")
        self._list = ProblemList()
        self._go = BigButton("直す", "check", "main")
        self.add(TextLabel(words, "muted"))
        self.add_row(self._look)
        self.add(self._told, self._list)
        self.add_row(self._go)
        self._look.clicked.connect(self._look_through)
        self._go.clicked.connect(self._heal)
        self._show([])
        show_when(self._told, wanted=False)

    def _look_through(self) -> None:
        self._work.run(partial(_look, self._healing), self._show, "記録を調べています")

    def _heal(self) -> None:
        self._work.run(partial(_heal, self._healing), self._tell, "記録を直しています")

    def _show(self, found: Sequence[Healed]) -> None:
        self._told.setText(
            f"{len(found)}件あります。［直す］で、次のようになります。"
            if found
            else "送れない記録はありません。"
        )
        self._list.show_problems(ProblemItem(f"{one.wrong}{one.after}") for one in found)
        show_when(self._told, wanted=True)
        show_when(self._go, wanted=bool(found))
        if found:
            self._go.setFocus()

    def _tell(self, found: Sequence[Healed]) -> None:
        self._show([])
        words = "%s件を直しました。ファイルを、もう一度作ってください。"
        self._told.setText(words % len(found))
        self._look.setFocus()
        self.healed.emit()


def _look(healing: Healing, _progress: Progress) -> list[Healed]:
    return healing.look()


def _heal(healing: Healing, _progress: Progress) -> list[Healed]:
    return healing.heal()
