"""All that is asked of a disk below one folder, in its order: files, names, and what was flushed.

SQLite is watched at the methods of its files (``sqlite3_io_methods``), at its opening and removing,
and where it opens a folder to flush it; our own program at the functions of ``os`` and at ``open``.
What our own program writes is seen by comparing the files that it opened, at every later call: so
it does not matter how the bytes got there. ``Recorder.missed`` proves that nothing was missed:
the record played to its end is the folder as it is.
"""

import builtins
import contextlib
import ctypes
import io
import os
import stat
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p, cast
from pathlib import Path
from unittest import mock

from faults.medium import FOLDER, Medium, Step, replayed
from faults.sqlite_calls import _default_vfs

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Recorder:
    """The steps below ``root`` while ``watching()``; ``before`` is what lay there at first."""

    def __init__(self, root):
        self.root = Path(root).resolve()
        self.steps = []
        self._ids = {}
        self._ours = set()
        self.before = self._look_around()
        self._now = self.before.copy()

    def tell(self):
        """Note that a person was told something now."""
        self.catch_up()
        self._note(Step("told"))

    @contextlib.contextmanager
    def watching(self):
        with contextlib.ExitStack() as stack:
            for name, call in _our_calls(self).items():
                stack.enter_context(mock.patch.object(os, name, call))
            opening = _opening(self)
            stack.enter_context(mock.patch.object(builtins, "open", opening))
            stack.enter_context(mock.patch.object(io, "open", opening))
            stack.enter_context(_sqlite_watched(self))
            yield self

    def missed(self):
        """The paths that are not as the record says, once no store is open any more."""
        self.catch_up()
        played, here = replayed(self.before, self.steps).tree(), self._look_around().tree()
        return {p for p in played.keys() | here.keys() if played.get(p, 0) != here.get(p, 0)}

    # --- what the watched calls say ---

    def spot(self, path, folder=None):
        """(folder, name) of a path below the root; None for one that lies elsewhere."""
        if isinstance(path, int):
            return None
        at = os.path.abspath(os.path.join(self._path_of(folder), os.fsdecode(path)))  # noqa: PTH100, PTH118 - no link is followed
        if not at.startswith(f"{self.root}/"):
            return None
        above, _, name = at[len(str(self.root)) + 1 :].rpartition("/")
        return above, name

    def _path_of(self, descriptor):
        if descriptor is None:
            return ""
        seen = os.fstat(descriptor)
        for spot, file in self._now.names.items():
            if file == FOLDER and _is(self._place(spot), seen):
                return str(self._place(spot))
        return "" if not _is(self.root, seen) else str(self.root)

    def _place(self, spot):
        return self.root / spot[0] / spot[1]

    def has(self, spot):
        return spot in self._now.names

    def opened(self, spot, *, by_sqlite=False):
        """A file was opened to be written, and perhaps made; returns its number."""
        file = self._now.names.get(spot)
        if file is None:
            file = self._number(self._place(spot).stat())
            self.named((spot, file))
        if by_sqlite:  # it says itself what it writes; nobody else opens its file meanwhile
            self._ours.discard(file)
        else:
            self._ours.add(file)
        return file

    def named(self, *names):
        self._note(Step("names", names=names))

    def moved(self, source, target):
        file = self._now.names[source]
        if file == FOLDER:
            raise NotImplementedError(f"a folder gets another name: {source}")
        self.named((target, file), (source, None))

    def linked(self, source, target):
        self.named((target, self._now.names[source]))

    def wrote(self, file, at, data):
        self._note(Step("write", file, at, data))

    def cut_off(self, file, size):
        self._note(Step("truncate", file, size))

    def flushed(self, file):
        self._note(Step("sync", file))

    def flushed_folder(self, folder):
        self._note(Step("folder", folder=folder))

    def flushed_descriptor(self, descriptor):
        seen = os.fstat(descriptor)
        if stat.S_ISDIR(seen.st_mode):
            path = self._path_of(descriptor)
            if path:
                self.flushed_folder(path[len(str(self.root)) + 1 :])
        elif (seen.st_dev, seen.st_ino) in self._ids:
            self.flushed(self._ids[seen.st_dev, seen.st_ino])

    def catch_up(self):
        """Note what was written into the files that the program itself opened."""
        for spot, file in list(self._now.names.items()):
            if file in self._ours:
                self._compare(file, self._place(spot))

    def _compare(self, file, path):
        with _open(path, "rb") as opened:
            data = opened.read()
        known = self._now.contents.get(file, b"")
        if data == known:
            return
        if not data.startswith(known):
            self.cut_off(file, 0)
            known = b""
        self.wrote(file, len(known), data[len(known) :])

    def _note(self, step):
        self.steps.append(step)
        self._now.do(step)

    def _number(self, seen):
        """A number of our own: the system gives its numbers again."""
        self._ids[seen.st_dev, seen.st_ino] = number = max(self._ids.values(), default=FOLDER) + 1
        return number

    def _look_around(self):
        found, seen = Medium(), {}
        for path in sorted(self.root.rglob("*")):
            at = path.stat()
            spot = self.spot(path)
            if path.is_dir():
                found.names[spot] = FOLDER
                continue
            key = at.st_dev, at.st_ino
            if key not in seen:
                seen[key] = self._ids.get(key) or self._number(at)
            found.names[spot] = seen[key]
            found.contents[seen[key]] = bytearray(path.read_bytes())
        return found


_open = open


def _is(path, seen):
    try:
        return os.path.samestat(path.stat(), seen)
    except FileNotFoundError:
        return False


# --- our own program ---


def _our_calls(to):
    """The functions of ``os`` that change something, each noted once it was done."""
    real = {name: getattr(os, name) for name in (
        "open", "fsync", "rename", "replace", "link", "unlink", "remove", "mkdir", "rmdir",
    )}  # fmt: skip

    def opening(path, flags, mode=0o777, *, dir_fd=None):
        to.catch_up()
        descriptor = real["open"](path, flags, mode, dir_fd=dir_fd)
        spot = to.spot(path, dir_fd)
        if spot and flags & _WRITES:
            to.opened(spot)
        return descriptor

    def flushing(descriptor):
        number = descriptor if isinstance(descriptor, int) else descriptor.fileno()
        to.catch_up()
        real["fsync"](number)
        to.flushed_descriptor(number)

    def moving(name):
        def call(source, target, *, src_dir_fd=None, dst_dir_fd=None):
            to.catch_up()
            spots = to.spot(source, src_dir_fd), to.spot(target, dst_dir_fd)
            real[name](source, target, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)
            if any(spots):
                to.moved(*spots)

        return call

    def linking(source, target, **more):
        to.catch_up()
        spots = to.spot(source), to.spot(target)
        real["link"](source, target, **more)
        if any(spots):
            to.linked(*spots)

    def going(name):
        def call(path, *, dir_fd=None):
            to.catch_up()
            spot = to.spot(path, dir_fd)
            real[name](path, dir_fd=dir_fd)
            if spot:
                to.named((spot, None))

        return call

    def folder(path, mode=0o777, *, dir_fd=None):
        real["mkdir"](path, mode, dir_fd=dir_fd)
        spot = to.spot(path, dir_fd)
        if spot:
            to.named((spot, FOLDER))

    return {
        "open": opening, "fsync": flushing, "fdatasync": flushing, "rename": moving("rename"),
        "replace": moving("replace"), "link": linking, "unlink": going("unlink"),
        "remove": going("remove"), "mkdir": folder, "rmdir": going("rmdir"),
    }  # fmt: skip


def _opening(to):
    def opening(file, mode="r", *args, **more):
        to.catch_up()
        spot = to.spot(file) if set(mode) & set("wax+") else None
        opened = _open(file, mode, *args, **more)
        if spot:
            to.opened(spot)
        return opened

    return opening


# --- SQLite ---

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
_Delete = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
_Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
_Sync = CFUNCTYPE(c_int, c_void_p, c_int)
_OpenFolder = CFUNCTYPE(c_int, c_char_p, c_void_p)

_FOR_EVER = []
"""A file that is still open keeps calling what it was given."""


@contextlib.contextmanager
def _sqlite_watched(to):
    vfs, kept, numbers, patched = _default_vfs(), [], {}, {}
    real_open, real_delete = cast(vfs.contents.xOpen, _Open), cast(vfs.contents.xDelete, _Delete)

    def opening(own, name, file, flags, out):
        code = real_open(own, name, file, flags, out)
        spot = to.spot(ctypes.string_at(name)) if name else None
        if code == 0 and spot and file.contents.pMethods:
            numbers[ctypes.addressof(file.contents)] = to.opened(spot, by_sqlite=True)
            found = cast(file.contents.pMethods, c_void_p).value
            if found not in patched:
                patched[found] = _watched(file.contents.pMethods.contents, to, numbers, kept)
            file.contents.pMethods = POINTER(_Methods)(patched[found])
        return code

    def removing(own, name, flush):
        spot = to.spot(ctypes.string_at(name))
        if spot and to.has(spot):  # before the folder is flushed, which the real call does
            to.named((spot, None))
        return real_delete(own, name, flush)

    callbacks = _Open(opening), _Delete(removing)
    before = vfs.contents.xOpen, vfs.contents.xDelete
    vfs.contents.xOpen, vfs.contents.xDelete = (cast(one, c_void_p).value for one in callbacks)
    try:
        with _folders_watched(to, vfs, kept):
            yield
    finally:
        vfs.contents.xOpen, vfs.contents.xDelete = before
        _FOR_EVER.append((kept, callbacks, patched))


@contextlib.contextmanager
def _folders_watched(to, vfs, kept):
    """SQLite opens a folder to flush it, and for nothing else."""
    name = b"openDirectory"
    real = vfs.contents.xGetSystemCall(vfs, name)
    call = cast(real, _OpenFolder)

    def opening(path, descriptor):
        spot = to.spot(path)
        if spot:
            to.flushed_folder(spot[0])
        return call(path, descriptor)

    callback = _OpenFolder(opening)
    kept.append(callback)
    vfs.contents.xSetSystemCall(vfs, name, cast(callback, c_void_p))
    try:
        yield
    finally:
        vfs.contents.xSetSystemCall(vfs, name, real)


def _watched(methods, to, numbers, kept):
    """A copy of the methods that notes what it passes on."""
    copy = _Methods.from_buffer_copy(methods)
    write, truncate = cast(methods.xWrite, _Write), cast(methods.xTruncate, _Truncate)
    sync = cast(methods.xSync, _Sync)

    def writing(file, data, size, offset):
        to.wrote(numbers[file], offset, ctypes.string_at(data, size))
        return write(file, data, size, offset)

    def truncating(file, size):
        to.cut_off(numbers[file], size)
        return truncate(file, size)

    def syncing(file, flags):
        to.flushed(numbers[file])
        return sync(file, flags)

    callbacks = _Write(writing), _Truncate(truncating), _Sync(syncing)
    for name, callback in zip(("xWrite", "xTruncate", "xSync"), callbacks, strict=True):
        setattr(copy, name, cast(callback, c_void_p).value)
    kept.append(callbacks)
    return copy
