"""承認待ち(職員入力分): months that staff entered or closed, for somebody else to approve."""

from dataclasses import dataclass

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.checking.reviewing import Review, Reviewing
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.storage import revisions

_OPEN = ("received", "question")


@dataclass(frozen=True, slots=True)
class StaffEntry:
    """One such month; ``by`` are the names of who entered it, ``own`` whether one is at work."""

    review: Review
    by: tuple[str, ...]
    own: bool


class StaffEntries:
    """Who entered what, so that nobody approves what is his own (PRODUCT.md §4, screen 22)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def waiting(self, month: Month) -> list[StaffEntry]:
        """Return the closed months with something entered by staff that wait for an approval."""
        queue = [r for r in Reviewing(self._store).queue(month) if r.cell.state in _OPEN]
        found = []
        with self._store.db.read() as tx:
            for review in queue:
                named = [*review.heads, *([review.report.id] if review.report else [])]
                held = revisions.load(tx, named)
                by = sorted({r.by.who for r in held if r.by.role == "office"})
                if by:
                    found.append(StaffEntry(review, tuple(by), self._store.staff in by))
        return found
