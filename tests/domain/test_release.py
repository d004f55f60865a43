"""Which version is newer, and what the settings say of it."""

import pytest

from kashiwa_desktop.domain.release import Release, is_newer, read, version_in


@pytest.mark.parametrize(
    ("one", "other", "newer"),
    [("0.2.0", "0.1.9", True), ("0.10.0", "0.9.0", True), ("1.0.0", "1.0.0", False),
     ("0.1.9", "0.2.0", False), ("new", "0.1.0", False), ("0.1.0", "old", False)],
)  # fmt: skip
def test_numbers_are_compared_not_letters(one, other, newer):
    assert is_newer(one, other) is newer


def test_what_is_written_is_read():
    made = Release("0.3.0", "kashiwa-desktop-0.3.0-setup.exe", 5, "a" * 64, ("速くなりました",))
    assert read([{"kind": "office"}, made.body()]) == made
    assert read([{"kind": "release", "version": ""}, {"kind": "area"}]) is None
    assert version_in(made.file) == "0.3.0"
