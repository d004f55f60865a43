"""A new 合言葉: what is accepted, and the one sentence that says what is not."""

import pytest

from kashiwa_desktop.domain.passphrase import LEAST, problems

GOOD = "tanaka ume saku 26"


@pytest.mark.parametrize("words", [GOOD, "Kaki-no-ki 2026", "abcde" * 3, "a b c d e f !"])
def test_plain_words_are_enough(words):
    assert problems(words, words) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("たなか うめ さく 26 ねん", "not_keys"),
        ("ｔａｎａｋａ　ｕｍｅ", "not_keys"),
        (f" {GOOD}", "edge"),
        ("tanaka ume"[: LEAST - 2], "short"),
        ("2026 11 25 20 53", "digits"),
        ("abababababab", "alike"),
    ],
)
def test_what_is_wrong_is_said_once(words, code):
    (problem,) = problems(words, words)
    assert (problem.code, problem.field, problem.blocking) == (code, "words", True)


def test_both_fields_must_say_the_same():
    (problem,) = problems(GOOD, GOOD + "x")
    assert (problem.code, problem.field) == ("not_the_same", "again")
    assert [p.code for p in problems("", "x")] == ["empty", "not_the_same"]
