"""前の事務局を戻す: on a new PC, from what is left of the old one, with the envelope.

A 予備の写し brings back what is no revision (issued sheets, payments, accounts of banks, the log);
the archive brings everything that came in or was decided since. Where both are there, the copy goes
first and the archive is read into it.
"""

from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop.bundle import place
from kashiwa_desktop.bundle.header import KINDS
from kashiwa_desktop.crypto import sealing
from kashiwa_desktop.crypto.keys import RecoveryKey
from kashiwa_desktop.errors import AppError, RefusedError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office.setup import office_number
from kashiwa_desktop.services.safety.guarding import Guarding
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.outside_copies import SEALED
from kashiwa_desktop.services.safety.rebuilding import Rebuilding, Rebuilt
from kashiwa_desktop.services.store import Store, facts

_NOTHING = (
    "このフォルダーに、保管したファイルも予備の写しもありません。"
    "前の事務局の「archive」か「copies」の入ったフォルダーをお選びください。"
)


@dataclass(frozen=True, slots=True)
class Remains:
    """What is left of an office: its archive with so many files, its newest whole copy."""

    archive: Path | None
    files: int
    copy: Path | None


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """The office that is here again; ``rebuilt`` None where there was a copy only."""

    number: str
    copy: Path | None
    rebuilt: Rebuilt | None


class BringingBack:
    """Fills a new data folder from the remains of an office."""

    def __init__(self, store: Store) -> None:
        self._store = store.with_envelope()

    def look(self, folder: Path) -> Remains:
        """Return what can be used of a folder (a data folder, an archive, or copies)."""
        archive = max((folder / "archive", folder), key=_count)
        count = _count(archive)
        copy = next(filter(self._may_be_whole, _copies(folder)), None)
        if not count and copy is None:
            raise RefusedError(_NOTHING, code="no_archive")
        return Remains(archive if count else None, count, copy)

    def run(
        self, remains: Remains, passphrase: str, words: str, progress: Progress, *, stolen: bool
    ) -> BroughtBack:
        """Bring the office back under a new 合言葉; a wrong envelope leaves the folder empty."""
        recovery = RecoveryKey.from_text(words)
        if remains.copy is not None:
            progress.step("予備の写しを戻しています", 0, 0)
            self._restore(remains.copy, recovery, passphrase, stolen=stolen)
        rebuilt = None
        if remains.archive is not None:
            service = Rebuilding(self._store)
            rebuilt = service.run(
                remains.archive, passphrase, recovery, revoked=stolen, progress=progress
            )
        with self._store.db.read() as tx:
            number = office_number(facts(tx).office)
        return BroughtBack(number, remains.copy, rebuilt)

    def _restore(self, copy: Path, recovery: RecoveryKey, passphrase: str, *, stolen: bool) -> None:
        keeping = Keeping(self._store)
        if copy.name.endswith(SEALED):
            copy = self._unsealed(copy, recovery)
        _, before = keeping.restore(copy)
        try:
            Guarding(self._store).recover(recovery, passphrase, revoked=stolen)
        except BaseException:
            keeping.put_back(before.file)
            raise

    def _unsealed(self, copy: Path, recovery: RecoveryKey) -> Path:
        """Open a copy that was made for another place; RefusedError with another office's key."""
        try:
            data = sealing.unseal(copy.read_bytes(), [recovery.receiving])
        except sealing.SealedForOthersError as error:
            text = "この事務局の予備のかぎではありません。封筒の事務局の番号をご確認ください。"
            raise RefusedError(text, code="other_recovery_key") from error
        name = copy.name.removesuffix(SEALED) + ".db"
        plain = place.free_name(self._store.folder.copies / name)
        place.save_verified(data, plain, lambda _: None)
        plain.chmod(0o600)
        return plain

    def _may_be_whole(self, copy: Path) -> bool:
        """Whether this can be gone back to; a sealed one shows only with the envelope."""
        if copy.name.endswith(SEALED):
            return True
        try:
            Keeping(self._store).look(copy)
        except AppError:
            return False
        return True


def _count(folder: Path) -> int:
    try:
        return sum(path.suffix in set(KINDS.values()) for path in folder.iterdir())
    except OSError:
        return 0


def _copies(folder: Path) -> list[Path]:
    """Return the copies of the database in a folder, sealed or not, the newest first."""
    places = (folder / "copies", folder)
    found = [p for one in places for end in (".db", SEALED) for p in one.glob(f"*_*{end}")]
    return sorted(found, key=lambda path: path.name, reverse=True)
