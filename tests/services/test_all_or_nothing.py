"""R35 and R10: what fails, fails whole. No record of a failed file, no lie about a saved one.

Full form: every errno at every call. CI: two kinds, every third call.
"""

import contextlib
import shutil
import sqlite3
from itertools import count

import pytest
from sqlalchemy import exc

from conftest import FULL
from faults import moments, trap
from faults.trap import Trap
from kashiwa_desktop.bundle import place
from kashiwa_desktop.errors import AppError, RefusedError
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.travel import intake, merging
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.storage import revisions
from office_world import OCTOBER, activity
from services.merged_sets import contents_of, everything

pytestmark = pytest.mark.posix("needs a door between SQLite and the disk")

KINDS = (trap.FULL, trap.BROKEN, trap.READ_ONLY, trap.FORBIDDEN, trap.QUOTA)
KINDS = KINDS if FULL else KINDS[:2]
STRIDE = 1 if FULL else 3


@contextlib.contextmanager
def refusing_to_store(town, revision):
    """The database itself raises when it comes to this revision; gives an intake opened before."""
    intake = town.intake()
    with contextlib.closing(sqlite3.connect(town.folder().store)) as file:
        file.execute(
            "CREATE TRIGGER stop BEFORE INSERT ON revision "
            f"WHEN NEW.id = '{revision}' BEGIN SELECT RAISE(ABORT, 'stop'); END"
        )
        file.commit()
        yield intake
        file.execute("DROP TRIGGER stop")
        file.commit()


def fails_at_every_revision(town, files):
    """Return how many of the imports that broke at revision k left something behind."""
    office, left = town.office(), 0
    ids = [r.id for path in files for r in contents_of(town, path).revisions]
    before = everything(office)
    for revision in ids:
        with (
            refusing_to_store(town, revision) as intake,
            pytest.raises(exc.IntegrityError, match="stop"),
        ):
            intake.take_in(files)
        left += everything(office) != before
    return len(ids), left


def test_an_import_that_breaks_at_any_revision_leaves_nothing(town, figure):
    files = town.months()
    tried, left = fails_at_every_revision(town, files)
    figure(f"{tried} imports broken at revision k, {left} left something")
    assert (tried, left) == (12, 0)
    assert town.intake().take_in(files).all_in


def test_an_import_of_file_by_file_would_be_caught(town, monkeypatch):
    """The wrong variant: each file is committed as soon as it is merged."""
    real = merging.merge

    def hasty(tx, contents, **more):
        merged = real(tx, contents, **more)
        tx.exec_driver_sql("COMMIT")
        tx.exec_driver_sql("BEGIN IMMEDIATE")
        return merged

    monkeypatch.setattr(intake, "merge", hasty)
    files = town.months()
    assert fails_at_every_revision(town, files)[1] > 0


class Story:
    """One thing a person does, what it is worth afterwards, and whose store it changes."""

    def __init__(self, town, who):
        self.start, self.who = town, who
        self.files = [town.month()] if who == "office" else []
        town.close()

    def store(self, town):
        return town.office() if self.who == "office" else town.pc(self.who)

    def tell(self, town):
        raise NotImplementedError


class Saving(Story):
    def tell(self, town):
        Recording(town.pc()).add([activity(20), activity(21)], next_version=True)


class HandingOver(Story):
    def tell(self, town):
        (town.root / "stick").mkdir(exist_ok=True)
        place.save_verified(b"x", town.root / "stick" / "other.txt", lambda _: None)
        (town.root / "stick" / "other.txt").unlink()
        made = Submitting(town.pc()).submit(OCTOBER, town.root / "stick")
        assert contents_of(town, made.file).bundle_id == made.bundle


class TakingIn(Story):
    def tell(self, town):
        for outcome in town.intake().take_in(self.files).files:
            if outcome.reason:
                raise RefusedError(outcome.text)


def sweep(story, watch, spot):
    """Fail each call of the story, once and from then on; returns (tries, what was wrong)."""
    tries, wrong = 0, []
    for kind in KINDS:
        for onwards in (False, True):
            for at in count(1, STRIDE):
                shutil.rmtree(spot, ignore_errors=True)
                town = story.start.copy(spot)
                before = everything(story.store(town))[0][0]
                sick = Trap(at, kind, onwards=onwards)
                said = told_of(story, town, watch, sick)
                wrong += [f"{at} {sick.names[at - 1 : at]} {kind()}: {w}"
                          for w in judged(story, town, said, before)]  # fmt: skip
                town.close()
                tries += 1
                if not sick.sprang:
                    break
    return tries, wrong


def told_of(story, town, watch, sick):
    """Tell the story; returns None where it went well, else the sentence of its refusal."""
    try:
        with watch(sick):
            story.tell(town)
    except AppError as error:
        return error.text
    except OSError as error:
        return f"not in our words: {error!r}"
    return None


def judged(story, town, said, before):
    store = story.store(town)
    after = everything(store)[0][0]
    wrong = list(Keeping(store).check())
    if said is not None and after != before:
        wrong.append(f"refused ({said}), and yet it was done")
    if said is None and after == before and not isinstance(story, HandingOver):
        wrong.append("said to be done, and it is not there")
    if said is not None and (said.startswith("not in our") or said.isascii()):
        wrong.append(said)
    return wrong


@pytest.mark.parametrize("kind", [Saving, HandingOver])
def test_whatever_call_of_sqlite_fails_nothing_is_half_done(towns, figure, kind):
    town = towns()
    story = kind(town, "P001")
    tries, wrong = sweep(story, moments.at_sqlite_calls, town.root.with_name("sick"))
    figure(f"{tries} failing calls of SQLite, {len(wrong)} bad")
    assert wrong == []
    assert tries > 20


def test_whatever_call_of_sqlite_fails_an_intake_is_whole(towns, figure):
    town = towns()
    story = TakingIn(town, "office")
    tries, wrong = sweep(story, moments.at_sqlite_calls, town.root.with_name("sick"))
    figure(f"{tries} failing calls of SQLite, {len(wrong)} bad")
    assert wrong == []


@pytest.mark.parametrize(("kind", "who"), [(HandingOver, "P001"), (TakingIn, "office")])
def test_whatever_file_call_fails_nothing_is_half_done(towns, figure, kind, who, monkeypatch):
    town = towns()
    story = kind(town, who)
    monkeypatch.setattr(moments, "FILE_CALLS", [c for c in moments.FILE_CALLS if c != "chmod"])
    tries, wrong = sweep(story, moments.at_file_calls, town.root.with_name("sick"))
    figure(f"{tries} failing file calls, {len(wrong)} bad")
    assert wrong == []


def test_a_save_in_two_commits_would_be_caught(towns, monkeypatch):
    """The wrong variant: the records first, then what belongs to them."""
    real = revisions.add

    def hasty(tx, new, *, made_here):
        done = real(tx, new, made_here=made_here)
        tx.exec_driver_sql("COMMIT")
        tx.exec_driver_sql("BEGIN IMMEDIATE")
        return done

    monkeypatch.setattr(revisions, "add", hasty)
    town = towns()
    _, wrong = sweep(Saving(town, "P001"), moments.at_sqlite_calls, town.root.with_name("sick"))
    assert any("and yet it was done" in text for text in wrong)
