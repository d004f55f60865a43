"""配る版: the office names a setup file in its settings, and lays it beside the returns."""

import hashlib
import shutil
from pathlib import Path

from kashiwa_desktop import disk
from kashiwa_desktop.domain import release as rules
from kashiwa_desktop.domain.release import KIND, Release
from kashiwa_desktop.errors import PlaceError, RefusedError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office.settings_changes import shared_patch, write
from kashiwa_desktop.services.store import Store, allow, office_facts
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.storage.database import Tx

LARGEST = 300_000_000
"""Bytes of a setup file; what is larger is none of ours."""
_PIECE = 1024 * 1024
_START = {"kind": KIND}
_READING = "ファイルを確かめています"
_NO_ROOM = "USBメモリーの空きが足りません。別のUSBメモリーをお使いください。"


class Releasing:
    """What is handed out, and laying it on a stick."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def present(self) -> Release | None:
        """Return what the office hands out now."""
        with self._store.db.read() as tx:
            return known(tx)

    def announce(
        self, file: Path, notes: tuple[str, ...] = (), progress: Progress | None = None
    ) -> Release:
        """Name a setup file in the settings; they tell every PC with the next file of the office.

        RefusedError where the name is not that of a setup file, PlaceError where it is unreadable.
        """
        version = rules.version_in(file.name)
        if version is None:
            text = (
                "新しい版のファイルではありません。名前を変えていない"
                "「kashiwa-desktop-版-setup.exe」をお選びください。"
            )
            raise RefusedError(text, code="not_a_release")
        size, sha256 = fingerprint(file, progress)
        made = Release(version, file.name, size, sha256, notes)
        self._put(made.body(), version)
        return made

    def withdraw(self) -> None:
        """Hand out nothing any more."""
        self._put({**_START, "version": ""}, "")

    def lay(self, file: Path, folder: Path, progress: Progress | None = None) -> Path:
        """Copy the setup file that is handed out into a folder, and read it back.

        RefusedError where it is another file than the one that was named.
        """
        wanted = self.present()
        if wanted is None or fingerprint(file, progress) != (wanted.size, wanted.sha256):
            text = "配ることにした版のファイルではありません。もう一度、配る版を決めてください。"
            raise RefusedError(text, code="another_release")
        return copy_verified(file, folder / wanted.file, wanted, progress)

    def _put(self, patch: dict[str, object], version: str) -> None:
        with self._store.db.write() as tx:
            office_facts(tx)
            allow(self._store, tx)
            change = shared_patch(tx, _START, KIND, patch)
            write(self._store, tx, "release", [change], version=version)


def known(tx: Tx) -> Release | None:
    """Return the release that the settings held here name."""
    return rules.read(r.body for r in revisions.shown(tx, "settings"))


def fingerprint(file: Path, progress: Progress | None = None) -> tuple[int, str]:
    """Return (bytes, SHA-256) of a file; PlaceError where it cannot be read or is too large."""
    progress, digest, size = progress or Progress(), hashlib.sha256(), 0
    try:
        total = file.stat().st_size
        if total > LARGEST:
            raise PlaceError(
                f"{file.name} は大きすぎます。ファイルをお確かめください。", code="size"
            )
        with file.open("rb") as data:
            while piece := data.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                progress.step(_READING, size, total)
    except OSError as error:
        text = f"{file.name} を読み取れません。USBメモリーが抜けていないか、お確かめください。"
        raise PlaceError(text, code="no_reading") from error
    return size, digest.hexdigest()


def copy_verified(file: Path, to: Path, wanted: Release, progress: Progress | None = None) -> Path:
    """Copy a setup file whole and read it back; an older one of that name goes. PlaceError."""
    part = to.with_name(f"{to.name}.part")
    try:
        if shutil.disk_usage(to.parent).free < wanted.size:
            raise PlaceError(_NO_ROOM, code="full")
        shutil.copyfile(file, part)
        disk.flush(part)
        if fingerprint(part, progress) != (wanted.size, wanted.sha256):
            text = "写したものを読み直したら、もとと違いました。別のUSBメモリーをお使いください。"
            raise PlaceError(text, code="different")
        disk.replace(part, to)
    except OSError as error:
        text = f"{to.name} を書き込めません。場所と空きを確かめて、もう一度お試しください。"
        raise PlaceError(text, code="cannot_write") from error
    finally:
        disk.forget(part)
    return to
