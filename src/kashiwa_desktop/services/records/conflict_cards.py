"""Conflicts as cards: only what differs, in words, on every side (BUNDLE.md §5)."""

from dataclasses import dataclass

from kashiwa_desktop.domain import revision
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.revision import RecordKey, Revision
from kashiwa_desktop.services import record_words
from kashiwa_desktop.services.records.deciding import Conflict
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.storage.database import Tx

KINDS = ("activity", "month_report", "answer")
"""Kinds of conflict that belong to one promoter's month and are decided while it is checked."""


@dataclass(frozen=True, slots=True)
class Side:
    """One head of a conflict: who wrote it (``role`` office or promoter), when, and its texts."""

    head: str
    role: str
    who: str
    at: str
    device: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConflictCard:
    """One open conflict: ``labels`` name what differs, ``shown`` is the head shown meanwhile."""

    record: str
    promoter: str
    month: str
    kind: str
    title: str
    labels: tuple[str, ...]
    sides: tuple[Side, ...]
    shown: str


def cards_of(tx: Tx, people: Roster, month: Month) -> dict[str, list[ConflictCard]]:
    """Return the open conflicts of a month by promoter."""
    found: dict[str, list[ConflictCard]] = {}
    for kind in KINDS:
        for key, heads in _by_record(tx, kind).items():
            if any(head.month == str(month) for head in heads):
                made = card((revision.shown(heads), heads), people)
                found.setdefault(key.promoter or "", []).append(made)
    return found


def cards_of_resources(tx: Tx, people: Roster) -> list[ConflictCard]:
    """Return the open conflicts of community resources: they belong to no month, and hold none."""
    found = _by_record(tx, "resource").values()
    return [card((revision.shown(heads), heads), people) for heads in found]


def _by_record(tx: Tx, kind: str) -> dict[RecordKey, list[Revision]]:
    found: dict[RecordKey, list[Revision]] = {}
    for head in revisions.heads_in_conflict(tx, kind):
        found.setdefault(head.key, []).append(head)
    return found


def card(conflict: Conflict, people: Roster) -> ConflictCard:
    """Put one conflict into words; heads that say the same are one side."""
    shown, heads = conflict
    sides = _sides(shown, heads)
    lines = record_words.differences(sides, people)
    return ConflictCard(
        record=shown.key.id,
        promoter=shown.key.promoter or "",
        month=shown.month or "",
        kind=shown.key.type,
        title=_title(shown, people),
        labels=tuple(label for label, _ in lines),
        sides=tuple(
            Side(s.id, s.by.role, _who(s, people), s.at, s.by.device, tuple(t[n] for _, t in lines))
            for n, s in enumerate(sides)
        ),
        shown=shown.id,
    )


def _sides(shown: Revision, heads: list[Revision]) -> list[Revision]:
    """Return one head for each thing that is said, the shown one first."""
    by_value: dict[tuple[bool, bytes], Revision] = {shown.value: shown}
    for head in heads:
        by_value.setdefault(head.value, head)
    return list(by_value.values())


def _title(shown: Revision, people: Roster) -> str:
    if shown.key.type in ("activity", "resource"):
        return record_words.in_one_line(shown, people)
    return {"month_report": "この月の締め", "answer": "確認のお願いへのお返事"}[shown.key.type]


def _who(side: Revision, people: Roster) -> str:
    person = people.person(side.by.who)
    return person.name if person else side.by.who
