"""Approvals: only what was seen, nothing with a finding together, 支払判断 before the money."""

import contextlib
import shutil
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import FULL
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.checking import review as review_module
from kashiwa_desktop.services.checking.reviewing import Reviewing, Terms
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.records.deciding import Deciding
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.travel.returning import Returning
from office_world import OCTOBER, PEOPLE, activity
from services.checking.test_reviewing import approve, cell, codes, take_in
from services.test_papers import pages

WHY = "療養中も委嘱を続けるため"


def empty(town, promoter="P001"):
    take_in(town, town.month(promoter, days=(), empty=True, reason="けがのため"))


# 支払判断 ---------------------------------------------------------------------------------------


def test_a_month_without_activity_is_approved_only_after_the_ruling(town):
    empty(town)
    assert "支払判断" in approve(town, "P001").left[0].reason
    Reviewing(town.office()).rule_payment(OCTOBER, "P001", WHY)
    review = Reviewing(town.office()).review("P001", OCTOBER)
    assert (review.ruling.text, review.ruling.by, review.wants_ruling) == (WHY, "職員 一", False)
    assert any(WHY in p.text for p in review.findings)
    assert approve(town).done == ()
    assert approve(town, "P001").done == ("P001",)
    made = Printing(town.office()).honorarium(OCTOBER, ["P001"], None)
    assert WHY in "".join(pages(made))
    assert WHY in "".join(pages(Printing(town.office()).payments(OCTOBER, None)))


def test_a_ruling_holds_only_for_the_report_it_was_made_about(town):
    empty(town)
    Reviewing(town.office()).rule_payment(OCTOBER, "P001", WHY)
    pc = town.pc()
    Closing(pc).reopen(OCTOBER)
    Closing(pc).close(OCTOBER, empty=True, reason="旅行のため")
    take_in(town, town.submit())
    assert Reviewing(town.office()).review("P001", OCTOBER).wants_ruling
    assert "支払判断" in approve(town, "P001").left[0].reason


def test_a_record_that_comes_after_the_approval_is_not_paid_by_it(town):
    """No new closing came with it: only what the approval listed tells."""
    take_in(town, town.month())
    approve(town, "P001")
    Recording(town.pc()).add([activity(20)], next_version=True)
    take_in(town, town.submit())
    assert cell(town).state != "approved"
    with pytest.raises(RefusedError, match="承認された月がまだありません"):
        Printing(town.office()).honorarium(OCTOBER, None, None)


def test_a_ruling_needs_its_reason_and_a_month_that_wants_it(town):
    with pytest.raises(RefusedError, match="ではありません"):
        Reviewing(town.office()).rule_payment(OCTOBER, "P001", WHY)
    empty(town)
    with pytest.raises(RefusedError, match="理由"):
        Reviewing(town.office()).rule_payment(OCTOBER, "P001", " ")
    take_in(town, town.month("P002"))
    with pytest.raises(RefusedError, match="ではありません"):
        Reviewing(town.office()).rule_payment(OCTOBER, "P002", WHY)


# Open conflicts (BUNDLE.md §5, test 31) ---------------------------------------------------------


@pytest.fixture
def torn(town):
    """The office and the promoter changed one record without knowing of each other."""
    take_in(town, town.month())
    record = Recording(town.pc()).records(OCTOBER)[0].id
    Returning(town.office()).correct("P001", record, {"attendees": 9}, "人数を直しました。")
    Recording(town.pc()).edit(record, {"attendees": 5}, next_version=True)
    take_in(town, town.submit())
    return town


def refused(call, *args):
    with pytest.raises(RefusedError) as found:
        call(*args)
    return found.value


def test_a_final_sheet_is_refused_while_its_month_has_an_open_conflict(torn):
    assert "ちがい" in approve(torn, "P001").left[0].reason
    office = torn.office(staff="職員 二")
    error = refused(Printing(office).honorarium, OCTOBER, ["P001"], None)
    assert (error.code, "ちがい" in error.text) == ("open_conflict", True)
    (why,) = [
        left.reason for left in Printing(office).not_ready(OCTOBER) if left.promoter == "P001"
    ]
    assert "ちがい" in why


def test_a_conflict_after_the_approval_stops_the_sheet_too(town):
    take_in(town, town.month())
    approve(town, "P001")
    record = Recording(town.pc()).records(OCTOBER)[0].id
    Returning(town.office()).correct("P001", record, {"attendees": 9}, "直しました。")
    Recording(town.pc()).edit(record, {"attendees": 5}, next_version=True)
    take_in(town, town.submit())
    assert refused(Printing(town.office()).honorarium, OCTOBER, ["P001"], None).code == (
        "open_conflict"
    )


def test_who_says_so_gets_the_sheet_and_the_paper_says_so(torn):
    done = approve(torn, "P001", terms=Terms(despite_conflicts=True))
    assert done.done == ("P001",)
    assert (cell(torn).state, cell(torn).conflicts) == ("approved", 1)
    office = torn.office(staff="職員 二")
    for made in (
        Printing(office).honorarium(OCTOBER, ["P001"], None),
        Printing(office).payments(OCTOBER, None),
    ):
        assert "内容にちがいのある記録が1件あります" in "".join(pages(made))
    assert "確認中" in "".join(pages(Printing(office).report(OCTOBER, ["P001"], None)))


def test_a_decided_conflict_is_said_nowhere_any_more(torn):
    office = torn.office()
    ((shown, heads),) = Deciding(office).conflicts()
    theirs = next(h for h in heads if h.by.role == "promoter")
    Deciding(office).resolve(shown.key.id, theirs.id, "名簿のとおり")
    assert approve(torn, "P001", staff="職員 一").done == ("P001",), "he wrote none of it"
    made = Printing(torn.office()).honorarium(OCTOBER, ["P001"], None)
    assert "ちがい" not in "".join(pages(made))


def test_whoever_decides_for_his_own_correction_does_not_approve_it(torn):
    office = torn.office()
    ((shown, heads),) = Deciding(office).conflicts()
    ours = next(h for h in heads if h.by.role == "office")
    Deciding(torn.office(staff="職員 三")).resolve(shown.key.id, ours.id, "名簿のとおり")
    assert "ほかの職員" in approve(torn, "P001", staff="職員 一").left[0].reason
    assert approve(torn, "P001", staff="職員 三").done == ("P001",)


def test_two_closings_are_never_both_approved(town):
    town.close()
    clone = town.copy(town.root.with_name(town.root.name + "-clone"))
    files = [town.month(days=(1,)), clone.month(days=(8,))]
    clone.close()
    take_in(town, *files)
    done = approve(town, "P001", terms=Terms(despite_conflicts=True))
    assert "ちがい" in done.left[0].reason
    shutil.rmtree(clone.root)


def test_a_second_closing_takes_the_approval_out_of_force_whichever_is_shown(town):
    town.close()
    clone = town.copy(town.root.with_name(town.root.name + "-clone"))
    take_in(town, town.month())
    approve(town, "P001")
    first = Reviewing(town.office()).review("P001", OCTOBER).report.id
    pc, n = clone.pc(), 0
    Recording(pc).add([activity(d) for d in (1, 8, 15)])
    while not n or Closing(pc).show(OCTOBER).report.id > first:
        if n:
            Closing(pc).reopen(OCTOBER)
        n += 1
        Closing(pc).close(OCTOBER, remark=f"{n}")
    take_in(town, clone.submit())
    clone.close()
    shutil.rmtree(clone.root)
    assert Reviewing(town.office()).review("P001", OCTOBER).report.id == first
    assert cell(town).state == "question"


# What was seen ----------------------------------------------------------------------------------


def test_a_record_that_changed_meanwhile_is_not_approved(town):
    take_in(town, town.month())
    seen = Terms.seen(Reviewing(town.office()).review("P001", OCTOBER))
    Recording(town.pc()).add([activity(20)], next_version=True)
    take_in(town, town.submit())
    assert "新しい版" in approve(town, "P001", terms=seen).left[0].reason
    now = Terms.seen(Reviewing(town.office()).review("P001", OCTOBER))
    assert approve(town, "P001", terms=now).done == ("P001",)


def test_together_only_what_was_listed_is_approved(town):
    take_in(town, town.month("P001"), town.month("P002"))
    reviewing = Reviewing(town.office(staff="職員 二"))
    listed = [("P001", Terms.seen(reviewing.review("P001", OCTOBER)))]
    assert reviewing.approve_listed(OCTOBER, listed).done == ("P001",)
    assert cell(town, "P002").state == "received"


# Bulk approval never includes anything with a finding --------------------------------------------

STORIES = (
    "clean", "nothing", "not closed", "twice", "look alike", "empty", "late change", "question",
    "returned", "conflict", "corrected",
)  # fmt: skip


def tell(town, promoter, story):
    """Let one promoter's October go like this."""
    pc, office = town.pc(promoter), town.office()
    if story == "nothing":
        return
    if story == "empty":
        empty(town, promoter)
        return
    more = {
        "twice": [activity(14), activity(14)],
        "look alike": [activity(14, place="集会所"), activity(14, place="集会所", title="別")],
    }
    Recording(pc).add([activity(3), *more.get(story, ())])
    if story != "not closed":
        Closing(pc).close(OCTOBER)
    take_in(town, town.submit(promoter))
    record = Recording(pc).records(OCTOBER)[0].id
    if story == "question":
        Returning(office).ask(OCTOBER, promoter, record, "人数は何人ですか。")
    if story == "returned":
        Returning(office).send_back(OCTOBER, promoter, "くわしく")
    if story in ("conflict", "corrected"):
        Returning(office).correct(promoter, record, {"attendees": 9}, "直しました。")
    if story in ("conflict", "late change"):
        Recording(pc).edit(record, {"attendees": 5}, next_version=True)
        take_in(town, town.submit(promoter))


def bulk(town):
    """Approve together; returns what was approved and had something to look at before."""
    reviewing = Reviewing(town.office(staff="職員 二"))
    before = {r.promoter: r for r in reviewing.queue(OCTOBER)}
    done = reviewing.approve(OCTOBER, None).done
    return done, [p for p in done if before[p].findings or before[p].cell.state != "received"]


@contextlib.contextmanager
def world(towns, stories):
    town = towns()
    try:
        for promoter, story in zip(PEOPLE, stories, strict=True):
            tell(town, promoter, story)
        yield town
    finally:
        town.close()
        shutil.rmtree(town.root)


@settings(max_examples=300 if FULL else 5)
@given(stories=st.tuples(*[st.sampled_from(STORIES)] * len(PEOPLE)))
def test_approving_together_never_includes_anything_with_a_finding(towns, stories):
    with world(towns, stories) as town:
        done, wrong = bulk(town)
        assert wrong == []
        clean = {p for p, s in zip(PEOPLE, stories, strict=True) if s == "clean"}
        assert set(done) == clean


def test_a_bulk_approval_that_looks_at_nothing_would_be_caught(towns):
    always = property(lambda self: True)
    with (
        mock.patch.object(review_module.Review, "is_clean", always),
        world(towns, ("clean", "twice", "question")) as town,
    ):
        done, wrong = bulk(town)
    assert wrong == ["P002", "P003"]
    assert done == ("P001", "P002", "P003")


def test_a_clean_month_has_no_finding(town):
    take_in(town, town.month())
    assert codes(town) == set()
