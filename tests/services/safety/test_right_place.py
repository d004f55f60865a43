"""R45: places that spoil records are known by their path or by the system, and refused."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kashiwa_desktop import windows
from kashiwa_desktop.errors import PlaceError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety import right_place
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.right_place import (
    CLOUD,
    NETWORK,
    REMOVABLE,
    ROAMING,
    bring_here,
    refuse_wrong,
    wrong_kind,
)
from office_world import activity
from windows_library import Windows

WINDOWS = {
    "OneDrive": r"C:\Users\hanako\OneDrive",
    "OneDriveCommercial": r"D:\会社のクラウド",
    "APPDATA": r"\\server\profile$\hanako\AppData\Roaming",
    "LOCALAPPDATA": r"C:\Users\hanako\AppData\Local",
}
LOCAL_PROFILE = {**WINDOWS, "APPDATA": r"C:\Users\hanako\AppData\Roaming"}
DRIVES = {"Z": NETWORK, "Y": NETWORK, "E": REMOVABLE, "F": REMOVABLE}
MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
/dev/sda2 /home ext4 rw 0 0
server:/export /home/hanako/share nfs4 rw 0 0
//server/doc /home/hanako/windows cifs rw 0 0
hanako@server: /home/hanako/far fuse.sshfs rw 0 0
remote: /home/hanako/cloud\\040disk fuse.rclone rw 0 0
https://x /home/hanako/dav davfs rw 0 0
/dev/sdb1 /mnt/stick vfat rw 0 0
/dev/sdc1 /mnt/large exfat rw 0 0
tmpfs /dev/shm tmpfs rw 0 0
"""
WRONG = [
    (r"C:\Users\hanako\OneDrive\kashiwa-desktop", CLOUD),
    (r"C:\Users\hanako\OneDrive\ドキュメント\kashiwa-desktop", CLOUD),
    (r"C:\Users\hanako\OneDrive - 柏市社会福祉協議会\記録", CLOUD),
    (r"c:\users\HANAKO\onedrive\x", CLOUD),
    (r"D:\会社のクラウド\記録", CLOUD),
    (r"D:\会社のクラウド", CLOUD),
    (r"C:\Users\hanako\Dropbox\x", CLOUD),
    (r"C:\Users\hanako\Dropbox (Personal)\x", CLOUD),
    (r"D:\Dropbox", CLOUD),
    (r"C:\Users\hanako\Google Drive\x", CLOUD),
    (r"C:\Users\hanako\GoogleDrive\x", CLOUD),
    (r"G:\My Drive\x", CLOUD),
    (r"G:\マイドライブ\x", CLOUD),
    (r"C:\Users\hanako\iCloudDrive\x", CLOUD),
    (r"C:\Users\hanako\iCloud Drive\x", CLOUD),
    (r"C:\Users\hanako\Box Sync\x", CLOUD),
    (r"C:\Users\hanako\Nextcloud\x", CLOUD),
    ("/Users/hanako/Library/Mobile Documents/com~apple~CloudDocs/x", CLOUD),
    ("/Users/hanako/Library/CloudStorage/OneDrive-Personal/x", CLOUD),
    ("/Users/hanako/Library/CloudStorage/GoogleDrive-h/My Drive/x", CLOUD),
    ("/home/hanako/Dropbox/x", CLOUD),
    ("/home/hanako/Nextcloud/x", CLOUD),
    (r"\\server\share\kashiwa", NETWORK),
    (r"\\192.168.0.9\disk\x", NETWORK),
    (r"\\?\UNC\server\share\x", NETWORK),
    ("//server/share/x", NETWORK),
    (r"Z:\記録", NETWORK),
    (r"Y:\a\b\c", NETWORK),
    ("/home/hanako/share/x", NETWORK),
    ("/home/hanako/windows/x", NETWORK),
    ("/home/hanako/far", NETWORK),
    ("/home/hanako/cloud disk/x", NETWORK),
    ("/home/hanako/dav/x", NETWORK),
    (r"E:\kashiwa", REMOVABLE),
    (r"\\?\F:\kashiwa", REMOVABLE),
    ("/media/hanako/USB/x", REMOVABLE),
    ("/run/media/hanako/USB/x", REMOVABLE),
    ("/Volumes/USB/x", REMOVABLE),
    ("/mnt/stick/x", REMOVABLE),
    ("/mnt/large/a/b", REMOVABLE),
    (r"C:\Users\hanako\AppData\Roaming\kashiwa-desktop", ROAMING),
    (r"\\server\profile$\hanako\AppData\Roaming\kashiwa", NETWORK),
]
RIGHT = [
    r"C:\Users\hanako\AppData\Local\kashiwa-desktop",
    r"C:\kashiwa",
    r"\\?\C:\kashiwa",
    r"C:\Users\onedriver\kashiwa",
    r"D:\記録\Boxes",
    "/home/hanako/.local/share/kashiwa-desktop",
    "/Users/hanako/Library/Application Support/kashiwa-desktop",
    "/Volumes/Macintosh HD/kashiwa",
    "/dev/shm/kashiwa",
    "/home/hanako/shared/x",
]


def system(place):
    """What the operating system would say."""
    if place[1:2] == ":":
        return DRIVES.get(place[0].upper())
    return right_place._of_mount(place, MOUNTS)


def told(place):
    return wrong_kind(place, LOCAL_PROFILE if "Users" in place else WINDOWS, system)


def test_r45_every_wrong_place_is_known_and_no_right_one_refused(figure):
    known = [place for place, kind in WRONG if told(place) == kind]
    refused = [place for place in RIGHT if told(place) is not None]
    figure(
        f"R45: {len(known)} of {len(WRONG)} wrong places known, {len(refused)} right ones refused"
    )
    assert known == [place for place, _ in WRONG]
    assert refused == []


def test_r45_names_alone_would_not_do():
    """The wrong variant: whoever asks neither the system nor OneDrive misses them."""
    missed = [p for p, _ in WRONG if wrong_kind(p, {}, lambda _: None) is None]
    assert len(missed) > 8


def test_this_machine_says_what_it_knows(tmp_path):
    assert right_place.ask_system(str(tmp_path)) is None
    refuse_wrong(DataFolder(tmp_path), {})


def test_a_wrong_place_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(PlaceError, match="決まった場所で開いてください") as told:
        refuse_wrong(DataFolder(tmp_path / "OneDrive" / "x"), {})
    assert told.value.code == "wrong_place"


@pytest.mark.posix("makes a link, which Windows allows to administrators only")
def test_a_link_into_the_cloud_is_seen_through(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "mine").symlink_to(tmp_path / "Dropbox")
    with pytest.raises(PlaceError, match="クラウド"):
        refuse_wrong(DataFolder(tmp_path / "mine"), {})


def test_the_folder_of_a_shared_database_may_lie_on_a_share(tmp_path, monkeypatch):
    """Decision 0018: keys and archive are there for all staff, the rows are on the server."""
    monkeypatch.setattr(right_place, "ask_system", lambda _: right_place.NETWORK)
    folder = DataFolder(tmp_path)
    with pytest.raises(PlaceError, match="ネットワークの先"):
        refuse_wrong(folder, {})
    refuse_wrong(folder, {}, shared=True)
    folder.database_note.write_text("postgresql+psycopg://server/office\n", encoding="utf-8")
    refuse_wrong(folder, {})
    with pytest.raises(PlaceError, match="クラウド"):
        refuse_wrong(DataFolder(tmp_path / "OneDrive"), {}, shared=True)


def test_records_are_brought_to_the_right_place_and_no_longer_open_in_the_wrong_one(town):
    store = town.pc()
    Recording(store).add([activity(3)])
    Keeping(store).back_up()
    (store.folder.attachments / "a").mkdir()
    (store.folder.attachments / "a" / "file").write_bytes(b"invented")
    digest = Keeping(store).digest()
    town.close()
    source, target = town.folder("P001"), town.folder("here")
    assert bring_here(source, target)
    assert Keeping(town.pc("here")).digest() == digest
    assert Keeping(town.pc("here")).check() == []
    assert (target.attachments / "a" / "file").read_bytes() == b"invented"
    assert not source.store.exists()
    assert not bring_here(source, target)
    with closing(sqlite3.connect(source.root / "store.db.moved")) as file:
        assert file.execute("PRAGMA quick_check").fetchone() == ("ok",)


def test_everybody_of_a_shared_pc_is_brought(town):
    source, target = town.folder("P001"), town.folder("here")
    second = DataFolder(source.root / "people" / "2")
    second.root.parent.mkdir()
    town.folder("P002").root.rename(second.root)
    assert bring_here(source, target)
    brought = DataFolder(target.root / "people" / "2")
    assert brought.store.exists()
    assert (brought.identity / "pc.key").exists()
    assert not second.store.exists()


def test_an_office_whose_rows_lie_elsewhere_keeps_its_note(town):
    source, target = town.folder(), town.folder("here")
    source.store.rename(source.root / "gone")
    source.database_note.write_text("postgresql://server/office\n", encoding="utf-8")
    assert bring_here(source, target)
    assert target.database_note.read_text(encoding="utf-8") == "postgresql://server/office\n"
    assert not source.database_note.exists()


def test_where_they_cannot_be_brought_nothing_changes(town, monkeypatch):
    source, target = town.folder("P001"), town.folder("here")
    before = source.store.read_bytes()
    monkeypatch.setattr(Path, "read_bytes", lambda _path: b"?" + str(_path).encode())
    with pytest.raises(PlaceError, match="もとのまま"):
        bring_here(source, target)
    monkeypatch.undo()
    assert source.store.read_bytes() == before
    assert not target.store.exists()


def test_records_that_are_here_already_are_never_replaced(town):
    assert not bring_here(town.folder("P001"), town.folder("P002"))
    assert town.folder("P001").store.exists()


@pytest.fixture
def on_windows(monkeypatch):
    pc = Windows(
        {
            "C:\\": (3, 11, "OS"),
            "D:\\": (3, 11, "data"),
            "E:\\": (2, 7, "BUFFALO"),
            "F:\\": (3, 7, "USB disk"),
            "R:\\": (5, 11, None),
            "Z:\\": (4, None, "share"),
        }
    )
    monkeypatch.setattr(windows, "is_here", lambda: True)
    monkeypatch.setattr(windows, "library", pc.library)
    return pc


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (r"C:\kashiwa", None),
        (r"D:\kashiwa", None),
        (r"E:\kashiwa", REMOVABLE),
        (r"F:\kashiwa", REMOVABLE),
        (r"R:\kashiwa", REMOVABLE),
        (r"Z:\kashiwa", NETWORK),
        (r"Q:\gone", None),
        (r"kashiwa", None),
    ],
)
def test_on_windows_the_drive_says_what_it_is(on_windows, place, kind):
    assert right_place.ask_system(place) == kind
    assert on_windows.modes[-1:] in ([0], [])


@pytest.mark.parametrize("spelled", [str.upper, str.lower, str])
def test_names_of_the_environment_count_in_any_case(spelled):
    """``dict(os.environ)`` has them in capitals on Windows."""
    known = {spelled(name): value for name, value in WINDOWS.items()}
    assert wrong_kind(r"D:\会社のクラウド\x", known, lambda _: None) == CLOUD
    assert wrong_kind(r"C:\Users\hanako\OneDrive - 社協\Documents\x", {}, lambda _: None) == CLOUD


def test_on_windows_a_place_that_cannot_be_guarded_is_refused(tmp_path, monkeypatch):
    folder = DataFolder(tmp_path)
    folder.create()
    right_place.refuse_unguarded(folder)
    monkeypatch.setattr(windows, "is_here", lambda: True)
    monkeypatch.setattr(windows, "is_private", lambda path: path != folder.identity)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "else")
    with pytest.raises(PlaceError, match="ほかの人にも読めてしまう") as told:
        right_place.refuse_unguarded(folder)
    assert told.value.code == "not_private"
    right_place.refuse_unguarded(folder, shared=True)
    monkeypatch.setattr(windows, "is_private", lambda _: True)
    right_place.refuse_unguarded(folder)
