"""R01: a power cut at any moment of a save, a closing, an intake loses nothing that was confirmed.

Full form: 10,000 cuts. CI: 60.
"""

import random
import shutil

import pytest

from conftest import FULL
from faults import power
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.storage import engines
from office_world import OCTOBER, activity

pytestmark = pytest.mark.posix("needs a door between SQLite and the disk")

CUTS = 5_000 if FULL else 30
"""On each kind of disk."""


class Save:
    """A promoter's day: records, a correction, a month closed."""

    who = "P001"

    def __init__(self, town):
        self.town = town

    def open(self, town):
        return town.pc()

    def steps(self, town):
        recording = Recording(town.pc())
        (first,) = recording.add([activity(3)])
        yield
        recording.add([activity(4), activity(5, private_note="覚え")])
        yield
        recording.edit(first, {"title": "直した"})
        yield
        Closing(town.pc()).close(OCTOBER)
        yield


class TakeIn:
    """The office takes three files in."""

    who = "office"

    def __init__(self, town):
        self.town = town
        self.files = town.months()
        town.close()

    def open(self, town):
        return town.office()

    def steps(self, town):
        town.intake().take_in(self.files[:1])
        yield
        town.intake().take_in(self.files[1:])
        yield


def files_of(folder):
    return {path.name: path.read_bytes() for path in folder.root.glob("store.db*")}


def told(story, town):
    """Tell the story once; returns (files before, what was written, its states in a row)."""
    folder = town.folder(story.who)
    store = story.open(town)
    states = [Keeping(store).digest()[0]]
    before = files_of(folder)
    with power.recorded() as seen:
        for _ in story.steps(town):
            seen.append(("told", "", 0, b""))
            states.append(Keeping(store).digest()[0])
    town.close()
    return before, seen, states


def after_cut(story, town, disk, states, confirmed):
    """Let the PC come up again; returns what is wrong."""
    folder = town.folder(story.who)
    for path in folder.root.glob("store.db*"):
        path.unlink()
    for name, data in disk.items():
        (folder.root / name).write_bytes(data)
    try:
        store = story.open(town)
        state = Keeping(store).digest()[0]
        Keeping(store).prove()
    except AppError as error:
        return [f"corrupt ({error.code})"]
    finally:
        town.close()
    if state not in states:
        return ["torn"]
    return ["a confirmed step is lost"] if states.index(state) < confirmed else []


def swept(story, town, *, ordered):
    start = town.copy(town.root.with_name(f"{town.root.name}-cut"))
    before, seen, states = told(story, town)
    assert len({step[1] for step in seen}) >= 2
    rng, wrong = random.Random(1), []
    try:
        for _ in range(CUTS):
            at = rng.randint(0, len(seen))
            disk = power.cut(before, seen, at, rng, ordered=ordered)
            confirmed = sum(step[0] == "told" for step in seen[:at])
            wrong += after_cut(story, start, disk, states, confirmed)
    finally:
        start.close()
        shutil.rmtree(start.root)
    return wrong


@pytest.mark.parametrize("ordered", [True, False], ids=["ordered", "any-order"])
@pytest.mark.parametrize("kind", [Save, TakeIn])
def test_r01_a_power_cut_loses_nothing_confirmed(towns, kind, ordered, figure):
    town = towns()
    wrong = swept(kind(town), town, ordered=ordered)
    disk = "an ordered disk" if ordered else "a disk without order"
    figure(
        f"R01: {CUTS} power cuts of {kind.__name__} on {disk}: {len(wrong)} lost, torn or corrupt"
    )
    assert wrong == []


def test_r01_without_syncing_most_cuts_would_be_bad(towns, monkeypatch, figure):
    """The wrong variant: ``synchronous=OFF``."""
    pragmas = {**engines.PRAGMAS, "synchronous": 0}
    monkeypatch.setattr("kashiwa_desktop.storage.database.PRAGMAS", pragmas)
    town = towns()
    wrong = swept(Save(town), town, ordered=False)
    figure(f"R01: {len(wrong)} of {CUTS} power cuts bad without syncing")
    assert len(wrong) >= CUTS * 0.6
