"""R18 and R19: what SQLite does not notice, the program does."""

import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from conftest import FULL
from faults import bits
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from office_world import OCTOBER, activity

FLIPS = 5_000 if FULL else 150


@pytest.fixture(scope="module")
def filled(towns):
    """An office with three months taken in, one of them approved, and a promoter's edits."""
    town = towns()
    record = Recording(town.pc()).add([activity(3, private_note="覚え書き")])[0]
    Recording(town.pc()).edit(record, {"title": "直した"})
    files = town.months()
    town.intake().take_in(files)
    Reviewing(town.office(staff="職員 二")).approve(OCTOBER, None)
    yield town
    town.close()


@pytest.fixture
def spoiled(filled):
    town = filled.copy(filled.root.with_name(f"{filled.root.name}-spoiled"))
    yield town
    town.close()
    shutil.rmtree(town.root)


def found(town, name="office"):
    """What the start-up check and ``check`` say; a refusal to open counts too."""
    try:
        told = Keeping(town.office() if name == "office" else town.pc(name)).check()
        return [one.text for one in told]
    except StoreError as error:
        return [error.text]
    finally:
        town.close()


def edit(town, *statements, name="office"):
    """Change what the store holds, as somebody who knows how: its triggers are there again."""
    with closing(sqlite3.connect(town.folder(name).store)) as file:
        triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        kept = file.execute(triggers).fetchall()
        for name, _ in kept:
            file.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            file.execute(*statement) if isinstance(statement, tuple) else file.execute(statement)
        for _, sql in kept:
            file.execute(sql)
        file.commit()


def sqlite_notices(town):
    with closing(sqlite3.connect(town.folder().store)) as file:
        return file.execute("PRAGMA integrity_check").fetchall() != [("ok",)]


def test_a_whole_store_has_nothing_to_say(spoiled):
    assert found(spoiled) == []
    assert found(spoiled, "P001") == []


def test_every_flipped_bit_of_a_revision_is_noticed(spoiled, figure):
    rng, noticed, by_sqlite = random.Random(18), 0, 0
    path = spoiled.folder().store
    with closing(sqlite3.connect(path)) as file:
        lines = file.execute("SELECT id, CAST(line AS BLOB) FROM revision").fetchall()
    clean = path.read_bytes()
    for _ in range(FLIPS):
        name, line = rng.choice(lines)
        changed = bits.flipped(line, rng.randrange(len(line) * 8))
        change = "UPDATE revision SET line = CAST(? AS TEXT) WHERE id = ?"
        edit(spoiled, (change, (changed, name)))
        noticed += found(spoiled) != []
        by_sqlite += sqlite_notices(spoiled)
        path.write_bytes(clean)
    figure(f"{noticed} of {FLIPS} flips noticed, {by_sqlite} by SQLite's own check")
    assert noticed == FLIPS
    assert by_sqlite < FLIPS / 2  # the wrong variant: trusting integrity_check


def test_every_flipped_bit_of_the_file_is_noticed_or_changes_nothing(spoiled, figure):
    """Anywhere in the file: noticed, or nothing that is ever read differs."""
    path = spoiled.folder().store
    clean, before = path.read_bytes(), said(spoiled)
    rng, noticed, harmless = random.Random(19), 0, 0
    for _ in range(FLIPS):
        path.write_bytes(bits.flipped(clean, rng.randrange(len(clean) * 8)))
        if found(spoiled):
            noticed += 1
        else:
            harmless += 1
            assert said(spoiled) == before
    path.write_bytes(clean)
    figure(f"{noticed} of {FLIPS} flips in the file noticed, {harmless} changed nothing")
    assert noticed > 0


def said(town):
    """What the tables under the program's checks say."""
    tables = ("revision", "edge", "bundle_revision", "head", "activity", "activity_area", "audit")
    with closing(sqlite3.connect(town.folder().store)) as file:
        file.text_factory = bytes
        return [sorted(file.execute(f"SELECT * FROM {table}").fetchall()) for table in tables]


HAND_EDITS = {
    "a text": "UPDATE revision SET line = replace(line, '打合せ', '打合わ')"
    " WHERE type = 'activity'",
    "an amount": "UPDATE revision SET line = replace(line, '40000', '40004')"
    " WHERE type = 'approval'",
    "a month": "UPDATE revision SET month = '2026-09' WHERE type = 'activity'",
    "an owner": "UPDATE revision SET promoter = 'P003' WHERE promoter = 'P001'",
    "a role": "UPDATE revision SET role = 'office' WHERE role = 'promoter'",
    "a revision away": "DELETE FROM revision WHERE id = (SELECT max(id) FROM revision"
    " WHERE type = 'activity')",
    "an approval away": "DELETE FROM revision WHERE type = 'approval'",
    "another id": "UPDATE revision SET id = 'x' WHERE id = (SELECT min(id) FROM revision)",
    "a link away": "DELETE FROM edge",
    "a link more": "INSERT INTO edge VALUES ('x', 'y')",
    "a head": "UPDATE head SET shown = 0",
    "a head away": "DELETE FROM head WHERE type = 'activity'",
    "a conflict": "UPDATE head SET conflict = 1 WHERE rowid = (SELECT min(rowid) FROM head)",
    "a count": "UPDATE activity SET counted = 0",
    "minutes": "UPDATE activity SET minutes = 900",
    "an activity away": "DELETE FROM activity WHERE rowid = (SELECT min(rowid) FROM activity)",
    "an area": "UPDATE activity_area SET area = 'A4'",
    "the log": "UPDATE audit SET who = 'x' WHERE n = 2",
    "the end of the log": "DELETE FROM audit WHERE n = (SELECT max(n) FROM audit)",
    "the whole log": "DELETE FROM audit",
    "what a file brought": "INSERT INTO bundle_revision VALUES ('x', 'y')",
}


@pytest.mark.parametrize("name", HAND_EDITS)
def test_what_was_changed_by_hand_is_noticed(spoiled, name):
    before = said(spoiled)
    edit(spoiled, HAND_EDITS[name])
    assert said(spoiled) != before
    assert found(spoiled) != []


def test_projections_that_were_changed_are_made_right_by_a_rebuild(spoiled):
    edit(spoiled, "UPDATE head SET shown = 0", "DELETE FROM activity", "DELETE FROM activity_area")
    assert found(spoiled) != []
    assert Keeping(spoiled.office()).check(rebuild=True) == []


def test_the_message_names_the_record(spoiled):
    with closing(sqlite3.connect(spoiled.folder().store)) as file:
        (name,) = file.execute("SELECT min(id) FROM revision WHERE type = 'activity'").fetchone()
    edit(spoiled, ("UPDATE revision SET line = line || ' ' WHERE id = ?", (name,)))
    assert any(name[:12] in text for text in found(spoiled))


def test_a_file_that_went_from_the_archive_is_missed(spoiled):
    next(spoiled.folder().archive.glob("2026-11-05_*")).unlink()
    assert any("保管したファイルがありません" in text for text in found(spoiled))


def test_keys_of_another_pc_are_noticed(spoiled):
    other = spoiled.folder("P002").identity / "pc.key"
    (spoiled.folder("P001").identity / "pc.key").write_bytes(other.read_bytes())
    assert any("かぎ" in text for text in found(spoiled, "P001"))
