"""What is asked of a disk, on this system and as Windows answers."""

import errno
import time
from pathlib import Path

import pytest

from kashiwa_desktop import disk, windows
from kashiwa_desktop.bundle import place
from kashiwa_desktop.errors import PlaceError
from kashiwa_desktop.services import printed
from windows_library import Windows


@pytest.fixture
def waited(monkeypatch):
    """Waits are only noted."""
    seconds = []
    monkeypatch.setattr(disk.patiently, "__defaults__", (seconds.append,))
    return seconds


@pytest.fixture
def on_windows(monkeypatch):
    pc = Windows()
    monkeypatch.setattr(windows, "is_here", lambda: True)
    monkeypatch.setattr(windows, "library", pc.library)
    monkeypatch.setattr(windows, "_last_error", lambda: pc.error)
    return pc


def refusal(winerror):
    error = PermissionError(errno.EACCES, "held")
    error.winerror = winerror
    return error


def hold(monkeypatch, name, times, winerror=32):
    """Let a virus scanner hold a file for so many tries."""
    real, left = getattr(Path, name), [times]

    def held(self, *args, **options):
        if left[0]:
            left[0] -= 1
            raise refusal(winerror)
        return real(self, *args, **options)

    monkeypatch.setattr(Path, name, held)


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_a_scanner_that_holds_a_new_file_is_waited_for(tmp_path, monkeypatch, waited, winerror):
    part, path = tmp_path / "a.part", tmp_path / "a"
    part.write_bytes(b"new")
    path.write_bytes(b"old")
    hold(monkeypatch, "replace", 4, winerror)
    disk.replace(part, path)
    assert path.read_bytes() == b"new"
    assert waited == list(disk.WAITS[:4])
    hold(monkeypatch, "unlink", 2, winerror)
    disk.remove(path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_goes_with_all_it_holds_or_is_told_to_stay(tmp_path, monkeypatch, waited):
    folder = tmp_path / "a"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "c").touch()
    disk.remove_tree(folder)
    disk.remove_tree(folder)
    assert not folder.exists()
    folder.mkdir()
    monkeypatch.setattr(disk.shutil, "rmtree", lambda _: (_ for _ in ()).throw(refusal(32)))
    with pytest.raises(PermissionError):
        disk.remove_tree(folder)
    disk.forget_tree(folder)
    assert len(waited) == 2 * len(disk.WAITS)


def test_on_windows_a_name_is_flushed_by_its_file_even_when_somebody_has_it_open(
    tmp_path, monkeypatch, waited, on_windows
):
    flushed = []
    monkeypatch.setattr(disk, "flush", flushed.append)
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder").mkdir()
    disk.replace(tmp_path / "a", tmp_path / "c")
    disk.replace(tmp_path / "folder", tmp_path / "other")
    assert flushed == [tmp_path / "c"]

    def refuse(_path):
        raise refusal(32)

    monkeypatch.setattr(disk, "flush", refuse)
    disk.replace(tmp_path / "b", tmp_path / "c")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c", "other"]


def test_on_windows_a_stick_is_read_past_the_cache_after_one_more_flush(
    tmp_path, monkeypatch, on_windows
):
    path, flushed = tmp_path / "x.kssz", []
    path.write_bytes(b"what lies in the cache")
    on_windows.files[str(path)] = b"what lies on the stick"
    monkeypatch.setattr(disk, "flush", flushed.append)
    assert disk.Disk().read_back(path, 100) == b"what lies on the stick"
    assert flushed == [path]
    assert on_windows.sector_reads
    with pytest.raises(PlaceError, match="もととちがいました"):
        place.save_verified(b"what was written", tmp_path / "y.kssz", lambda _: None, Cached(path))
    assert [one.name for one in tmp_path.iterdir()] == ["x.kssz"]


class Cached(disk.Disk):
    """A stick on which something else arrives than what the cache holds."""

    def __init__(self, other):
        self._other = other

    def read_back(self, _path, limit):
        return super().read_back(self._other, limit)


def test_on_windows_a_share_without_that_way_is_read_plainly(tmp_path, monkeypatch, on_windows):
    monkeypatch.setattr(windows, "_last_error", lambda: 50)
    (tmp_path / "a").write_bytes(b"abc")
    assert disk.Disk().read_back(tmp_path / "a", 2) == b"ab"


def test_on_windows_a_file_is_made_to_see_whether_one_may(tmp_path, monkeypatch, on_windows):
    assert disk.may_write(tmp_path)
    assert list(tmp_path.iterdir()) == []
    hold(monkeypatch, "open", 1, 5)
    assert not disk.may_write(tmp_path)
    assert disk.may_write(tmp_path)
    assert not disk.may_write(tmp_path / "none")


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_a_paper_that_is_open_elsewhere_is_told_as_such(tmp_path, monkeypatch, waited, winerror):
    path = tmp_path / "月報.pdf"
    path.write_bytes(b"old")
    hold(monkeypatch, "replace", 100, winerror)
    with pytest.raises(PlaceError, match="ほかのソフトで開いています。閉じてから") as told:
        printed.replace_file(path, b"new")
    assert told.value.code == "open_elsewhere"
    assert "月報.pdf" in told.value.text
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    assert waited == list(disk.WAITS)


def test_a_part_that_is_held_too_is_no_second_error(tmp_path, monkeypatch, waited):
    path = tmp_path / "月報.pdf"
    path.write_bytes(b"old")
    hold(monkeypatch, "replace", 100)
    hold(monkeypatch, "unlink", 100)
    with pytest.raises(PlaceError, match="ほかのソフトで開いています"):
        printed.replace_file(path, b"new")


def test_a_folder_one_may_not_write_to_is_not_called_open_elsewhere(tmp_path, monkeypatch, waited):
    path = tmp_path / "月報.pdf"
    path.write_bytes(b"old")
    hold(monkeypatch, "replace", 100, 5)
    monkeypatch.setattr(disk, "may_write", lambda _: False)
    with pytest.raises(PlaceError, match="場所と空きを確かめて"):
        printed.replace_file(path, b"new")


class Refusing(disk.Disk):
    """A place where no file can be made; waits are not waited for."""

    def __init__(self, error):
        self._error = error

    def write_new(self, path, data):
        raise self._error

    def sleep(self, seconds):
        pass


@pytest.mark.parametrize(
    ("winerror", "writable", "name", "said"),
    [
        (5, True, "a.kssz", "ほかのソフトが保存先を使っています"),
        (5, False, "a.kssz", "書き込む許可がありません"),
        (32, False, "a.kssz", "ほかのソフトが保存先を使っています"),
        (3, True, "a.kssz", "保存先が見つかりません"),
        (3, True, "a" * 250 + ".kssz", "このファイル名では保存できません"),
        (2, True, "a" * 250 + ".kssz", "このファイル名では保存できません"),
        (206, True, "a.kssz", "このファイル名では保存できません"),
        (123, True, "a?.kssz", "このファイル名では保存できません"),
    ],
)
def test_one_number_of_windows_means_two_things(
    tmp_path, monkeypatch, winerror, writable, name, said
):
    error = OSError(errno.ENOENT, "no")
    error.winerror = winerror
    monkeypatch.setattr(place, "may_write", lambda _: writable)
    with pytest.raises(PlaceError, match=said):
        place.save_verified(b"x", tmp_path / name, lambda _: None, Refusing(error))


def test_patience_ends():
    assert sum(disk.WAITS) < 3
    assert disk.patiently.__defaults__ == (time.sleep,)
