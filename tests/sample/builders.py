"""What the tests of the invented world start from: its areas, and the reading of its records."""

from datetime import date

import msgspec

from kashiwa_desktop.domain import activity
from kashiwa_desktop.domain.category import AGENDA_KINDS, ATTENDANCE_KINDS, STATUSES, TAGS
from kashiwa_desktop.domain.code_list import SEED
from kashiwa_desktop.domain.people import Area
from kashiwa_desktop.domain.schema import ActivityBody

AREAS = [Area(f"{n:02d}", f"地域{n}", order=n, first=date(2015, 4, 1)) for n in range(1, 22)]
KEYS = {
    "date", "start", "end", "minutes", "area", "category", "type", "status", "title", "content",
    "findings", "next", "place", "counterparts", "attendees", "tags", "by_proxy", "private_note",
    "council",
}  # fmt: skip


def body_of(record):
    """The record as it would travel."""
    return {name: value for name, value in record.items() if name != "private_note"}


def read(record, number=0, promoter="P001"):
    return activity.read(body_of(record), f"r{number}", promoter)


def assert_valid(record, promoter, month):
    """A record of the public shape, with known codes, in its month, blocked by nothing."""
    assert record.keys() == KEYS
    msgspec.convert(body_of(record), ActivityBody, strict=True)
    assert activity.missing(record, month.last) == []
    assert SEED.knows("type", record["type"], record["category"])
    assert record["status"] in STATUSES
    assert set(record["tags"]) <= TAGS.keys()
    assert record["date"].startswith(str(month))
    assert record["area"] == promoter.area_code
    assert record["title"] == record["title"].strip()
    assert (record["council"] is not None) == (
        record["category"] == "council" and record["status"] == "held"
    )
    if record["council"]:
        assert_council(record)


def assert_council(record):
    council = record["council"]
    assert set(council["attendance"]) <= ATTENDANCE_KINDS.keys()
    assert {point["kind"] for point in council["agenda"]} <= AGENDA_KINDS.keys()
    assert record["attendees"] == sum(council["attendance"].values()) > 0
    assert 1 <= council["number"] <= 4
    assert council["tier"] == 2
    for day in (council["next_date"], *(h["due"] for h in council["homework"])):
        assert day > record["date"]
