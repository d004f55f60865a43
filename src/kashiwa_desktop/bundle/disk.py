"""The few things asked of a disk when a file is saved; tests put a failing disk in its place."""

import errno
import os
import time
from pathlib import Path

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_PIECE = 1024 * 1024
_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
"""How FAT and exFAT sticks answer: there a free name is seen to be free, then taken."""


class Disk:
    """The real one. Every method raises OSError as the system does."""

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
        """Flush the names in ``folder``; where folders cannot be opened (Windows) there is none."""
        if os.name == "nt":
            return
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            self.flush(descriptor)
        finally:
            os.close(descriptor)

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
