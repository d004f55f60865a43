"""宿題 of council meetings: what is still open, ticking it off, taking over a predecessor's.

Ticking off is an edit of the meeting's record: it can be undone, and it travels. The record of a
predecessor is never changed: what is taken over from it is a record of its own, type ``homework``.
"""

from dataclasses import dataclass
from datetime import date

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.revision import Content, RecordKey, Revision, derived_id
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.records.recording import Done, Recording
from kashiwa_desktop.services.store import Facts, Store, promoter_facts, replace_shown, save
from kashiwa_desktop.storage import activities, drafts, revisions
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx

TYPE = "homework"


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of open homework; ``record`` and ``number`` say where it stands.

    ``taken`` is the id of one's own record of it where it came from a predecessor, else ''.
    """

    record: str
    number: int
    text: str
    owner: str
    due: date | None
    meeting: str
    held_on: date
    taken: str = ""

    def is_late(self, today: date) -> bool:
        return self.due is not None and self.due < today


class Homework:
    """The homework of this promoter's meetings."""

    def __init__(self, store: Store, recording: Recording) -> None:
        self._store = store
        self._recording = recording

    def open_tasks(self) -> list[Task]:
        """Return what is not done, the nearest due date first."""
        with self._store.db.read() as tx:
            who = promoter_facts(tx)
            meetings = activities.find(tx, Wanted(who.promoter, category="council"))
            own = revisions.shown(tx, TYPE, who.promoter)
        tasks = [task for meeting in meetings for task in open_tasks(meeting)]
        tasks += [_taken(r) for r in own if not r.body.get("done")]
        return sorted(tasks, key=lambda t: (t.due or date.max, t.held_on, t.number))

    def tick(self, task: Task, *, next_version: bool = False) -> Done:
        """Mark one as done; RefusedError where its month is closed and not ``next_version``."""
        if task.taken:
            return self._keep(task, "済みにしました", done=True)
        meeting, _, opened = self._recording.record(task.record)
        items = [dict(item) for item in (meeting.council or {}).get("homework", [])]
        if task.number >= len(items) or items[task.number].get("text") != task.text:
            raise RefusedError("この宿題は書き直されています。記録をご覧ください。", code="changed")
        items[task.number]["done"] = True
        patch = {"council": {"homework": items}}
        return self._recording.edit(task.record, patch, opened=opened, next_version=next_version)

    def take_over(self, task: Task) -> Done:
        """Take over a predecessor's homework: from now on it stands among one's own."""
        return self._keep(task, "引き受けました", done=False)

    def _keep(self, task: Task, verb: str, *, done: bool) -> Done:
        with self._store.db.write() as tx:
            who = promoter_facts(tx)
            name = derived_id(who.promoter, TYPE, f"{task.record}/{task.number}")
            body = {
                "record": task.record,
                "number": task.number,
                "text": task.text,
                "owner": task.owner,
                "due": task.due.isoformat() if task.due else None,
                "meeting": task.meeting,
                "held_on": task.held_on.isoformat(),
                "done": done,
            }
            content = Content(RecordKey(who.promoter, TYPE, name), None, body)
            made = save(self._store, tx, [replace_shown(tx, content)])
            text = f"宿題『{task.text}』を{verb}"
            drafts.add_step(tx, self._store.clock.text(), text, [(name, made[0].id)])
        return Done(name, text)


def taken_over(tx: Tx, promoter: str) -> set[tuple[str, int]]:
    """Return (record, number) of what a promoter took over from others, done or not."""
    own = revisions.shown(tx, TYPE, promoter)
    return {(r.body["record"], r.body["number"]) for r in own}


def open_tasks(meeting: Activity) -> list[Task]:
    """Return what a meeting's record says is still to be done."""
    items = (meeting.council or {}).get("homework", [])
    return [
        Task(
            record=meeting.id,
            number=number,
            text=item["text"],
            owner=item.get("owner", ""),
            due=date.fromisoformat(item["due"]) if item.get("due") else None,
            meeting=meeting.title,
            held_on=meeting.date,
        )
        for number, item in enumerate(items)
        if not item.get("done")
    ]


def _taken(r: Revision) -> Task:
    body = r.body
    return Task(
        record=body["record"],
        number=body["number"],
        text=body["text"],
        owner=body.get("owner", ""),
        due=date.fromisoformat(body["due"]) if body.get("due") else None,
        meeting=body.get("meeting", ""),
        held_on=date.fromisoformat(body["held_on"]),
        taken=r.key.id,
    )


def inherited_tasks(tx: Tx, who: Facts) -> list[Task]:
    """Return the homework of predecessors that was not taken over, the nearest due date first."""
    taken = taken_over(tx, who.promoter)
    found = [task for a in activities.of_others(tx, who.promoter) for task in open_tasks(a)]
    left = [task for task in found if (task.record, task.number) not in taken]
    return sorted(left, key=lambda t: (t.due or date.max, t.held_on, t.number))
