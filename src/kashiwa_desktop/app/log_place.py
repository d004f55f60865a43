"""Where the log is, and why nothing could be opened noted there, before any log has begun."""

import contextlib
import logging
import tempfile
from pathlib import Path

from kashiwa_desktop import logs
from kashiwa_desktop.paths import DataFolder

_log = logging.getLogger("kashiwa_desktop")


def log_place(folder: DataFolder) -> Path:
    """Return where the log is: in the folder, or among temporary files where there is none yet."""
    if folder.log.is_dir():
        return folder.log
    place = Path(tempfile.gettempdir()) / "kashiwa-desktop-log"
    with contextlib.suppress(OSError):
        place.mkdir(mode=0o700, exist_ok=True)
    return place


def note_why(error: BaseException, folder: DataFolder) -> Path:
    """Log why nothing could be opened, though no log may have begun; returns the log's folder."""
    place = log_place(folder)
    with contextlib.nullcontext() if logs.are_kept() else logs.kept_in(place):
        _log.error("not-opened", exc_info=error)
    return place
