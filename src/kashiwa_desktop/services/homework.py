"""宿題 of council meetings: what is still open, and ticking it off.

Ticking off is an edit of the meeting's record: it can be undone, and it travels.
"""

from dataclasses import dataclass
from datetime import date

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.recording import Done, Recording
from kashiwa_desktop.services.store import Store, promoter_facts
from kashiwa_desktop.storage import activities
from kashiwa_desktop.storage.activities import Wanted


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of open homework; ``record`` and ``number`` say where it stands."""

    record: str
    number: int
    text: str
    owner: str
    due: date | None
    meeting: str
    held_on: date

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
        tasks = [task for meeting in meetings for task in _open(meeting)]
        return sorted(tasks, key=lambda t: (t.due or date.max, t.held_on, t.number))

    def tick(self, task: Task, *, next_version: bool = False) -> Done:
        """Mark one as done; RefusedError where its month is closed and not ``next_version``."""
        meeting, _, opened = self._recording.record(task.record)
        items = [dict(item) for item in (meeting.council or {}).get("homework", [])]
        if task.number >= len(items) or items[task.number].get("text") != task.text:
            raise RefusedError("この宿題は書き直されています。記録をご覧ください。", code="changed")
        items[task.number]["done"] = True
        patch = {"council": {"homework": items}}
        return self._recording.edit(task.record, patch, opened=opened, next_version=next_version)


def _open(meeting: Activity) -> list[Task]:
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
