"""The values of a 活動実績報告書, read from one promoter's records and month report."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.closing import MonthReport
from kashiwa_desktop.domain.month import fiscal_year_start
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.totals import Counts, counts
from kashiwa_desktop.reports.activity_report import (
    ActivityLine,
    ActivityReport,
    CouncilLine,
    Measure,
)
from kashiwa_desktop.services.printed import addressee
from kashiwa_desktop.storage import activities, bundles
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx


def values(
    tx: Tx,
    people: Roster,
    office: Office,
    promoter: str,
    report: MonthReport,
    named: Sequence[Activity] | None = None,
) -> ActivityReport:
    """Return everything that stands on the report of this closing.

    ``named`` are the records of the month it rests on; None: those that are held now.
    """
    month, person = report.month, people.person(promoter)
    mine = people.active(month, promoter)
    found = activities.find(tx, Wanted(promoter, month, month)) if named is None else list(named)
    year = activities.find(tx, Wanted(promoter, fiscal_year_start(month), month.previous()))
    year += found
    before = activities.find(tx, Wanted(promoter, month.year_before(), month.year_before()))
    three = (counts(found), counts(year), counts(before) if before else None)
    received = bundles.first_received(tx, report.id)
    return ActivityReport(
        month=month,
        area="・".join(people.area(a.area).name for a in mine),
        name=person.name if person else promoter,
        kana=person.kana if person else "",
        addressee=addressee(office, office.chair(month.last)),
        check_code=report.code,
        report_id=report.id,
        counts=_measures(three),
        days=_measure(three, lambda c: c.days),
        attendees=_measure(three, lambda c: c.attendees),
        council_meetings=_measure(three, lambda c: c.by_category["council"]),
        lines=[_line(a) for a in found],
        councils=[_council(a) for a in found if a.category == "council" and a.counted],
        achievements="\n".join(a.findings for a in found if a.findings),
        proposals=report.remark,
        plans="\n".join(a.next for a in found if a.next),
        version=report.version,
        submitted=_day(received or report.at),
        empty_reason=report.reason if report.state == "closed-empty" else None,
        words=people.codes.on(month.last),
    )


def _day(text: str) -> date:
    return datetime.fromisoformat(text).date()


def _measure(three: tuple[Counts, Counts, Counts | None], of: Callable[[Counts], int]) -> Measure:
    month, year, before = three
    return Measure(of(month), of(year), None if before is None else of(before))


def _measures(
    three: tuple[Counts, Counts, Counts | None],
) -> dict[tuple[str, str], Measure]:
    keys = {key for c in three if c is not None for key in c.by_type}
    return {key: _measure(three, partial(_of_type, key)) for key in sorted(keys)}


def _of_type(key: tuple[str, str], sums: Counts) -> int:
    return sums.by_type.get(key, 0)


def _line(a: Activity) -> ActivityLine:
    return ActivityLine(
        day=a.date,
        category=a.category,
        type=a.type,
        title=a.title,
        place=a.place,
        attendees=a.attendees,
        status=a.status,
        by_proxy=a.by_proxy,
        conflict=a.conflict,
        words=a.words,
    )


def _council(a: Activity) -> CouncilLine:
    council = a.council or {}
    number = council.get("number")
    name = f"第{number}回 {a.title}" if number else a.title
    present = sum(council.get("attendance", {}).values()) or a.attendees
    return CouncilLine(a.date, name, present, decided(a))


def decided(a: Activity) -> str:
    """Return what a council meeting decided: its own text, else the conclusions of its agenda."""
    council = a.council or {}
    conclusions = [
        f"{a.words.label('agenda', item['kind'])}: {item['conclusion']}"
        for item in council.get("agenda", [])
        if item.get("conclusion") and item.get("kind")
    ]
    return str(council.get("decisions") or "、".join(conclusions))
