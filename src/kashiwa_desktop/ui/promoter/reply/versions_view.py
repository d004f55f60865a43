"""Two or more versions of one record, beside each other where there is room."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.services.travel.asked import Side
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.layout.emptying import empty
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.side_by_side import SideBySide
from kashiwa_desktop.ui.widgets.text_label import TextLabel


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
