"""The papers of a month that are no payment: 月報 of all, meetings, 引継書, forms and the card."""

from collections.abc import Callable, Mapping

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.papers.blank_papers import BlankPapers
from kashiwa_desktop.services.papers.council_papers import CouncilPapers
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.printed import Printed
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
        self._makers: Mapping[str, Callable[[Month, bool], Printed]] = {
            "report": lambda month, both: printing.report(month, None, None, duplex=both),
            "council": lambda month, _both: council.records(month, None, None),
            "handover": lambda month, both: council.handover(month, None, None, duplex=both),
            "blank": lambda month, _both: blank.form(month, None, None),
            "card": lambda _month, _both: blank.card(None),
        }

    def make(
        self, name: str, month: Month, progress: Progress | None = None, *, duplex: bool = False
    ) -> Printed:
        """Make one paper as a preview; RefusedError where the month has nothing for it.

        With ``duplex`` nobody's paper begins on the back of somebody else's.
        """
        (progress or Progress()).step("紙の形にしています", 0, 0)
        return self._makers[name](month, duplex)
