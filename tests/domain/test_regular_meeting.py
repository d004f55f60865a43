"""What the office tells of a 定例会: read back as it was written, never taken for a question."""

from datetime import date

import pytest

from kashiwa_desktop.domain import asking
from kashiwa_desktop.domain.regular_meeting import (
    KIND,
    RegularMeeting,
    is_hour,
    meeting_key,
    read,
)
from kashiwa_desktop.domain.revision import Author, Content, RecordKey, make

DAY = date(2026, 11, 5)
MEETING = RegularMeeting(DAY, "13:30", "15:00", "いきいきプラザ")


def test_it_reads_back():
    assert read(MEETING.body(attended=True)) == MEETING
    assert read(RegularMeeting(DAY).body(attended=True)) == RegularMeeting(DAY)
    assert MEETING.body(attended=True)["text"].startswith("11月5日の推進員定例会")


@pytest.mark.parametrize(
    "change",
    [
        {"attended": False}, {"attended": 1}, {"attended": None}, {"kind": "question"},
        {"date": "2026-02-31"}, {"date": None}, {"start": "25:00"}, {"end": "9:00"},
        {"start": 5}, {"start": "13:30:00"},
    ],
)  # fmt: skip
def test_anything_else_offers_nothing(change):
    assert read({**MEETING.body(attended=True), **change}) is None


def test_how_long_it_was():
    assert MEETING.minutes == 90
    assert RegularMeeting(DAY, "13:30").minutes is None
    assert RegularMeeting(DAY, "15:00", "13:30").minutes is None


def test_hours():
    assert is_hour("")
    assert is_hour("09:05")
    assert not is_hour("9時")


def test_one_record_for_a_promoter_and_a_day():
    assert meeting_key("P001", DAY) == meeting_key("P001", DAY)
    assert len({meeting_key(p, DAY) for p in ("P001", "P002")}) == 2
    assert meeting_key("P001", DAY) != meeting_key("P001", date(2026, 12, 5))
    assert meeting_key("P001", DAY).type == "question"


def test_it_is_no_question_and_a_question_is():
    by = Author("ab" * 32, "office", "職員 一")
    told = make(
        Content(meeting_key("P001", DAY), "2026-11", MEETING.body(attended=True)),
        (), by, at="2026-11-05T16:00:00+09:00", salt="00" * 16,
    )  # fmt: skip
    asked = make(
        Content(RecordKey("P001", "question", "q1"), "2026-11", {"kind": "question", "text": "?"}),
        (), by, at="2026-11-05T16:00:00+09:00", salt="00" * 16,
    )  # fmt: skip
    assert [q.id for q in asking.read([told, asked], [])] == ["q1"]
    assert told.body["kind"] == KIND
    assert told.body["settled"] is True
