"""別の場所への写し: a disk that dies takes no office with it, a stolen one tells nothing.

RELIABILITY.md §5.2: a second place. The archive is sealed already and is copied as it is; the
database is sealed to the office's working and recovery key, as every file that leaves the PC.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kashiwa_desktop.bundle import place
from kashiwa_desktop.crypto import sealing
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.key_list import office_recipients
from kashiwa_desktop.services.office.setup import office_number
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.store import Store, note, office_facts
from kashiwa_desktop.storage import audit

SEALED = ".db.age"
"""How a sealed copy ends: the ``age`` command opens it too."""
_EVENT = "copy_outside"
_DAYS = 31


@dataclass(frozen=True, slots=True)
class OutsideCopy:
    """What was written: the folder, the sealed copy, and how many files of the archive were new."""

    folder: Path
    copy: Path
    files: int


@dataclass(frozen=True, slots=True)
class LastOutside:
    """When the last copy was made elsewhere (None: never), and whether a month has gone by."""

    day: date | None
    is_due: bool


class OutsideCopies:
    """Copies the office to a second disk or a stick."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def last(self) -> LastOutside:
        with self._store.db.read() as tx:
            office_facts(tx)
            found = audit.entries(tx, _EVENT)
        day = datetime.fromisoformat(found[-1].at).date() if found else None
        due = day is None or (self._store.clock.today() - day).days >= _DAYS
        return LastOutside(day, due)

    def copy_to(self, where: Path, progress: Progress) -> OutsideCopy:
        """Write what is new into a folder of this office's own there, each file read back.

        PlaceError where it cannot be written; RefusedError for a place inside the records.
        """
        root = self._store.folder.root.resolve()
        if where.resolve().is_relative_to(root):
            text = "記録と同じ場所には写せません。別のディスクかUSBメモリーをお選びください。"
            raise RefusedError(text, code="same_place")
        with self._store.db.read() as tx:
            number = office_number(office_facts(tx).office).replace(" ", "")
            recipients = office_recipients(tx)
        folder = where / f"kashiwa-office-{number}"
        for part in ("archive", "copies"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        files = self._archive(folder / "archive", progress)
        made = Keeping(self._store).back_up("outside")
        copy = place.free_name(folder / "copies" / made.file.with_suffix(SEALED).name)
        sealed = sealing.seal(made.file.read_bytes(), recipients)
        place.save_verified(sealed, copy, lambda _: None)
        with self._store.db.write() as tx:
            note(self._store, tx, _EVENT, files=files)
        return OutsideCopy(folder, copy, files)

    def _archive(self, target: Path, progress: Progress) -> int:
        new = 0
        kept = sorted(p for p in self._store.folder.archive.iterdir() if p.is_file())
        for n, path in enumerate(kept):
            progress.step("保管したファイルを写しています", n, len(kept))
            there, data = target / path.name, path.read_bytes()
            if not (there.exists() and there.read_bytes() == data):
                place.save_verified(data, place.free_name(there), lambda _: None)
                new += 1
        return new
