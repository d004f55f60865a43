"""What the drills of keys share: what a store holds, files of each kind, and a failing disk."""

import errno
import os
import shutil
from contextlib import contextmanager
from unittest import mock

import pyrage

from kashiwa_desktop.cli import shapes
from kashiwa_desktop.crypto import sealing
from kashiwa_desktop.crypto.sealing import WrongPassphraseError
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.key_list import keys_body, listed_keys, present_keys
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.guarding import journal
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.rebuilding import Rebuilding
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.storage import revisions
from office_world import OCTOBER, WORDS, activity, cheap_words

LATE = "2026-11-20T10:00"
SEPTEMBER = Month(2026, 9)


def state(store):
    """S of a store."""
    return Keeping(store).digest()[0]


def board(store):
    """The whole board of the autumn, late marks included."""
    return shapes.board(Reviewing(store).board(SEPTEMBER, OCTOBER))


def whole(store):
    """Nothing is wrong with a store, and its projections follow from its revisions."""
    assert Keeping(store).check(rebuild=True) == []


def a_worked_office(town):
    """Months of three promoters, one of them late; approvals, a question, returns, journals."""
    files = [town.month(promoter) for promoter in ("P001", "P002")]
    town.intake().take_in(files)
    office = town.office()
    Reviewing(office).approve(OCTOBER, ["P001"])
    record = Recording(town.pc("P002")).records(OCTOBER)[0].id
    Returning(office).ask(OCTOBER, "P002", record, "どなたとお会いになりましたか。")
    returned(town, "P001")
    town.intake(LATE).take_in([town.month("P003")])
    Reviewing(town.office(LATE)).approve(OCTOBER, ["P003"])
    journal(town.office(LATE), town.keys)
    return town.office(LATE)


def returned(town, promoter="P001", keys=None):
    """The office's answer to a promoter."""
    return Returning(town.office(LATE)).return_file(promoter, town.out(), keys or town.keys).file


def settings(town, keys=None):
    """A new settings file."""
    return OfficeSetup(town.office(LATE)).setup_file(town.out(), keys or town.keys).file


def take_in(town, *paths, keys=None, **options):
    """Take files in with these keys; returns the outcomes."""
    intake = town.intake(LATE)
    intake._keys = keys or town.keys
    return intake.take_in(list(paths), **options).files


def new_pc(town, name, promoter="P001", settings_file=None):
    """A PC of a promoter in a new folder, with nothing but the settings file."""
    store = town.open(name, LATE)
    PromoterSetup(store).read(settings_file or town.settings, promoter)
    return store


def edited(store, day, month=OCTOBER):
    """One record more, and the month closed again; returns the record's id."""
    (name,) = Recording(store).add([activity(day)], next_version=True)
    Closing(store).close(month)
    return name


def held(store, promoter):
    """The ids of a promoter's own revisions that a store holds."""
    with store.db.read() as tx:
        return {revisions.read_line(x.decode()).id
                for x in revisions.lines_of_promoter(tx, promoter, "promoter")}  # fmt: skip


def receive(store, path):
    (outcome,) = Receiving(store).receive(path).files
    return outcome


def archive_of(town, name="rescued"):
    """What is left of an office whose disk died: a copy of its archive elsewhere."""
    folder = town.root / name
    shutil.copytree(town.folder().archive, folder)
    return folder


def unlocked(store, words=WORDS):
    return OfficeSetup(store).unlock(words)


class FailingDisk:
    """Counts what key files ask of the disk, and fails at one of these steps."""

    def __init__(self, at):
        self.at, self.steps = at, 0

    def _step(self, real):
        def step(*args, **options):
            self.steps += 1
            if self.steps == self.at:
                raise OSError(errno.ENOSPC, "full")
            return real(*args, **options)

        return step

    @contextmanager
    def plugged_in(self):
        """Only while open; the database writes past it."""
        with (
            mock.patch.object(os, "open", self._step(os.open)),
            mock.patch.object(os, "fsync", self._step(os.fsync)),
            mock.patch.object(os, "replace", self._step(os.replace)),
            mock.patch.object(os, "link", self._step(os.link)),
            cheap_words(),
        ):
            yield self


def cheap_locks(monkeypatch):
    """Locks that cost nothing, opened without a process of their own (``test_passphrase``)."""

    def unlock(data, words):
        try:
            return pyrage.passphrase.decrypt(data, words)
        except pyrage.DecryptError:
            raise WrongPassphraseError from None

    monkeypatch.setattr(sealing, "unlock", unlock)
    with cheap_words():
        yield


def rebuilt_in(town, name, archive, words=WORDS, recovery=None, **options):
    """A new data folder of the office, filled from an archive; returns (store, what was told)."""
    store = town.open(name, LATE, "職員 二", afresh=True)
    return store, Rebuilding(store).run(archive, words, recovery, **options)


def with_identity(town, name):
    """A new data folder that holds only the keys of the office."""
    shutil.copytree(town.folder().identity, DataFolder(town.root / name).identity)
    return name


def office_works(town, words):
    """The office opens, its key counts in its own list, and it reads what is sealed to it now."""
    office = town.office(LATE)
    keys = unlocked(office, words)
    with office.db.read() as tx:
        body = keys_body(tx)
        assert keys.signing.public in listed_keys(tx)
    readable = {key.recipient for key in keys.reading}
    assert {public.recipient for public in present_keys(body)} <= readable
    return keys
