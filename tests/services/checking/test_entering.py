"""職員による入力: typed in by staff, approved by somebody else, and sent back to the promoter."""

from datetime import date

import pytest

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.checking.entering import CITY, Entering
from kashiwa_desktop.services.checking.reviewing import Reviewing, Terms
from kashiwa_desktop.services.counting.reporting import Reporting
from kashiwa_desktop.services.months.closing import Closing, OnPaper
from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.office.log_trail import LogFilter, LogTrail
from kashiwa_desktop.services.papers.council_papers import CouncilPapers
from kashiwa_desktop.services.records.recording import Recording, Source
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.undoing import Undoing
from office_world import OCTOBER, activity

PAPER = OnPaper("紙で受け取った")
WHO = "P001"


def _typed(office, days=(1, 8), promoter=WHO):
    return Entering(office).recording(promoter).add([activity(day) for day in days])


def _cell(office, promoter=WHO):
    rows = Reviewing(office).board(OCTOBER, OCTOBER).rows
    return next(row.cells[OCTOBER] for row in rows if row.promoter == promoter)


def test_a_sheet_typed_in_waits_for_somebody_else(town):
    one, other = town.office(staff="職員 一"), town.office(staff="職員 二")
    _typed(one)
    assert _cell(one).state == "open"
    closed = Entering(one).closing(WHO).close(OCTOBER, remark="坂道が課題", paper=PAPER)
    assert (closed.version, closed.counts.count) == (1, 2)
    assert _cell(one).state == "received"
    sheet = Entering(one).sheet(WHO, OCTOBER)
    assert sheet.closed_by == "職員 一"
    assert set(sheet.entered.values()) == {"職員 一"}
    own = Reviewing(one).approve(OCTOBER, [WHO])
    assert own.done == ()
    assert "ほかの職員" in own.left[0].reason
    assert Reviewing(one).approve(OCTOBER, None).done == ()
    assert Reviewing(other).approve(OCTOBER, [WHO]).done == (WHO,)


def test_closing_for_somebody_needs_a_reason_and_keeps_it(town):
    office = town.office()
    _typed(office)
    closing = Entering(office).closing(WHO)
    for paper in (None, OnPaper(" ")):
        with pytest.raises(RefusedError) as refused:
            closing.close(OCTOBER, paper=paper)
        assert refused.value.code == "reason_missing"
    closing.close(OCTOBER, paper=OnPaper("亡くなったため(練習)"))
    logged = Accounts(office).log("close")[-1]
    assert (logged.who, logged.detail["promoter"]) == ("職員 一", WHO)
    said = {c.field: c.after for c in LogTrail(office).lines(LogFilter(), whole=True)[0].changes}
    assert said["職員が締めた理由"] == "亡くなったため(練習)"


@pytest.mark.parametrize(("day", "late"), [(None, False), (5, False), (6, True)])
def test_the_day_the_sheet_came_says_whether_it_was_late(town, day, late):
    office = town.office("2026-11-20T10:00")
    _typed(office)
    paper = OnPaper("紙で受け取った", date(2026, 11, day) if day else None)
    Entering(office).closing(WHO).close(OCTOBER, paper=paper)
    assert _cell(office).late is late


def test_who_closed_a_month_without_activity_does_not_approve_it(town):
    one, other = town.office(staff="職員 一"), town.office(staff="職員 二")
    Entering(one).closing(WHO).close(OCTOBER, empty=True, reason="療養", paper=PAPER)
    assert "ほかの職員" in Reviewing(one).approve(OCTOBER, [WHO]).left[0].reason
    ruled = Reviewing(one).approve_ruled(OCTOBER, WHO, "療養のため(練習)", Terms())
    assert "ほかの職員" in ruled.left[0].reason
    assert Reviewing(one).review(WHO, OCTOBER).wants_ruling, "nothing was written"
    Reviewing(other).rule_payment(OCTOBER, WHO, "療養のため(練習)")
    assert "ほかの職員" in Reviewing(one).approve(OCTOBER, [WHO]).left[0].reason
    assert Reviewing(other).approve(OCTOBER, [WHO]).done == (WHO,)


def test_a_version_that_was_approved_is_never_used_twice(town):
    one, other = town.office(staff="職員 一"), town.office(staff="職員 二")
    _typed(one)
    closing = Entering(one).closing(WHO)
    closing.close(OCTOBER, paper=PAPER)
    closing.reopen(OCTOBER)
    assert closing.close(OCTOBER, paper=PAPER).version == 1, "nobody has seen the first one"
    Reviewing(other).approve(OCTOBER, [WHO])
    closing.reopen(OCTOBER)
    assert closing.close(OCTOBER, paper=PAPER).version == 2
    assert _cell(one).state == "question"


def test_the_promoter_sees_it_in_his_return_and_closes_the_next_version(town):
    office = town.office()
    _typed(office)
    Entering(office).closing(WHO).close(OCTOBER, paper=PAPER)
    back = Returning(office).return_file(WHO, town.out(), town.keys).file
    pc = town.pc(WHO, "2026-11-06T09:00")
    Receiving(pc).receive(back)
    assert [a.title for a in Recording(pc).records(OCTOBER)] == ["1日の打合せ", "8日の打合せ"]
    shown = Closing(pc).show(OCTOBER)
    assert (shown.state, shown.version) == ("received", 1)
    Closing(pc).reopen(OCTOBER)
    assert Closing(pc).close(OCTOBER).version == 2, "two different 第1版 cannot exist"


def test_what_staff_typed_last_is_taken_back_by_themselves_only(town):
    one, other = town.office(staff="職員 一"), town.office(staff="職員 二")
    _typed(one, days=(1,))
    _typed(one, days=(8,))
    assert Undoing(other).last_change() is None
    with pytest.raises(RefusedError, match="ほかの職員"):
        Undoing(other).undo()
    assert "8日の打合せ" in Undoing(one).undo()
    assert [a.date.day for a in Entering(one).sheet(WHO, OCTOBER).activities] == [1]
    events = [(e.who, e.event) for e in Accounts(one).log()][-3:]
    assert events == [("職員 一", "enter"), ("職員 一", "enter"), ("職員 一", "undo")]


def test_only_people_of_the_roster_have_a_sheet(town):
    office = town.office()
    with pytest.raises(RefusedError, match="P999"):
        _typed(office, promoter="P999")
    found = Entering(office).sheets(OCTOBER)
    assert [(s.promoter, s.areas) for s in found] == [
        ("P001", ("見本台",)), ("P002", ("例ヶ丘",)), ("P003", ("試町",)), (CITY, ("第1層",)),
    ]  # fmt: skip


def test_a_record_of_the_promoter_is_corrected_on_top_of_his(town):
    office = town.office()
    town.intake().take_in([town.month(WHO)])
    record = Entering(office).sheet(WHO, OCTOBER).activities[0].id
    recording = Entering(office).recording(WHO)
    _a, _note, opened = recording.record(record)
    recording.put(activity(1, title="直した"), Source(record, opened), next_version=True)
    assert Entering(office).sheet(WHO, OCTOBER).entered == {record: "職員 一"}


def test_a_meeting_of_the_city_is_nobodys_count_but_is_printed_and_kept(town):
    office = town.office()
    council = {"tier": 1, "attendance": {"government": 2, "furusato": 5}, "decisions": "次回は2月"}
    meeting = activity(
        20, category="council", type="exchange", title="推進協議会", attendees=7, council=council
    )
    before = Reporting(office).totals(OCTOBER, OCTOBER, ["category"]).total
    record = Entering(office).recording(CITY).add([meeting])[0]
    sheet = Entering(office).sheet(CITY, OCTOBER)
    assert [a.id for a in sheet.activities] == [record]
    assert Reporting(office).totals(OCTOBER, OCTOBER, ["category"]).total == before
    assert CouncilPapers(office).records(OCTOBER, None, None).pages == 1
    assert Keeping(office).check() == []
    back = Returning(office).return_file(WHO, town.out(), town.keys).file
    pc = town.pc(WHO, "2026-11-06T09:00")
    Receiving(pc).receive(back)
    assert Recording(pc).records(Month(2026, 10)) == []
