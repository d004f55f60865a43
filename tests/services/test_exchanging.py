"""Tests 7, 8, 21, 23–29, 37 together: whatever befalls the files, nothing handed over is lost.

Hypothesis chooses what happens: records, resources, edits, deletions, undo, closings, files lost,
late, repeated and from old copies, a restored PC, a cloned folder, wrong clocks, questions,
corrections, decisions, approvals, erasures, a dead office. After a full exchange all say the same.
"""

from contextlib import contextmanager
from itertools import count
from types import SimpleNamespace

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

from conftest import FULL
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.travel import merging, returning
from services import road
from services.road import CLOCKS, PCS, Road

EXAMPLES, STEPS, SEED = (600, 60, None) if FULL else (16, 40, 7)
pcs = st.sampled_from(sorted(PCS))
promoters = st.sampled_from(["P001", "P002"])
which = st.integers(0, 7)


@contextmanager
def refused_only_for(*codes):
    try:
        yield
    except RefusedError as refused:
        if refused.code not in codes:
            raise


class Exchanging(RuleBasedStateMachine):
    """One road; ``towns`` and ``tally`` are set by the test that runs it."""

    towns = None
    tally = None

    def __init__(self):
        super().__init__()
        self.road = Road(self.towns())

    def teardown(self):
        walked = self.road
        try:
            walked.exchange()
            self._same_everywhere()
            walked.everywhere_whole()
            walked.nothing_private()
            walked.rebuild()
        finally:
            walked.close_all()
        self.tally["roads"] += 1
        self.tally["files"] += len(walked.letters)
        self.tally["values"] += len(walked.handed_over())
        self.tally["conflicts"] += walked.seen_conflicts

    def _same_everywhere(self):
        """7: both sides show the same heads. 8: no value that was handed over is lost."""
        walked, once = self.road, self.road.handed_over()
        assert once <= walked.held(walked.office)
        for promoter in ("P001", "P002"):
            office = walked.view(walked.office, promoter)
            for pc in walked.pcs_of(promoter):
                assert walked.view(walked.stores[pc], promoter) == office
        everything = set().union(*map(walked.held, [walked.office, *walked.stores.values()]))
        assert everything & walked.erased == set()

    # ── on a PC ──

    @rule(pc=pcs, day=st.integers(1, 30))
    def record(self, pc, day):
        self.road.record(pc, day)

    @rule(pc=pcs, which=which)
    def edit(self, pc, which):
        if found := self.road.records(pc):
            self.road.edit(pc, found[which % len(found)])

    @rule(pc=pcs, which=which)
    def edit_again(self, pc, which):
        self.edit(pc, which)

    @rule(pc=pcs, which=which)
    def delete(self, pc, which):
        if found := self.road.records(pc):
            self.road.delete(pc, found[which % len(found)])

    @rule(pc=pcs)
    def register(self, pc):
        self.road.register(pc)

    @rule(pc=pcs, which=which, how=which)
    def change_resource(self, pc, which, how):
        if found := self.road.resources(pc):
            self.road.change_resource(pc, found[which % len(found)], how)

    @rule(pc=pcs)
    def undo(self, pc):
        self.road.undo(pc)

    @rule(pc=pcs)
    def close(self, pc):
        with refused_only_for("already_closed", "nothing_recorded"):
            self.road.close(pc)

    @rule(pc=pcs)
    def reopen(self, pc):
        with refused_only_for("not_closed"):
            self.road.reopen(pc)

    @rule(pc=pcs)
    def submit(self, pc):
        self.road.submit(pc)

    @precondition(lambda self: self.road.asked)
    @rule(pc=pcs)
    def answer(self, pc):
        self.road.answer(pc)

    @rule(pc=pcs)
    def copy(self, pc):
        self.road.copy(pc)

    @precondition(lambda self: self.road.copies)
    @rule(which=which)
    def restore(self, which):
        found = sorted(self.road.copies)
        self.road.restore(found[which % len(found)])

    @precondition(lambda self: not self.road.is_cloned)
    @rule()
    def clone(self):
        self.road.clone()

    @rule(pc=pcs, at=st.sampled_from(CLOCKS))
    def change_clock(self, pc, at):
        self.road.change_clock(pc, at)

    # ── under way ──

    @precondition(lambda self: self.road.under_way)
    @rule(which=which)
    def lose(self, which):
        found = self.road.under_way
        found[which % len(found)].lost = True

    @precondition(lambda self: self.road.under_way)
    @rule()
    def deliver_what_is_under_way(self):
        self.road.deliver(self.road.under_way)

    @precondition(lambda self: self.road.letters)
    @rule(chosen=st.lists(st.integers(0, 40), min_size=1, max_size=4))
    def deliver_some_again_in_any_order(self, chosen):
        there = [x for x in self.road.letters if not x.lost]
        self.road.deliver([there[n % len(there)] for n in chosen if there])

    @precondition(lambda self: self.road.last_intake)
    @rule()
    def undo_intake(self):
        self.road.undo_intake()

    # ── in the office ──

    @rule(promoter=promoters, which=which)
    def ask(self, promoter, which):
        if found := self.road.activities(promoter):
            self.road.ask(promoter, found[which % len(found)])

    @rule(promoter=promoters, which=which)
    def correct(self, promoter, which):
        if found := self.road.activities(promoter):
            self.road.correct(promoter, found[which % len(found)])

    @rule(promoter=promoters, which=which, how=which)
    def change_resource_for(self, promoter, which, how):
        if found := self.road.resources_of(promoter):
            self.road.change_resource_for(promoter, found[which % len(found)], how)

    @precondition(lambda self: self.road.conflicts)
    @rule()
    def decide(self):
        self.road.decide()

    @rule(promoter=promoters)
    def approve(self, promoter):
        self.road.approve(promoter)

    @rule(promoter=promoters)
    def answer_back(self, promoter):
        self.road.answer_back(promoter)

    @rule(promoter=promoters, which=which)
    def erase(self, promoter, which):
        if found := [*self.road.activities(promoter), *self.road.resources_of(promoter)]:
            self.road.erase(promoter, found[which % len(found)])


@pytest.fixture(scope="module")
def begun(towns):
    """Copies of a town in which all know each other's first records."""
    town = towns()
    road.begin(town)
    numbers = count(1)
    return lambda: town.copy(town.root.with_name(f"{town.root.name}-road-{next(numbers)}"))


def run(towns, *, examples=EXAMPLES, steps=STEPS):
    """Walk that many roads; returns what they saw."""
    tally = dict.fromkeys(("roads", "files", "values", "conflicts"), 0)
    own = {"towns": staticmethod(towns), "tally": tally, "_hypothesis_internal_use_seed": SEED}
    machine = type("Walked", (Exchanging,), own)
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        phases=[Phase.generate],
        derandomize=False,
        database=None,
    )
    run_state_machine_as_test(machine, settings=chosen)
    return tally


def test_whatever_befalls_the_files_nothing_handed_over_is_lost(begun, figure):
    seen = run(begun)
    assert seen["conflicts"] > 0
    figure(
        f"{seen['roads']} roads, {seen['files']} files, {seen['values']} values handed over, "
        f"{seen['conflicts']} conflicts met, 0 lost"
    )


def test_a_merge_that_lets_the_last_writer_win_would_be_caught(begun, monkeypatch):
    """The wrong variant: a revision that claims to be older than what is there is dropped."""
    real = merging.revisions.add

    def add(tx, new, *, made_here):
        def newer(r):
            heads = merging.revisions.heads_of_record(tx, r.key)
            return made_here or all(h.at <= r.at for h in heads)

        return real(tx, [r for r in new if newer(r)], made_here=made_here)

    monkeypatch.setattr(merging.revisions, "add", add)
    with pytest.raises(AssertionError):
        run(begun)


def test_a_return_without_what_other_pcs_wrote_would_be_caught(begun, monkeypatch):
    """The wrong variant: the answer carries only what the office wrote itself."""
    real = returning.revisions.lines_of_promoter
    officers = SimpleNamespace(
        **vars(returning.revisions)
        | {"lines_of_promoter": lambda tx, promoter: real(tx, promoter, "office")}
    )
    monkeypatch.setattr(returning, "revisions", officers)
    with pytest.raises(AssertionError):
        run(begun)
