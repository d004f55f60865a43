"""What is asked of Windows, asked of one that a test makes; the same on the real one by marker."""

import errno

import pytest

from kashiwa_desktop import windows
from windows_library import Windows

USB, SATA, CARD = 7, 11, 12
PC = {
    "C:\\": (3, SATA, "OS"),
    "D:\\": (5, SATA, None),
    "E:\\": (2, USB, "BUFFALO"),
    "F:\\": (3, USB, "推進員 控え"),
    "G:\\": (2, CARD, None),
    "H:\\": (2, USB, ""),
    "Z:\\": (4, None, "share"),
}


@pytest.fixture
def pc(monkeypatch):
    made = Windows(PC)
    monkeypatch.setattr(windows, "library", made.library)
    monkeypatch.setattr(windows, "is_here", lambda: True)
    monkeypatch.setattr(windows, "_last_error", lambda: made.error)
    yield made
    assert made.open == {}, "a handle was left open"


def test_drives_and_what_can_be_pulled_out(pc):
    assert windows.drives() == list(PC)
    assert [root for root in PC if windows.is_removable(root)] == ["E:\\", "F:\\", "G:\\", "H:\\"]
    assert windows.drive_kind("Q:\\") == 1


def test_the_disk_that_windows_was_started_from_is_no_stick(pc, monkeypatch):
    monkeypatch.setenv("SYSTEMDRIVE", "f:")
    assert not windows.is_removable("F:\\")
    assert windows.is_removable("E:\\")


def test_a_drive_that_does_not_tell_its_bus_is_what_it_says_it_is(pc):
    pc.drives["K:\\"] = (3, None, "disk")
    assert not windows.is_removable("K:\\")
    assert windows.bus("Q:\\") == 0


def test_a_reader_without_a_card_makes_no_box(pc):
    assert windows.label("E:\\") == "BUFFALO"
    assert pc.modes == [0x8001, 0]
    assert windows.label("G:\\") == ""


@pytest.mark.parametrize("size", [0, 1, 4096, 1024 * 1024, 1024 * 1024 + 1, 3_000_001])
def test_reading_past_the_cache_gives_every_byte(pc, tmp_path, size):
    path = tmp_path / "a.kssz"
    data = bytes(n * 7 % 251 for n in range(size))
    pc.files[str(path)] = data
    assert b"".join(windows.pieces_past_cache(path, size + 1)) == data
    assert b"".join(windows.pieces_past_cache(path, 10)) == data[:10]
    assert pc.sector_reads


def test_a_share_that_knows_no_such_way_is_read_plainly(pc, tmp_path, monkeypatch):
    monkeypatch.setattr(windows, "_last_error", lambda: 87)
    assert windows.pieces_past_cache(tmp_path / "a", 10) is None


@pytest.mark.parametrize("code", [5, 32, 1117])
def test_what_windows_refuses_keeps_its_number(pc, tmp_path, code):
    pc.files[str(tmp_path / "a")] = code
    with pytest.raises(OSError, match="refused") as told:
        b"".join(windows.pieces_past_cache(tmp_path / "a", 10))
    assert told.value.winerror == code
    assert windows.is_held(told.value) is (code != 1117)
    with pytest.raises(OSError, match="refused") as told:
        b"".join(windows.pieces_past_cache(tmp_path / "none", 10))
    assert told.value.winerror == 2


def test_only_refusals_of_windows_are_held_files():
    assert not windows.is_held(PermissionError(errno.EACCES, "no"))
    assert not windows.is_held(None)


def test_the_code_page_of_the_console_or_of_the_system(pc):
    assert windows.console_encoding() == "cp932"
    pc.code_page = 65001
    assert windows.console_encoding() == "cp65001"
    pc.code_page = 0
    assert windows.console_encoding() == "cp932"


def test_who_was_started_passes_the_foreground_on(pc):
    windows.allow_others_to_front()
    windows.name_program("kashiwa-desktop")
    windows.say("題", "文")
    assert pc.fronts == [0xFFFFFFFF]
    assert pc.names == ["kashiwa-desktop"]
    assert pc.said == [("題", "文")]
    assert windows.session() == 3


ME = "S-1-5-21-1-2-3-1001"
GUARDED = f"D:PAI(A;OICI;FA;;;{ME})(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"


@pytest.mark.parametrize(
    ("rules", "private"),
    [
        (GUARDED, True),
        ("D:P(A;OICI;FA;;;S-1-3-4)(A;;FA;;;CO)", True),
        (GUARDED + "(A;OICIID;0x1200a9;;;BU)", False),
        (GUARDED + "(A;OICI;FR;;;WD)", False),
        (GUARDED + "(A;OICI;FA;;;S-1-5-21-1-2-3-1002)", False),
        (GUARDED + "(D;OICI;FA;;;BU)", True),
        ("D:NO_ACCESS_CONTROL", False),
        ("", False),
        (None, False),
    ],
)
def test_a_place_is_private_where_nobody_else_is_let_in(monkeypatch, tmp_path, rules, private):
    monkeypatch.setattr(windows, "_rules", lambda _path: rules)
    monkeypatch.setattr(windows, "_person", lambda: ME)
    assert windows.is_private(tmp_path) is private


def test_a_copy_keeps_the_mark_of_where_a_file_came_from(tmp_path):
    came, copied = tmp_path / "a.docx", tmp_path / "b.docx"
    windows.copy_mark(came, copied)
    assert not list(tmp_path.iterdir())
    (tmp_path / "a.docx:Zone.Identifier").write_bytes(b"[ZoneTransfer]\r\nZoneId=3\r\n")
    windows.copy_mark(came, copied)
    assert b"ZoneId=3" in (tmp_path / "b.docx:Zone.Identifier").read_bytes()
