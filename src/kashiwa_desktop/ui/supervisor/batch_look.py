"""What screen 40 shows of a month, read by the worker and put into words."""

from dataclasses import dataclass

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.checking.reviewing import Review
from kashiwa_desktop.services.checking.staff_entries import StaffEntry
from kashiwa_desktop.services.papers.printing import Due
from kashiwa_desktop.ui.supervisor.office import Office
from kashiwa_desktop.ui.supervisor.staff_waiting_card import Entered
from kashiwa_desktop.ui.supervisor.waiting_card import NotReady


@dataclass(frozen=True, slots=True)
class Seen:
    """What is due, what is not approved yet, what staff entered, and who is who.

    ``printed`` is how many of those that are due came out on paper already.
    """

    month: Month
    due: tuple[Due, ...]
    waiting: tuple[Review, ...]
    entered: tuple[StaffEntry, ...]
    expected: int
    people: Roster
    printed: int = 0

    @property
    def total_yen(self) -> int:
        return sum(d.line.yen for d in self.due)

    def areas(self, promoter: str) -> str:
        """Return the names of a promoter's areas in this month."""
        held = self.people.active(self.month, promoter)
        return "・".join(self.people.area(a.area).name for a in held)

    def words_of(self, promoter: str) -> str:
        person = self.people.person(promoter)
        return f"{self.areas(promoter)} {person.name if person else promoter}"

    def not_ready(self) -> list[NotReady]:
        """Return what cannot be printed yet and is not in the queue of what staff entered."""
        queued = {e.review.promoter for e in self.entered}
        return [self._not_ready(r) for r in self.waiting if r.promoter not in queued]

    def entries(self) -> list[Entered]:
        return [self._entered(one) for one in self.entered]

    def _not_ready(self, review: Review) -> NotReady:
        state = review.cell.state
        why = {
            "missing": "まだ届いていません。",
            "open": "まだ締めていません。",
            "received": "承認を待っています。",
            "returned": "確認のお願いへの返事を待っています。",
        }.get(state, review.findings[0].text if review.findings else "")
        return NotReady(review.promoter, self.words_of(review.promoter), state, why)

    def _entered(self, one: StaffEntry) -> Entered:
        review = one.review
        return Entered(
            review.promoter,
            self.words_of(review.promoter),
            "、".join(one.by),
            sum(a.counted for a in review.activities),
            sum(line.yen for line in review.honorarium),
            review.findings[0].text if review.findings else "",
            one.own,
            review.report.id if review.report else "",
        )


def look(office: Office, month: Month, progress: Progress) -> Seen:
    """Read a month; runs in the worker."""
    progress.step("", 0, 0)
    due = tuple(office.printing.ready(month))
    ready = {d.promoter for d in due}
    waiting = tuple(r for r in office.reviewing.queue(month) if r.promoter not in ready)
    expected = office.reviewing.board(month, month).summary.expected
    entered = tuple(office.entries.waiting(month))
    out = sum(line.payment.printed for line in office.desk.look(month).lines) if due else 0
    return Seen(month, due, waiting, entered, expected, office.roster.roster(), out)
