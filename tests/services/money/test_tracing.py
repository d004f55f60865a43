"""R56: from every printed figure to its records and files, and from every record to its sheet."""

import random

import pytest

from conftest import FULL
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.revision import Author, Content, make
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.money.tracing import Tracing
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.storage import projections, revisions, sheets
from services.money_world import OCTOBER, appoint, approve, deliver

SPAN = (Month(2017, 4), Month(2026, 10)) if FULL else (Month(2026, 8), Month(2026, 10))
NAMES = ("P001", "P002", "P003")


def test_every_figure_and_every_record_is_found_both_ways(town, figure):
    store = town.office(staff="職員 二")
    more = [f"P{n:03d}" for n in range(10, 16)] if FULL else []
    for name in more:
        appoint(store, name, "A4", "2015-04-01")
    for month in months(*SPAN):
        for name in (*NAMES, *more):
            deliver(store, name, month, days=(2, 9, 16))
        approve(store, month, (*NAMES, *more))
        Printing(store).honorarium(month, None, None)
    with store.db.read() as tx:
        printed = [s.number for s in sheets.every(tx)]
        records = [r.key.id for r in revisions.shown(tx, "activity")]
    r = random.Random(5)
    chosen = r.sample(printed, min(1_000, len(printed)))
    tracing = Tracing(store)
    for number in chosen:
        trace = tracing.of_sheet(number)
        assert (trace.number, trace.net, trace.approver) == (number, 40_000, "職員 二")
        assert len(trace.sources) == 3
        assert all(s.files and s.entered_by.startswith("P") for s in trace.sources)
        assert trace.report_files
    some = r.sample(records, min(1_000 if FULL else 20, len(records)))
    assert all(len(tracing.of_record(record)) == 1 for record in some)
    figure(f"R56: {len(chosen)} figures and {len(some)} records traced, all found")


def test_a_cancelled_sheet_is_found_too(town):
    store = town.office(staff="職員 二")
    deliver(store, "P001", OCTOBER)
    approve(store, OCTOBER, ["P001"])
    Printing(store).honorarium(OCTOBER, None, None)
    Printing(store).cancel("R8-10-001", "x")
    Printing(store).honorarium(OCTOBER, None, None)
    record = Tracing(store).of_sheet("R8-10-001").sources[0].record
    assert Tracing(store).of_record(record) == ["R8-10-001", "R8-10-002"]
    with pytest.raises(RefusedError):
        Tracing(store).of_sheet("R8-10-009")


def test_who_entered_a_record_does_not_approve_it(town):
    """Approval by the same person who entered is refused (R56)."""
    store = town.office(staff="職員 二")
    deliver(store, "P001", OCTOBER)
    with store.db.write() as tx:
        (head, *_) = revisions.heads_of_month(tx, "activity", str(OCTOBER), "P001")
        content = Content(head.key, head.month, {**head.body, "title": "職員が直した"})
        by = Author("cd" * 32, "office", "職員 二")
        mine = make(content, [head.id], by, at="2026-11-03T10:00:00+09:00", salt="1" * 16)
        revisions.add(tx, [mine], made_here=True)
        projections.refresh(tx, [mine.key])
    deliver(store, "P001", OCTOBER, days=())
    assert "ほかの職員" in Reviewing(store).approve(OCTOBER, ["P001"]).left[0].reason
    colleague = store.working_as("職員 三")
    assert Reviewing(colleague).approve(OCTOBER, ["P001"]).done == ("P001",)
