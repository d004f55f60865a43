"""操作の記録 for people: who did what when, and what stood there before and after.

The log itself holds ids and codes only; the words come from the revisions it names, as long as they
have not been erased.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kashiwa_desktop.domain import in_words, revision, wareki
from kashiwa_desktop.domain.code_list import LISTS, SEED_WORDS
from kashiwa_desktop.domain.log_words import event_words, field_words
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.revision import Revision
from kashiwa_desktop.reports import log_list
from kashiwa_desktop.reports.log_list import LogList
from kashiwa_desktop.services.printed import Printed, offer, replace_file
from kashiwa_desktop.services.store import Store, office_facts, roster
from kashiwa_desktop.storage import audit, revisions
from kashiwa_desktop.storage.audit import Entry
from kashiwa_desktop.storage.database import Tx

COLUMNS = ("番号", "日時", "職員", "したこと", "だれの・いつの", "項目", "前", "あと")
_GONE, _NONE = "(廃棄しました)", "(なし)"
_HIDDEN = (
    "kind", "promoter", "appointment", "device", "heads", "digest", "honorarium", "report",
    "checked",
)  # fmt: skip
"""Fields that say only which record it is, or hold ids."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which lines are wanted; None leaves a side open."""

    who: str | None = None
    first: date | None = None
    last: date | None = None

    def holds(self, entry: Entry) -> bool:
        day = entry.at[:10]
        return (
            self.who in (None, entry.who)
            and (self.first is None or self.first.isoformat() <= day)
            and (self.last is None or day <= self.last.isoformat())
        )


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record, in words, before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line as it is read: ``about`` names the person, the area and the month."""

    n: int
    at: str
    who: str
    what: str
    about: str
    changes: tuple[FieldChange, ...] = ()


class LogTrail:
    """Reads the log; writes it out as a table or a paper."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def everybody(self) -> list[str]:
        """Return who ever did something here, by name."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return sorted({entry.who for entry in audit.entries(tx)})

    def lines(self, asked: LogFilter, *, whole: bool = False) -> list[LogLine]:
        """Return the lines asked for, the newest first; ``whole`` with before and after."""
        with self._store.db.read() as tx:
            office_facts(tx)
            people = roster(tx)
            found = [entry for entry in audit.entries(tx) if asked.holds(entry)]
            return [
                _line(people, entry, _changes(tx, people, entry) if whole else ())
                for entry in reversed(found)
            ]

    def line(self, n: int) -> LogLine | None:
        """Return one line with what stood there before and after."""
        with self._store.db.read() as tx:
            office_facts(tx)
            people = roster(tx)
            found = [entry for entry in audit.entries(tx) if entry.n == n]
            return _line(people, found[0], _changes(tx, people, found[0])) if found else None

    def write_table(self, asked: LogFilter, path: Path) -> int:
        """Write the lines asked for as CSV, one row a field that changed; returns the rows.

        An older table of that name is replaced: whoever chose the name was asked.
        """
        rows = [row for line in self.lines(asked, whole=True) for row in _rows(line)]
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow(COLUMNS)
        table.writerows([_safe(cell) for cell in row] for row in rows)
        replace_file(path, out.getvalue().encode("utf-8-sig"))
        return len(rows)

    def paper(self, asked: LogFilter, out: Path | None) -> Printed:
        """Print the lines asked for."""
        rows = [row for line in self.lines(asked, whole=True) for row in _rows(line)]
        buffer = io.BytesIO()
        listed = LogList(_span(asked), self._store.clock.today(), rows, self._store.is_trial)
        made = log_list.render(listed, buffer)
        return offer(self._store, out, buffer.getvalue(), made)


def _span(asked: LogFilter) -> str:
    days = [
        wareki.long_date(day, weekday=False) if day else "" for day in (asked.first, asked.last)
    ]
    span = "すべての日" if not any(days) else "〜".join(days)
    return f"{span} {asked.who or 'すべての職員'}"


def _line(people: Roster, entry: Entry, changes: Iterable[FieldChange]) -> LogLine:
    return LogLine(
        entry.n, entry.at[:16].replace("T", " "), entry.who, event_words(entry.event),
        _about(people, entry.detail), tuple(changes),
    )  # fmt: skip


def _about(people: Roster, detail: Mapping[str, Any]) -> str:
    parts = []
    person = people.person(str(detail.get("promoter") or ""))
    if person:
        parts.append(person.name)
    if detail.get("area"):
        parts.append(people.area(str(detail["area"])).name)
    if detail.get("month"):
        parts.append(Month.parse(str(detail["month"])).label())
    parts += [f"{detail[name]}年度" for name in ("year",) if detail.get(name)]
    return " ".join(parts)


def _changes(tx: Tx, people: Roster, entry: Entry) -> Iterator[FieldChange]:
    for told in entry.detail.get("changes") or ():
        after = revisions.load(tx, [told["after"]])
        before = revisions.load(tx, list(told["before"]))
        if not after or len(before) < len(told["before"]):
            yield FieldChange("", _GONE, _GONE)
            continue
        if after[0].key.type == "resource":
            yield from _of_resource(_said(before), _said(after), people)
            continue
        yield from differing(_said(before), _said(after), people)


def _of_resource(
    before: Mapping[str, Any], after: Mapping[str, Any], people: Roster
) -> Iterator[FieldChange]:
    """Yield each field of a resource that differs, in the words of its form."""
    old, new = (
        in_words.said("resource", body, area=lambda code: people.area(code).name)
        for body in (before, after)
    )
    name = (after or before).get("name", "")
    for label in dict.fromkeys([*old, *new]):
        if old.get(label) != new.get(label):
            sides = (old.get(label, _NONE), new.get(label, _NONE))
            yield FieldChange(f"{name} {label}".strip(), *sides)


def _said(found: Sequence[Revision]) -> Mapping[str, Any]:
    shown = revision.shown(found) if found else None
    return {} if shown is None or shown.deleted else shown.body


def differing(
    before: Mapping[str, Any], after: Mapping[str, Any], people: Roster
) -> Iterator[FieldChange]:
    """Yield each field that differs, in words; which record it is stands before it."""
    which = _which(after or before, people)
    for name in sorted((before.keys() | after.keys()) - set(_HIDDEN)):
        old, new = _text(name, before.get(name)), _text(name, after.get(name))
        if old != new:
            yield FieldChange(f"{which} {field_words(name)}".strip(), old, new)


def _which(body: Mapping[str, Any], people: Roster) -> str:
    kind = body.get("kind")
    if kind in ("area", "place", "staff", "proxy"):
        return str(body.get("name", ""))
    if kind in ("appointment", "area_statistics"):
        return people.area(str(body.get("area", ""))).name
    return ""


def _text(name: str, value: Any) -> str:
    if value is None or value == "":
        return _NONE
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, list):
        return "、".join(_text(name, one) for one in value) or _NONE
    if isinstance(value, dict):
        return " ".join(f"{field_words(k)} {_text(k, v)}" for k, v in value.items())
    if name == "list":
        return LISTS.get(str(value), str(value))
    known = name in ("category", "status")
    return SEED_WORDS.label(name, str(value)) if known else str(value)


def _rows(line: LogLine) -> Iterator[tuple[str, ...]]:
    first = (str(line.n), line.at, line.who, line.what, line.about)
    if not line.changes:
        yield (*first, "", "", "")
    for change in line.changes:
        yield (*first, change.field, change.before, change.after)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
