"""The board's states by told stories, and approvals bound to exactly what was seen (test 36)."""

import shutil
from datetime import date

import pytest

from kashiwa_desktop.domain.closing import report_key
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import Content, RecordKey
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.records.deciding import Deciding
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.store import Change, replace_shown, save
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.storage import revisions
from office_world import OCTOBER, PEOPLE, REVIEWING, activity


def take_in(town, *files, at=REVIEWING):
    assert town.intake(at).take_in(list(files)).all_in


def cell(town, promoter="P001", month=OCTOBER):
    (found,) = [
        row.cells[month]
        for row in Reviewing(town.office()).board(month, month).rows
        if row.promoter == promoter
    ]
    return found


def approve(town, *promoters, staff="職員 二", **options):
    return Reviewing(town.office(staff=staff)).approve(OCTOBER, promoters or None, **options)


# The states ------------------------------------------------------------------------------------


def test_missing(town):
    assert cell(town).state == "missing"
    assert cell(town).word == "✕未提出"
    town.month()
    assert cell(town).state == "missing"


def test_arrived_before_it_was_closed(town):
    Recording(town.pc()).add([activity()])
    take_in(town, town.submit())
    assert cell(town).state == "open"


def test_received(town):
    take_in(town, town.month())
    found = cell(town)
    assert (found.state, found.late, found.changed_after_close, found.conflicts) == (
        "received", False, 0, 0,
    )  # fmt: skip
    assert found.code == Closing(town.pc()).show(OCTOBER).code


def test_opened_again_after_it_was_received(town):
    take_in(town, town.month())
    Closing(town.pc()).reopen(OCTOBER)
    take_in(town, town.submit())
    assert cell(town).state == "open"
    assert cell(town).code is None


def test_a_month_without_activity_is_not_a_missing_one(town):
    take_in(town, town.month(days=(), empty=True, reason="入院のため"))
    found = cell(town)
    assert (found.state, found.empty) == ("question", True)
    assert "empty_month" in codes(town)


def codes(town, promoter="P001"):
    return {p.code for p in Reviewing(town.office()).review(promoter, OCTOBER).findings}


def test_something_to_look_at(town):
    Recording(town.pc()).add([activity(14), activity(14)])
    Closing(town.pc()).close(OCTOBER)
    take_in(town, town.submit())
    assert cell(town).state == "question"
    assert "twice" in codes(town)


def test_sent_back_until_a_new_version_comes(town):
    take_in(town, town.month())
    Returning(town.office()).send_back(OCTOBER, "P001", "くわしく")
    assert (cell(town).state, cell(town).word) == ("returned", "↩差戻し")
    Recording(town.pc()).add([activity(20)], next_version=True)
    Closing(town.pc()).close(OCTOBER)
    take_in(town, town.submit())
    assert cell(town).state == "received"


def test_a_month_without_activity_is_not_missing(town):
    take_in(town, town.month(days=(), empty=True, reason="けがのため"))
    assert (cell(town).state, cell(town).empty) == ("question", True)
    assert codes(town) == {"empty_month"}
    summary = Reviewing(town.office()).board(OCTOBER, OCTOBER).summary
    assert (summary.received, summary.missing) == (1, 2)


def test_changed_after_it_was_closed(town):
    take_in(town, town.month())
    Recording(town.pc()).add([activity(20)], next_version=True)
    take_in(town, town.submit())
    found = cell(town)
    assert (found.state, found.changed_after_close) == ("question", 1)
    assert "changed_after_close" in codes(town)


def test_approved(town):
    take_in(town, town.month())
    assert approve(town, "P001").done == ("P001",)
    assert cell(town).state == "approved"


def test_changed_after_it_was_approved(town):
    take_in(town, town.month())
    approve(town, "P001")
    Recording(town.pc()).add([activity(20), activity(21)], next_version=True)
    take_in(town, town.submit())
    found = cell(town)
    assert (found.state, found.changed_after_approval) == ("question", 2)


def test_closed_again_after_it_was_approved(town):
    """The report's id changed: approval is needed again though no record differs."""
    take_in(town, town.month())
    approve(town, "P001")
    Closing(town.pc()).reopen(OCTOBER)
    Closing(town.pc()).close(OCTOBER, remark="別のことば")
    take_in(town, town.submit())
    assert cell(town).state == "question"
    assert cell(town).changed_after_approval == 1
    assert approve(town, "P001").done == ("P001",)
    assert cell(town).state == "approved"


def test_a_change_taken_back_lets_the_approval_hold_again(town):
    take_in(town, town.month())
    approve(town, "P001")
    Recording(town.pc()).add([activity(20)], next_version=True)
    take_in(town, town.submit())
    assert cell(town).state == "question"
    Recording(town.pc()).undo()
    take_in(town, town.submit())
    assert cell(town).state == "approved"


def test_an_approval_taken_back(town):
    take_in(town, town.month())
    approve(town, "P001")
    done = Reviewing(town.office()).unapprove(OCTOBER, "P001", "金額の確認")
    assert done.done == ("P001",)
    assert cell(town).state == "received"
    again = Reviewing(town.office()).unapprove(OCTOBER, "P001", "もう一度")
    assert [(x.promoter, x.reason) for x in again.left] == [("P001", "承認していません。")]
    with pytest.raises(RefusedError, match="理由"):
        Reviewing(town.office()).unapprove(OCTOBER, "P001", " ")


def test_a_vacant_area_and_one_on_leave(town):
    RosterService(town.office()).suspend("P002", "A2", date(2026, 9, 1), None, "病気")
    states = {
        row.area.code: row.cells[OCTOBER].state
        for row in Reviewing(town.office()).board(OCTOBER, OCTOBER).rows
    }
    assert states == {"A1": "missing", "A2": "suspended", "A3": "missing", "A4": "vacant"}


def test_two_closings_of_two_pcs(town):
    town.close()
    clone = town.copy(town.root.with_name(town.root.name + "-clone"))
    files = [town.month(days=(1,)), clone.month(days=(8,))]
    clone.close()
    take_in(town, *files)
    found = cell(town)
    assert (found.state, found.conflicts) == ("question", 1)
    assert "report_conflict" in codes(town)
    assert approve(town, "P001").done == ()
    ((shown, heads),) = Deciding(town.office()).conflicts()
    assert (shown.key.type, len(heads)) == ("month_report", 2)
    shutil.rmtree(clone.root)


@pytest.mark.parametrize(
    ("received", "late"),
    [("2026-11-05T23:59", False), ("2026-11-06T00:00", True), ("2026-12-01T10:00", True)],
)
def test_the_deadline_only_marks(town, received, late):
    take_in(town, town.month(), at=received)
    assert cell(town).late is late
    board = Reviewing(town.office()).board(OCTOBER, OCTOBER)
    assert (board.summary.received, board.summary.on_time) == (1, int(not late))


def test_late_is_judged_by_the_first_file(town):
    take_in(town, town.month(), at="2026-11-04T10:00")
    Recording(town.pc()).add([activity(20)], next_version=True)
    Closing(town.pc()).close(OCTOBER)
    take_in(town, town.submit(), at="2026-12-01T10:00")
    assert not cell(town).late


def test_the_sums_of_the_board(town):
    take_in(town, *town.months()[:2])
    approve(town, "P001")
    summary = Reviewing(town.office()).board(Month(2026, 9), OCTOBER).summary
    assert (summary.expected, summary.received, summary.on_time, summary.approved) == (3, 2, 2, 1)
    assert (summary.returned, summary.missing) == (0, 1)


def test_one_promoter_of_two_areas_has_two_rows_and_one_month(town):
    new = NewPromoter("P001", *PEOPLE["P001"][:2], "A4", date(2026, 4, 1))
    RosterService(town.office()).add_promoter(new)
    take_in(town, town.month())
    rows = [r for r in Reviewing(town.office()).board(OCTOBER, OCTOBER).rows
            if r.promoter == "P001"]  # fmt: skip
    assert [row.area.code for row in rows] == ["A1", "A4"]
    assert len({row.cells[OCTOBER] for row in rows}) == 1


def test_months_the_wrong_way_round_are_refused(town):
    with pytest.raises(RefusedError, match="あとです"):
        Reviewing(town.office()).board(OCTOBER, Month(2026, 9))


# Approving -------------------------------------------------------------------------------------


def test_all_clean_takes_what_has_nothing_to_look_at(town):
    Recording(town.pc("P002")).add([activity(1), activity(1)])
    take_in(town, town.month("P001"), town.month("P002"))
    done = approve(town)
    assert done.done == ("P001",)
    assert {left.promoter for left in done.left} == {"P002", "P003"}
    assert all(left.reason for left in done.left)


def test_what_cannot_be_approved_says_why(town):
    assert approve(town, "P001").left[0].reason == "まだ締めた月が届いていません。"
    take_in(town, town.month())
    approve(town, "P001")
    assert approve(town, "P001").left[0].reason == "もう承認してあります。"


def test_what_was_seen_must_be_what_is_approved(town):
    take_in(town, town.month())
    seen = Reviewing(town.office()).review("P001", OCTOBER).report.id
    Recording(town.pc()).add([activity(20)], next_version=True)
    Closing(town.pc()).close(OCTOBER)
    take_in(town, town.submit())
    done = approve(town, "P001", seen=seen)
    assert done.done == ()
    assert "新しい版が届きました" in done.left[0].reason
    now = Reviewing(town.office()).review("P001", OCTOBER).report.id
    assert approve(town, "P001", seen=now).done == ("P001",)


def test_four_eyes(town):
    """Who entered a record for somebody does not approve that month."""
    take_in(town, town.month())
    office = town.office(staff="職員 一")
    body = {"date": "2026-10-20", "area": "A1", "category": "network", "type": "facility",
            "title": "電話で聞いた打合せ"}  # fmt: skip
    with office.db.write() as tx:
        save(office, tx, [Change(Content(RecordKey("P001", "activity", "r9"), "2026-10", body))])
    done = approve(town, "P001", staff="職員 一")
    assert "ほかの職員が承認してください" in done.left[0].reason
    assert approve(town, "P001", staff="職員 二").done == ("P001",)


def test_another_amount_ends_an_approval(town):
    """A changed amount needs a new approval as much as a changed activity does."""
    take_in(town, town.month())
    found = Reviewing(town.office()).review("P001", OCTOBER)
    assert [line.yen for line in found.honorarium] == [40_000]
    closing = Closing(town.pc())
    report = closing.show(OCTOBER).report
    with town.pc().db.write() as tx:
        body = revisions.load(tx, [report.id])[0].body
        line = {**body["honorarium"][0], "yen": 45_000}
        content = Content(report_key("P001", OCTOBER), "2026-10", {**body, "honorarium": [line]})
        save(town.pc(), tx, [replace_shown(tx, content)])
    approve(town, "P001")
    take_in(town, town.submit())
    assert cell(town).state == "question"
    assert "honorarium" in codes(town)


def test_only_the_office_reviews(town):
    for act in (
        lambda r: r.board(OCTOBER, OCTOBER),
        lambda r: r.approve(OCTOBER, None),
        lambda r: r.unapprove(OCTOBER, "P001", "x"),
        lambda r: r.queue(OCTOBER),
    ):
        with pytest.raises(RefusedError, match="事務局の記録ではありません"):
            act(Reviewing(town.pc()))


def test_a_file_that_comes_again_never_moves_a_month_back(town):
    """Test 37: lost, late or repeated files of before the approval change nothing."""
    Recording(town.pc()).add([activity(2)])
    early = town.submit()
    last = town.month(days=(8,))
    take_in(town, last)
    approve(town, "P001")
    before = cell(town)
    for again in (early, last, early):
        take_in(town, again)
        assert cell(town) == before
