"""The declared closing of a month, and what changed after it."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from domain.builders import BODY, KEY, OFFICE, a_revision, an_activity
from kashiwa_desktop.domain import closing
from kashiwa_desktop.domain.check_code import check_code
from kashiwa_desktop.domain.closing import changed_records, findings, next_version, read_report
from kashiwa_desktop.domain.honorarium import HonorariumLine
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import RecordKey, derived_id

OCTOBER = Month(2026, 10)
REPORT = {
    "state": "closed", "version": 2, "heads": ["a" * 64], "digest": "b" * 64, "n": 1,
    "honorarium": [{"appointment": "x", "area": "01", "yen": 40_000}],
}  # fmt: skip
HEX = st.binary(min_size=32, max_size=32).map(bytes.hex)


def a_report(**changes):
    key = closing.report_key("P001", OCTOBER)
    return a_revision(REPORT | changes, key=key)


def record(name):
    return RecordKey("P001", "activity", name)


def test_the_record_of_a_month_is_the_same_on_every_pc():
    key = closing.report_key("P014", OCTOBER)
    assert key == ("P014", "month_report", derived_id("P014", "2026-10", "month_report"))
    assert closing.report_key("P014", OCTOBER, "approval").type == "approval"
    assert closing.report_key("P014", OCTOBER, "approval").id != key.id


def test_a_report_reads():
    revision = a_report(remark="成果", reason="入院")
    read = read_report(revision)
    assert (read.id, read.month, read.state, read.version) == (revision.id, OCTOBER, "closed", 2)
    assert (read.heads, read.digest, read.n) == (("a" * 64,), "b" * 64, 1)
    assert read.honorarium == (HonorariumLine("x", "01", 40_000),)
    assert (read.remark, read.reason, read.at) == ("成果", "入院", revision.at)
    assert read.code == check_code(revision.id)
    plain = read_report(a_report())
    assert (plain.remark, plain.reason) == ("", "")


def test_closed_and_closed_without_activity_are_closed_and_reopened_is_not():
    states = (closing.CLOSED, closing.EMPTY, closing.OPEN)
    closed = [read_report(a_report(state=state)).is_closed for state in states]
    assert closed == [True, True, False]


@given(st.lists(HEX, max_size=6), st.randoms())
def test_the_digest_is_over_the_sorted_ids_each_with_a_line_feed(ids, rng):
    order = list(ids)
    rng.shuffle(order)
    expected = hashlib.sha256("".join(f"{i}\n" for i in sorted(ids)).encode()).hexdigest()
    assert closing.digest(order) == expected


def test_a_digest_without_the_last_line_feed_would_be_another():
    ids = ["a" * 64, "b" * 64]
    assert closing.digest(ids) != hashlib.sha256("\n".join(ids).encode()).hexdigest()
    assert closing.digest([]) == hashlib.sha256(b"").hexdigest()


def test_nothing_changed_where_the_heads_are_the_same():
    heads = [a_revision(), a_revision(key=record("r2"))]
    assert changed_records(heads, heads[::-1]) == set()


def test_an_edit_a_new_record_and_a_deletion_are_changes():
    first, second = a_revision(), a_revision(key=record("r2"))
    edited = a_revision(BODY | {"title": "B"}, [first.id])
    deleted = a_revision(parents=[second.id], deleted=True, key=record("r2"))
    added = a_revision(key=record("r3"))
    assert changed_records([first, second], [edited, deleted, added]) == {
        KEY, record("r2"), record("r3"),
    }  # fmt: skip


def test_a_new_revision_that_says_the_same_is_no_change():
    first = a_revision()
    again = a_revision(BODY, [first.id], by=OFFICE)
    assert again.id != first.id
    assert changed_records([first], [again]) == set()
    compared_by_id = {r.id for r in [first]} ^ {r.id for r in [again]}
    assert compared_by_id  # the deliberately wrong comparison, by id, would report a change


def test_an_edit_taken_back_is_no_change():
    first = a_revision()
    edited = a_revision(BODY | {"title": "B"}, [first.id])
    undone = a_revision(BODY, [edited.id])
    assert changed_records([first], [edited]) == {KEY}
    assert changed_records([first], [undone]) == set()


def test_a_late_record_that_was_deleted_again_says_nothing_new():
    dead = a_revision(key=record("r9"), deleted=True)
    assert changed_records([], [dead]) == set() == changed_records([dead], [])


def test_a_record_that_moved_to_another_month_is_a_change():
    assert changed_records([a_revision()], []) == {KEY}


def test_a_second_head_is_a_change_until_it_says_the_same():
    one, two = a_revision(), a_revision(BODY | {"title": "B"}, by=OFFICE)
    assert changed_records([one], [one, two]) == {KEY}
    assert changed_records([one, two], [two, one]) == set()


def test_versions_go_up_only_once_a_file_was_saved():
    report = read_report(a_report())
    assert next_version(None, []) == 1
    assert next_version(report, []) == 2
    assert next_version(report, [1]) == 2
    assert next_version(report, [1, 2]) == 3


def codes(activities, *, running=False, guideline=6):
    return [p.code for p in findings(activities, OCTOBER, guideline, running=running)]


def test_a_full_month_has_no_findings():
    regular = an_activity(id="m", category="other", type="regular_meeting")
    assert codes([regular, *(an_activity(id=f"{n}") for n in range(5))]) == []


def test_what_is_worth_saying_before_closing_and_blocks_nothing():
    regular = an_activity(id="m", category="other", type="regular_meeting", status="cancelled")
    assert codes([]) == []
    assert codes([], running=True) == ["running"]
    assert codes([an_activity()]) == ["regular_meeting", "below_guideline"]
    assert codes([an_activity()], guideline=1) == ["regular_meeting"]
    assert codes([regular, an_activity(conflict=True)]) == ["below_guideline", "conflict"]
    found = findings([an_activity(conflict=True)], OCTOBER, 6, running=True)
    assert not any(p.blocking for p in found)
    assert [p.record for p in found] == [None, None, None, "r1"]
    assert "6回は目安です。回数にかかわらず提出できます" in found[2].text


def test_what_does_not_count_is_not_counted_against_the_guideline():
    off = [an_activity(id=f"{n}", status="cancelled") for n in range(6)]
    (problem,) = [p for p in findings(off, OCTOBER, 6, running=False) if "目安" in p.text]
    assert "(今月は0回)" in problem.text
