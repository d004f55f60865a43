"""職員による入力: a promoter's paper sheet typed in by staff, and the city's own meetings (第1層).

What staff type in is an ordinary record of that promoter, written by the office: it counts, it
travels back to him in his next return, and nobody approves what he typed in himself.
"""

from dataclasses import dataclass
from datetime import date

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.months.closing import Closing, MonthView, shown_report
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.suggesting import Offers, Suggesting
from kashiwa_desktop.services.store import Store, office_facts, roster
from kashiwa_desktop.storage import revisions

CITY = ""
"""In the place of a promoter: 柏市地域支えあい推進協議会 (第1層) and other meetings of the city."""


@dataclass(frozen=True, slots=True)
class SheetOf:
    """Whose sheet may be typed in; ``areas`` are the names of what he holds that month."""

    promoter: str
    name: str
    areas: tuple[str, ...]
    closed: bool = False


@dataclass(frozen=True, slots=True)
class PaperForm:
    """One promoter's month as it stands; ``entered`` names who typed in which record."""

    view: MonthView
    entered: dict[str, str]
    areas: dict[str, str]
    closed_by: str = ""

    @property
    def activities(self) -> tuple[Activity, ...]:
        return self.view.activities


class Entering:
    """What screen 26 needs; the records themselves are written by ``Recording``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def staff(self) -> str:
        return self._store.staff

    def recording(self, promoter: str) -> Recording:
        return Recording(self._store, promoter)

    def closing(self, promoter: str) -> Closing:
        return Closing(self._store, promoter)

    def offers(self, promoter: str) -> Offers:
        """Return the names, places and examples that the form offers."""
        return Suggesting(self._store, promoter).look()

    def meeting_number(self, promoter: str, area: str | None, day: date) -> int:
        """Return which council meeting of the fiscal year one on ``day`` would be."""
        return Suggesting(self._store, promoter).meeting_number(area, day)

    def sheets(self, month: Month) -> list[SheetOf]:
        """Return who has a sheet this month, in the order of areas; the city comes last."""
        with self._store.db.read() as tx:
            office_facts(tx)
            people = roster(tx)
            areas: dict[str, list[str]] = {}
            for held in people.active(month):
                areas.setdefault(held.promoter, []).append(people.area(held.area).name)
            reports = {who: shown_report(tx, who, month) for who in areas}
        closed = {who for who, report in reports.items() if report and report.is_closed}
        names = {person.promoter: person.name for person in people.people}
        found = [SheetOf(p, names.get(p, p), tuple(of), p in closed) for p, of in areas.items()]
        return [*found, SheetOf(CITY, "市域の会議", ("第1層",))]

    def sheet(self, promoter: str, month: Month) -> PaperForm:
        """Return the month with who typed what in."""
        recording = self.recording(promoter)
        view = self.closing(promoter).show(month)
        with self._store.db.read() as tx:
            heads = revisions.heads_of_month(tx, "activity", str(month), promoter)
            report = revisions.load(tx, [view.report.id]) if view.report else []
        entered = {h.key.id: h.by.who for h in heads if h.by.role == "office"}
        by = [r.by.who for r in report if r.by.role == "office" and view.is_closed]
        return PaperForm(view, entered, recording.areas(), by[0] if by else "")
