"""R01, R38: a power cut at any moment takes nothing back that anybody was told.

All files, all folders and every ``fsync`` of data folder and stick count (RELIABILITY.md §6.5).
Wrong variants: ``mutants/list.toml``.

Full form: every moment of every story, up to five times on each kind of disk. CI: some of them.
"""

import random
import shutil
from dataclasses import replace

import pytest

from conftest import FULL
from faults import medium
from faults.recorder import Recorder
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.storage import engines
from services.power_stories import STORIES, Save

pytestmark = pytest.mark.posix("needs a door between SQLite and the disk")

CUTS = 12
"""At moments taken by chance, in the short form."""
TIMES = 3 if FULL else 1


class Told:
    """A story told once, and what was asked of the disk meanwhile."""

    def __init__(self, story):
        self.story, town = story, story.town
        self.promised, self.states, self.at = [], [story.first(town)], []
        town.close()
        self.record = Recorder(town.root)
        with self.record.watching():
            for files in story.steps(town):
                self.record.tell()
                self.at.append(len(self.record.steps))
                self.states.append(story.state(town))
                self.promised.append({f.relative_to(town.root): f.read_bytes() for f in files})
            town.close()
        assert self.record.missed() == set()
        self.place = town.root.with_name(f"{town.root.name}-cut")

    def cuts(self, rng):
        """Where it is cut: behind everything that is told, and anywhere."""
        last = len(self.record.steps)
        return range(last + 1) if FULL else [*self.at, *(rng.randint(0, last) for _ in range(CUTS))]

    def fates(self, rng, *, ordered):
        """What chance may leave."""
        some = medium.a_beginning(rng) if ordered else medium.any_part(rng)
        ends = [medium.nothing] if ordered else [medium.names_only, medium.contents_only]
        return [*ends, *[some] * TIMES]

    def after(self, at, survivors):
        """Cut the power, let the PC come up again; returns what is wrong."""
        shutil.rmtree(self.place, ignore_errors=True)
        steps = self.record.steps[:at]
        medium.lay(medium.after_cut(self.record.before, steps, survivors).tree(), self.place)
        town = replace(self.story.town, root=self.place, opened=[])
        told = sum(step.kind == "told" for step in steps)
        try:
            return [*self._files(told), *self.story.lies(town), *self._store(town, told)]
        except AppError as error:
            return [f"said {error.code}"]
        finally:
            town.close()

    def _files(self, told):
        wanted = {}
        for promised in self.promised[:told]:
            wanted |= promised
        later = {name for promised in self.promised[told:] for name in promised}
        for name, data in wanted.items():
            path = self.place / name
            if not path.is_file():
                yield f"{name.name} is gone"
            elif name not in later and path.read_bytes() != data:
                yield f"{name.name} is not whole"

    def _store(self, town, told):
        bad, state = [], self.story.state(town)
        if state not in self.states[told : told + 2]:
            bad.append("a told step is lost" if state in self.states else "torn")
        return [*bad, *self.story.comes_up(town)]


def swept(told, *, ordered, seed=1):
    """Cut a story short again and again; returns (how often, what was wrong)."""
    rng, wrong, cuts = random.Random(seed), [], 0
    for at in told.cuts(rng):
        for survivors in told.fates(rng, ordered=ordered):
            cuts += 1
            fate = getattr(survivors, "__name__", "")
            wrong += [f"step {at}, {fate}: {text}" for text in told.after(at, survivors)]
    shutil.rmtree(told.place, ignore_errors=True)
    return cuts, wrong


@pytest.mark.parametrize("kind", STORIES)
def test_r01_a_power_cut_takes_nothing_back_that_was_told(towns, kind, figure):
    told, wrong, said = Told(kind(towns)), [], []
    for ordered in (True, False):
        cuts, found = swept(told, ordered=ordered)
        wrong += found
        said.append(f"{cuts} on {'an ordered disk' if ordered else 'a disk without order'}")
    figure(f"R01: power cuts of {kind.__name__}: {', '.join(said)}: {len(wrong)} bad")
    assert wrong == []


def test_r01_without_syncing_most_cuts_would_be_bad(towns, monkeypatch, figure):
    """The wrong variant: ``synchronous=OFF``."""
    pragmas = {**engines.PRAGMAS, "synchronous": 0}
    monkeypatch.setattr("kashiwa_desktop.storage.database.PRAGMAS", pragmas)
    told, bad = Told(Save(towns)), 0
    rng = random.Random(1)
    for at in told.at:
        bad += bool(told.after(at, medium.any_part(rng)))
    figure(f"R01: {bad} of {len(told.at)} power cuts bad without syncing")
    assert bad >= len(told.at) * 0.6
