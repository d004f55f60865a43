"""R58: deleted means gone: in the main file, its journal, its copies, and all that was put aside.

Full form: 2,000 names. CI: 300.
"""

import shutil

import pytest

from conftest import FULL
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.disposing import Disposing
from kashiwa_desktop.services.safety.erasing import Erasing
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.storage import engines
from office_world import activity
from services.key_scenes import LATE, take_in

NAMES = 2_000 if FULL else 300
SECRET = "ここだけの話にしてください"


def copies_in(root, text, *, but=()):
    """{file: how often the text stands in it} of everything below ``root``."""
    found = {
        str(path.relative_to(root)): path.read_bytes().count(text.encode())
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.parent.name not in but
    }
    return {name: times for name, times in found.items() if times}


def names_left(town):
    """Write many drafts and notes, take them back one by one; returns where a name still stands."""
    store = town.pc()
    recording = Recording(store)
    (record,) = recording.add([activity()])
    for n in range(NAMES):
        recording.keep_draft(f"d{n}", {"title": f"架空花子{n:05d}"})
    recording.edit(record, {"private_note": "架空花子の覚え"})
    assert sum(copies_in(store.folder.root, "架空花子").values()) > NAMES
    for n in range(NAMES):
        recording.drop_draft(f"d{n}")
    recording.edit(record, {"private_note": ""})
    return copies_in(store.folder.root, "架空花子")


def test_r58_what_was_taken_back_on_a_pc_is_gone_from_its_files(town, figure):
    left = names_left(town)
    figure(f"R58: {NAMES} names taken back, {sum(left.values())} left in the file and its journal")
    assert left == {}


def test_r58_without_overwriting_names_would_stay(town, monkeypatch):
    """The wrong variant: SQLite's default, which only forgets where a row was."""
    pragmas = {**engines.PRAGMAS, "secure_delete": 0}
    monkeypatch.setattr("kashiwa_desktop.storage.database.PRAGMAS", pragmas)
    assert sum(names_left(town).values()) > NAMES // 2


@pytest.fixture
def erased(town):
    """An office that had a text in every kind of file, and erased it."""
    pc = town.pc()
    (name,) = Recording(pc).add([activity(content=SECRET)])
    take_in(town, town.submit())
    office = town.office()
    Keeping(office).back_up()
    shutil.copy(office.folder.store, office.folder.root / "store.db.v1")
    shutil.copy(office.folder.store, office.folder.root / "store.db.damaged-2026-11-01_090000")
    broken = office.folder.root / "store.db.damaged-2026-11-02_090000"
    broken.write_bytes(b"noise" + office.folder.store.read_bytes()[5:])
    shutil.copy(office.folder.store, office.folder.root / "store.moved-1.db")
    cleaned = {"title": "訪問", "content": ""}
    done = Erasing(town.office(LATE), town.keys).erase("P001", name, cleaned, "お申し出")
    return town, done


def test_r58_an_erasure_names_every_file_that_still_holds_the_text(erased):
    town, done = erased
    held = {name.rpartition("/")[2] for name in copies_in(town.folder().root, SECRET)}
    assert set(done.copies) == held
    assert len(done.copies) == 5
    assert set(Disposing(town.office(LATE)).trace().copies) == held


def test_r58_once_the_copies_are_cleared_it_is_nowhere(erased, figure):
    town, _ = erased
    before = copies_in(town.folder().root, SECRET)
    assert Disposing(town.office(LATE)).clear_copies() == 5
    left = copies_in(town.folder().root, SECRET)
    said = f"R58: an erased text stood {sum(before.values())} times in {len(before)} files"
    figure(f"{said}, after clearing {sum(left.values())}")
    assert left == {}
    assert Keeping(town.office(LATE)).all_copies()


def test_r58_a_search_in_the_copies_alone_would_be_caught(erased, monkeypatch):
    """The wrong variant: what was put aside beside the store is forgotten."""
    monkeypatch.setattr("kashiwa_desktop.services.safety.earlier_files._ASIDE", ())
    town, _ = erased
    Disposing(town.office(LATE)).clear_copies()
    assert copies_in(town.folder().root, SECRET)
