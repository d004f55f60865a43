"""An office whose disk died, or that went back to a copy (RELIABILITY.md R59): what is lost.

Each tells its figure, and is shown wrong once: without the step that saves it, it must fail.
"""

import shutil

import pytest

from kashiwa_desktop.crypto.keys import OfficePublic, RecoveryKey
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.key_list import listed_keys
from kashiwa_desktop.services.office.enrolling import Enrolling
from kashiwa_desktop.services.office.setup import OfficeSetup
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety import rebuilding
from kashiwa_desktop.services.safety.erasing import Erasing
from kashiwa_desktop.services.safety.guarding import Guarding, journal
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.rebuilding import Rebuilding
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.storage import revisions
from office_world import OCTOBER, WORDS
from services.key_scenes import (
    LATE,
    a_worked_office,
    archive_of,
    board,
    cheap_locks,
    edited,
    new_pc,
    office_works,
    rebuilt_in,
    receive,
    returned,
    settings,
    state,
    take_in,
    unlocked,
    whole,
    with_identity,
)

NEW_WORDS = "あたらしい ことば"

_cheap = pytest.fixture(autouse=True)(cheap_locks)


def test_an_office_whose_disk_died_is_rebuilt_from_its_archive(town, figure):
    office = a_worked_office(town)
    told, shown = state(office), board(office)
    archive = archive_of(town)
    again, found = rebuilt_in(town, with_identity(town, "second"), archive)
    assert found.unread == ()
    assert (found.digest, state(again), board(again)) == (told, told, shown)
    assert [row["cells"]["2026-10"]["late"] for row in shown["rows"]][:3] == [False, False, True]
    assert Enrolling(again).pcs() != []
    assert [p.device for p in Enrolling(again).pcs()] == [p.device for p in Enrolling(office).pcs()]
    whole(again)
    assert journal(again, town.keys) is None
    once_more = Rebuilding(again).run(archive, WORDS)
    assert (once_more.new, state(again)) == (0, told)
    edited(town.pc(), 20)
    intake = town.intake(LATE)
    intake._store = again
    assert intake.take_in([town.submit()]).files[0].new == 2
    figure(f"lost records 0 of {found.new}")


@pytest.mark.parametrize("name", ["2026-11-20_P003_*.kssz", "*.kssj"])
def test_an_archive_with_a_hole_does_not_give_the_same_office(town, name):
    office = a_worked_office(town)
    archive = archive_of(town)
    gone = sorted(archive.glob(name))
    for path in gone:
        path.unlink()
    again, found = rebuilt_in(town, with_identity(town, "second"), archive)
    assert gone
    assert (found.digest, found.unread) == (state(again), ())
    assert state(again) != state(office)


def test_the_envelope_and_the_archive_are_enough(town, figure):
    office = a_worked_office(town)
    told, shown = state(office), board(office)
    archive = archive_of(town)
    with pytest.raises(RefusedError, match="予備のかぎ"):
        rebuilt_in(town, "without", archive)  # wrong: neither keys nor envelope
    with pytest.raises(RefusedError, match="予備のかぎに合う設定ファイルが見つかりません"):
        rebuilt_in(town, "other", archive, NEW_WORDS, RecoveryKey.generate())
    spoken = "\n".join(map(" ".join, town.recovery.words()))
    recovery = RecoveryKey.from_text(spoken)
    again, found = rebuilt_in(town, "second", archive, NEW_WORDS, recovery, revoked=True)
    assert (found.digest, found.unread, board(again)) == (told, (), shown)
    new = unlocked(again, NEW_WORDS)
    assert OfficePublic.load(again.folder.identity).office == town.office_id
    with again.db.read() as tx:
        assert town.keys.signing.public not in listed_keys(tx)
    whole(again)
    promoter = town.pc()
    receive(promoter, setup_of(town, again, new))
    edited(promoter, 20)
    intake = town.intake(LATE)
    intake._store, intake._keys = again, new
    assert intake.take_in([town.submit()]).files[0].new == 2
    _, found = rebuilt_in(town, "third", again.folder.archive, WORDS, recovery)
    assert (found.unread, found.digest) == ((), state(again))
    figure(f"lost records 0 of {found.new}")


def setup_of(town, store, keys):
    return OfficeSetup(store).setup_file(town.out(), keys).file


def test_a_restored_office_reads_its_archive_again(town, figure):
    office = town.office()
    copy = Keeping(office).back_up()
    town.close()
    office = a_worked_office(town)
    Enrolling(office).report_lost(Enrolling(office).pcs("P002")[0].number)
    journal(office, town.keys)
    told, shown = state(office), board(office)
    town.close()
    Keeping(town.office(LATE)).restore(copy.file)
    office = town.office(LATE)
    assert state(office) != told  # wrong: the copy alone is not enough
    found = Rebuilding(office).run(office.folder.archive, WORDS)
    assert (state(office), board(office), found.unread) == (told, shown, ())
    assert [p.state for p in Enrolling(office).pcs()] == ["listed", "lost", "listed"]
    whole(office)
    assert Rebuilding(office).run(office.folder.archive, WORDS).new == 0
    figure(f"lost records 0 of {found.new}, late marks changed 0")


def test_an_office_restored_from_before_a_change_of_keys_finds_its_list_again(town):
    copy = Keeping(town.office()).back_up()
    town.close()
    office = town.office(LATE)
    take_in(town, town.month())
    new = Guarding(office).rotate(town.keys, WORDS)
    told = state(office)
    town.close()
    Keeping(town.office(LATE)).restore(copy.file)
    office = town.office(LATE)
    found = Rebuilding(office).run(office.folder.archive, WORDS)
    assert (state(office), found.unread) == (told, ())
    assert office_works(town, WORDS).signing.raw == new.signing.raw


def test_a_key_that_is_not_the_present_one_is_refused(town):
    shutil.copytree(town.folder().identity, town.root / "old-identity")
    office = town.office(LATE)
    settings(town, Guarding(office).rotate(town.keys, WORDS))
    shutil.copytree(town.root / "old-identity", DataFolder(town.root / "second").identity)
    with pytest.raises(RefusedError, match="いまのかぎではありません"):
        rebuilt_in(town, "second", archive_of(town))
    assert list(DataFolder(town.root / "second").archive.iterdir()) == []


def test_a_stray_file_enrols_no_pc(town):
    office = a_worked_office(town)
    archive = archive_of(town)
    stray = new_pc(town, "stray", "P001")
    file = Submitting(stray).submit(OCTOBER, archive).file
    (archive / "写真.kssz").write_bytes(b"not ours")
    again, found = rebuilt_in(town, with_identity(town, "second"), archive)
    assert {u.file for u in found.unread} == {file.name, "写真.kssz"}
    assert len(Enrolling(again).pcs()) == 3
    assert state(again) == state(office)


def test_journals_hold_what_no_other_file_holds(town):
    office = a_worked_office(town)
    assert journal(office, town.keys) is None
    Reviewing(office).unapprove(OCTOBER, "P001", "数え直し")
    made = journal(office, town.keys)
    assert made is not None
    assert (made.revisions, made.file.parent) == (1, office.folder.archive)
    settings(town)
    assert journal(office, town.keys) is None


def erase_one(town, office, promoter):
    record = Recording(town.pc(promoter)).records(OCTOBER)[0].id
    Erasing(office, town.keys).erase(promoter, record, {"title": "(消しました)"}, "申し出")
    journal(office, town.keys)


def test_without_what_is_kept_of_receipts_an_erasure_would_move_the_late_marks(town, monkeypatch):
    office = a_worked_office(town)
    monkeypatch.setattr(rebuilding, "enter_receipts", lambda *_: None)
    erase_one(town, office, "P003")
    again, _ = rebuilt_in(town, with_identity(town, "second"), office.folder.archive)
    assert state(again) == state(office)
    assert board(again) != board(office)


def test_receipts_stay_in_the_office(town):
    office = a_worked_office(town)
    erase_one(town, office, "P001")
    with office.db.read() as tx:
        kinds = [r.body.get("kind") for r in revisions.shown(tx, "settings")]
    assert kinds.count("received") == 1
    assert b'"kind":"received"' not in settings(town).read_bytes()
    pc = town.pc("P001")
    receive(pc, returned(town, "P001"))
    with pc.db.read() as tx:
        assert "received" not in [r.body.get("kind") for r in revisions.shown(tx, "settings")]


def test_what_was_erased_does_not_come_back_with_the_archive(town):
    office = a_worked_office(town)
    old = town.root / "old-archive"
    shutil.copytree(office.folder.archive, old)
    erase_one(town, office, "P001")
    erase_one(town, office, "P003")
    told, shown = state(office), board(office)
    again, found = rebuilt_in(town, with_identity(town, "second"), office.folder.archive)
    assert (found.unread, state(again)) == ((), told)
    assert board(again) == shown
    assert [row["cells"]["2026-10"]["late"] for row in shown["rows"]][:3] == [False, False, True]
    assert [p.device for p in Enrolling(again).pcs()] == [p.device for p in Enrolling(office).pcs()]
    intake = town.intake(LATE)
    intake._store = again
    before = next(old.glob("*_P001_*.kssz"))
    assert intake.preview([before]).files[0].state == "same"
    Rebuilding(again).run(old, WORDS)  # wrong: an archive from before the erasure
    assert state(again) == told
    whole(again)
