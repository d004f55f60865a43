"""新しい版がUSBメモリーにあります: finding exactly the file the office named, and putting it in.

Nothing else on a stick is ever opened: the name and the size are looked at first, then the SHA-256.
Before the setup starts a 予備の写し is made and the file lies on this PC, compared again.
"""

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop import __version__
from kashiwa_desktop.domain.release import Release, is_newer
from kashiwa_desktop.errors import PlaceError, RefusedError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office import releasing
from kashiwa_desktop.services.office.releasing import fingerprint
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.store import Store, facts, note
from kashiwa_desktop.services.travel import setup_start
from kashiwa_desktop.services.travel.setup_start import SetupStart
from kashiwa_desktop.storage import meta
from kashiwa_desktop.storage.database import Tx

ANOTHER = "USBメモリーの中の新しい版のファイルは、事務局のものとちがいます。入れていません。"


@dataclass(frozen=True, slots=True)
class Offer:
    """A newer version at hand; ``refused`` says why it is not offered after all.

    ``on_stick`` is False where the file lies on this PC already.
    """

    release: Release
    file: Path
    refused: str = ""
    on_stick: bool = True


@dataclass(frozen=True, slots=True)
class Ready:
    """A setup file that lies here, compared; ``by_hand`` what the person does himself, if so."""

    release: Release
    file: Path
    data: Path
    by_hand: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """What became of the version of this PC: ``before`` another one worked here, '' if not.

    ``wanted`` is the version that was being put in when the program closed last, '' for none.
    """

    now: str
    before: str = ""
    wanted: str = ""

    @property
    def is_in(self) -> bool:
        return not is_newer(self.wanted, self.now)


class Updating:
    """Of a promoter's PC and of the office's own; ``setup`` is given by tests."""

    def __init__(
        self, store: Store, setup: SetupStart | None = None, version: str = __version__
    ) -> None:
        self._store, self._version = store, version
        self._setup = setup or SetupStart()

    def came(self) -> Came:
        """Return whether another version worked here before; told once for a version and a PC.

        The log keeps that another one came. Several PCs may share one store.
        """
        if self._store.db.closed_for:  # it can only be read
            return Came(self._version)
        with self._store.db.read() as tx:
            before, wanted = meta.get(tx, _of_pc("version")), meta.get(tx, _of_pc("updating"))
            needed = releasing.known(tx) if facts(tx).is_office else self._newer(tx)
        releasing.tidy(self._store.folder, needed)
        if wanted or before != self._version:
            self._note_version(before)
        return Came(self._version, before if before != self._version else "", wanted)

    def _note_version(self, before: str) -> None:
        with self._store.db.write() as tx:
            meta.put(tx, _of_pc("updating"), "")
            meta.put(tx, _of_pc("version"), self._version)
            if before not in ("", self._version):
                note(self._store, tx, "version", version=self._version, before=before)

    def wanted(self) -> Release | None:
        """Return the newer version that the office hands out, None where this one is as new."""
        with self._store.db.read() as tx:
            return next(iter(self._newer(tx)), None)

    def _newer(self, tx: Tx) -> list[Release]:
        system = setup_start.system()
        return [
            one
            for one in releasing.known(tx)
            if one.system == system and is_newer(one.version, self._version)
        ]

    def offer(self, places: Sequence[Path], progress: Progress | None = None) -> Offer | None:
        """Look whether the named file lies in one of these folders, and nowhere deeper.

        What was copied to this PC before is offered too: then no stick is needed.
        """
        release = self.wanted()
        if release is None:
            return None
        refused: Offer | None = None
        for place in (*places, self._store.folder.updates):
            found = self._look(release, place / release.file, progress)
            if found is not None and not found.refused:
                return found
            refused = refused or found
        return refused

    def _look(self, release: Release, file: Path, progress: Progress | None) -> Offer | None:
        on_stick = file.parent != self._store.folder.updates
        try:
            if not file.is_file() or file.is_symlink():
                return None
            same = file.stat().st_size == release.size
            if same and fingerprint(file, progress) == (release.size, release.sha256):
                return Offer(release, file, on_stick=on_stick)
        except (OSError, PlaceError):
            return None  # the stick was pulled just now
        return Offer(release, file, ANOTHER) if on_stick else None

    def put_in(self, offer: Offer, progress: Progress | None = None) -> Ready:
        """Make a 予備の写し and copy the setup file here, compared; RefusedError, PlaceError.

        Then the stick may go. The setup is started by ``start``, once this program is at its end.
        """
        progress = progress or Progress()
        if offer.refused:
            raise RefusedError(ANOTHER, code="another_release")
        Keeping(self._store).back_up("update")
        here = self._taken(offer, progress).absolute()
        by_hand = self._setup.by_hand(here)
        with self._store.db.write() as tx:
            if not by_hand:
                meta.put(tx, _of_pc("updating"), offer.release.version)
            note(self._store, tx, "update", version=offer.release.version)
        return Ready(offer.release, here, self._store.folder.root.absolute(), by_hand)

    def _taken(self, offer: Offer, progress: Progress) -> Path:
        """Copy it; where it was exchanged meanwhile, nothing stays."""
        try:
            here = releasing.keep(self._store.folder, offer.file, offer.release, progress)
        except PlaceError as error:
            if error.code != "different":
                raise
            raise RefusedError(ANOTHER, code="another_release") from error
        self._compare(here, offer.release)
        return here

    def start(self, ready: Ready) -> None:
        """Compare once more, and let the setup run as soon as this program has ended."""
        self._compare(ready.file, ready.release)
        if not ready.by_hand:
            self._setup.start(ready.file, ready.data)

    def _compare(self, file: Path, wanted: Release) -> None:
        if fingerprint(file) != (wanted.size, wanted.sha256):
            raise RefusedError(ANOTHER, code="another_release")


def _of_pc(name: str) -> str:
    return f"{name}@{platform.node()}"
