"""R56: the 監査綴り leads from a figure to its records and files, from a record to its sheet."""

import random
from collections import Counter

from conftest import FULL
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.revision import Author, Content, make
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.papers import binder
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.storage import bundles, projections, revisions, sheets
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
    found = {e.number: e for e in in_binders(store)}
    with store.db.read() as tx:
        printed = [s.number for s in sheets.every(tx)]
        records = [r.id[:24] for r in revisions.shown(tx, "activity")]
    r = random.Random(5)
    chosen = r.sample(printed, min(1_000, len(printed)))
    for number in chosen:
        entry = found[number]
        assert (entry.net, entry.approver) == (40_000, "職員 二")
        assert entry.report
        assert len(entry.records) == 3
        assert all(one.file in files_here(store) for one in entry.records)
    some = r.sample(records, min(1_000 if FULL else 20, len(records)))
    named = Counter(one.revision for entry in found.values() for one in entry.records)
    assert all(named[record] == 1 for record in some)
    figure(f"R56: {len(chosen)} figures and {len(some)} records traced, all found")


def test_a_cancelled_sheet_is_found_too(town):
    store = town.office(staff="職員 二")
    deliver(store, "P001", OCTOBER)
    approve(store, OCTOBER, ["P001"])
    Printing(store).honorarium(OCTOBER, None, None)
    Printing(store).cancel("R8-10-001", "x")
    Printing(store).honorarium(OCTOBER, None, None)
    first, second = in_binders(store)
    assert (first.number, first.state, second.number) == ("R8-10-001", "取消", "R8-10-002")
    assert first.records == second.records


def in_binders(store):
    """Return what the 監査綴り of each fiscal year says about every sheet in it."""
    with store.db.read() as tx:
        years = {Month.parse(s.month).fiscal_year for s in sheets.every(tx)}
        return [entry for year in sorted(years) for entry in binder._read(store, tx, year).entries]


def files_here(store):
    with store.db.read() as tx:
        return {one.id[:24] for one in bundles.all_bundles(tx, "in")}


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
