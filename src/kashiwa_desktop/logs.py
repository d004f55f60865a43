"""The log: what happened, as codes and numbers, and never whose records they were.

RELIABILITY.md §5.6: 5 files of 1 MB, readable by their owner only, gone after 90 days. The last
gate is the formatter: it writes ASCII only, so no Japanese name or place can reach the file, and of
an exception it writes the kind and the places in the code, never its text.
"""

import contextlib
import faulthandler
import io
import itertools
import logging
import os
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG = "kashiwa.log"
CRASH = "crash.log"
CRASH_SEEN = "crash-seen.log"

_FILES = 5
_BYTES = 1_000_000
_DAY = 86_400
_PAGE_DAYS = 30  # a file holds 30 days at most and stays 60 more: 90 in all
_KEEP_DAYS = 60
KEPT_DAYS = _PAGE_DAYS + _KEEP_DAYS
_FRAMES = 12
_SAFE = re.compile(r"[0-9A-Za-z._:+-]{1,64}")
_PLACE = re.compile(r'"[^"\n]*[/\\]([^"/\\\n]+)"')

_log = logging.getLogger("kashiwa_desktop")


def note(event: str, **facts: float | str) -> None:
    """Log one event: a code, and facts that are numbers, record ids or code words.

    Anything else, a name above all, is written as ``?``.
    """
    words = [event, *(f"{name}={_fact(value)}" for name, value in facts.items())]
    _log.info(" ".join(words))


def where(error: BaseException) -> str:
    """Say in one line what kind of exception it was and where it arose, without its text."""
    number = getattr(error, "errno", None) or getattr(error, "sqlite_errorname", "")
    kind = type(error).__qualname__ + (f"[{number}]" if number else "")
    frames = [
        f"{frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    line = f"{kind} at {' > '.join(frames[-_FRAMES:]) or 'an unknown place'}"
    below = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return line if below is None else f"{line}; after {where(below)}"


@contextlib.contextmanager
def kept_in(folder: Path) -> Iterator[None]:
    """Log into ``folder`` while the block runs; where that is impossible, go on without a log."""
    try:
        _forget(folder)
        handler: logging.Handler = _LogFile(folder / LOG)
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(_Codes())
    before = _log.level
    _log.setLevel(logging.INFO)
    _log.addHandler(handler)
    try:
        yield
    finally:
        _log.removeHandler(handler)
        _log.setLevel(before)
        with contextlib.suppress(OSError):
            handler.close()


def are_kept() -> bool:
    """Whether somebody keeps a log just now."""
    return any(isinstance(handler, _LogFile) for handler in _log.handlers)


@contextlib.contextmanager
def bugs_caught(say: Callable[[BaseException], None]) -> Iterator[None]:
    """While the block runs, log what nobody caught, on any thread, and hand it to ``say``."""

    def caught(error: BaseException | None) -> None:
        if isinstance(error, Exception):
            _log.error("bug", exc_info=error)
            say(error)
        elif error is not None:
            sys.__excepthook__(type(error), error, error.__traceback__)

    before = sys.excepthook, threading.excepthook
    sys.excepthook = lambda _kind, error, _trace: caught(error)
    threading.excepthook = lambda thread: caught(thread.exc_value)
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before


@contextlib.contextmanager
def crash_notes(folder: Path) -> Iterator[str]:
    """Let a crash of the interpreter leave a note; gives the note of the last crash, or ``""``.

    The note names places in the code, without the folders they lie in. If a note-taker is at work
    already (a test run has its own) it stays. What was noted before an orderly end was no crash:
    Windows has handled errors noted too (of a file dialog, 0x8001010d).
    """
    last = _last_crash(folder)
    with contextlib.ExitStack() as stack:
        if not faulthandler.is_enabled():
            with contextlib.suppress(OSError):
                file = stack.enter_context(_private(folder / CRASH))
                stack.callback(_put_aside, folder)
                faulthandler.enable(file)
                stack.callback(faulthandler.disable)
        yield last


class _LogFile(RotatingFileHandler):
    """A rotating file that is private, and that never stops the program when it cannot write."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=_BYTES, backupCount=_FILES - 1, encoding="utf-8")

    def _open(self) -> io.TextIOWrapper:
        return _private(Path(self.baseFilename))

    def doRollover(self) -> None:  # noqa: N802
        """Turn the page; where another process holds one, no page is lost: go on in this one."""
        if self.stream:
            self.stream.close()
        if not _turned(Path(self.baseFilename)):
            self.maxBytes += _BYTES // 10
        self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """A full disk is told where records are saved, not here."""


class _Codes(logging.Formatter):
    """One line of ASCII for each event."""

    def format(self, record: logging.LogRecord) -> str:
        at = time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(record.created))
        words = [at, record.levelname, record.name, record.getMessage()]
        if record.exc_info and record.exc_info[1]:
            words.append(where(record.exc_info[1]))
        return " ".join(" ".join(words).split()).encode("ascii", "replace").decode()


def _fact(value: float | str) -> str:
    text = str(value)
    return text if _SAFE.fullmatch(text) else "?"


def _private(path: Path) -> io.TextIOWrapper:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    return os.fdopen(handle, "a", encoding="utf-8")


def _forget(folder: Path) -> None:
    """Turn the page when the present one is 30 days old; drop pages untouched for 60."""
    now = time.time()
    current = folder / LOG
    for page in folder.glob(f"{LOG}*"):
        with contextlib.suppress(OSError):  # held by another process: next time
            if now - page.stat().st_mtime > _KEEP_DAYS * _DAY:
                page.unlink()
    if current.is_file() and now - _begun(current) > _PAGE_DAYS * _DAY:
        with contextlib.closing(_LogFile(current)) as file:
            file.doRollover()


def _begun(path: Path) -> float:
    """Seconds of the first line's time; a page without one counts as begun long ago."""
    with path.open(encoding="utf-8", errors="replace") as file:
        stamp = file.readline(64).split(" ")[0]
    try:
        return datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%S%z").timestamp()
    except ValueError:
        return 0.0


def _turned(path: Path) -> bool:
    """Make room for a new first page: ``.3`` becomes ``.4``, …; whether all pages have moved.

    The present one goes aside first: only if that is possible do the others move, and only those
    before a gap that an earlier try left.
    """
    aside = path.with_name(f"{path.name}.turning")
    pages = [path.with_name(f"{path.name}.{n}") for n in range(1, _FILES)]
    pages = pages[: next((n for n, page in enumerate(pages, 1) if not page.exists()), _FILES)]
    try:
        path.replace(aside)
    except OSError:
        return False
    try:
        for older, newer in itertools.pairwise(reversed(pages)):
            newer.replace(older)
        aside.replace(pages[0])
    except OSError:
        with contextlib.suppress(OSError):
            aside.replace(path)
        return False
    return True


def _last_crash(folder: Path) -> str:
    """Return what an ended run noted and nobody has told yet, and put it aside."""
    with contextlib.suppress(OSError):
        text = (folder / CRASH).read_text(encoding="utf-8", errors="replace")
        _put_aside(folder)
        return _PLACE.sub(r'"\1"', text)
    return ""


def _put_aside(folder: Path) -> None:
    """Keep the notes for support, and empty the file; it may be held, so it keeps its name."""
    notes = folder / CRASH
    with contextlib.suppress(OSError):
        if notes.stat().st_size:
            text = notes.read_bytes()
            with contextlib.suppress(OSError), _private(folder / CRASH_SEEN) as seen:
                seen.truncate(0)
                seen.write(text.decode("utf-8", "replace"))
            os.truncate(notes, 0)
