"""Starting a setup file on this system: the one place where another program is put in.

On Windows the setup refuses while this program is open (it ends with 3), so a few lines try again
until it has ended, and then start the program again, whatever came of it. On Debian only who
administers the PC may put a package in: the person is told the one line that does it.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from kashiwa_desktop import windows
from kashiwa_desktop.domain.release import LINUX, WINDOWS
from kashiwa_desktop.errors import PlaceError

WAITER = "put-in.cmd"
LINES = """\
@echo off
rem Puts the new version in once the program has ended, and starts the program again.
set tries=0
:again
start "" /wait "%KASHIWA_SETUP%" /S
if errorlevel 4 goto ended
if not errorlevel 3 goto ended
set /a tries+=1
if %tries% geq 120 goto ended
ping -n 2 127.0.0.1 >nul
goto again
:ended
if defined KASHIWA_PROGRAM start "" "%KASHIWA_PROGRAM%" --data-dir "%KASHIWA_DATA%"
"""
"""The setup ends with 3 while the program is open. Plain ASCII: names come by the environment."""
_HIDDEN = 0x08000000 | 0x00000200  # CREATE_NO_WINDOW, CREATE_NEW_PROCESS_GROUP


def system() -> str:
    """Return the system of this PC, as setup files are named after it."""
    return WINDOWS if windows.is_here() else LINUX


class SetupStart:
    """Starts a setup file here; tests put another in its place."""

    def __init__(self, run: Callable[..., object] = subprocess.Popen) -> None:
        self._run = run

    def by_hand(self, file: Path) -> str:
        """Return what the person has to do himself, '' where the setup is started for him."""
        if system() == WINDOWS:
            return ""
        return (
            "新しい版のファイルを、このパソコンに写しました。このソフトを閉じてから、端末で次の1行を"
            f"実行してください: sudo apt install '{file}'"
        )

    def start(self, file: Path, data: Path) -> None:
        """Let the setup run as soon as this program has ended; PlaceError where it cannot start.

        ``data`` is the folder of records with which the program opens again.
        """
        lines = file.with_name(WAITER)
        own = {
            "KASHIWA_SETUP": str(file),
            "KASHIWA_DATA": str(data),
            "KASHIWA_PROGRAM": sys.executable if getattr(sys, "frozen", False) else "",
        }
        try:
            lines.write_text(LINES, encoding="ascii", newline="\r\n")
            self._run(
                [os.environ.get("COMSPEC", "cmd.exe"), "/d", "/c", str(lines)],
                env={**os.environ, **own}, cwd=file.parent, close_fds=True, creationflags=_HIDDEN,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except OSError as error:
            text = (
                "新しい版を入れるソフトを始められませんでした。いままでの版のまま使えます。"
                "事務局にお電話ください。"
            )
            raise PlaceError(text, code="cannot_start") from error
