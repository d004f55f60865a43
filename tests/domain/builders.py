"""Builders: the smallest valid value of each kind, with what a test cares about said aloud."""

from datetime import date

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.revision import Author, Content, RecordKey, make

DEVICE = "ab" * 32
PROMOTER = Author(DEVICE, "promoter", "P001")
OFFICE = Author("cd" * 32, "office", "S01")
KEY = RecordKey("P001", "activity", "r1")
BODY = {
    "date": "2026-10-14",
    "area": "01",
    "category": "network",
    "type": "professional",
    "title": "包括と打合せ",
}


def an_activity(**changes) -> Activity:
    fields = {
        "id": "r1", "promoter": "P001", "date": date(2026, 10, 14), "area": "01",
        "category": "network", "type": "professional", "title": "包括と打合せ",
    }  # fmt: skip
    return Activity(**{**fields, **changes})


def a_revision(body=None, parents=(), *, by=PROMOTER, deleted=False, salt="0" * 16, **changes):
    fields = {"key": KEY, "month": "2026-10"} | changes
    content = Content(fields["key"], fields["month"], BODY if body is None else body, deleted)
    return make(content, parents, by, at="2026-10-14T10:05:00+09:00", salt=salt)
