"""What is usual or agreed on for these days (予定していた活動), and 先月の予定から作る."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from kashiwa_desktop.domain.suggestion import Planned, Suggestion
from kashiwa_desktop.services.records.suggesting import Offers
from kashiwa_desktop.ui.promoter.home_rows import HomeRow, HomeRows
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class OffersCard(SectionCard):
    """Suggestions only: ``chosen`` gives a ``Planned`` or a ``Suggestion`` to begin with."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.set_title("予定していた活動")
        self._planned: Sequence[Planned] = ()
        self._last: Sequence[Suggestion] = ()
        self._rows = HomeRows()
        self._fold = Fold("先月の予定から作る")
        self._chips = ChipBar("先月の活動")
        text = "先月あって、今月まだ記録のない活動です。押すと、書きはじめられます。"
        self._fold.add(TextLabel(text), self._chips)
        self.add(self._rows, self._fold)
        self._chips.chosen.connect(self._choose_last)
        self.hide()

    def show_offers(self, offers: Offers, today: date) -> None:
        self._planned, self._last = offers.planned, offers.last_month
        self._rows.show_rows(self._row(planned, today) for planned in self._planned)
        show_when(self._rows, wanted=bool(self._planned))
        self._chips.show_chips([(n, chip.title) for n, chip in enumerate(self._last)])
        show_when(self._fold, wanted=bool(self._last))
        show_when(self, wanted=bool(self._planned) or bool(self._last))

    def _row(self, planned: Planned, today: date) -> HomeRow:
        row = HomeRow(self._words(planned, today), actions=[(planned, "pencil", "記録する")])
        row.acted.connect(self.chosen)
        return row

    def _words(self, planned: Planned, today: date) -> str:
        title, day = planned.suggestion.title, planned.day
        if planned.told:
            told = "%s月%s日の「%s」に出席されたと、事務局から届いています。記録しますか。"
            return told % (day.month, day.day, title)
        if day == today:
            return f"きょうは「{title}」の日です。記録しますか。"
        told = "%s月%s日は「%s」の日でした。記録しますか。"
        return told % (day.month, day.day, title)

    def _choose_last(self, number: object) -> None:
        if isinstance(number, int):
            self._chips.choose(None)
            self.chosen.emit(self._last[number])
