"""Where a command speaks and is spoken to: always UTF-8; a box where the program has no console.

A program with an icon has no streams on Windows (``sys.stdout is None``), and who gives support on
the telephone still wants to hear ``--self-check`` and ``--version`` from it.
"""

import contextlib
import io
import sys
from collections.abc import Iterator

from kashiwa_desktop import windows

TITLE = "地域支えあい活動記録"
_MOST = 3_000
"""Characters that fit into a box."""


class Unseen(io.StringIO):
    """What was said where nobody can see it yet."""

    def forget(self) -> None:
        """Begin anew: what the window's own work said is for nobody."""
        self.seek(0)
        self.truncate()


@contextlib.contextmanager
def streams() -> Iterator[Unseen]:
    """While the block runs, every stream is there and speaks UTF-8; what was unseen is then shown.

    Whatever the code page of the console is: JSON and lists go into pipes and files as UTF-8.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    unseen, before = Unseen(), (sys.stdin, sys.stdout, sys.stderr)
    sys.stdin = before[0] or io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    sys.stdout, sys.stderr = before[1] or unseen, before[2] or unseen
    try:
        yield unseen
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
        _show(unseen.getvalue().strip())


def _show(text: str) -> None:
    if text and windows.is_here():
        windows.say(TITLE, text if len(text) <= _MOST else f"{text[:_MOST]}…")
