"""引継ぎ: what the successor of an area gets, and what the leaving promoter's PC forgets.

The file carries council records of the area with their homework, and its resources: no private
note, no other area, nothing else of the predecessor (BUNDLE.md, kind ``handover``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kashiwa_desktop import disk
from kashiwa_desktop.crypto.keys import OfficeKeys
from kashiwa_desktop.domain import activity as rules
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.people import Appointment, Roster
from kashiwa_desktop.domain.resource import Resource
from kashiwa_desktop.domain.revision import Revision
from kashiwa_desktop.errors import PlaceError, RefusedError
from kashiwa_desktop.services.key_list import office_recipients
from kashiwa_desktop.services.records.homework import Task, inherited_tasks
from kashiwa_desktop.services.records.registered import not_continued
from kashiwa_desktop.services.store import Store, find_area, office_facts, promoter_facts, roster
from kashiwa_desktop.services.travel.sending import Letter, Made, Sender, send
from kashiwa_desktop.storage import activities, bundles, devices, resources, revisions
from kashiwa_desktop.storage.database import Tx

_STAYS = (
    "消しきれないファイルがあります。"
    "ほかのソフトで開いている資料や写しを閉じて、もう一度お試しください。"
)
_KINDS = ("activity", "resource")
_SOON, _LONG_AGO = 92, 731
"""Days before and after its end in which an appointment is offered for handing over."""


@dataclass(frozen=True, slots=True)
class Successor:
    """Who may take an area over; ``has_pc``: the office knows a PC of his to seal the file to."""

    promoter: str
    name: str
    has_pc: bool


@dataclass(frozen=True, slots=True)
class Succession:
    """An appointment that ended, and who follows.

    ``not_returned`` counts the leaving promoter's records that no return carried back to him yet.
    """

    appointment: str
    area: str
    area_name: str
    promoter: str
    name: str
    last: date
    successors: tuple[Successor, ...]
    not_returned: int


@dataclass(frozen=True, slots=True)
class Holding:
    """What the 引継ぎファイル of an area will hold."""

    meetings: int
    homework: int
    resources: int

    @property
    def is_empty(self) -> bool:
        return not (self.meetings or self.resources)


class Succeeding:
    """The office hands an area's records to its next promoter."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ended(self) -> list[Succession]:
        """Return the appointments that ended in the last two years or end soon, newest first."""
        today = self._store.clock.today()
        with self._store.db.read() as tx:
            office_facts(tx)
            people = roster(tx)
            found = [
                _succession(tx, people, a)
                for a in people.appointments
                if a.last is not None and -_SOON <= (today - a.last).days <= _LONG_AGO
            ]
        return sorted(found, key=lambda s: (s.last, s.area_name), reverse=True)

    def holding(self, area: str, successor: str) -> Holding:
        """Return what the file of an area will hold for this successor."""
        with self._store.db.read() as tx:
            office_facts(tx)
            held = _of_area(tx, area, successor)
            shown = {r.id for r in revisions.shown(tx, "activity")}
            left = _left(tx, area, successor, self._store.clock.today())
        meetings = [r.body for r in held if r.id in shown]
        tasks = [t for body in meetings for t in (body.get("council") or {}).get("homework", [])]
        return Holding(
            meetings=len(meetings),
            homework=sum(not task.get("done") for task in tasks),
            resources=len(left),
        )

    def handover_file(self, area: str, successor: str, out: Path, keys: OfficeKeys) -> Made:
        """Write the 引継ぎファイル of an area, sealed to the successor's PCs and the office."""

        def letter(tx: Tx) -> Letter:
            office_facts(tx)
            people = roster(tx)
            code = find_area(people, area).code
            if not any(a.area == code for a in people.of_promoter(successor)):
                text = f"{successor} はこの地域に委嘱されていません。名簿をご確認ください。"
                raise RefusedError(text, code="not_appointed")
            pcs = [d for d in devices.of_promoter(tx, successor) if d.state == "listed"]
            if not pcs:
                text = f"{successor} のパソコンをまだ知りません。先に提出用を受け取ってください。"
                raise RefusedError(text, code="no_device")
            held = _of_area(tx, code, successor)
            if not held:
                raise RefusedError("この地域の引き継ぐ記録がありません。", code="nothing")
            lines = [r.line for r in held]
            sealed_to = [*office_recipients(tx), *(d.recipient for d in pcs)]
            label = f"handover_{code}_{successor}"
            return Letter("handover", lines, sealed_to, to_promoter=successor, label=label)

        return send(self._store, Sender(keys.signing, keys.receiving.recipient), letter, out)


def _succession(tx: Tx, people: Roster, ended: Appointment) -> Succession:
    next_ones = dict.fromkeys(
        a.promoter
        for a in people.appointments
        if a.area == ended.area
        and a.promoter != ended.promoter
        and (a.last is None or a.last > (ended.last or a.last))
    )
    own = revisions.ids_of_promoter(tx, ended.promoter, "promoter")
    person = people.person(ended.promoter)
    return Succession(
        appointment=ended.id,
        area=ended.area,
        area_name=people.area(ended.area).name,
        promoter=ended.promoter,
        name=person.name if person else ended.promoter,
        last=ended.last or date.max,
        successors=tuple(_successor(tx, people, promoter) for promoter in next_ones),
        not_returned=len(own - bundles.carried_any(tx, own, "out")),
    )


def _successor(tx: Tx, people: Roster, promoter: str) -> Successor:
    person = people.person(promoter)
    known = any(d.state == "listed" for d in devices.of_promoter(tx, promoter))
    return Successor(promoter, person.name if person else promoter, known)


def _of_area(tx: Tx, code: str, successor: str) -> list[Revision]:
    """Return whole records of other promoters: council meetings and resources of this area."""
    found: list[Revision] = []
    for kind in _KINDS:
        for shown in revisions.shown(tx, kind):
            if shown.key.promoter == successor:
                continue
            council = kind == "resource" or shown.body.get("category") == "council"
            if council and code in _areas(shown, kind):
                found.extend(revisions.of_record(tx, shown.key))
    return found


def _left(tx: Tx, code: str, successor: str, today: date) -> list[Resource]:
    """Return the resources of this area that the successor may take over."""
    return [
        one
        for one in not_continued(resources.shown(tx))
        if one.area == code and one.promoter != successor and one.lasts_on(today)
    ]


def _areas(shown: Revision, kind: str) -> tuple[str, ...]:
    if kind == "resource":
        return (shown.body.get("area", ""),)
    return rules.read(shown.body, shown.key.id, shown.key.promoter or "").areas


@dataclass(frozen=True, slots=True)
class Inherited:
    """前任者の記録: what was handed over, by date, and its homework that nobody took over yet.

    ``names`` are the predecessors by number, ``areas`` the areas by code.
    """

    records: tuple[Activity, ...]
    tasks: tuple[Task, ...]
    names: Mapping[str, str]
    areas: Mapping[str, str]


class Predecessors:
    """前任者の記録 on the successor's PC: to be read, never counted as his own."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def records(self) -> list[Activity]:
        """Return the activities that were handed over, by date."""
        with self._store.db.read() as tx:
            return activities.of_others(tx, promoter_facts(tx).promoter)

    def show(self) -> Inherited:
        """Return what the page shows, the newest records first."""
        with self._store.db.read() as tx:
            who, people = promoter_facts(tx), roster(tx)
            records, tasks = activities.of_others(tx, who.promoter), inherited_tasks(tx, who)
        persons = {a.promoter: people.person(a.promoter) for a in records}
        return Inherited(
            records=tuple(reversed(records)),
            tasks=tuple(tasks),
            names={number: p.name if p else number for number, p in persons.items()},
            areas={a.area: people.area(a.area).name for a in records},
        )


class Leaving:
    """The leaving promoter's PC, once everything has arrived at the office."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def not_arrived(self) -> int:
        """Return how many of this PC's revisions no return of the office has shown yet."""
        with self._store.db.read() as tx:
            who = promoter_facts(tx)
            lines = revisions.lines_of_promoter(tx, who.promoter, "promoter")
            own = {revisions.read_line(line.decode()).id for line in lines}
            return len(own - bundles.carried_any(tx, own, "in"))

    def wipe(self, promoter: str) -> None:
        """Forget everything of this promoter on this PC; RefusedError before the last receipt."""
        with self._store.db.read() as tx:
            if promoter_facts(tx).promoter != promoter:
                raise RefusedError(f"{promoter} の記録ではありません。", code="other_person")
        left = self.not_arrived()
        if left:
            text = f"事務局に届いていない記録が{left}件あります。提出して返事を受け取ってください。"
            raise RefusedError(text, code="not_arrived")
        self._store.db.close()
        root = self._store.folder.root
        try:
            for part in ("attachments", "archive", "waiting", "copies"):
                disk.remove_tree(root / part)
            for left_over in (*root.glob("store.db*"), root / "preview.pdf"):  # older schemas too
                disk.remove(left_over)
            disk.remove_tree(root / "identity")
        except OSError as error:
            raise PlaceError(_STAYS, code="held") from error
        disk.forget_tree(root / "log")  # where we still write; it names nobody
