"""Sticks are found where the system mounts them."""

from kashiwa_desktop.services.travel.sticks import Sticks


def test_sticks_one_or_two_folders_deep(tmp_path):
    one, two = tmp_path / "media" / "KIOXIA", tmp_path / "run" / "hanako" / "BUFFALO"
    one.mkdir(parents=True)
    two.mkdir(parents=True)
    (tmp_path / "media" / "file").write_text("x", encoding="utf-8")
    roots = [tmp_path / "media", tmp_path / "run", tmp_path / "none"]
    found = Sticks(roots, {one, two}.__contains__).find()
    assert [(s.name, s.path) for s in found] == [("BUFFALO", two), ("KIOXIA", one)]
    assert all(s.free > 0 for s in found)


def test_an_ordinary_folder_is_no_stick(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert Sticks([tmp_path]).find() == []
    assert Sticks().find() is not None


def test_a_stick_that_is_being_pulled_out_is_left_out(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()

    def pulled(place):
        place.rmdir()
        return True

    assert Sticks([tmp_path], pulled).find() == []
