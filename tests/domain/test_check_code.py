"""照合番号: the arithmetic of BUNDLE.md §8, and the alphabet nobody misreads."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.domain.check_code import ALPHABET, check_code

IDS = st.binary(min_size=32, max_size=32).map(bytes.hex)


def value(code):
    """Read a code back as a number, the other way round."""
    number = 0
    for letter in code.replace("-", ""):
        number = number * 31 + ALPHABET.index(letter)
    return number


def test_the_alphabet_has_31_signs_and_none_that_look_alike():
    assert ALPHABET == "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    assert len(set(ALPHABET)) == 31
    assert not set("01ILO") & set(ALPHABET)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (0, "2222-2222"),
        (1, "2222-2223"),
        (30, "2222-222Z"),
        (31, "2222-2232"),
        (31**8 - 1, "ZZZZ-ZZZZ"),
        (31**8, "2222-2222"),
        (31**7, "3222-2222"),
    ],
)
def test_it_is_the_remainder_by_31_to_the_8_with_the_most_significant_first(number, code):
    assert check_code(f"{number:064x}") == code


@given(IDS)
def test_it_reads_back_as_the_id_modulo_31_to_the_8(revision_id):
    assert value(check_code(revision_id)) == int(revision_id, 16) % 31**8


@given(IDS)
def test_a_variant_with_the_least_significant_sign_first_is_told_apart(revision_id):
    code = check_code(revision_id)
    backwards = code[::-1]
    assert backwards == code or value(backwards) != int(revision_id, 16) % 31**8


def test_a_known_id_has_a_known_code_for_ever():
    assert check_code(hashlib.sha256(b"kashiwa").hexdigest()) == "WRA7-WNAK"
