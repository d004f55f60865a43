"""What is asked of a disk: flush, names, patience; the one place where files get and lose names.

A name is on the disk when its folder was flushed (RELIABILITY.md §6.4), and on Windows a virus
scanner holds a new file for a moment (R17): every replacing, naming and removing waits for it.
"""

import contextlib
import errno
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, TypeVar

from kashiwa_desktop import windows

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
    apart). Folders too, where nothing has the name.
    """
    patiently(lambda: part.replace(path))
    if windows.is_here():
        _flush_name(path)
    flush_folder(path.parent)


def _flush_name(path: Path) -> None:
    """Flush a file under its new name; on Windows that is what brings the name to the disk.

    One that somebody opened at once (a viewer) is in its place all the same.
    """
    if path.is_file():
        with contextlib.suppress(PermissionError):
            flush(path)


def flush(path: Path) -> None:
    """Flush a finished file to the medium. Windows flushes only what is open for writing."""
    descriptor = patiently(lambda: os.open(path, _WRITE))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Flush the names in ``folder``; where folders cannot be opened (Windows) there is none."""
    if windows.is_here():
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: Path) -> None:
    """Take a name away, if it is there; OSError where it stays."""
    patiently(lambda: path.unlink(missing_ok=True))


def is_held(error: OSError, path: Path) -> bool:
    """Whether Windows refused to change ``path`` because another program has it open.

    ``error`` came after patience; a folder that nobody may write to says the same number.
    """
    return windows.is_held(error) and path.exists() and may_write(path.parent)


def forget(*paths: Path) -> None:
    """Take files away that nobody needs; one that stays is no reason to stop."""
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def remove_tree(folder: Path) -> None:
    """Take a folder away with all it holds, if it is there; OSError where something stays."""
    if folder.exists():
        patiently(lambda: shutil.rmtree(folder))


def forget_tree(folder: Path) -> None:
    """Take a folder away that nobody needs; what stays is no reason to stop."""
    with contextlib.suppress(OSError):
        remove_tree(folder)


def may_write(path: Path) -> bool:
    """Whether a file can be made in a folder, or a file be changed.

    Windows calls every folder writable (``os.access``), so there one file is made and taken away.
    """
    if not windows.is_here() or not path.is_dir():
        return os.access(path, os.W_OK)
    try:
        with (path / f".{secrets.token_hex(8)}.try").open("xb") as file:
            probe = Path(file.name)
    except OSError:
        return False
    forget(probe)
    return True


class Disk:
    """What a travelling file asks of a stick; tests put a failing disk in its place.

    Every method raises OSError as the system does.
    """

    def write_new(self, path: Path, data: bytes) -> None:
        """Write a file that does not exist yet, mode 0600, and flush it to the medium."""
        self.write_pieces(path, [data])

    def write_pieces(self, path: Path, pieces: Iterable[bytes]) -> None:
        """Do the same with a file too large to be held in memory."""
        descriptor = os.open(path, _NEW, 0o600)
        try:
            for piece in pieces:
                rest = memoryview(piece)
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
        if windows.is_here():
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
        return b"".join(self.pieces(path, limit))

    def pieces(self, path: Path, limit: int) -> Iterator[bytes]:
        """Give the same piece by piece.

        On Windows the file is first flushed once more: the name it got since is part of it.
        """
        if windows.is_here():
            flush(path)
            found = windows.pieces_past_cache(path, limit)
            if found is not None:
                yield from found
                return
        descriptor = os.open(path, _READ)
        try:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            while limit and (piece := os.read(descriptor, min(limit, _PIECE))):
                yield piece
                limit -= len(piece)
        finally:
            os.close(descriptor)

    def remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def names(self, folder: Path) -> list[Path]:
        return list(folder.iterdir())

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)
