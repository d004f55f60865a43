"""「同じ活動ですか」: two records in words, and what a person says about them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.services.checking.review_queue import Alike
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList


class AlikeCard(SectionCard):
    """``apart`` gives the pair, ``same`` the pair and the record that stays."""

    apart = Signal(str)
    same = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("同じ活動ですか", parent)
        self._list = ProblemList()
        self._list.acted.connect(self._tell)
        self.add(self._list)
        self.hide()

    def show_pairs(self, pairs: Sequence[Alike]) -> None:
        """Ask about each pair; none hides the card."""
        self._list.show_problems(self._item(pair) for pair in pairs)
        show_when(self, wanted=bool(pairs))

    def _item(self, pair: Alike) -> ProblemItem:
        text = f"① {pair.one[1]}\n② {pair.other[1]}"
        return ProblemItem(
            text,
            (
                ((pair.id, ""), "別の活動です"),
                ((pair.id, pair.one[0]), "同じ活動です。①を残す"),
                ((pair.id, pair.other[0]), "同じ活動です。②を残す"),
            ),
        )

    def _tell(self, key: tuple[str, str]) -> None:
        pair, keep = key
        if keep:
            self.same.emit(pair, keep)
        else:
            self.apart.emit(pair)
