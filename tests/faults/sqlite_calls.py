"""SQLite's own system calls, through the door that it keeps for its own tests (xSetSystemCall).

Not behind this door: fsync, and locks (fcntl). What a power cut loses is shown by ``recorder``.
"""

import _sqlite3
import contextlib
import ctypes
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_long, c_size_t, c_void_p

c_ssize_t = ctypes.c_ssize_t


class _Vfs(Structure):
    """The head of ``sqlite3_vfs``, version 3."""


_Set = CFUNCTYPE(c_int, POINTER(_Vfs), c_char_p, c_void_p)
_Get = CFUNCTYPE(c_void_p, POINTER(_Vfs), c_char_p)
_Vfs._fields_ = [
    ("iVersion", c_int), ("szOsFile", c_int), ("mxPathname", c_int), ("pNext", c_void_p),
    ("zName", c_char_p), ("pAppData", c_void_p),
    *((name, c_void_p) for name in (
        "xOpen", "xDelete", "xAccess", "xFullPathname", "xDlOpen", "xDlError", "xDlSym",
        "xDlClose", "xRandomness", "xSleep", "xCurrentTime", "xGetLastError",
        "xCurrentTimeInt64",
    )),
    ("xSetSystemCall", _Set), ("xGetSystemCall", _Get),
]  # fmt: skip

_CALLS = {
    b"open": (c_int, c_char_p, c_int, c_int),
    b"read": (c_ssize_t, c_int, c_void_p, c_size_t),
    b"pread": (c_ssize_t, c_int, c_void_p, c_size_t, c_long),
    b"pread64": (c_ssize_t, c_int, c_void_p, c_size_t, c_long),
    b"write": (c_ssize_t, c_int, c_void_p, c_size_t),
    b"pwrite": (c_ssize_t, c_int, c_void_p, c_size_t, c_long),
    b"pwrite64": (c_ssize_t, c_int, c_void_p, c_size_t, c_long),
    b"ftruncate": (c_int, c_int, c_long),
    b"unlink": (c_int, c_char_p),
}


def _default_vfs():
    library = ctypes.CDLL(_sqlite3.__file__)  # its symbols and those of what it stands on
    find = library.sqlite3_vfs_find
    find.restype, find.argtypes = POINTER(_Vfs), [c_char_p]
    return find(None)


@contextlib.contextmanager
def watched(trap):
    """Let the trap see each call, by name; an errno that it returns makes the call fail."""
    vfs = _default_vfs()
    set_call, get_call = vfs.contents.xSetSystemCall, vfs.contents.xGetSystemCall
    kept = []
    for name, types in _CALLS.items():
        real = get_call(vfs, name)
        if real:
            callback = _callback(trap, name.decode(), CFUNCTYPE(*types, use_errno=True), real)
            set_call(vfs, name, ctypes.cast(callback, c_void_p))
            kept.append((name, real, callback))
    try:
        yield trap
    finally:
        for name, real, _callback_kept in kept:
            set_call(vfs, name, real)


def _callback(trap, name, kind, real):
    original = kind(real)

    def call(*args):
        number = trap.step("sqlite " + name)
        if number:
            ctypes.set_errno(number)
            return -1
        return original(*args)

    return kind(call)
