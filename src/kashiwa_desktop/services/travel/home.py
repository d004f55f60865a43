"""What 今月 (screen 1) shows: this month so far, what is to be handed over, news, drafts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.asking import CONFLICT
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.services.holidays import deadline
from kashiwa_desktop.services.months.approvals import promised_payday
from kashiwa_desktop.services.months.closing import MonthView, month_heads, shown_report, view
from kashiwa_desktop.services.records.homework import inherited_tasks
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
class DueMonth:
    """The month that is to be handed over next, where it stands, and until when."""

    month: Month
    state: str
    last_day: date

    def days_left(self, today: date) -> int:
        """Return the days until the last day; below 0 after it."""
        return (self.last_day - today).days


@dataclass(frozen=True, slots=True)
class OfficeNews:
    """What lies between the promoter and the office: how much is asked, what was not sent yet.

    ``paydays`` are the planned days of payment of the months that are approved, None where they
    were approved after it (then only the office can name a day), ``officer`` who looks after him,
    ``inherited`` how much homework of a predecessor nobody took over yet.
    ``restored`` is the sentence of a store that went back or is a copy, or ''.
    """

    asked: int = 0
    conflicts: int = 0
    answers: tuple[Month, ...] = ()
    paydays: Mapping[Month, date | None] = field(default_factory=dict)
    officer: str = ""
    inherited: int = 0
    restored: str = ""


@dataclass(frozen=True, slots=True)
class RegisterState:
    """How many 地域の資源 there are, were not made sure of lately, were left, are half written."""

    count: int = 0
    stale: int = 0
    left: int = 0
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything screen 1 shows; ``news`` are months the office has, the newest first."""

    today: date
    month: Month
    count: int
    guideline: int
    regular_meeting: bool
    meeting_day: date | None
    hand_over: DueMonth
    news: tuple[MonthView, ...]
    drafts: tuple[Draft, ...]
    latest: tuple[Activity, ...]
    last_change: str | None
    person: str
    areas: tuple[str, ...]
    desk: OfficeNews
    register: RegisterState


class Home:
    """Reads screen 1; writes nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def is_set_up(self) -> bool:
        """Whether a settings file was read in on this PC."""
        with self._store.db.read() as tx:
            return facts(tx).role == "promoter"

    def person(self) -> tuple[str, tuple[str, ...]]:
        """Return whose PC this is, and the areas he holds now; RefusedError before the settings."""
        here = Month.of(self._store.clock.today())
        with self._store.db.read() as tx:
            who, people = promoter_facts(tx), roster(tx)
        found = people.person(who.promoter)
        areas = tuple(people.area(a.area).name for a in people.active(here, who.promoter))
        return found.name if found else who.promoter, areas

    def show(self) -> HomeView:
        """Return what 今月 shows now."""
        today = self._store.clock.today()
        from kashiwa_desktop.services.travel.submitting import (
            restored_notice,  # brings the keys along
        )

        here = Month.of(today)
        restored, register = restored_notice(self._store), self._register()
        with self._store.db.read() as tx:
            who = promoter_facts(tx)
            office, people = office_settings(tx), roster(tx)
            now = view(self._store, tx, who, here)
            before = activities.find(tx, Wanted(who.promoter, here.previous(), here.previous()))
            step = drafts.last_step(tx)
            person = people.person(who.promoter)
            wanted = self._to_hand_over(tx, who, people, now)
            news = tuple(self._news(tx, who, here))
            return HomeView(
                today=today,
                month=here,
                count=now.counts.count,
                guideline=office.guideline,
                regular_meeting=any(a.type == "regular_meeting" for a in now.activities),
                meeting_day=office.meeting(here),
                hand_over=DueMonth(wanted.month, wanted.state, deadline(wanted.month, office)),
                news=news,
                drafts=tuple(drafts.of_activities(tx)),
                latest=tuple(reversed([*before, *now.activities][-LATEST:])),
                last_change=None if step is None else step.text,
                person=person.name if person else who.promoter,
                areas=tuple(people.area(a.area).name for a in people.active(here, who.promoter)),
                desk=_desk(tx, who, office, news, restored),
                register=register,
            )

    def _register(self) -> RegisterState:
        from kashiwa_desktop.services.records.registering import (
            Registering,  # only where it is in use
        )

        register = Registering(self._store)
        rows, begun = register.list(), len(register.drafts())
        own = [row.resource for row in rows if not row.inherited]
        stale = sum(one.is_stale(self._store.clock.today()) for one in own)
        return RegisterState(len(own), stale, len(rows) - len(own), begun)

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


def _desk(
    tx: Tx, who: Facts, office: Office, news: tuple[MonthView, ...], restored: str
) -> OfficeNews:
    from kashiwa_desktop.services.travel.asked import (  # reads what was sent
        all_asked,
        unsent_answers,
    )

    left = [one for one in all_asked(tx, who) if one.is_open]
    conflicts = sum(one.kind == CONFLICT for one in left)
    approved = [view.month for view in news if view.state == "approved"]
    return OfficeNews(
        asked=len(left) - conflicts,
        conflicts=conflicts,
        answers=tuple(unsent_answers(tx, who)),
        paydays={m: promised_payday(tx, who.promoter, m, office) for m in approved},
        officer=office.officer,
        inherited=len(inherited_tasks(tx, who)),
        restored=restored,
    )


def _is_handed_over(tx: Tx, who: Facts, month: Month) -> bool:
    """Whether a file with this month's closing was saved, or came back from the office."""
    report = shown_report(tx, who.promoter, month)
    if report is None or not report.is_closed:
        return False
    return any(bundles.carried(tx, [report.id], way) for way in ("out", "in"))
