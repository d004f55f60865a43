"""Places on disk: what ships is found, what holds records is private."""

import stat

import pytest

from kashiwa_desktop import paths, windows
from kashiwa_desktop.paths import DataFolder, default_data_dir, is_private, resource


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_shipped_file_is_found_in_the_checkout():
    assert resource("fonts").is_dir()


def test_inside_the_installed_or_frozen_package_the_inner_folder_comes_first(tmp_path, monkeypatch):
    package = tmp_path / "lib" / "kashiwa_desktop"
    (package / "resources").mkdir(parents=True)
    (package / "resources" / "era.json").write_text("[]", encoding="utf-8")
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert resource("era.json") == package / "resources" / "era.json"


def test_a_missing_shipped_file_is_a_bug():
    with pytest.raises(FileNotFoundError):
        resource("no-such-thing.ttf")


def test_the_default_place_is_named_after_the_program():
    assert default_data_dir().name == "kashiwa-desktop"


def test_every_part_is_made_for_its_owner_only(tmp_path):
    folder = DataFolder(tmp_path / "a" / "records")
    folder.create()
    parts = [folder.identity, folder.archive, folder.waiting, folder.copies, folder.log]
    folder.store.touch()
    assert all(is_private(path) for path in [folder.root, *parts, folder.store])


@pytest.mark.posix("loosens modes")
def test_making_it_again_changes_nothing_and_tightens_what_was_loosened(tmp_path):
    folder = DataFolder(tmp_path / "records")
    folder.create()
    folder.store.write_text("kept", encoding="utf-8")
    folder.root.chmod(0o755)
    folder.archive.chmod(0o755)
    folder.create()
    assert (mode(folder.root), mode(folder.archive)) == (0o700, 0o700)
    assert folder.store.read_text(encoding="utf-8") == "kept"


@pytest.mark.posix("loosens modes")
def test_a_folder_of_something_else_named_by_mistake_keeps_its_mode(tmp_path):
    (tmp_path / "letters.txt").write_text("", encoding="utf-8")
    tmp_path.chmod(0o755)
    DataFolder(tmp_path).create()
    assert mode(tmp_path) == 0o755


@pytest.fixture
def on_windows(tmp_path, monkeypatch):
    """Windows, where modes mean nothing; gives the folders that got rules of their own."""
    given = []
    monkeypatch.setattr(windows, "is_here", lambda: True)
    monkeypatch.setattr(windows, "make_private", given.append)
    monkeypatch.setattr(windows, "is_private", given.__contains__)
    monkeypatch.setattr(paths.Path, "home", lambda: tmp_path / "Users" / "柏 花子")
    return given


def test_on_windows_the_persons_profile_is_guarded_as_it_is(tmp_path, on_windows):
    folder = DataFolder(tmp_path / "Users" / "柏 花子" / "AppData" / "Local" / "kashiwa-desktop")
    folder.create()
    assert on_windows == []
    assert is_private(folder.identity)


def test_on_windows_any_other_place_gets_rules_of_its_own_once(tmp_path, on_windows):
    folder = DataFolder(tmp_path / "kashiwa")
    folder.create()
    folder.create()
    assert on_windows[:2] == [folder.root, folder.identity]
    assert len(on_windows) == 7
    assert is_private(folder.identity)
    assert not is_private(tmp_path / "else")
