"""A record as the form's fields take it: to correct it, to write it anew, to go on with a draft."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kashiwa_desktop.domain.activity import FIELDS, Activity, as_body
from kashiwa_desktop.domain.attachment import Attachment
from kashiwa_desktop.services.records.recording import Source

_TAKEN_OVER = tuple(field.name for field in FIELDS if field.copied)


def typed_record(activity: Activity, note: str, files: Sequence[Attachment] = ()) -> dict[str, Any]:
    """Return all fields of a record, with what of it stays on this PC."""
    beside = {"private_note": note, "files": [one.row() for one in files]}
    return {**as_body(activity), **beside}


def copied(activity: Activity, today: date) -> dict[str, Any]:
    """Return what 同じ内容で新しく書く takes over: not the day, nor what came out of it."""
    fields = typed_record(activity, "")
    return {"date": today.isoformat(), **{name: fields[name] for name in _TAKEN_OVER}}


def origin(draft: str, fields: dict[str, Any]) -> Source:
    """Return which record a draft corrects, if any."""
    return Source(fields.get("record"), fields.get("opened"), draft)
