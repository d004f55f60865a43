"""Whether a promoter's PC worked with settings that were already out of date.

The date of the settings used stands on every submission (BUNDLE.md §2). What matters is what
concerns this promoter: his appointments, their areas, and the office's rules about the amount. The
office reckons the honorarium itself in any case.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.domain.revision import RecordKey, Revision, derived_id
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.services.store import roster
from kashiwa_desktop.storage import bundles, revisions
from kashiwa_desktop.storage.database import Tx

_RULES = ("rates", "prorating", "activity_parts")


def late_settings(tx: Tx, promoter: str, report: str) -> Problem | None:
    """Return what is to be said about the settings behind a month report, None if all is well.

    The newest file that brought the report counts: sent again with new settings, it is well.
    """
    brought = bundles.last_brought(tx, report)
    if brought is None:
        return None
    used = msgspec.json.decode(brought.header).get("settings") or ""
    known = [day for day in _dates(tx, promoter) if day <= brought.at[:10]]
    newest = max(known, default="")
    if used >= newest:
        return None
    text = f"推進員のパソコンの設定が古いままです({_said(used)}。事務局は{_said(newest)})。"
    return Problem("late_settings", f"{text}新しい設定ファイルを渡してください。")


def late_pcs(tx: Tx, today: date) -> Iterator[tuple[str, str]]:
    """Yield (number, name) of the promoters at work whose last file told of older settings.

    Who never sent a file needs them too: his PC has yet to be set up.
    """
    used: dict[str, str] = {}
    for brought in bundles.all_bundles(tx, "in"):
        day = msgspec.json.decode(brought.header).get("settings") or ""
        used[brought.promoter] = max(day, used.get(brought.promoter, ""))
    people = roster(tx)
    for person in people.people:
        held = people.of_promoter(person.promoter)
        if any(a.last is None or a.last >= today for a in held):
            newest = max(_dates(tx, person.promoter), default="")
            if used.get(person.promoter, "") < newest:
                yield person.promoter, person.name


def _said(day: str) -> str:
    return long_date(date.fromisoformat(day), weekday=False) if day else "日付なし"


def _dates(tx: Tx, promoter: str) -> list[str]:
    """Return the days on which something changed that concerns this promoter."""
    lines = tuple(revisions.shown_lines(tx, "settings"))
    key = RecordKey(None, "settings", derived_id("settings", "office", "office"))
    return [*_concerning(lines).get(promoter, ()), *_rule_days(revisions.of_record(tx, key))]


@lru_cache(maxsize=2)
def _concerning(lines: tuple[str, ...]) -> dict[str, list[str]]:
    """Return by promoter the days of his appointments, his name, and the areas he works in."""
    shared = [r for r in map(revisions.read_line, lines) if r.key.promoter is None]
    areas = {r.body["code"]: r.at[:10] for r in shared if r.body.get("kind") == "area"}
    found: dict[str, list[str]] = {}
    for r in shared:
        if r.body.get("kind") in ("person", "appointment"):
            days = found.setdefault(r.body["promoter"], [])
            days += [r.at[:10], areas.get(r.body.get("area"), "")]
    return found


def _rule_days(office: list[Revision]) -> list[str]:
    """Return the days on which the rules about the amount became others than before."""
    found, before = [], _rules({})
    for r in sorted(office, key=lambda r: r.at):
        rules = _rules(r.body)
        if rules != before:
            found.append(r.at[:10])
        before = rules
    return found


def _rules(body: dict[str, Any]) -> list[Any]:
    return [body.get(name) for name in _RULES]
