"""The queue of 確認する: every expected month, what needs a look first, with all beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.look_alike import LookAlike
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.services.checking.review import (
    Review,
    ReviewDesk,
    expected,
    review_desk,
    review_of,
)
from kashiwa_desktop.services.months import changes_since
from kashiwa_desktop.services.months.approvals import in_force
from kashiwa_desktop.services.months.changes_since import Changed
from kashiwa_desktop.services.records import conflict_cards
from kashiwa_desktop.services.records.conflict_cards import ConflictCard
from kashiwa_desktop.services.store import Store

_ORDER = ("question", "received", "returned", "open", "missing", "approved")
TO_APPROVE = ("question", "received", "returned")


@dataclass(frozen=True, slots=True)
class Alike:
    """One 「同じ活動ですか」: its id, and each record's id with its words."""

    id: str
    one: tuple[str, str]
    other: tuple[str, str]


@dataclass(frozen=True, slots=True)
class InQueue:
    """One month of the queue: the month before it, its areas, conflicts, and what changed."""

    review: Review
    before: Review
    areas: str
    area_names: Mapping[str, str]
    cards: tuple[ConflictCard, ...] = ()
    alikes: tuple[Alike, ...] = ()
    since_version: tuple[Changed, ...] = ()
    since_approval: tuple[Changed, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.areas} {self.review.name}"

    @property
    def waits(self) -> bool:
        """Whether it is here and not approved."""
        return self.review.cell.state in TO_APPROVE


class ReviewQueue:
    """Reads the queue of a month in one transaction: what is seen together was so together."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def staff(self) -> str:
        """Who is at work: nobody approves what he entered himself."""
        return self._store.staff

    def of(self, month: Month) -> tuple[InQueue, ...]:
        """Return the months of all expected promoters, what needs a look first."""
        with self._store.db.read() as tx:
            desk = review_desk(tx)
            cards = conflict_cards.cards_of(tx, desk.people, month)
            found = [
                _in_queue(desk, promoter, month, cards.get(promoter, ()))
                for promoter in expected(desk.people, month)
            ]
        return tuple(sorted(found, key=_place))


def _in_queue(
    desk: ReviewDesk, promoter: str, month: Month, cards: Sequence[ConflictCard]
) -> InQueue:
    review = review_of(desk, promoter, month)
    tx, people = desk.tx, desk.people
    approval = in_force(tx, promoter, month)
    changed = approval is not None and review.cell.changed_after_approval > 0
    mine = people.active(month, promoter)
    return InQueue(
        review=review,
        before=review_of(desk, promoter, month.previous()),
        areas="・".join(dict.fromkeys(people.area(a.area).name for a in mine)),
        area_names={area.code: area.name for area in people.areas},
        cards=tuple(cards),
        alikes=tuple(_alike(people, pair) for pair in review.look_alikes),
        since_version=tuple(changes_since.since_version(tx, people, promoter, month)),
        since_approval=tuple(
            changes_since.since_approval(tx, people, approval) if changed and approval else ()
        ),
    )


def _alike(people: Roster, pair: LookAlike) -> Alike:
    one, other = (_words(people, a, joint=pair.joint) for a in (pair.one, pair.other))
    return Alike(pair.id, (pair.one.id, one), (pair.other.id, other))


def _words(people: Roster, a: Activity, *, joint: bool) -> str:
    person = people.person(a.promoter)
    who = f"{people.area(a.area).name} {person.name if person else a.promoter}" if joint else ""
    times = f"{a.start or ''}～{a.end or ''}" if a.start or a.end else ""
    parts = (who, long_date(a.date), times, f"「{a.title}」", a.place)
    return " ".join(part for part in parts if part)


def _place(one: InQueue) -> int:
    """Return where a month stands in the queue; those of one kind stay in the order of areas."""
    return _ORDER.index(one.review.cell.state) if one.review.cell.state in _ORDER else 0
