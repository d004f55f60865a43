"""A power cut: what SQLite really writes is recorded, and then lost, reordered and torn at will.

The record is taken at the methods of its files (``sqlite3_io_methods``), where its ``fsync`` shows
too. A cut keeps all that was synced, and of what was not a beginning (an ordered disk) or any part
(a cheap one), the last write perhaps torn between two sectors.
"""

import contextlib
import ctypes
from collections import defaultdict
from ctypes import CFUNCTYPE, POINTER, Structure, c_int, c_int64, c_void_p, cast

from faults.sqlite_calls import _default_vfs

SECTOR = 512
LOST, TORN = 0.4, 0.1
"""Of what was not synced, on a disk that keeps no order."""

_NAMES = (
    "xClose", "xRead", "xWrite", "xTruncate", "xSync", "xFileSize", "xLock", "xUnlock",
    "xCheckReservedLock", "xFileControl", "xSectorSize", "xDeviceCharacteristics",
    "xShmMap", "xShmLock", "xShmBarrier", "xShmUnmap", "xFetch", "xUnfetch",
)  # fmt: skip


class _Methods(Structure):
    """``sqlite3_io_methods``, version 3."""

    _fields_ = [("iVersion", c_int), *((name, c_void_p) for name in _NAMES)]


class _File(Structure):
    """The head of ``sqlite3_file``."""

    _fields_ = [("pMethods", POINTER(_Methods))]


_Open = CFUNCTYPE(c_int, c_void_p, c_void_p, POINTER(_File), c_int, c_void_p)
"""The name goes through as the pointer that it is: SQLite keeps it, and reads behind its end."""
_Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
_Sync = CFUNCTYPE(c_int, c_void_p, c_int)


@contextlib.contextmanager
def recorded():
    """Give the list of what is written, cut off and synced, by the names of the files."""
    vfs, seen, names, kept = _default_vfs(), [], {}, []
    real = cast(vfs.contents.xOpen, _Open)
    patched = {}

    def opening(own, name, file, flags, out):
        code = real(own, name, file, flags, out)
        if code == 0 and name and file.contents.pMethods:
            address = ctypes.addressof(file.contents)
            names[address] = ctypes.string_at(name).decode().rsplit("/", 1)[-1]
            found = cast(file.contents.pMethods, c_void_p).value
            if found not in patched:
                patched[found] = _watched(file.contents.pMethods.contents, seen, names, kept)
            file.contents.pMethods = POINTER(_Methods)(patched[found])
        return code

    callback = _Open(opening)
    before = vfs.contents.xOpen
    vfs.contents.xOpen = cast(callback, c_void_p).value
    try:
        yield seen
    finally:
        vfs.contents.xOpen = before
        kept.append((callback, patched))
        _FOR_EVER.append(kept)


_FOR_EVER = []
"""A file that is still open keeps calling what it was given."""


def _watched(methods, seen, names, kept):
    """A copy of the methods that writes down what it passes on."""
    copy = _Methods.from_buffer_copy(methods)
    write, truncate = cast(methods.xWrite, _Write), cast(methods.xTruncate, _Truncate)
    sync = cast(methods.xSync, _Sync)

    def writing(file, data, size, offset):
        seen.append(("write", names[file], offset, ctypes.string_at(data, size)))
        return write(file, data, size, offset)

    def truncating(file, size):
        seen.append(("truncate", names[file], size, b""))
        return truncate(file, size)

    def syncing(file, flags):
        seen.append(("sync", names[file], 0, b""))
        return sync(file, flags)

    callbacks = _Write(writing), _Truncate(truncating), _Sync(syncing)
    for name, callback in zip(("xWrite", "xTruncate", "xSync"), callbacks, strict=True):
        setattr(copy, name, cast(callback, c_void_p).value)
    kept.append(callbacks)
    return copy


def cut(before, seen, at, rng, *, ordered):
    """What is on the disk after a cut at step ``at``: {name: bytes}; ``before`` was there first."""
    disk = defaultdict(bytearray, {name: bytearray(data) for name, data in before.items()})
    pending = []
    for step in seen[:at]:
        if step[0] == "sync":
            for one in [p for p in pending if p[1] == step[1]]:
                _apply(disk, one)
            pending = [p for p in pending if p[1] != step[1]]
        elif step[0] != "told":
            pending.append(step)
    for one in _survivors(pending, rng, ordered=ordered):
        _apply(disk, one)
    return {name: bytes(data) for name, data in disk.items()}


def _survivors(pending, rng, *, ordered):
    if ordered:
        whole = rng.randint(0, len(pending))
        return [*pending[:whole], *(_torn(one, rng) for one in pending[whole : whole + 1])]
    left = [one for one in pending if rng.random() >= LOST]
    return [_torn(one, rng) if rng.random() < TORN else one for one in left]


def _torn(step, rng):
    kind, name, offset, data = step
    sectors = len(data) // SECTOR
    return (kind, name, offset, data[: rng.randint(0, sectors) * SECTOR]) if sectors else step


def _apply(disk, step):
    kind, name, offset, data = step
    file = disk[name]
    if kind == "truncate":
        del file[offset:]
        return
    if len(file) < offset:
        file.extend(bytes(offset - len(file)))
    file[offset : offset + len(data)] = data
