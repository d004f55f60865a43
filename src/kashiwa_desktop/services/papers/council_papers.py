"""支えあい会議 記録 and 引継書: papers about an area rather than about a month's claim."""

import io
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kashiwa_desktop.domain.activity import COUNCIL, Activity
from kashiwa_desktop.domain.field import said
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Appointment, Roster
from kashiwa_desktop.domain.totals import counts
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.reports import council_record, handover_note
from kashiwa_desktop.reports.council_record import AgendaPoint, CouncilRecord, Task
from kashiwa_desktop.reports.handover_note import Contact, HandoverNote, Meeting, OpenTask
from kashiwa_desktop.services.papers.report_paper import decided
from kashiwa_desktop.services.printed import Printed, offer, sender_of
from kashiwa_desktop.services.store import Store, facts, roster
from kashiwa_desktop.storage import activities
from kashiwa_desktop.storage.activities import Wanted

_CONTACTS = 20
_LATEST = 5


class CouncilPapers:
    """What a meeting, and a successor, need on paper."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def records(self, month: Month, promoters: Sequence[str] | None, out: Path | None) -> Printed:
        """支えあい会議 記録 of all meetings of a month, cancelled ones too, by day."""
        with self._store.db.read() as tx:
            who, people, sender = facts(tx), roster(tx), sender_of(self._store, tx)
            wanted = Wanted(who.promoter or None, month, month, category="council")
            found = activities.find(tx, wanted)
        values = [_record(people, a) for a in found if promoters is None or a.promoter in promoters]
        if not values:
            text = f"{month.short()}には支えあい会議の記録がありません。"
            raise RefusedError(text, code="nothing_to_print")
        buffer = io.BytesIO()
        made = council_record.render(values, sender, buffer)
        return offer(self._store, out, buffer.getvalue(), made)

    def handover(
        self,
        month: Month,
        promoters: Sequence[str] | None,
        out: Path | None,
        *,
        duplex: bool = False,
    ) -> Printed:
        """引継書 of appointments that hold in ``month``, looking back over twelve months.

        With ``duplex`` nobody's begins on the back of somebody else's.
        """
        with self._store.db.read() as tx:
            who, people, sender = facts(tx), roster(tx), sender_of(self._store, tx)
            wanted = [who.promoter] if who.promoter else promoters
            notes = []
            for held in people.active(month):
                if wanted is None or held.promoter in wanted:
                    span = Wanted(held.promoter, month.year_before().next(), month)
                    mine = [a for a in activities.find(tx, span) if a.area == held.area]
                    notes.append(_note(people, held, mine))
        if not notes:
            text = f"{month.short()}には引き継ぐ委嘱がありません。"
            raise RefusedError(text, code="nothing_to_print")
        buffer = io.BytesIO()
        made = handover_note.render(notes, sender, buffer, duplex=duplex)
        return offer(self._store, out, buffer.getvalue(), made)


def _record(people: Roster, a: Activity) -> CouncilRecord:
    council: dict[str, Any] = dict(a.council or {})
    person = people.person(a.promoter)
    return CouncilRecord(
        day=a.date,
        title=a.title,
        area=people.area(a.area).name,
        type=a.words.type(a.category, a.type),
        tier=council.get("tier", 2),
        number=council.get("number"),
        hours="～".join(t for t in (a.start, a.end) if t),
        place=a.place,
        told=_told(council, person.name if person else a.promoter),
        joint=[people.area(code).name for code in council.get("joint_areas", [])],
        attendance=council.get("attendance", {}),
        agenda=[_point(item) for item in council.get("agenda", [])],
        needs=council.get("needs", ""),
        decisions=decided(a),
        homework=[_task(item) for item in council.get("homework", [])],
        next_day=_day(council.get("next_date")),
        findings=a.findings,
        status="" if a.status == "held" else a.status_label,
        words=a.words,
    )


def _told(council: dict[str, Any], writer: str) -> list[tuple[str, str]]:
    """Return who did what at a meeting; where nobody is named the promoter wrote it down."""
    wanted = ("chair", "recorder", "lecturer", "staff_present", "materials")
    body = {"recorder": writer} | {name: v for name, v in council.items() if v}
    return said([f for f in COUNCIL if f.name in wanted], body)


def _point(item: dict[str, Any]) -> AgendaPoint:
    texts = (item.get("summary", ""), item.get("conclusion", ""))
    return AgendaPoint(item["title"], item.get("kind", "report"), *texts)


def _task(item: dict[str, Any]) -> Task:
    done = bool(item.get("done"))
    return Task(item["text"], item.get("owner", ""), _day(item.get("due")), done)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _note(people: Roster, held: Appointment, mine: Sequence[Activity]) -> HandoverNote:
    area, person = people.area(held.area), people.person(held.promoter)
    sums = counts(mine)
    meetings = [a for a in mine if a.category == "council" and a.counted]
    with_whom = Counter(name for a in mine for name in a.counterparts)
    last = {name: a.date for a in mine for name in a.counterparts}
    return HandoverNote(
        area=area.name,
        zone=area.zone,
        name=person.name if person else held.promoter,
        first=held.first,
        last=held.last,
        count=sums.count,
        days=sums.days,
        meetings=[Meeting(a.date, a.title, a.attendees, decided(a)) for a in meetings],
        tasks=[task for a in meetings for task in _open(a)],
        contacts=[Contact(n, c, last[n]) for n, c in with_whom.most_common(_CONTACTS)],
        issues=[a.findings for a in mine if a.findings][-_LATEST:],
        plans=[a.next for a in mine if a.next][-_LATEST:],
    )


def _open(a: Activity) -> list[OpenTask]:
    tasks = [_task(item) for item in (a.council or {}).get("homework", [])]
    return [OpenTask(t.text, t.owner, t.due, a.date) for t in tasks if not t.done]
