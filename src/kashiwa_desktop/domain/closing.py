"""The declared closing of a month: its digest, its version, and what changed after it.

BUNDLE.md §8. A month is declared closed, or closed without activity; late changes are accepted
and shown as late.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.check_code import check_code
from kashiwa_desktop.domain.honorarium import HonorariumLine
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.domain.revision import RecordKey, Revision, derived_id

CLOSED, EMPTY, OPEN = "closed", "closed-empty", "open"


@dataclass(frozen=True, slots=True)
class MonthReport:
    """One head of a month report: what the promoter declared, and the id of that declaration."""

    id: str
    month: Month
    state: str
    version: int
    heads: tuple[str, ...]
    digest: str
    n: int
    honorarium: tuple[HonorariumLine, ...] = ()
    remark: str = ""
    reason: str = ""
    at: str = ""

    @property
    def is_closed(self) -> bool:
        return self.state != OPEN

    @property
    def code(self) -> str:
        """照合番号."""
        return check_code(self.id)


def report_key(promoter: str, month: Month, kind: str = "month_report") -> RecordKey:
    """Return the record whose id must coincide on every PC."""
    return RecordKey(promoter, kind, derived_id(promoter, str(month), kind))


def read_report(revision: Revision) -> MonthReport:
    """Read the body of a month report."""
    body: Mapping[str, Any] = revision.body
    return MonthReport(
        id=revision.id,
        month=Month.parse(revision.month or ""),
        state=body["state"],
        version=body["version"],
        heads=tuple(body["heads"]),
        digest=body["digest"],
        n=body["n"],
        honorarium=tuple(
            HonorariumLine(line["appointment"], line["area"], line["yen"])
            for line in body["honorarium"]
        ),
        remark=body.get("remark", ""),
        reason=body.get("reason", ""),
        at=revision.at,
    )


def digest(heads: Iterable[str]) -> str:
    """SHA-256 over the sorted hex ids, each followed by a line feed."""
    text = "".join(f"{head}\n" for head in sorted(heads))
    return hashlib.sha256(text.encode()).hexdigest()


def changed_records(listed: Collection[Revision], current: Collection[Revision]) -> set[RecordKey]:
    """締めのあと変更: the records whose (deleted, body) now differ from the listed heads.

    ``listed`` are the heads that the closing (or the approval) named, ``current`` the heads of
    that month now. A record that came later and was deleted again says nothing new.
    """
    before, after = _values(listed), _values(current)
    nothing = frozenset({(True, b"")})
    return {
        key
        for key in before.keys() | after.keys()
        if before.get(key, nothing) != after.get(key, nothing)
    }


def _values(heads: Iterable[Revision]) -> dict[RecordKey, frozenset[tuple[bool, bytes]]]:
    values: dict[RecordKey, set[tuple[bool, bytes]]] = {}
    for head in heads:
        values.setdefault(head.key, set()).add(head.value)
    return {key: frozenset(value) for key, value in values.items()}


def next_version(report: MonthReport | None, saved_versions: Collection[int]) -> int:
    """Return the version the next closing has: one more once a file of the last one was saved."""
    if report is None:
        return 1
    return report.version + 1 if report.version in saved_versions else report.version


def findings(
    activities: Collection[Activity], month: Month, guideline: int, *, running: bool
) -> list[Problem]:
    """Return what the promoter is shown before closing; nothing of it blocks."""
    found = []
    if running:
        found.append(Problem("running", "まだ終わっていない月です。このままでも締められます。"))
    regular = any(a.type == "regular_meeting" for a in activities)
    if activities and not regular:
        text = "今月の推進員定例会の記録がありません。"
        found.append(Problem("regular_meeting", text))
    counted = sum(a.counted for a in activities)
    if activities and counted < guideline:
        text = f"{guideline}回は目安です。回数にかかわらず提出できます(今月は{counted}回)。"
        found.append(Problem("below_guideline", text))
    found.extend(
        Problem("conflict", "ちがいのある記録があります。", record=a.id)
        for a in activities
        if a.conflict
    )
    return found
