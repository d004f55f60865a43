"""Names that every disk takes."""

import pytest

from kashiwa_desktop.domain.file_name import is_number, is_reserved


@pytest.mark.parametrize(
    "name",
    ["con", "CON", "aux.2026.pdf", "Prn.txt", "nul", "NUL .pdf", "com1", "COM¹.kssz", "lpt²",
     "COM0", "CONIN$", "conout$.log"],
)  # fmt: skip
def test_what_windows_keeps_for_its_devices(name):
    assert is_reserved(name)
    assert not is_number(name)


@pytest.mark.parametrize("name", ["console", "com", "com10", "lpt", "a.con", "コン", "", "_aux"])
def test_what_only_looks_like_it(name):
    assert not is_reserved(name)


@pytest.mark.parametrize("number", ["P001", "1", "12-3_b", "A" * 40, "0" * 7])
def test_numbers_of_promoters(number):
    assert is_number(number)


@pytest.mark.parametrize(
    "number",
    ["", " ", "P 001", "P001 ", "P001.", "..", "../x", "a/b", "a\\b", "a:b", "a?", "a*", "山1",
     "Ｐ００１", "１", "-1", "_", "A" * 41, "P001\n", "P\x00"],
)  # fmt: skip
def test_what_cannot_name_a_file_is_no_number(number):
    assert not is_number(number)
