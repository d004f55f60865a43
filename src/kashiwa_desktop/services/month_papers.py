"""The papers of a month that are no payment: 月報 of all, meetings, 引継書, forms and the card."""

from collections.abc import Callable, Mapping

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.blank_papers import BlankPapers
from kashiwa_desktop.services.council_papers import CouncilPapers
from kashiwa_desktop.services.printed import Printed
from kashiwa_desktop.services.printing import Printing
from kashiwa_desktop.services.store import Store

TITLES: Mapping[str, str] = {
    "report": "月報(活動実績報告書)",
    "council": "支えあい会議 記録",
    "handover": "引継書",
    "blank": "白紙の記入用紙",
    "card": "操作早見カード",
}
"""What the office prints beside the sheets of payment, by a name of ours."""


class MonthPapers:
    """Makes one of ``TITLES`` for everybody of a month."""

    def __init__(self, store: Store) -> None:
        printing, blank, council = Printing(store), BlankPapers(store), CouncilPapers(store)
        self._makers: Mapping[str, Callable[[Month], Printed]] = {
            "report": lambda month: printing.report(month, None, None),
            "council": lambda month: council.records(month, None, None),
            "handover": lambda month: council.handover(month, None, None),
            "blank": lambda month: blank.form(month, None, None),
            "card": lambda _month: blank.card(None),
        }

    def make(self, name: str, month: Month, progress: Progress | None = None) -> Printed:
        """Make one paper as a preview; RefusedError where the month has nothing for it."""
        (progress or Progress()).step("紙の形にしています", 0, 0)
        return self._makers[name](month)
