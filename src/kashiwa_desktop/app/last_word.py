"""The last word: why not even the window could be opened, said by whatever is still there.

First by a window of our own, with the text sizes and the file for support; where that fails too
(fonts, parts, a screen that is missing) by the system's own box, and always on standard error.
"""

import sys

from kashiwa_desktop import windows
from kashiwa_desktop.app.log_place import note_why
from kashiwa_desktop.cli.console import TITLE
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.paths import DataFolder

_UNEXPECTED = (
    "思いがけないことが起きて、開けませんでした。記録はそのまま残っています。"
    "パソコンを起動し直して、もう一度お開きください。続くときは、サポートに電話してください。"
)
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
