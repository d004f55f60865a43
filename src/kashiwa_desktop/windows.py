"""What is asked of Windows itself, by ctypes; the one place, so that a test puts its own in.

Nothing here decides anything: rooms ask ``is_here()`` and then one question. Every answer that
Windows does not give is the harmless one (no label, no bus, nothing allowed), never an exception,
except where a caller has to hear of it (``pieces_past_cache``).
"""

import contextlib
import ctypes
import errno
import mmap
import os
import re
import string
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

REMOVABLE, FIXED, REMOTE, DISC = 2, 3, 4, 5
"""Kinds of a drive (``GetDriveTypeW``)."""
USB: Final = 7
"""The bus (``STORAGE_BUS_TYPE``) of a stick, also of one that calls itself a fixed disk."""
HELD: Final = frozenset({5, 32, 33})
"""Refusals while another program holds a file: access denied, sharing, a locked part."""
LONGEST: Final = 259
"""Characters of a path where long paths are not switched on (``MAX_PATH`` without its end)."""

_SHARED, _OPEN_EXISTING = 0x1 | 0x2 | 0x4, 3
_READ, _NO_CACHE = 0x80000000, 0x20000000
_NOBODY = ctypes.c_void_p(-1).value  # INVALID_HANDLE_VALUE
_NO_BOXES = 0x0001 | 0x8000  # SEM_FAILCRITICALERRORS, SEM_NOOPENFILEERRORBOX
_DESCRIBE = 0x2D1400  # IOCTL_STORAGE_QUERY_PROPERTY
_BUS_AT = 28  # where STORAGE_DEVICE_DESCRIPTOR holds the bus
_INFORM = 0x40 | 0x10000 | 0x2000  # MB_ICONINFORMATION, MB_SETFOREGROUND, MB_TASKMODAL
_ANYBODY = 0xFFFFFFFF  # ASFW_ANY
_PIECE = 1024 * 1024
_FILE, _DACL, _OWN_DACL = 1, 0x4, 0x80000000  # SE_FILE_OBJECT, *_SECURITY_INFORMATION
_TOKEN_QUERY, _TOKEN_USER = 0x8, 1
_TRUSTED = frozenset({"SY", "BA", "OW", "CO", "S-1-5-18", "S-1-5-32-544", "S-1-3-4", "S-1-3-0"})
"""Who may always read: the system, administrators (as root elsewhere), and the owner himself."""
_MARK: Final = "Zone.Identifier"
_LONGEST_MARK: Final = 64 * 1024
_ENTRY = re.compile(r"\(([^)]*)\)")


def is_here() -> bool:
    return os.name == "nt"


def library(name: str) -> Any:
    """Return one of Windows' own libraries; tests put theirs in this one's place."""
    return getattr(ctypes, "WinDLL")(name, use_last_error=True)  # noqa: B009 - only there on Windows


def is_held(error: BaseException | None) -> bool:
    """Whether Windows refused because another program has the file open."""
    return getattr(error, "winerror", None) in HELD


def drive_kind(root: str) -> int:
    r"""Return what Windows says of a drive such as ``E:\``; 0 where it knows nothing."""
    return int(library("kernel32").GetDriveTypeW(root))


def label(root: str) -> str:
    """Return the name a person gave the medium in a drive, '' for none."""
    name = ctypes.create_unicode_buffer(261)
    with no_boxes():
        found = library("kernel32").GetVolumeInformationW(
            root, name, len(name), None, None, None, None, 0
        )
    return name.value if found else ""


def bus(root: str) -> int:
    """Return the bus a drive hangs on, 0 where Windows does not say; needs no special right."""
    kernel = library("kernel32")
    handle = _opened(kernel, rf"\\.\{root[:2]}", access=0, flags=0)
    if handle is None:
        return 0
    question, answer = struct.pack("<III", 0, 0, 0), ctypes.create_string_buffer(1024)
    said = ctypes.c_uint32()
    try:
        good = kernel.DeviceIoControl(
            handle,
            _DESCRIBE,
            question,
            len(question),
            answer,
            len(answer),
            ctypes.byref(said),
            None,
        )
    finally:
        kernel.CloseHandle(handle)
    if not good or said.value < _BUS_AT + 4:
        return 0
    return int(struct.unpack_from("<I", answer, _BUS_AT)[0])


def is_removable(root: str) -> bool:
    """Whether a drive can be pulled out: also a stick or a disk that calls itself a fixed one."""
    kind = drive_kind(root)
    return kind == REMOVABLE or (kind == FIXED and not is_system(root) and bus(root) == USB)


def is_system(root: str) -> bool:
    """Whether Windows itself lies on a drive; it may have been started from a disk on a cable."""
    return os.environ.get("SYSTEMDRIVE", "C:")[:2].upper() == root[:2].upper()


def drives() -> list[str]:
    r"""Return the roots of the drives that are there, such as ``E:\``."""
    there = int(library("kernel32").GetLogicalDrives())
    return [f"{letter}:\\" for n, letter in enumerate(string.ascii_uppercase) if there >> n & 1]


@contextlib.contextmanager
def no_boxes() -> Iterator[None]:
    """While the block runs, an empty card reader is an error and not a box on the screen."""
    kernel, before = library("kernel32"), ctypes.c_uint32()
    kernel.SetThreadErrorMode(_NO_BOXES, ctypes.byref(before))
    try:
        yield
    finally:
        kernel.SetThreadErrorMode(before.value, None)


def pieces_past_cache(path: Path, limit: int) -> Iterator[bytes] | None:
    """Give at most ``limit`` bytes from the medium itself; None where a place offers no such way.

    OSError as Windows has it. The buffer lies on a page, as reading past the cache asks.
    """
    kernel = library("kernel32")
    handle = _opened(kernel, str(path), access=_READ, flags=_NO_CACHE)
    if handle is None:
        code = _last_error()
        if code in (1, 50, 87):  # a share that knows no such flag
            return None
        raise _refused(path, code)
    return _read(kernel, handle, path, limit)


def _read(kernel: Any, handle: Any, path: Path, limit: int) -> Iterator[bytes]:
    got = ctypes.c_uint32()
    try:
        with contextlib.closing(mmap.mmap(-1, _PIECE)) as room:
            view = (ctypes.c_char * _PIECE).from_buffer(room)
            try:
                while limit > 0:
                    if not kernel.ReadFile(handle, view, _PIECE, ctypes.byref(got), None):
                        raise _refused(path, _last_error())
                    yield room[: min(got.value, limit)]
                    limit -= got.value
                    if got.value < _PIECE:  # the end: past it no read lies on a sector
                        break
            finally:
                del view  # the room cannot be closed while it is seen
    finally:
        kernel.CloseHandle(handle)


def allow_others_to_front() -> None:
    """Let the window that is asked to come up really come up, and not only blink."""
    library("user32").AllowSetForegroundWindow(_ANYBODY)


def say(title: str, text: str) -> None:
    """Show a box of the system's own: there when nothing of ours is."""
    library("user32").MessageBoxW(None, text, title, _INFORM)


def name_program(name: str) -> None:
    """Let the taskbar know this program by its own name, not by that of the interpreter."""
    library("shell32").SetCurrentProcessExplicitAppUserModelID(ctypes.c_wchar_p(name))


def session() -> int:
    """Return the number of the sign-in this process runs in; another one's windows are not seen."""
    number = ctypes.c_uint32()
    library("kernel32").ProcessIdToSessionId(os.getpid(), ctypes.byref(number))
    return number.value


def console_encoding() -> str:
    """Return how the console, or what is piped out of it, writes letters: ``cp932``."""
    kernel = library("kernel32")
    return f"cp{kernel.GetConsoleCP() or kernel.GetOEMCP()}"


def make_private(folder: Path) -> None:
    """Let nobody but its owner, the system and administrators into ``folder`` and what it holds.

    Whether it is so, a disk that knows no rules for one, says ``is_private``.
    """
    advanced, person, held = library("advapi32"), _person(), ctypes.c_void_p()
    text = f"D:P(A;OICI;FA;;;{person})(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"
    if not person or not advanced.ConvertStringSecurityDescriptorToSecurityDescriptorW(
        text, 1, ctypes.byref(held), None
    ):
        return
    there, given, rules = ctypes.c_int(), ctypes.c_int(), ctypes.c_void_p()
    try:
        advanced.GetSecurityDescriptorDacl(
            held, ctypes.byref(there), ctypes.byref(rules), ctypes.byref(given)
        )
        name, own = ctypes.c_wchar_p(str(folder)), ctypes.c_uint32(_DACL | _OWN_DACL)
        advanced.SetNamedSecurityInfoW(name, _FILE, own, None, None, rules, None)  # and all in it
        advanced.SetFileSecurityW(name, _DACL, held)
    finally:
        library("kernel32").LocalFree(held)


def is_private(path: Path) -> bool:
    """Whether only its owner, the system and administrators may read ``path``."""
    let_in = readers(_rules(path) or "")
    return bool(let_in) and let_in <= _TRUSTED | {_person()}  # no rules at all let everybody in


def readers(rules: str) -> set[str]:
    """Return whom a list of rules (SDDL) lets in at all."""
    entries = [found.split(";") for found in _ENTRY.findall(rules)]
    return {entry[5] for entry in entries if len(entry) > 5 and entry[0] in ("A", "XA", "OA")}


def copy_mark(path: Path, to: Path) -> None:
    """Let a copy keep the mark of where a file came from (``Zone.Identifier``).

    A document out of a mail opens guarded only while it has that mark.
    """
    with contextlib.suppress(OSError):  # most files have none, and some disks know none
        mark = Path(f"{path}:{_MARK}").read_bytes()
        Path(f"{to}:{_MARK}").write_bytes(mark[:_LONGEST_MARK])


def _rules(path: Path) -> str | None:
    """Return the rules of a file as text without names; None where there are none to be had."""
    advanced, held = library("advapi32"), ctypes.c_void_p()
    refused = advanced.GetNamedSecurityInfoW(
        ctypes.c_wchar_p(str(path)), _FILE, _DACL, None, None, None, None, ctypes.byref(held)
    )
    if refused or not held.value:
        return None
    text = ctypes.c_wchar_p()
    try:
        good = advanced.ConvertSecurityDescriptorToStringSecurityDescriptorW(
            held, 1, _DACL, ctypes.byref(text), None
        )
        return _taken(text) if good else None
    finally:
        library("kernel32").LocalFree(held)


def _person() -> str:
    """Return the number (SID) of who is at work, '' where Windows does not say."""
    kernel, advanced, token = library("kernel32"), library("advapi32"), ctypes.c_void_p()
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    process = ctypes.c_void_p(kernel.GetCurrentProcess())
    if not advanced.OpenProcessToken(process, _TOKEN_QUERY, ctypes.byref(token)):
        return ""
    try:
        room, size = ctypes.create_string_buffer(512), ctypes.c_uint32()
        text = ctypes.c_wchar_p()
        good = advanced.GetTokenInformation(
            token, _TOKEN_USER, room, len(room), ctypes.byref(size)
        ) and advanced.ConvertSidToStringSidW(ctypes.c_void_p.from_buffer(room), ctypes.byref(text))
        return (_taken(text) or "") if good else ""
    finally:
        kernel.CloseHandle(token)


def _taken(text: "ctypes.c_wchar_p") -> str | None:
    """Return a text that Windows lent us, and give its room back."""
    value = text.value
    library("kernel32").LocalFree(text)
    return value


def _opened(kernel: Any, name: str, *, access: int, flags: int) -> Any:
    """Open a file or a device that is there; None where Windows refuses."""
    kernel.CreateFileW.restype = ctypes.c_void_p
    handle = kernel.CreateFileW(
        ctypes.c_wchar_p(name), ctypes.c_uint32(access), _SHARED, None, _OPEN_EXISTING,
        ctypes.c_uint32(flags), None,
    )  # fmt: skip
    return None if handle in (None, _NOBODY) else ctypes.c_void_p(handle)


def _last_error() -> int:
    return int(getattr(ctypes, "get_last_error")())  # noqa: B009 - only there on Windows


def _refused(path: Path, code: int) -> OSError:
    """An OSError as Python itself would raise it for Windows' number (elsewhere an input error)."""
    error = OSError(errno.EIO, "refused", str(path), code)
    if getattr(error, "winerror", None) is None:
        error.winerror = code  # type: ignore[attr-defined]
    return error
