"""Every place on disk: what ships with the program, and the folder that holds the records."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from kashiwa_desktop import windows

APP_FOLDER = "kashiwa-desktop"

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Path of a shipped file or folder such as ``fonts/BIZUDGothic-Regular.ttf``.

    The files lie inside the package once it is installed or frozen, and beside ``src`` in a
    checkout. A missing one is a bug of the build: ``FileNotFoundError``.
    """
    for root in (_PACKAGE / "resources", _PACKAGE.parents[1] / "resources"):
        place = root / name
        if place.exists():
            return place
    raise FileNotFoundError(name)


def default_data_dir() -> Path:
    """Where records lie unless told otherwise: on this PC only, never in a roaming profile."""
    return platformdirs.user_data_path(APP_FOLDER, appauthor=False, roaming=False)


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The folder that holds one person's or one office's records, and the names of its parts."""

    root: Path

    @property
    def store(self) -> Path:
        """The database."""
        return self.root / "store.db"

    @property
    def database_note(self) -> Path:
        """Where the rows lie, once they are in a shared database instead of ``store.db``."""
        return self.root / "database.txt"

    @property
    def settings_file(self) -> Path:
        """How the window looks on this PC."""
        return self.root / "settings.toml"

    @property
    def identity(self) -> Path:
        """Keys and the last sequence number of this PC; never part of a copy."""
        return self.root / "identity"

    @property
    def archive(self) -> Path:
        """Travelling files that were made or taken in."""
        return self.root / "archive"

    @property
    def waiting(self) -> Path:
        """Travelling files that cannot be taken in yet, each with its reason."""
        return self.root / "waiting"

    @property
    def copies(self) -> Path:
        """予備の写し: verified copies of the database."""
        return self.root / "copies"

    @property
    def attachments(self) -> Path:
        """Files beside records (添付), each in a folder of its own; they never leave this PC."""
        return self.root / "attachments"

    @property
    def updates(self) -> Path:
        """Setup files of newer versions: to be laid on sticks, or on their way in here."""
        return self.root / "updates"

    @property
    def log(self) -> Path:
        """The log and the note a crash leaves behind."""
        return self.root / "log"

    def create(self) -> None:
        """Make what is missing, readable by its owner only (0700; files made later are 0600).

        On Windows modes mean nothing: the person's profile is guarded as it is, any other place
        gets rules of its own (``is_private`` says whether it took them). The umask of the whole
        process becomes 077. An existing root is tightened only when it is empty or already ours,
        so that a folder named by mistake keeps its mode.
        """
        os.umask(0o077)
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.store.exists() or not any(self.root.iterdir()):
            _tighten(self.root)
        parts = (self.identity, self.archive, self.waiting, self.copies, self.attachments, self.log)
        for part in parts:
            part.mkdir(mode=0o700, exist_ok=True)
            _tighten(part)


def is_private(path: Path) -> bool:
    """Whether only its owner may read a file or folder (and who administers this PC)."""
    if windows.is_here():
        return _is_in_profile(path) or windows.is_private(path)
    return not path.stat().st_mode & 0o077


def _tighten(folder: Path) -> None:
    """Let its owner alone in; a folder of somebody else, or one that can only be read, stays."""
    if windows.is_here():
        if not is_private(folder):
            windows.make_private(folder)
        return
    with contextlib.suppress(OSError):
        folder.chmod(0o700)


def _is_in_profile(path: Path) -> bool:
    """Whether a place lies in what Windows guards for this person by itself."""
    return path.resolve().is_relative_to(Path.home().resolve())
