"""The JSON shapes of PRODUCT.md §8: services' values in, plain dictionaries out."""

from collections.abc import Iterable, Sequence
from typing import Any

from kashiwa_desktop.domain.activity import Activity, as_body
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.revision import Revision
from kashiwa_desktop.services.checking.reviewing import Board, Outcome
from kashiwa_desktop.services.counting.reporting import Sum, Totals
from kashiwa_desktop.services.months.closing import MonthView
from kashiwa_desktop.services.papers.printing import Printed
from kashiwa_desktop.services.travel.intake import FileOutcome, Taken
from kashiwa_desktop.services.travel.sending import Made


def record(a: Activity, people: Roster, note: str) -> dict[str, Any]:
    """Return a record as it is given and listed; ``area`` by name, ``area_code`` beside it."""
    council = None
    if a.council is not None:
        council = dict(a.council)
        council["joint_areas"] = [people.area(code).name for code in council.get("joint_areas", [])]
        lead = council.get("lead_area")
        council["lead_area"] = people.area(lead).name if lead else None
    return {
        "id": a.id,
        "version": a.version,
        **as_body(a),
        "area": people.area(a.area).name,
        "area_code": a.area,
        "private_note": note,
        "council": council,
        "conflict": a.conflict,
    }


def month(view: MonthView) -> dict[str, Any]:
    return {
        "month": str(view.month),
        "state": view.state,
        "empty": view.empty,
        "version": view.version,
        "n": view.n,
        "count": view.counts.count,
        "days": view.counts.days,
        "by_category": view.counts.by_category,
        "code": view.code,
        "digest": view.digest,
        "honorarium": [{"area": area, "yen": yen} for area, yen in view.honorarium],
        "findings": [problem.fields() for problem in view.findings],
        "changed_after_close": view.changed_after_close,
    }


def made(file: Made) -> dict[str, Any]:
    return {
        "file": str(file.file),
        "bundle": file.bundle,
        "revisions": file.revisions,
        "months": list(file.months),
    }


def taken(intake: Taken) -> dict[str, Any]:
    return {"intake": intake.intake, "files": [_file(outcome) for outcome in intake.files]}


def _file(outcome: FileOutcome) -> dict[str, Any]:
    return {
        "file": outcome.file,
        "state": outcome.state,
        "reason": outcome.reason,
        "text": outcome.text,
        "promoter": outcome.promoter,
        "months": list(outcome.months),
        "new": outcome.new,
        "same": outcome.same,
        "conflicts": outcome.conflicts,
        "late": outcome.late,
        "notice": outcome.notice,
        "resources": outcome.resources,
    }


def board(value: Board) -> dict[str, Any]:
    return {
        "months": [str(m) for m in value.months],
        "rows": [
            {
                "area": row.area.name,
                "zone": row.area.zone,
                "promoter": row.promoter,
                "app": row.app,
                "cells": {str(m): cell.fields() for m, cell in row.cells.items()},
            }
            for row in value.rows
        ],
        "summary": {
            name: getattr(value.summary, name)
            for name in ("expected", "received", "on_time", "approved", "returned", "missing")
        },
    }


def outcome(value: Outcome) -> dict[str, Any]:
    return {
        "done": list(value.done),
        "left": [{"promoter": left.promoter, "reason": left.reason} for left in value.left],
    }


def totals(value: Totals, people: Roster) -> dict[str, Any]:
    """Return the sums; areas by name. What 代理 did stands apart, under ``by_proxy``."""
    served = value.opening
    return {
        "from": str(value.first),
        "to": str(value.last),
        "rows": _rows(value.by, value.rows, people),
        "total": sums(value.total),
        "by_proxy": {
            "rows": _rows(value.by, value.proxy_rows, people),
            "total": sums(value.proxy_total),
        },
        "opening": {
            "added": sum(balance.count for _, balance in served.added),
            "overlapping": served.overlapping,
            "outside": served.outside,
            "untold": served.untold,
        },
    }


def _rows(by: Sequence[str], rows: Iterable[Sum], people: Roster) -> list[dict[str, Any]]:
    found = []
    for row in rows:
        group = dict(zip(by, row.group, strict=True))
        if "area" in group:
            group["area_code"] = group["area"]
            group["area"] = people.area(group["area"]).name
        found.append({**group, **sums(row)})
    return found


def sums(row: Sum) -> dict[str, int]:
    names = ("count", "days", "minutes", "attendees")
    found = {name: getattr(row, name) for name in names}
    return {**found, "opening": row.opening} if row.opening else found


def printed(paper: Printed) -> dict[str, Any]:
    return {
        "file": str(paper.file),
        "pages": paper.pages,
        "sheets": [
            {
                "promoter": s.promoter,
                "number": s.number,
                "amount_yen": s.yen,
                "code": s.code,
                "kind": s.kind,
            }
            for s in paper.sheets
        ],
        "missing_glyphs": list(paper.missing),
    }


def conflicts(found: list[tuple[Revision, list[Revision]]]) -> dict[str, Any]:
    """Return every conflict with only the fields that differ."""
    return {"conflicts": [_conflict(shown, heads) for shown, heads in found]}


def _conflict(shown: Revision, heads: list[Revision]) -> dict[str, Any]:
    bodies = [{**head.body, "deleted": head.deleted} for head in heads]
    names = sorted({name for body in bodies for name in body})
    differ = [n for n in names if any(b.get(n) != bodies[0].get(n) for b in bodies)]
    return {
        "record": shown.key.id,
        "type": shown.key.type,
        "promoter": shown.key.promoter,
        "heads": [
            {
                "head": head.id,
                "by": head.by.role,
                "device": head.by.device,
                "fields": {name: body.get(name) for name in differ},
            }
            for head, body in zip(heads, bodies, strict=True)
        ],
        "shown": shown.id,
    }
