"""Attendance of the 定例会: entered once, offered to each in his return, never a record."""

from datetime import date

import pytest

from kashiwa_desktop.domain.regular_meeting import RegularMeeting
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.suggesting import Suggesting
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.travel.attending import Attending
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.returning import Returning
from office_world import OCTOBER, activity

DAY = date(2026, 10, 20)
MEETING = RegularMeeting(DAY, "13:30", "15:00", "いきいきプラザ")
EVERYONE = ("P001", "P002", "P003")


def told(town, attended, at="2026-10-20T16:00", meeting=MEETING):
    return Attending(town.office(at)).tell(meeting, attended, EVERYONE)


def received(town, promoter="P001", at="2026-10-21T09:00"):
    """The promoter's PC after reading his return."""
    out = town.out()
    made = Returning(town.office(at)).return_file(promoter, out, town.keys)
    store = town.pc(promoter, at)
    Receiving(store).receive(made.file)
    return store


def offers(store):
    return [p for p in Suggesting(store).look().planned if p.told]


def test_who_was_there_is_offered_to_him_and_to_nobody_else(town):
    assert told(town, ["P001"]) == 1
    store = received(town)
    (offer,) = offers(store)
    assert (offer.day, offer.suggestion.type) == (DAY, "regular_meeting")
    assert (offer.suggestion.place, offer.suggestion.minutes) == ("いきいきプラザ", 90)
    assert offers(received(town, "P002")) == []


def test_it_is_never_a_record_by_itself_and_no_question(town):
    told(town, EVERYONE)
    store = received(town)
    assert Closing(store).show(OCTOBER).activities == ()
    assert Receiving(store).questions() == []
    assert Returning(town.office()).questions("P001") == []
    review = Reviewing(town.office()).review("P001", OCTOBER)
    assert (review.cell.state, review.findings) == ("missing", ())


def test_once_recorded_it_is_offered_no_more(town):
    told(town, ["P001"])
    store = received(town)
    Recording(store).add([activity(20, category="other", type="regular_meeting")])
    assert offers(store) == []


def test_a_closed_month_is_left_alone(town):
    told(town, ["P001"])
    store = received(town)
    Recording(store).add([activity(3)])
    Closing(store).close(OCTOBER)
    assert offers(store) == []


def test_told_twice_it_writes_once_and_a_correction_arrives(town):
    assert told(town, ["P001"]) == 1
    before = Keeping(town.office()).digest()
    assert told(town, ["P001"]) == 0
    assert Keeping(town.office()).digest() == before
    assert told(town, ["P001"], meeting=RegularMeeting(DAY, "13:30", "16:00")) == 1
    (offer,) = offers(received(town))
    assert offer.suggestion.minutes == 150


def test_who_was_not_there_after_all_is_offered_nothing(town):
    told(town, EVERYONE)
    assert len(offers(received(town))) == 1
    assert told(town, ["P002", "P003"]) == 1
    assert offers(received(town, at="2026-10-22T09:00")) == []
    assert Attending(town.office()).attended(DAY, EVERYONE) == {"P002", "P003"}


def test_long_after_it_is_offered_no_more(town):
    told(town, ["P001"])
    assert offers(received(town, at="2026-12-20T09:00"))
    assert offers(received(town, at="2026-12-22T09:00")) == []


def test_before_the_day_it_is_not_offered(town):
    told(town, ["P001"])
    assert offers(received(town, at="2026-10-19T09:00")) == []


def test_an_hour_that_is_none_is_asked_for_again(town):
    with pytest.raises(RefusedError, match="13:30"):
        told(town, ["P001"], meeting=RegularMeeting(DAY, "1時半"))


def test_the_day_s_own_offer_is_not_made_twice(town):
    """The 定例会 that is usual on this day gives way to what the office told."""
    store = town.pc("P001", "2026-10-20T12:00")
    for month in (8, 9):
        day = {8: 18, 9: 15}[month]
        changes = {"category": "other", "type": "regular_meeting", "title": "定例会"}
        Recording(store).add([activity(1, date=f"2026-{month:02d}-{day}", **changes)])
    told(town, ["P001"])
    store = received(town, at="2026-10-20T17:00")
    here = [p for p in Suggesting(store).look().planned if p.day == DAY]
    assert [p.told for p in here] == [True]
