"""R37: what is missing in a file removes nothing; the office sees what came and what it had."""

import shutil

import pytest

from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.travel import merging
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.storage import projections
from office_world import OCTOBER, activity
from services.key_scenes import held, new_pc, take_in, whole


@pytest.fixture
def full(town):
    """An office that holds a month of three records."""
    take_in(town, town.month())
    return town


def counts(town):
    review = Reviewing(town.office()).review("P001", OCTOBER)
    return len(review.activities), review.cell.state


def test_r37_an_empty_file_removes_nothing(full):
    """A reinstalled PC, its counter begun anew: nothing in its file, everything here."""
    before = held(full.office(), "P001")
    shutil.rmtree(full.folder("P001").root)
    pc = new_pc(full, "P001")
    (outcome,) = take_in(full, Submitting(pc).submit(OCTOBER, full.out()).file,
                         accept_new_device=True)  # fmt: skip
    assert (outcome.state, outcome.new, outcome.same) == ("same", 0, 0)
    assert held(full.office(), "P001") == before
    assert counts(full) == (3, "received")
    whole(full.office())


def test_r37_half_a_file_removes_nothing(full):
    """A PC on which half was never there hands over something of its own."""
    before = held(full.office(), "P001")
    pc = new_pc(full, "P001-half")
    Recording(pc).add([activity(21)])
    (outcome,) = take_in(full, Submitting(pc).submit(OCTOBER, full.out()).file,
                         accept_new_device=True)  # fmt: skip
    assert (outcome.state, outcome.new, outcome.same) == ("newer", 1, 0)
    assert held(full.office(), "P001") > before
    assert counts(full)[0] == 4


def test_a_merge_that_takes_absence_for_deletion_would_be_caught(full, monkeypatch):
    """The wrong variant: what the newest file does not name goes."""
    real = merging.merge

    def mirror(tx, contents, **more):
        merged = real(tx, contents, **more)
        named = {r.id for r in contents.revisions}
        gone = held_in(tx) - named
        projections.refresh(tx, merging.revisions.remove(tx, gone))
        return merged

    def held_in(tx):
        lines = merging.revisions.lines_of_promoter(tx, "P001")
        return {merging.revisions.read_line(line.decode()).id for line in lines}

    monkeypatch.setattr("kashiwa_desktop.services.travel.intake.merge", mirror)
    pc = new_pc(full, "P001-half")
    take_in(full, Submitting(pc).submit(OCTOBER, full.out()).file, accept_new_device=True)
    assert counts(full)[0] == 0
