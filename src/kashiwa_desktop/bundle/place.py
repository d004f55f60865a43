"""Putting a file on a stick or a disk so that 「抜いても大丈夫です」 is true, and fetching one.

RELIABILITY.md R17, R38; BUNDLE.md §8: temporary name → flush → rename → flush the folder → read
back past the cache, compare and verify. Only then does ``save_verified`` return.

The place that was chosen is the same place at the end (RELIABILITY.md §6.8): a stick that was
pulled leaves an empty folder behind, which lies on the PC's own disk.
"""

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from kashiwa_desktop.bundle.container import MAX_FILE
from kashiwa_desktop.bundle.reasons import refusal
from kashiwa_desktop.disk import Disk, may_write, patiently, replace
from kashiwa_desktop.errors import AppError, PlaceError
from kashiwa_desktop.windows import LONGEST

PART: Final = ".kashiwa.part"
"""How every unfinished file ends; the next save into the folder removes them."""

STICKS: Final = (Path("/media"), Path("/run/media"))
"""Where sticks appear: a folder in it with nothing mounted on it is one that was pulled."""
_chosen: dict[Path, int] = {}
"""On which disk the folders lay that were chosen, ``_NOWHERE`` of those that were not there."""
_NOWHERE: Final = -1
_PIECE: Final = 1024 * 1024

_SENTENCES: Final = {
    "full": "保存先に空きがありません。別のUSBメモリーか、空きのある場所に保存してください。",
    "read_only": "保存先は書き込みが禁止されています。USBメモリーの書き込み禁止スイッチを"
    "ご確認ください。",
    "not_allowed": "保存先に書き込む許可がありません。別の場所をお選びください。",
    "busy": "ほかのソフトが保存先を使っています。少し待って、もう一度保存してください。",
    "broken": "保存先を正しく読み書きできません。別のUSBメモリーに保存してください。",
    "gone": "保存先が見つかりません。USBメモリーが抜けていないかをご確認ください。",
    "taken": "同じ名前のファイルがもうあります。前のファイルは変えていません。"
    "別の名前で保存してください。",
    "name": "このファイル名では保存できません。短い名前で保存してください。",
    "different": "保存したものを読み直したら、もととちがいました。"
    "別のUSBメモリーに保存してください。",
    "failed": "保存できませんでした。保存先をご確認のうえ、もう一度保存してください。",
    "no_file": "ファイルが見つかりません。USBメモリーが抜けていないかをご確認ください。",
    "no_reading": "ファイルを読み取れません。もう一度お試しください。",
    "not_a_file": "これはファイルではありません。受け取るファイルをお選びください。",
}
_ERRNO: Final = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "not_allowed",
    errno.EPERM: "not_allowed",
    errno.EIO: "broken",
    errno.ENOENT: "gone",
    errno.ENODEV: "gone",
    errno.ENXIO: "gone",
    errno.ENOTDIR: "gone",
    errno.ESTALE: "gone",
    errno.EEXIST: "taken",
    errno.ENAMETOOLONG: "name",
    errno.EINVAL: "name",
}
_DENIED: Final = 5
"""What Windows says of a file that another program holds, and of a folder that is not ours."""
_NO_PATH: Final = (2, 3)
"""What Windows says of a folder that is gone, and of a path that is too long for it."""
_WINDOWS: Final = {
    5: "busy", 32: "busy", 33: "busy", 19: "read_only", 21: "gone", 55: "gone", 433: "gone",
    1167: "gone", 39: "full", 112: "full", 23: "broken", 1117: "broken", 1392: "broken",
    1295: "full", 1816: "full", 80: "taken", 183: "taken", 123: "name", 206: "name",
}  # fmt: skip


def save_verified(
    data: bytes, path: Path, verify: Callable[[bytes], None], disk: Disk | None = None
) -> None:
    """Save ``data`` under a name not yet taken and prove that it lies there; PlaceError if not.

    ``verify`` gets the bytes read back and raises AppError where they are not good. A kill leaves
    the whole file or none under ``path``, and at most a file ending in ``PART``.
    """
    save_all_verified([(data, path)], verify, disk)


def save_all_verified(
    files: Sequence[tuple[bytes, Path]],
    verify: Callable[[bytes], None],
    disk: Disk | None = None,
) -> None:
    """Save several files as ``save_verified`` does, all or none; each folder is flushed once."""
    disk = disk or Disk()
    folders = list(dict.fromkeys(path.parent for _, path in files))
    for folder in folders:
        with contextlib.suppress(OSError):
            _clean(folder, disk)
    written: list[Path] = []
    try:
        _same_places(files)
        for data, path in files:
            _write(data, path, disk, written)
        for folder in folders:
            disk.flush_folder(folder)
        for data, path in files:
            _check(_read_back(path, len(data) + 1, disk), data, verify)
        _same_places(files)
    except BaseException as error:
        for path in written:
            _take_back(path, disk)
        if isinstance(error, OSError):
            raise in_words(error, files[0][1]) from error
        raise


def _same_places(files: Sequence[tuple[bytes, Path]]) -> None:
    for _, path in files:
        still_there(path)


def _write(data: bytes, path: Path, disk: Disk, written: list[Path]) -> None:
    """Write and name one file; ``written`` gets what has to go where this breaks off."""
    part = path.with_name(secrets.token_hex(8) + PART)
    written.append(part)
    _refuse_taken(path)
    disk.write_new(part, data)
    patiently(lambda: disk.name(part, path), disk.sleep)
    written[-1] = path
    _take_back(part, disk)


def _read_back(path: Path, limit: int, disk: Disk) -> bytes:
    return patiently(lambda: disk.read_back(path, limit), disk.sleep)


def copy_verified(
    file: Path,
    to: Path,
    wanted: tuple[int, str],
    tell: Callable[[int], None],
    disk: Disk | None = None,
) -> None:
    """Copy a file that is too large for memory, and prove that it lies there; PlaceError if not.

    ``wanted`` is its (bytes, SHA-256), ``tell`` hears how many bytes were written or read back.
    What had the name before stays until the new one was read back from the medium.
    """
    disk = disk or Disk()
    still_there(to)
    part = to.with_name(secrets.token_hex(8) + PART)
    try:
        with contextlib.suppress(OSError):
            _clean(to.parent, disk)
        _want("full", good=shutil.disk_usage(to.parent).free >= wanted[0])
        with file.open("rb") as data:
            disk.write_pieces(part, _told(iter(lambda: data.read(_PIECE), b""), tell))
        back = digest_of(disk.pieces(part, wanted[0] + 1), tell)
        _want("different", good=back == wanted)
        replace(part, to)
    except BaseException as error:
        _take_back(part, disk)
        if isinstance(error, OSError):
            raise in_words(error, to) from error
        raise


def _want(code: str, *, good: bool) -> None:
    if not good:
        raise _sentence(code)


def digest_of(pieces: Iterable[bytes], tell: Callable[[int], None]) -> tuple[int, str]:
    """Return (bytes, SHA-256) of what comes piece by piece."""
    digest, size = hashlib.sha256(), 0
    for piece in _told(pieces, tell):
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()


def _told(pieces: Iterable[bytes], tell: Callable[[int], None]) -> Iterator[bytes]:
    for piece in pieces:
        tell(len(piece))
        yield piece


def chosen(place: Path | str) -> Path:
    """Remember on which disk a place lies from now on, a folder or a new file in one.

    A text that ends as a folder's name does is one, whether it is there or not.
    """
    path = Path(place)
    disk = _disk_of(path)
    if disk != _NOWHERE or str(place).endswith(("/", os.sep)):
        _chosen[path] = disk
    else:
        _chosen.pop(path, None)
        _chosen[path.parent] = _disk_of(path.parent)
    return path


def still_there(path: Path) -> None:
    """Refuse a file in a folder that is no longer the place that was chosen; PlaceError (gone)."""
    for folder in (path, *path.parents):
        was, now = _chosen.get(folder), _disk_of(folder)
        if was is not None and (was != now or now == _NOWHERE):
            raise _sentence("gone")
    for root in STICKS:
        if root in path.parents and _disk_of(path.parent) == _disk_of(root):
            raise _sentence("gone")


def _disk_of(folder: Path) -> int:
    try:
        found = folder.stat()
    except OSError:
        return _NOWHERE
    return found.st_dev if stat.S_ISDIR(found.st_mode) else _NOWHERE


def within(out: Path, name: str) -> Path:
    """Return ``out``, or ``name`` in it where it is a folder; PlaceError where nobody can tell.

    What is not there and has no ending was a folder: no file gets its name.
    """
    try:
        path = out / name if stat.S_ISDIR(out.stat().st_mode) else out
    except FileNotFoundError as error:
        if not out.suffix:
            raise _sentence("gone") from error
        path = out
    except OSError as error:
        raise in_words(error) from error
    still_there(path)
    return path


def new_folder(path: Path) -> None:
    """Make a folder, with those it lies in, unless it is there; PlaceError where it cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise in_words(error, path) from error


def free_name(path: Path) -> Path:
    """Return ``path``, or the first of ``name (2)``, ``name (3)``… that is not taken."""
    found, number = path, 1
    while found.exists() or found.is_symlink():
        number += 1
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return found


def load(path: Path) -> bytes:
    """Return the bytes of a file to take in: a regular file of at most 25 MB, nothing else.

    PlaceError where it cannot be read, FileRefusedError (too_large) where it is too big.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        if path.is_dir():
            raise _sentence("not_a_file")
        descriptor = os.open(path, flags)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise _sentence("not_a_file")
            data = file.read(MAX_FILE + 1)
    except FileNotFoundError as error:
        raise _sentence("no_file") from error
    except (OSError, ValueError) as error:
        raise _sentence("no_reading") from error
    if len(data) > MAX_FILE:
        raise refusal("file_size")
    return data


def remove(path: Path, disk: Disk | None = None) -> None:
    """Remove a file for good, its name in the folder included; PlaceError where it stays."""
    disk = disk or Disk()
    try:
        patiently(lambda: disk.remove(path), disk.sleep)
        disk.flush_folder(path.parent)
    except OSError as error:
        raise in_words(error, path) from error


def _check(found: bytes, data: bytes, verify: Callable[[bytes], None]) -> None:
    if found != data:
        raise _sentence("different")
    try:
        verify(found)
    except AppError as error:
        raise _sentence("different") from error


def _refuse_taken(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise FileExistsError(errno.EEXIST, "taken")


def _take_back(path: Path, disk: Disk) -> None:
    with contextlib.suppress(OSError):
        disk.remove(path)


def _clean(folder: Path, disk: Disk) -> None:
    for path in disk.names(folder):
        if path.name.endswith(PART):
            disk.remove(path)


def _sentence(code: str) -> PlaceError:
    return PlaceError(_SENTENCES[code], code=code)


def in_words(error: OSError, path: Path | None = None) -> PlaceError:
    """Return what the system refused, as it is told to a person.

    ``path``, where it is known, decides where Windows says one thing for two.
    """
    number = getattr(error, "winerror", 0) or 0
    if path and number == _DENIED and not may_write(path.parent):
        return _sentence("not_allowed")
    if path and number in _NO_PATH and len(str(path.absolute())) > LONGEST:
        return _sentence("name")
    return _sentence(_WINDOWS.get(number) or _ERRNO.get(error.errno or 0, "failed"))
