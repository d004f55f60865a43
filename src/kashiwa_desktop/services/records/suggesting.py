"""What the form of screen 2 and 今月 offer: chips, what is usual today, last month's activities.

Nothing here writes: a suggestion becomes a record only when a person records it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kashiwa_desktop.domain import category_hint, regular_meeting, suggestion
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.category_hint import Example
from kashiwa_desktop.domain.code_list import SEED, CodeLists, Words
from kashiwa_desktop.domain.month import Month, fiscal_year_start
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.regular_meeting import TITLE, RegularMeeting
from kashiwa_desktop.domain.suggestion import Planned, Suggestion
from kashiwa_desktop.services.months.closing import shown_report
from kashiwa_desktop.services.store import (
    Facts,
    Store,
    code_lists,
    office_settings,
    promoter_facts,
    staff_facts,
)
from kashiwa_desktop.storage import activities, revisions
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx

MOST_PLACES = 8
OFFERED = timedelta(days=62)
"""So long after a 定例会 it is still offered: a return may lie on its stick for a while."""


@dataclass(frozen=True, slots=True)
class Offers:
    """Everything that is offered; ``usual_types`` maps categories to types, ``codes`` name them."""

    chips: tuple[Suggestion, ...]
    usual_types: dict[str, str]
    planned: tuple[Planned, ...]
    last_month: tuple[Suggestion, ...]
    counterparts: tuple[str, ...]
    places: tuple[str, ...]
    examples: tuple[Example, ...]
    codes: CodeLists = SEED


class Suggesting:
    """Looks at the last twelve months of this promoter, or of the one whose sheet is typed in."""

    def __init__(self, store: Store, sheet_of: str | None = None) -> None:
        self._store, self._sheet_of = store, sheet_of

    def look(self) -> Offers:
        """Return what is offered today; it may take a moment with very many records."""
        today = self._store.clock.today()
        with self._store.db.read() as tx:
            who = self._who(tx)
            here = Month.of(today)
            found = activities.find(tx, Wanted(who.promoter, here.year_before(), here))
            meetings = _meetings(office_settings(tx), here)
            told = _attended(tx, who.promoter, found, today)
            codes = code_lists(tx)
            examples = self._examples(tx, codes.on(today))
        words = codes.on(today)
        held = [a for a in found if a.status == "held"]
        chips = suggestion.frequent(held, today)
        return Offers(
            chips=tuple(c for c in chips if c.type in words.choices("type", c.category)),
            usual_types=suggestion.usual_types(held, words),
            planned=_once(told, suggestion.planned(found, today, meetings)),
            last_month=tuple(suggestion.of_last_month(found, today)),
            counterparts=_counterparts(found, words),
            places=_often([a.place for a in found])[:MOST_PLACES],
            examples=examples,
            codes=codes,
        )

    def meeting_number(self, area: str | None, day: date) -> int:
        """Return which council meeting of the fiscal year one on ``day`` would be in its area."""
        month = Month.of(day)
        with self._store.db.read() as tx:
            promoter = self._who(tx).promoter
            wanted = Wanted(promoter, fiscal_year_start(month), month, category="council")
            held = [a for a in activities.find(tx, wanted) if a.status == "held" and a.date < day]
        here = [a for a in held if area is None or area in a.areas]
        numbers = [(a.council or {}).get("number") or 0 for a in here]
        return max([len(here), *numbers]) + 1

    def _who(self, tx: Tx) -> Facts:
        return promoter_facts(tx) if self._sheet_of is None else staff_facts(tx, self._sheet_of)

    def _examples(self, tx: Tx, words: Words) -> tuple[Example, ...]:
        bodies = (r.body for r in revisions.shown(tx, "settings"))
        mine = (b for b in bodies if b.get("kind") == "category_examples")
        read = category_hint.read(next(mine, {}), words.lists)
        return tuple(e for e in read if e.type in words.choices("type", e.category))


def _meetings(office: Office, here: Month) -> list[date] | None:
    """Return the office's days of the 定例会 in this month and the last; None where left open."""
    if not office.decides_meeting(here):
        return None
    days = (office.meeting(month) for month in (here.previous(), here))
    return [day for day in days if day is not None]


def _once(told: list[Planned], planned: list[Planned]) -> tuple[Planned, ...]:
    """What the office told takes the place of the 定例会 that is offered that month anyway."""
    months = {Month.of(one.day) for one in told}
    others = [
        one
        for one in planned
        if one.suggestion.type != regular_meeting.KIND or Month.of(one.day) not in months
    ]
    return (*told, *others)


def _counterparts(found: list[Activity], words: Words) -> tuple[str, ...]:
    """Return the own register, most frequent first, then the seed's member organisations."""
    own = _often([name for a in found for name in a.counterparts])
    members = [w for code, w in words.choices("attendance").items() if code != "other"]
    return tuple(dict.fromkeys((*own, *members)))


def _often(values: list[str]) -> tuple[str, ...]:
    counted: dict[str, int] = {}
    for value in reversed(values):
        if value:
            counted[value] = counted.get(value, 0) + 1
    return tuple(sorted(counted, key=lambda value: -counted[value]))


def _all_told(tx: Tx, promoter: str) -> list[RegularMeeting]:
    """Return every 定例会 this promoter is told that he attended."""
    bodies = (r.body for r in revisions.shown(tx, "question", promoter))
    return [found for body in bodies if (found := regular_meeting.read(body)) is not None]


def _attended(tx: Tx, promoter: str, recorded: Iterable[Activity], today: date) -> list[Planned]:
    """Return what 今月 offers: attended, not recorded on that day, its month not closed yet."""
    done = {a.date for a in recorded if a.type == regular_meeting.KIND}
    return [
        Planned(m.day, _as_told(m), told=True)
        for m in sorted(_all_told(tx, promoter), key=lambda m: m.day, reverse=True)
        if today - OFFERED <= m.day <= today
        and m.day not in done
        and not _is_closed(tx, promoter, Month.of(m.day))
    ]


def _is_closed(tx: Tx, promoter: str, month: Month) -> bool:
    report = shown_report(tx, promoter, month)
    return report is not None and report.is_closed


def _as_told(meeting: RegularMeeting) -> Suggestion:
    return Suggestion(
        "other", regular_meeting.KIND, TITLE, place=meeting.place, minutes=meeting.minutes
    )
