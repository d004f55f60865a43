"""Which version is newer, and what the settings say of it."""

import pytest

from kashiwa_desktop.domain.release import LINUX, WINDOWS, Release, is_newer, read, version_in


@pytest.mark.parametrize(
    ("one", "other", "newer"),
    [("0.2.0", "0.1.9", True), ("0.10.0", "0.9.0", True), ("1.0.0", "1.0.0", False),
     ("0.1.9", "0.2.0", False), ("new", "0.1.0", False), ("0.1.0", "old", False)],
)  # fmt: skip
def test_numbers_are_compared_not_letters(one, other, newer):
    assert is_newer(one, other) is newer


def test_what_is_written_is_read():
    made = Release("0.3.0", "kashiwa-desktop-0.3.0-setup.exe", 5, "a" * 64, ("速くなりました",))
    assert read([{"kind": "office"}, made.body()]) == (made,)
    assert read([{"kind": "release", "version": ""}, {"kind": "area"}]) == ()
    assert (version_in(made.file), made.system) == ("0.3.0", WINDOWS)


def test_of_each_system_the_newest_counts_and_only_a_name_that_fits_its_version():
    old = Release("0.3.0", "kashiwa-desktop-0.3.0-setup.exe", 5, "a" * 64)
    new = Release("0.10.0", "kashiwa-desktop-0.10.0-setup.exe", 5, "b" * 64)
    package = Release("0.4.0", "kashiwa-desktop_0.4.0_amd64.deb", 5, "c" * 64)
    wrong = Release("9.9.9", "kashiwa-desktop-0.3.0-setup.exe", 5, "d" * 64)
    strange = Release("9.9.9", "else.exe", 5, "e" * 64)
    bodies = [one.body() for one in (package, new, old, wrong, strange)]
    assert read(bodies) == (new, package)
    assert package.system == LINUX
