import pytest

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.store import office_settings
from office_world import OCTOBER, activity


@pytest.fixture
def pc(town):
    return town.pc()


def recorded(store, *days):
    return Recording(store).add([activity(d) for d in days], next_version=True)


def test_a_month_that_was_not_closed_is_open(pc):
    recorded(pc, 1, 8)
    view = Closing(pc).show(OCTOBER)
    assert (view.state, view.version, view.n, view.code, view.empty) == ("open", 1, 2, None, False)
    assert view.honorarium == (("見本台", 40_000),)
    assert (view.counts.count, view.counts.days) == (2, 2)


def test_closing_declares_exactly_what_is_there(pc):
    recorded(pc, 1, 8)
    view = Closing(pc).close(OCTOBER, remark="成果があった。")
    assert (view.state, view.version, view.n, view.changed_after_close) == ("closed", 1, 2, 0)
    assert view.report.remark == "成果があった。"
    assert view.report.heads == tuple(sorted(view.report.heads))
    assert len(view.code) == 9
    assert view.digest == view.report.digest
    assert Closing(pc).show(OCTOBER) == view


@pytest.mark.parametrize(
    ("days", "options", "code"),
    [
        ((), {}, "nothing_recorded"),
        ((), {"empty": True}, "reason_missing"),
        ((), {"empty": True, "reason": "  "}, "reason_missing"),
        ((1,), {"empty": True, "reason": "病気"}, "not_empty"),
    ],
)
def test_what_does_not_fit_is_refused(pc, days, options, code):
    if days:
        recorded(pc, *days)
    with pytest.raises(RefusedError) as told:
        Closing(pc).close(OCTOBER, **options)
    assert told.value.code == code
    assert Closing(pc).show(OCTOBER).state == "open"


def test_a_month_to_come_is_not_closed(pc):
    with pytest.raises(RefusedError) as told:
        Closing(pc).close(Month(2026, 11), empty=True, reason="休み")
    assert told.value.code == "not_begun"


def test_a_month_that_still_runs_may_be_closed_and_says_so(town):
    store = town.open("P001", "2026-10-20T10:00")
    recorded(store, 1)
    assert "running" in {p.code for p in Closing(store).show(OCTOBER).findings}
    assert Closing(store).close(OCTOBER).is_closed


def test_a_month_without_activity_is_declared_with_its_reason(pc):
    view = Closing(pc).close(OCTOBER, empty=True, reason="入院のため")
    assert (view.state, view.empty, view.n, view.report.reason) == ("closed", True, 0, "入院のため")


def test_a_month_of_cancelled_activities_only_may_be_either(town):
    for promoter, options in (("P001", {}), ("P002", {"empty": True, "reason": "中止のため"})):
        store = town.pc(promoter)
        Recording(store).add([activity(status="cancelled")])
        view = Closing(store).close(OCTOBER, **options)
        assert (view.n, view.counts.count) == (1, 0)


def test_closed_is_closed_until_something_changed(pc):
    recorded(pc, 1)
    Closing(pc).close(OCTOBER)
    with pytest.raises(RefusedError, match="もう締めてあります"):
        Closing(pc).close(OCTOBER)
    recorded(pc, 8)
    assert Closing(pc).show(OCTOBER).changed_after_close == 1
    assert Closing(pc).close(OCTOBER).changed_after_close == 0


def test_changes_after_closing_count_records_not_edits(pc):
    first, second = recorded(pc, 1, 8)
    Closing(pc).close(OCTOBER)
    recording = Recording(pc)
    for title in ("一", "二"):
        recording.edit(first, {"title": title}, next_version=True)
    recording.delete(second, next_version=True)
    recorded(pc, 20)
    assert Closing(pc).show(OCTOBER).changed_after_close == 3
    recording.undo()
    recording.undo()
    assert Closing(pc).show(OCTOBER).changed_after_close == 1


def test_opening_again_and_its_refusal(pc):
    recorded(pc, 1)
    with pytest.raises(RefusedError, match="まだ締めていません"):
        Closing(pc).reopen(OCTOBER)
    Closing(pc).close(OCTOBER)
    view = Closing(pc).reopen(OCTOBER)
    assert (view.state, view.code) == ("open", None)
    with pytest.raises(RefusedError, match="まだ締めていません"):
        Closing(pc).reopen(OCTOBER)


def test_a_version_counts_what_was_handed_out_not_what_was_tried(town):
    store = town.pc()
    closing = Closing(store)
    recorded(store, 1)
    assert closing.close(OCTOBER).version == 1
    closing.reopen(OCTOBER)
    assert closing.close(OCTOBER).version == 1
    town.submit()
    closing.reopen(OCTOBER)
    assert closing.show(OCTOBER).version == 2
    assert closing.close(OCTOBER).version == 2
    recorded(store, 8)
    assert closing.close(OCTOBER).version == 2
    town.submit()
    recorded(store, 9)
    assert closing.close(OCTOBER).version == 3


def test_a_remark_stays_when_a_month_is_closed_again(pc):
    recorded(pc, 1)
    Closing(pc).close(OCTOBER, remark="提案がある。")
    recorded(pc, 8)
    assert Closing(pc).close(OCTOBER).report.remark == "提案がある。"
    recorded(pc, 9)
    assert Closing(pc).close(OCTOBER, remark="べつの提案。").report.remark == "べつの提案。"


def test_closed_then_saved_then_never_by_itself_received(town):
    """Only what comes back from the office says that it has arrived."""
    store = town.pc()
    recorded(store, 1)
    assert Closing(store).close(OCTOBER).state == "closed"
    path = town.submit()
    assert Closing(store).show(OCTOBER).state == "saved"
    town.intake().take_in([path])
    assert Closing(store).show(OCTOBER).state == "saved"
    recorded(store, 8)
    assert Closing(store).close(OCTOBER).state == "closed"


def test_every_closing_has_a_number_of_its_own(pc):
    recorded(pc, 1)
    codes = {Closing(pc).close(OCTOBER).code}
    for day in (8, 9):
        recorded(pc, day)
        codes.add(Closing(pc).close(OCTOBER).code)
    assert len(codes) == 3


def test_both_sides_show_the_same_number(town):
    path = town.month()
    code = Closing(town.pc()).show(OCTOBER).code
    town.intake().take_in([path])
    assert Reviewing(town.office()).review("P001", OCTOBER).cell.code == code


def test_the_office_does_not_close_months(town):
    with pytest.raises(RefusedError, match="設定ファイル"):
        Closing(town.office()).close(OCTOBER)
    with town.office().db.read() as tx:
        assert office_settings(tx).guideline == 6
