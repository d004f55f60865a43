"""新しい版がUSBにあります: finding exactly the file that the office named, and putting it in.

Nothing else on a stick is ever opened: the name and the size are looked at first, then the SHA-256.
Before the setup starts a 予備の写し is made and the file lies on this PC, compared again.
"""

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop import __version__
from kashiwa_desktop.domain.release import Release, is_newer
from kashiwa_desktop.errors import PlaceError, RefusedError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office.releasing import copy_verified, fingerprint, known
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.store import Store, note
from kashiwa_desktop.services.travel.sticks import Stick
from kashiwa_desktop.storage import meta

ANOTHER = "USBの中の新しい版のファイルは、事務局のものと違います。入れていません。"
_VERSION = "version"
UPDATES = "updates"
"""The folder beside the records in which the setup file lies while it is put in."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A newer version that lies on a stick; ``refused`` says why it is not offered after all."""

    release: Release
    file: Path
    refused: str = ""


def start_setup(file: Path) -> str:
    """Start a setup file beside this program; returns what the person is told meanwhile."""
    if sys.platform == "win32":
        detached = 0x00000008 | 0x00000200  # DETACHED_PROCESS, CREATE_NEW_PROCESS_GROUP
        subprocess.Popen([file, "/S"], creationflags=detached, close_fds=True)  # noqa: S603
        return "新しい版を入れています。終わると、ひとりでに開きます。そのままお待ちください。"
    return f"次の1行で入れます: sudo apt install {file}"


class Updating:
    """Of a promoter's PC and of the office's own; ``start`` is given by tests."""

    def __init__(
        self, store: Store, start: Callable[[Path], str] = start_setup, version: str = __version__
    ) -> None:
        self._store, self._start, self._version = store, start, version

    def came_from(self) -> str:
        """Return which version worked here before, '' where it was this one; asked once a version.

        The log keeps that another one came.
        """
        with self._store.db.write() as tx:
            before = meta.get(tx, _VERSION)
            if before == self._version:
                return ""
            meta.put(tx, _VERSION, self._version)
            if before:
                note(self._store, tx, "version", version=self._version, before=before)
            return before

    def wanted(self) -> Release | None:
        """Return the newer version that the office hands out, None where this one is as new."""
        with self._store.db.read() as tx:
            found = known(tx)
        return found if found and is_newer(found.version, self._version) else None

    def offer(self, places: Sequence[Path], progress: Progress | None = None) -> Offer | None:
        """Look whether the named file lies in one of these folders, and nowhere deeper."""
        release = self.wanted()
        if release is None:
            return None
        for place in places:
            file = place / release.file
            try:
                if not file.is_file() or file.is_symlink():
                    continue
                same = file.stat().st_size == release.size
                if same and fingerprint(file, progress) == (release.size, release.sha256):
                    return Offer(release, file)
            except (OSError, PlaceError):
                continue  # the stick was pulled just now
            return Offer(release, file, ANOTHER)
        return None

    def on_sticks(self, sticks: Sequence[Stick], progress: Progress | None = None) -> Offer | None:
        """Look on all sticks that are in this PC."""
        return self.offer([stick.path for stick in sticks], progress)

    def put_in(self, offer: Offer, progress: Progress | None = None) -> str:
        """Copy first, then start; returns what the person is told. RefusedError, PlaceError.

        The file is compared on the stick, on this PC after copying, and right before it starts.
        """
        if offer.refused or fingerprint(offer.file, progress) != (
            offer.release.size, offer.release.sha256,
        ):  # fmt: skip
            raise RefusedError(ANOTHER, code="another_release")
        Keeping(self._store).back_up("update")
        folder = self._store.folder.root / UPDATES
        folder.mkdir(mode=0o700, exist_ok=True)
        here = copy_verified(offer.file, folder / offer.release.file, offer.release, progress)
        with self._store.db.write() as tx:
            note(self._store, tx, "update", version=offer.release.version)
        if fingerprint(here) != (offer.release.size, offer.release.sha256):
            raise RefusedError(ANOTHER, code="another_release")
        return self._start(here)
