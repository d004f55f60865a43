"""The last word: why not even the window could be opened, said by whatever is still there.

First by a window of our own, with the text sizes and the file for support; where that fails too
(fonts, parts, a screen that is missing) by the system's own box, and always on standard error.
"""

import contextlib
import logging
import sys
import tempfile
from pathlib import Path

from kashiwa_desktop import logs, windows
from kashiwa_desktop.cli.console import TITLE
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.paths import DataFolder

_UNEXPECTED = (
    "思いがけないことが起きて、開けませんでした。記録はそのまま残っています。"
    "パソコンを起動し直して、もう一度お開きください。続くときは、サポートに電話してください。"
)
_log = logging.getLogger("kashiwa_desktop")
_WHERE = "動作の記録(名前は入っていません): {}"


def tell(error: Exception, folder: DataFolder) -> None:
    """Say why nothing was opened, where the log is, and what to do."""
    try:
        _tell_in_a_window(error, folder)
    except Exception:  # noqa: BLE001 - then the system's own means are left
        say(_words(error, folder))


def say(text: str) -> None:
    """Say it without anything of ours: on standard error, and on Windows in a box."""
    sys.stderr.write(text + "\n")
    if windows.is_here():
        windows.say(TITLE, text)


def _tell_in_a_window(error: Exception, folder: DataFolder) -> None:
    from kashiwa_desktop.app import opening
    from kashiwa_desktop.app.starting import start_qt

    app, look = start_qt()
    opening.tell_why_not(app, look, error, folder)


def _words(error: Exception, folder: DataFolder) -> str:
    text = error.text if isinstance(error, AppError) else _UNEXPECTED
    return f"{text}\n\n{_WHERE.format(_noted(error, folder))}"


def _noted(error: Exception, folder: DataFolder) -> str:
    """Log it; returns where, or what it was if not even that can be done."""
    try:
        return str(note_why(error, folder))
    except Exception:  # noqa: BLE001 - the box comes all the same
        return f"({type(error).__name__})"


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
