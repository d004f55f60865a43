"""What the promoter is asked, one thing after the other: questions, corrections, conflicts.

Each brings what is to be seen beside each other: before and after, or the versions that differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kashiwa_desktop.domain import revision
from kashiwa_desktop.domain.asking import CONFLICT, CORRECTION, QUESTION, RETURN, Answer, Question
from kashiwa_desktop.domain.day import as_day
from kashiwa_desktop.domain.in_words import Said, differing, said
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import RecordKey, Revision
from kashiwa_desktop.services.months.closing import shown_report
from kashiwa_desktop.services.store import Facts, roster
from kashiwa_desktop.services.travel.returning import questions_of
from kashiwa_desktop.storage import bundles, meta, revisions
from kashiwa_desktop.storage.database import Tx

_TYPES = ("activity", "month_report", "answer", "resource")
"""What both sides write, so that it can differ."""


@dataclass(frozen=True, slots=True)
class Side:
    """One version in words; ``role`` is before, after, now, office, here or other (PC)."""

    role: str
    rows: Said
    head: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing the promoter is asked; ``id`` names the question, of a conflict the record.

    ``kind`` is question, correction, return or conflict. ``left``: he leaves it to the office.
    ``draft`` is what he began to write as an answer.
    """

    id: str
    kind: str
    month: str
    title: str
    text: str = ""
    sides: tuple[Side, ...] = ()
    record: str | None = None
    by: str = ""
    settled: bool = False
    answer: Answer | None = None
    left: bool = False
    draft: str = ""

    @property
    def is_open(self) -> bool:
        """Whether he still has something to do about it."""
        return not (self.settled or self.left or self.answer)


def all_asked(tx: Tx, who: Facts) -> list[Asked]:
    """Return everything the promoter is or was asked: conflicts first, then the oldest first."""
    asked = [q for q in questions_of(tx, who.promoter) if q.kind in (QUESTION, RETURN, CORRECTION)]
    return [*_conflicts(tx, who), *(_question(tx, who, q) for q in asked)]


def leave_to_office(tx: Tx, who: Facts, record: str) -> None:
    """事務局に確認する: do not ask about this conflict again while its versions are the same."""
    for heads in _in_conflict(tx, who):
        if heads[0].key.id == record:
            meta.put(tx, _left_name(record), _names(heads))


def draft_name(question: str) -> str:
    """Return under which name a begun answer is kept on this PC."""
    return f"answering {question}"


def unsent_answers(tx: Tx, who: Facts) -> list[Month]:
    """Return the months of answers that no file made here, and none of the office, carries yet."""
    mine = {r.id: r.month for r in revisions.shown(tx, "answer", who.promoter) if r.month}
    known = bundles.carried_any(tx, mine, "out") | bundles.carried_any(tx, mine, "in")
    return sorted({Month.parse(m) for name, m in mine.items() if name not in known})


# Conflicts ---------------------------------------------------------------------------------------


def _in_conflict(tx: Tx, who: Facts) -> list[list[Revision]]:
    found: dict[RecordKey, list[Revision]] = {}
    for kind in _TYPES:
        for head in revisions.heads_in_conflict(tx, kind):
            if head.key.promoter == who.promoter:
                found.setdefault(head.key, []).append(head)
    return list(found.values())


def _conflicts(tx: Tx, who: Facts) -> list[Asked]:
    return [_conflict(tx, who, heads) for heads in _in_conflict(tx, who)]


def _conflict(tx: Tx, who: Facts, heads: Sequence[Revision]) -> Asked:
    """Show each value once: heads that say the same are one side."""
    by_value = {head.value: head for head in sorted(heads, key=lambda h: (h.at, h.id))}
    shown = revision.shown(heads)
    ordered = sorted(by_value.values(), key=lambda h: (h.by.role != "office", h.at, h.id))
    rows = differing([_said(tx, head) for head in ordered])
    sides = [
        Side(_whose(who, head), row, head.id, head.at)
        for head, row in zip(ordered, rows, strict=True)
    ]
    return Asked(
        id=shown.key.id,
        kind=CONFLICT,
        month=shown.month or "",
        title=_title(shown),
        sides=tuple(sides),
        record=shown.key.id if shown.key.type == "activity" else None,
        left=meta.get(tx, _left_name(shown.key.id)) == _names(heads),
    )


def _whose(who: Facts, head: Revision) -> str:
    if head.by.role == "office":
        return "office"
    return "here" if head.by.device == who.device else "other"


def _left_name(record: str) -> str:
    return f"left to the office {record}"


def _names(heads: Sequence[Revision]) -> str:
    return ",".join(sorted(head.id for head in heads))


# Questions ---------------------------------------------------------------------------------------


def _question(tx: Tx, who: Facts, q: Question) -> Asked:
    heads: list[Revision] = []
    if q.record is not None:
        heads = revisions.heads_of_record(tx, RecordKey(who.promoter, "activity", q.record))
    shown = revision.shown(heads) if heads else None
    return Asked(
        id=q.id,
        kind=q.kind,
        month=q.month,
        title=_title(shown) if shown else _month_words(q.month),
        text=q.text,
        sides=tuple(_sides(tx, q, shown)) if shown else (),
        record=q.record if shown else None,
        by=q.by,
        settled=q.settled or _overtaken(tx, who, q),
        answer=q.answer,
        draft=meta.get(tx, draft_name(q.id)),
    )


def _overtaken(tx: Tx, who: Facts, q: Question) -> bool:
    """Whether the month was closed again after it was sent back: nothing is asked any more."""
    if q.kind != RETURN:
        return False
    report = shown_report(tx, who.promoter, Month.parse(q.month))
    return report is not None and report.is_closed and report.id != q.report


def _sides(tx: Tx, q: Question, shown: Revision) -> list[Side]:
    corrected = _correction(tx, q, shown.key) if q.kind == CORRECTION else None
    before = revisions.load(tx, corrected.parents) if corrected else []
    if corrected is None or not before:
        return [Side("now", _said(tx, shown), shown.id, shown.at)]
    versions = [("before", revision.shown(before)), ("after", corrected)]
    if shown.value != corrected.value:
        versions.append(("now", shown))
    rows = differing([_said(tx, r) for _, r in versions])
    return [Side(role, row, r.id, r.at) for (role, r), row in zip(versions, rows, strict=True)]


def _correction(tx: Tx, q: Question, key: RecordKey) -> Revision | None:
    """Return the office's version that a question tells of: its last one until then."""
    made = [r for r in revisions.of_record(tx, key) if r.by.role == "office" and r.at <= q.at]
    newest = [r for r in made if r.at == max(one.at for one in made)]
    below = {parent for r in newest for parent in r.parents}
    return next((r for r in newest if r.id not in below), None)


def _said(tx: Tx, r: Revision) -> Said:
    people = roster(tx)
    words = people.codes.on(as_day(r.body.get("date", "")))
    area = lambda code: people.area(code).name  # noqa: E731
    return said(r.key.type, r.body, deleted=r.deleted, area=area, words=words)


def _title(r: Revision) -> str:
    if r.key.type == "activity":
        day = as_day(r.body["date"])
        return f"{day.month}月{day.day}日 {r.body['title']}"
    if r.key.type == "month_report":
        return f"{_month_words(r.month or '')}の締め"
    return "お返事" if r.key.type == "answer" else f"地域の資源『{r.body['name']}』"


def _month_words(month: str) -> str:
    return Month.parse(month).short() if month else ""
