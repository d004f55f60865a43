"""What 今月 (screen 1) shows: this month so far, what is to be handed over, news, drafts."""

from dataclasses import dataclass
from datetime import date

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.services.closing import MonthView, month_heads, shown_report, view
from kashiwa_desktop.services.holidays import deadline
from kashiwa_desktop.services.store import (
    Facts,
    Store,
    facts,
    office_settings,
    promoter_facts,
    roster,
)
from kashiwa_desktop.storage import activities, bundles, drafts
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.drafts import Draft

MONTHS_BACK = 12
LATEST = 6


@dataclass(frozen=True, slots=True)
class HandOver:
    """The month that is to be handed over next, where it stands, and until when."""

    month: Month
    state: str
    last_day: date

    def days_left(self, today: date) -> int:
        """Return the days until the last day; below 0 after it."""
        return (self.last_day - today).days


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything screen 1 shows; ``news`` are months the office has, the newest first."""

    today: date
    month: Month
    count: int
    guideline: int
    regular_meeting: bool
    meeting_day: date | None
    hand_over: HandOver
    news: tuple[MonthView, ...]
    conflicts: tuple[Activity, ...]
    drafts: tuple[Draft, ...]
    latest: tuple[Activity, ...]
    last_change: str | None
    person: str
    areas: tuple[str, ...]


class Home:
    """Reads screen 1; writes nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def is_set_up(self) -> bool:
        """Whether a settings file was read in on this PC."""
        with self._store.db.read() as tx:
            return facts(tx).role == "promoter"

    def show(self) -> HomeView:
        """Return what 今月 shows now."""
        today = self._store.clock.today()
        here = Month.of(today)
        with self._store.db.read() as tx:
            who = promoter_facts(tx)
            office, people = office_settings(tx), roster(tx)
            now = view(self._store, tx, who, here)
            before = activities.find(tx, Wanted(who.promoter, here.previous(), here.previous()))
            step = drafts.last_step(tx)
            person = people.person(who.promoter)
            wanted = self._to_hand_over(tx, who, people, now)
            return HomeView(
                today=today,
                month=here,
                count=now.counts.count,
                guideline=office.guideline,
                regular_meeting=any(a.type == "regular_meeting" for a in now.activities),
                meeting_day=office.meeting(here),
                hand_over=HandOver(wanted.month, wanted.state, deadline(wanted.month, office)),
                news=tuple(self._news(tx, who, here)),
                conflicts=tuple(a for a in (*before, *now.activities) if a.conflict),
                drafts=tuple(drafts.all_drafts(tx)),
                latest=tuple(reversed([*before, *now.activities][-LATEST:])),
                last_change=None if step is None else step.text,
                person=person.name if person else who.promoter,
                areas=tuple(people.area(a.area).name for a in people.active(here, who.promoter)),
            )

    def _to_hand_over(self, tx: Tx, who: Facts, people: Roster, now: MonthView) -> MonthView:
        """Return the earliest month that is over and not handed over, or this one.

        Months without a record count only if they are the last one: an older gap is the office's.
        """
        month, wanted = now.month, now.month
        for back in range(MONTHS_BACK):
            month = month.previous()
            if not people.active(month, who.promoter):
                break
            if _is_handed_over(tx, who, month):
                continue
            if back == 0 or month_heads(tx, who.promoter, month):
                wanted = month
        return now if wanted == now.month else view(self._store, tx, who, wanted)

    def _news(self, tx: Tx, who: Facts, here: Month) -> list[MonthView]:
        recent = [here, here.previous(), here.previous().previous()]
        told = [month for month in recent if _is_handed_over(tx, who, month)]
        return [view(self._store, tx, who, month) for month in told]


def _is_handed_over(tx: Tx, who: Facts, month: Month) -> bool:
    """Whether a file with this month's closing was saved, or came back from the office."""
    report = shown_report(tx, who.promoter, month)
    if report is None or not report.is_closed:
        return False
    return any(bundles.carried(tx, [report.id], way) for way in ("out", "in"))
