"""Windows' own libraries as far as our calls go, to be put in the place of the real ones."""
# ruff: noqa: N802 - the names are those of Windows

import ctypes
import struct


class Call:
    """One function of a library: does what it was told to, and can be dressed like a real one."""

    def __init__(self, does):
        self._does = does
        self.restype = None

    def __call__(self, *args):
        return self._does(*(_plain(arg) for arg in args))


def _plain(arg):
    """What a call was given: numbers and texts bare, places to write to as they are."""
    return (
        arg.value if isinstance(arg, ctypes.c_uint32 | ctypes.c_wchar_p | ctypes.c_void_p) else arg
    )


class Windows:
    """A PC with drives, a console and files; each answers as Windows does.

    ``drives`` are ``{"E:\\\\": (kind, bus, label)}``; a label of None is a reader without a card.
    """

    def __init__(self, drives=(), *, code_page=932):
        self.drives, self.code_page = dict(drives), code_page
        self.said, self.modes, self.fronts, self.names = [], [], [], []
        self.open, self.handles, self.sector_reads = {}, 0, []
        self.files, self.error = {}, 0

    def library(self, name):
        return _Library(self, name)

    # ── kernel32 ──────────────────────────────────────────────────────────────────────────

    def GetDriveTypeW(self, root):
        return self.drives.get(root, (1,))[0]

    def GetLogicalDrives(self):
        return sum(1 << (ord(root[0]) - ord("A")) for root in self.drives)

    def GetVolumeInformationW(self, root, name, size, *_):
        label = self.drives[root][2]
        if label is None:
            return 0
        assert len(label) < size
        name.value = label
        return 1

    def SetThreadErrorMode(self, mode, before):
        self.modes.append(mode)
        if before is not None:
            before._obj.value = 0
        return 1

    def CreateFileW(self, name, access, _share, _safety, _how, flags, _template):
        device = name.removeprefix("\\\\.\\")
        places = self.files if device == name else {root[:2] for root in self.drives}
        known = device in places
        if not known:
            self.error = 2
            return ctypes.c_void_p(-1).value
        self.handles += 1
        self.open[self.handles] = [name, 0, access, flags]
        return self.handles

    def CloseHandle(self, handle):
        del self.open[handle]
        return 1

    def DeviceIoControl(self, handle, code, _question, _size, answer, room, said, _later):
        assert code == 0x2D1400
        bus = self.drives[self.open[handle][0][4:] + "\\"][1]
        if bus is None:
            return 0
        assert room >= 40
        struct.pack_into("<I", answer, 28, bus)
        said._obj.value = 40
        return 1

    def ReadFile(self, handle, view, size, got, _later):
        name, place, _, flags = self.open[handle]
        data = self.files[name]
        if isinstance(data, int):
            self.error = data
            return 0
        if flags & 0x20000000:  # past the cache: whole sectors at whole sectors
            assert size % 4096 == 0
            assert place % 4096 == 0
            assert ctypes.addressof(view) % 4096 == 0
            self.sector_reads.append(size)
        piece = data[place : place + size]
        ctypes.memmove(view, piece, len(piece))
        got._obj.value = len(piece)
        self.open[handle][1] += len(piece)
        return 1

    def GetConsoleCP(self):
        return self.code_page

    def GetOEMCP(self):
        return 932

    def ProcessIdToSessionId(self, _process, number):
        number._obj.value = 3
        return 1

    # ── user32, shell32 ───────────────────────────────────────────────────────────────────

    def AllowSetForegroundWindow(self, who):
        self.fronts.append(who)
        return 1

    def MessageBoxW(self, _owner, text, title, _kind):
        self.said.append((title, text))
        return 1

    def SetCurrentProcessExplicitAppUserModelID(self, name):
        self.names.append(name)
        return 0


class _Library:
    def __init__(self, pc, name):
        self._pc, self._name = pc, name

    def __getattr__(self, name):
        return Call(getattr(self._pc, name))
