"""What is asked of a disk: flush, names, patience; the one place where files get and lose names.

A name is on the disk when its folder was flushed (RELIABILITY.md §6.4), and on Windows a virus
scanner holds a new file for a moment (R17): every replacing, naming and removing waits for it.
"""

import contextlib
import errno
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

WAITS: Final = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
"""Seconds between tries while another program (a virus scanner) holds a file: 2.55 in all."""

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_WRITE = os.O_RDWR | getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_PIECE = 1024 * 1024
_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
"""How FAT and exFAT sticks answer: there a free name is seen to be free, then taken."""

T = TypeVar("T")


def patiently(step: Callable[[], T], sleep: Callable[[float], None] = time.sleep) -> T:
    """Try a step again while another program holds the file; the last refusal passes on."""
    for seconds in WAITS:
        try:
            return step()
        except PermissionError:
            sleep(seconds)
    return step()


def replace(part: Path, path: Path) -> None:
    """Let ``part`` take the name ``path``, in the place of what has it now, and flush the folder.

    OSError as the system raises it, with both files as they were (a folder that cannot be flushed
    apart).
    """
    patiently(lambda: part.replace(path))
    flush_folder(path.parent)


def flush(path: Path) -> None:
    """Flush a finished file to the medium. Windows flushes only what is open for writing."""
    descriptor = patiently(lambda: os.open(path, _WRITE))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Flush the names in ``folder``; where folders cannot be opened (Windows) there is none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: Path) -> None:
    """Take a name away, if it is there; OSError where it stays."""
    patiently(lambda: path.unlink(missing_ok=True))


def forget(*paths: Path) -> None:
    """Take files away that nobody needs; one that stays is no reason to stop."""
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


class Disk:
    """What a travelling file asks of a stick; tests put a failing disk in its place.

    Every method raises OSError as the system does.
    """

    def write_new(self, path: Path, data: bytes) -> None:
        """Write a file that does not exist yet, mode 0600, and flush it to the medium."""
        descriptor = os.open(path, _NEW, 0o600)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[self.write(descriptor, rest) :]
            self.flush(descriptor)
        finally:
            os.close(descriptor)

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write some of ``data``; returns how many bytes."""
        return os.write(descriptor, data[:_PIECE])

    def flush(self, descriptor: int) -> None:
        os.fsync(descriptor)

    def name(self, part: Path, path: Path) -> None:
        """Give ``part`` its final name too, or instead; FileExistsError where that is taken."""
        if path.exists() or path.is_symlink():
            raise FileExistsError(errno.EEXIST, "taken")
        if os.name == "nt":
            part.rename(path)  # refuses a taken name by itself
            return
        try:
            os.link(part, path, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            part.rename(path)

    def flush_folder(self, folder: Path) -> None:
        flush_folder(folder)

    def read_back(self, path: Path, limit: int) -> bytes:
        """Read at most ``limit`` bytes from the medium, not from the system's cache."""
        descriptor = os.open(path, _READ)
        try:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            pieces = []
            while limit and (piece := os.read(descriptor, min(limit, _PIECE))):
                pieces.append(piece)
                limit -= len(piece)
            return b"".join(pieces)
        finally:
            os.close(descriptor)

    def remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def names(self, folder: Path) -> list[Path]:
        return list(folder.iterdir())

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)
