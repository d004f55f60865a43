"""配る版: the office names a setup file in its settings, and lays it beside what it hands out.

The file is kept in ``updates/`` from then on, so that it is chosen once and lies on each stick.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop import disk
from kashiwa_desktop.bundle import place
from kashiwa_desktop.domain import release as rules
from kashiwa_desktop.domain.release import KIND, Release
from kashiwa_desktop.errors import PlaceError, RefusedError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office.settings_changes import shared_patch, write
from kashiwa_desktop.services.store import Change, Store, allow, office_facts, roster
from kashiwa_desktop.storage import bundles, devices, revisions
from kashiwa_desktop.storage.database import Tx

LARGEST = 300_000_000
"""Bytes of a setup file; what is larger is none of ours."""
_MB = 1_000_000
_PIECE = 1024 * 1024
_START = {"kind": KIND}
_READING = "ファイルを確かめています"
_COPYING = "ファイルを写し、読み直しています"
_MOST_NOTES, _LONGEST_NOTE = 20, 200


@dataclass(frozen=True, slots=True)
class Behind:
    """A promoter whose newest file was made by an older version than the one handed out."""

    promoter: str
    name: str
    app: str


class Releasing:
    """What is handed out, laying it on a stick, and who still has an older one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def present(self) -> tuple[Release, ...]:
        """Return what the office hands out now, one for each system."""
        with self._store.db.read() as tx:
            return known(tx)

    def at_hand(self) -> tuple[Release, ...]:
        """Return those of them whose file is kept here, so that it can be laid on a stick."""
        return tuple(one for one in self.present() if is_kept(self._store.folder, one))

    def announce(
        self, file: Path, notes: Sequence[str] = (), progress: Progress | None = None
    ) -> Release:
        """Name a setup file in the settings; they tell every PC with the next file of the office.

        RefusedError where the name is not that of a setup file, PlaceError where it is unreadable.
        """
        version = rules.version_in(file.name)
        if version is None:
            text = (
                "新しい版のファイルではありません。名前を変えていない"
                "「kashiwa-desktop-版-setup.exe」か「.deb」をお選びください。"
            )
            raise RefusedError(text, code="not_a_release")
        said = _read_notes(notes)
        progress = progress or Progress()
        size, sha256 = fingerprint(file, progress)
        made = Release(version, file.name, size, sha256, said)
        keep(self._store.folder, file, made, progress)
        self._put([(made.system, made.body())], version)
        tidy(self._store.folder, self.present())
        return made

    def withdraw(self) -> None:
        """Hand out nothing any more."""
        self._put([(system, {**_START, "version": ""}) for system in rules.NAMES], "")
        tidy(self._store.folder, ())

    def lay(
        self, folder: Path, progress: Progress | None = None, file: Path | None = None
    ) -> list[Path]:
        """Copy what is handed out into a folder, and read it back from the medium.

        What lies there already is compared only. ``file`` is taken where none is kept here.
        RefusedError where it is another file than the one that was named, or there is none.
        """
        progress = progress or Progress()
        if file is not None:
            self._take(file, progress)
        found = self.at_hand()
        if not found:
            text = (
                "新しい版のファイルが、このパソコンにありません。もう一度、配る版を決めてください。"
            )
            raise RefusedError(text, code="no_release")
        return [
            lay_one(self._store.folder.updates / one.file, folder / one.file, one, progress)
            for one in found
        ]

    def behind(self) -> list[Behind]:
        """Return who still has an older version than the newest that is handed out."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return behind(tx)

    def _take(self, file: Path, progress: Progress) -> None:
        """Keep a file again that was named before, as on another PC of the office."""
        wanted = next((one for one in self.present() if one.file == file.name), None)
        if wanted is None or fingerprint(file, progress) != (wanted.size, wanted.sha256):
            text = "配ることにした版のファイルではありません。もう一度、配る版を決めてください。"
            raise RefusedError(text, code="another_release")
        keep(self._store.folder, file, wanted, progress)

    def _put(self, patches: Sequence[tuple[str, dict[str, object]]], version: str) -> None:
        with self._store.db.write() as tx:
            office_facts(tx)
            allow(self._store, tx)
            named = {one.system for one in known(tx)}
            changes: list[Change | None] = [
                shared_patch(tx, _START, system, patch)
                for system, patch in patches
                if patch.get("version") or system in named
            ]
            write(self._store, tx, "release", changes, version=version)


def known(tx: Tx) -> tuple[Release, ...]:
    """Return the releases that the settings held here name, one for each system."""
    return rules.read(r.body for r in revisions.shown(tx, "settings"))


def behind(tx: Tx) -> list[Behind]:
    """Return who is at work with an older version, as the newest file of his PC tells."""
    newest = ""
    for one in known(tx):
        newest = one.version if not newest or rules.is_newer(one.version, newest) else newest
    if not newest:
        return []
    made, people = bundles.apps(tx), roster(tx)
    apps = {
        d.promoter: made[d.id]
        for d in sorted(devices.all_known(tx), key=lambda d: d.at)
        if d.id in made and d.state == "listed"
    }
    return [
        Behind(person.promoter, person.name, apps[person.promoter])
        for person in people.people
        if person.promoter in apps and rules.is_newer(newest, apps[person.promoter])
    ]


def is_kept(folder: DataFolder, wanted: Release) -> bool:
    """Whether a file of that name and size lies in ``updates/``; whoever uses it compares it."""
    return _has_size(folder.updates / wanted.file, wanted)


def _has_size(file: Path, wanted: Release) -> bool:
    try:
        return file.stat().st_size == wanted.size
    except OSError:
        return False


def keep(folder: DataFolder, file: Path, wanted: Release, progress: Progress) -> Path:
    """Copy a setup file into ``updates/``, unless it lies there already; PlaceError."""
    place.new_folder(folder.updates)
    here = folder.updates / wanted.file
    return lay_one(file, here, wanted, progress)


def tidy(folder: DataFolder, wanted: Sequence[Release]) -> None:
    """Let setup files go that nobody needs any more."""
    names = {one.file for one in wanted}
    if folder.updates.is_dir():
        disk.forget(*(path for path in folder.updates.iterdir() if path.name not in names))


def lay_one(file: Path, to: Path, wanted: Release, progress: Progress) -> Path:
    """Copy one setup file and read it back; nothing is written where it lies there already."""
    if file == to:
        return to
    proof = (wanted.size, wanted.sha256)
    if _has_size(to, wanted) and fingerprint(to, progress) == proof:
        return to
    done = [0]

    def tell(count: int) -> None:
        done[0] += count
        progress.step(_COPYING, done[0] // _MB, 2 * wanted.size // _MB)

    place.copy_verified(file, to, proof, tell)
    return to


def fingerprint(file: Path, progress: Progress | None = None) -> tuple[int, str]:
    """Return (bytes, SHA-256) of a file; PlaceError where it cannot be read or is too large."""
    progress, done = progress or Progress(), [0]
    try:
        total = file.stat().st_size
        if total > LARGEST:
            text = f"{file.name} は大きすぎます。ファイルをご確認ください。"
            raise PlaceError(text, code="size")

        def tell(count: int) -> None:
            done[0] += count
            progress.step(_READING, done[0] // _MB, total // _MB)

        with file.open("rb") as data:
            return place.digest_of(iter(lambda: data.read(_PIECE), b""), tell)
    except OSError as error:
        text = f"{file.name} を読み取れません。USBメモリーが抜けていないか、ご確認ください。"
        raise PlaceError(text, code="no_reading") from error


def _read_notes(notes: Sequence[str]) -> tuple[str, ...]:
    """Return what is new, a line each; RefusedError where it is more than a file can hold."""
    said = tuple(line.strip() for note in notes for line in note.splitlines() if line.strip())
    if len(said) > _MOST_NOTES or any(len(line) > _LONGEST_NOTE for line in said):
        text = f"新しくなったことは、1行{_LONGEST_NOTE}字まで、{_MOST_NOTES}行までにしてください。"
        raise RefusedError(text, code="notes")
    return said
