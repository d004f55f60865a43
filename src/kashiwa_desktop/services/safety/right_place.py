r"""Where records may lie: on a disk of this PC, never where another program copies or takes them.

RELIABILITY.md §5.1, R45: what a cloud folder, a share or a roaming profile does to a database that
is in use, nobody can mend afterwards. So such a place is refused, not warned of, and the right one
is offered. Told by the path alone (``\\server``, OneDrive) or by the system (drives, mounts).
"""

import os
import re
import shutil
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path, PurePosixPath, PureWindowsPath

from kashiwa_desktop import disk, windows
from kashiwa_desktop.errors import PlaceError
from kashiwa_desktop.paths import DataFolder, is_private
from kashiwa_desktop.storage import copies

CLOUD, NETWORK, REMOVABLE, ROAMING = "cloud", "network", "removable", "roaming"
_WORDS = {
    CLOUD: "クラウドのフォルダー(OneDriveなど)",
    NETWORK: "ネットワークの先",
    REMOVABLE: "取り外せるディスク",
    ROAMING: "ほかのパソコンに写される場所",
}
_CLOUDS = re.compile(
    r"onedrive( - .+)?|dropbox( \(.+\))?|google ?drive|googledrivefs|my drive|マイドライブ|"
    r"icloud ?drive|iclouddrive|com~apple~clouddocs|mobile documents|cloudstorage|box sync|box-box|"
    r"nextcloud|owncloud|pcloud ?drive|megasync|syncthing|resilio sync|yandex\.disk",
    re.IGNORECASE,
)
_CLOUD_NAMES = ("ONEDRIVE", "ONEDRIVECONSUMER", "ONEDRIVECOMMERCIAL")
_REMOTE = re.compile(r"nfs\d?|cifs|smb\w*|afpfs|webdav|davfs2?|fuse\.(sshfs|rclone|gvfsd).*|ncpfs")
_MEDIA = re.compile(r"/(run/)?media/|/volumes/(?!macintosh hd)", re.IGNORECASE)
_STICKS = ("vfat", "exfat", "msdos", "iso9660")
_DRIVES = {windows.REMOTE: NETWORK, windows.DISC: REMOVABLE}
"""What Windows says of a drive's letter, sticks apart."""


def wrong_kind(
    place: str, environment: Mapping[str, str], system: Callable[[str], str | None]
) -> str | None:
    """Return why records must not lie at ``place``, None where they may.

    ``system`` says what the operating system knows of a place: one of the kinds, or None. Names of
    the ``environment`` count in any case, as Windows has them.
    """
    environment = {name.upper(): value for name, value in environment.items()}
    text = re.sub(r"^[\\/]{2}\?[\\/]UNC[\\/]", r"\\\\", place, flags=re.IGNORECASE)
    text = re.sub(r"^[\\/]{2}\?[\\/]", "", text)
    if text.startswith(("\\\\", "//")):
        return NETWORK
    pure = PureWindowsPath(text) if re.match(r"[A-Za-z]:", text) else PurePosixPath(text)
    parts = [part.lower() for part in pure.parts]
    if any(_CLOUDS.fullmatch(part) for part in parts) or _is_under(parts, environment):
        return CLOUD
    if _is_roaming(parts, environment.get("APPDATA", "")):
        return ROAMING
    if isinstance(pure, PurePosixPath) and _MEDIA.match(text):
        return REMOVABLE
    return system(text)


def _is_under(parts: list[str], environment: Mapping[str, str]) -> bool:
    """Whether the place lies in a folder that OneDrive says is its own, whatever it is called."""
    return any(
        _begins_with(parts, environment[name]) for name in _CLOUD_NAMES if environment.get(name)
    )


def _is_roaming(parts: list[str], roaming: str) -> bool:
    named = any(pair == ("appdata", "roaming") for pair in pairwise(parts))
    return named or (bool(roaming) and _begins_with(parts, roaming))


def _begins_with(parts: list[str], folder: str) -> bool:
    pure = PureWindowsPath(folder) if "\\" in folder else PurePosixPath(folder)
    start = [part.lower() for part in pure.parts]
    return parts[: len(start)] == start


def ask_system(place: str) -> str | None:
    """Say what the operating system knows of a place: a share, a stick, or nothing of the kind."""
    if windows.is_here():
        return _of_drive(PureWindowsPath(place).drive)
    return _of_mount(place, _mounts())


def _of_drive(drive: str) -> str | None:
    """Judge a drive such as ``Z:``; one that is gone is no wrong place, it cannot be opened."""
    root = f"{drive}\\"
    if not drive:
        return None
    with windows.no_boxes():
        if windows.is_removable(root):
            return REMOVABLE
        return _DRIVES.get(windows.drive_kind(root))


def _mounts() -> str:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _of_mount(place: str, mounts: str) -> str | None:
    """Find the mount that holds a place, the longest whose point it lies under, and its kind."""
    point, kind = "", ""
    for line in mounts.splitlines():
        fields = [field.replace("\\040", " ") for field in line.split(" ")]
        if PurePosixPath(place).is_relative_to(fields[1]) and len(fields[1]) >= len(point):
            point, kind = fields[1], fields[2]
    if _REMOTE.fullmatch(kind):
        return NETWORK
    return REMOVABLE if kind in _STICKS else None


def refuse_wrong(
    folder: DataFolder, environment: Mapping[str, str] | None = None, *, shared: bool = False
) -> None:
    """Refuse a place where records must not lie; PlaceError (``wrong_place``).

    A share may hold the folder where its rows lie in a ``shared`` database (decision 0018): no file
    of SQLite is in use there.
    """
    place = str(folder.root.absolute())
    real = str(folder.root.resolve())
    known = os.environ if environment is None else environment
    kind = wrong_kind(place, known, ask_system) or wrong_kind(real, known, ask_system)
    shared = shared or folder.database_note.exists()
    if kind is not None and not (shared and kind == NETWORK):
        text = (
            f"記録の場所が{_WORDS[kind]}になっています。ここでは記録がこわれることがあるので、"
            "開きません。このパソコンの中の決まった場所で開いてください。"
        )
        raise PlaceError(text, code="wrong_place")


def refuse_unguarded(folder: DataFolder, *, shared: bool = False) -> None:
    """Refuse a place on Windows where everybody on this PC could read the keys; PlaceError.

    A share has its server's own rules, and only a ``shared`` database may lie there.
    """
    if windows.is_here() and not shared and not is_private(folder.identity):
        text = (
            "この場所は、このパソコンを使うほかの人にも読めてしまうので、開きません。"
            "このパソコンの中の決まった場所で開いてください。"
        )
        raise PlaceError(text, code="not_private")


def bring_here(source: DataFolder, target: DataFolder) -> bool:
    """Bring the records of a wrong place to the right one, if there are any and none are there.

    Of everybody who uses this PC. Everything is compared before the old store gets a name that
    nothing opens. Returns whether anything was brought; PlaceError, StoreError with both places as
    they were.
    """
    target.create()
    if target.store.exists() or target.database_note.exists() or not _has_records(source):
        return False
    try:
        for folder in _everybody(source):
            _bring(folder, DataFolder(target.root / folder.root.relative_to(source.root)))
        for folder in _everybody(source):
            for name in (folder.store, folder.database_note):
                if name.exists():
                    disk.replace(name, name.with_name(f"{name.name}.moved"))
    except OSError as error:
        disk.forget(target.store, target.database_note)
        text = "記録を移せません。空きを確かめて、もう一度お試しください。記録はもとのままです。"
        raise PlaceError(text, code="cannot_write") from error
    return True


def _has_records(folder: DataFolder) -> bool:
    return folder.store.exists() or folder.database_note.exists()


def _everybody(source: DataFolder) -> list[DataFolder]:
    """Return the folders of all who use this PC (使う人を替える), the first one first."""
    others = [DataFolder(store.parent) for store in sorted(source.root.glob("people/*/store.db"))]
    return [source, *others]


def _bring(source: DataFolder, target: DataFolder) -> None:
    target.create()
    if source.store.exists():
        copies.copy(source.store, target.store)
    for name in (source.database_note, source.settings_file):
        if name.exists():
            shutil.copyfile(name, target.root / name.name)
    for part in ("identity", "archive", "waiting", "copies", "attachments"):
        if (source.root / part).is_dir():
            _bring_folder(source.root / part, target.root / part)


def _bring_folder(source: Path, target: Path) -> None:
    for path in sorted(source.rglob("*")):
        to = target / path.relative_to(source)
        if path.is_dir():
            to.mkdir(mode=0o700, exist_ok=True)
        else:
            shutil.copyfile(path, to)
            to.chmod(0o600)
            if to.read_bytes() != path.read_bytes():
                raise OSError("what was written is not what was read")
