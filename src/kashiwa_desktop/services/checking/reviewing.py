"""What district staff and supervisors do with the months that came in: see, approve, take back."""

from collections.abc import Sequence

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.checking import approving
from kashiwa_desktop.services.checking.approving import Outcome, Terms
from kashiwa_desktop.services.checking.board import Board, Row, board_of
from kashiwa_desktop.services.checking.review import Review, expected, review_desk, review_of
from kashiwa_desktop.services.months.approvals import Left, approved_months
from kashiwa_desktop.services.store import Store

__all__ = ["Board", "Left", "Outcome", "Review", "Reviewing", "Row", "Terms", "approved_months"]


class Reviewing:
    """The board, the reviews behind it, and the decisions about months."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def staff(self) -> str:
        """Who is at work: nobody approves what he entered himself."""
        return self._store.staff

    def board(self, first: Month, last: Month) -> Board:
        """Return the board; its summary is of the last month."""
        with self._store.db.read() as tx:
            return board_of(review_desk(tx), first, last)

    def review(self, promoter: str, month: Month) -> Review:
        """Return what is to be looked at before this month is approved."""
        with self._store.db.read() as tx:
            return review_of(review_desk(tx), promoter, month)

    def queue(self, month: Month) -> list[Review]:
        """Return the reviews of all who are expected this month, in the order of areas."""
        with self._store.db.read() as tx:
            desk = review_desk(tx)
            return [review_of(desk, p, month) for p in expected(desk.people, month)]

    def approve(
        self,
        month: Month,
        promoters: Sequence[str] | None,
        *,
        seen: str | None = None,
        terms: Terms | None = None,
    ) -> Outcome:
        """Approve months; ``promoters`` None means all without anything to look at.

        ``terms`` bind the approval to what the person had before him, ``seen`` only to the month
        report's id: anything else is left alone.
        """
        one = terms or Terms(report=seen)
        wanted = None if promoters is None else [(promoter, one) for promoter in promoters]
        return approving.approve(self._store, month, wanted, clean_only=promoters is None)

    def approve_listed(self, month: Month, listed: Sequence[tuple[str, Terms]]) -> Outcome:
        """Approve together what was listed before, each as it was seen, and only what is clean."""
        return approving.approve(self._store, month, listed, clean_only=True)

    def unapprove(self, month: Month, promoter: str, reason: str) -> Outcome:
        """Take an approval back, with its reason; both stay on record."""
        return approving.unapprove(self._store, month, promoter, reason)

    def approve_ruled(self, month: Month, promoter: str, text: str, terms: Terms) -> Outcome:
        """Approve a month without activity, with the 支払判断 that it wants."""
        return approving.approve_ruled(self._store, month, promoter, text, terms)

    def rule_payment(self, month: Month, promoter: str, text: str) -> None:
        """支払判断: say why a month without activity is paid; it comes before the approval."""
        approving.rule_payment(self._store, month, promoter, text)
