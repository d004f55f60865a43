"""The wrong variants of every day, and the runner itself: it must never call a miss a catch.

All of them: ``make mutants``.
"""

from dataclasses import replace

import pytest

from mutants import run
from mutants.run import Mutant, judged, listed

ALL = listed()
SHORT = [one for one in ALL if one.short]
MONTH = "domain/month.py"
RIGHT = "self.year if self.number >= 4 else self.year - 1"
TEST = "domain/test_month.py::test_the_fiscal_year_begins_in_april"
LATE = Mutant("late", MONTH, RIGHT, RIGHT.replace(">=", ">"), "", (TEST,))


def test_every_variant_can_still_be_put_in_and_names_tests_that_are_there():
    assert [f"{one.name}: {one.trouble()}" for one in ALL if one.trouble()] == []
    lost = {
        (one.name, test)
        for one in ALL
        for test in one.tests
        if f"def {test.split('::')[1].split('[')[0]}(" not in _text(test)
    }
    assert lost == set()
    assert len(ALL) >= 60


def _text(test):
    return (run.CHECKOUT / "tests" / test.partition("::")[0]).read_text(encoding="utf-8")


@pytest.mark.parametrize("mutant", SHORT, ids=lambda one: one.name)
def test_a_wrong_variant_turns_its_tests_red(mutant):
    assert judged(mutant) == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"wrong": "self.year if 4 <= self.number else self.year - 1"}, "SURVIVED"),
        ({"tests": ("domain/test_month.py::test_gone",)}, "no test ran"),
        ({"tests": ("domain/test_wareki.py",), "file": "domain/zengin.py", "text": '"21"',
          "wrong": '"22"'}, "not once"),
        ({"text": "nowhere in the file"}, "0 times"),
        ({"wrong": "self.year if"}, "no Python"),
        ({"tests": ()}, "no tests"),
        ({"file": "domain/gone.py"}, "no file"),
        ({"tests": ("domain/test_yen_words.py",), "file": "domain/zengin.py",
          "text": "RECORD = 120", "wrong": "RECORD = 121"}, "never loaded"),
        ({"text": "import re\n", "wrong": "import re\nraise RuntimeError\n"}, "no test ran"),
    ],
)  # fmt: skip
def test_the_runner_says_what_it_met(changes, said):
    found = judged(replace(LATE, **changes))
    assert found.startswith(said) if said == "SURVIVED" else said in found
    assert bool(found) == bool(said)
