"""The benchmarks of a person at the window: what a hand really does, and that nothing is deaf."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PATH = re.compile(r"^(\w+)((?: +\d+){7}) +(\d+\.\d\d)$", re.MULTILINE)
GAP = re.compile(r"^(\S.*?) +(\d+\.\d) +(\d+\.\d) +(\d+\.\d) +(\d+\.\d\d)$", re.MULTILINE)
COLUMNS = ("K", "P", "H", "M", "clicks", "keys", "turns")
SECONDS = {"K": 0.5, "P": 1.5, "H": 0.4, "M": 1.35}


def run(module, *words):
    return subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *words],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=240,
    )  # fmt: skip


@pytest.fixture(scope="module")
def paths():
    done = run("keystrokes")
    assert done.returncode == 0, done.stdout + done.stderr
    return {
        name: (dict(zip(COLUMNS, map(int, counts.split()), strict=True)), float(seconds))
        for name, counts, seconds in PATH.findall(done.stdout)
    }


def test_each_way_to_record_takes_at_most_25_seconds(paths):
    assert set(paths) == {"chip", "mouse", "keys"}
    for counts, seconds in paths.values():
        assert seconds == pytest.approx(sum(counts[name] * s for name, s in SECONDS.items()))
        assert seconds <= 25


def test_with_a_chip_it_takes_three_clicks_and_nothing_else(paths):
    counts, _ = paths["chip"]
    assert (counts["clicks"], counts["keys"], counts["turns"], counts["H"]) == (3, 0, 0, 0)


def test_the_keyboard_needs_no_mouse(paths):
    counts, _ = paths["keys"]
    assert (counts["clicks"], counts["turns"], counts["H"]) == (0, 0, 0)
    assert counts["keys"] > len("houkatsutosoudan")


def test_the_mouse_is_left_only_for_the_words(paths):
    counts, _ = paths["mouse"]
    assert (counts["clicks"], counts["turns"], counts["H"]) == (4, 0, 2)


def test_gaps_of_the_event_loop_stand_beside_raw_sql():
    done = run("many_records", "--records", "200")
    assert done.returncode == 0, done.stdout + done.stderr
    told = {what: tuple(map(float, row)) for what, *row in GAP.findall(done.stdout)}
    wanted = ("opening the form", "typing 50", "opening the list", "turning", "typing a search",
              "scrolling", "sorting")  # fmt: skip
    assert len(told) == len(wanted)
    for name in wanted:
        ((gap, busy, whole, floor),) = [row for what, row in told.items() if what.startswith(name)]
        assert 0 < gap <= whole
        assert 0 < busy <= whole
        assert floor > 0
    assert any("20 rows found" in what for what in told)


def test_the_office_counts_beside_raw_sql_too():
    done = run("office_totals", "--records", "100")
    assert done.returncode == 0, done.stdout + done.stderr
    told = {what: tuple(map(float, row)) for what, *row in GAP.findall(done.stdout)}
    wanted = ("doing nothing", "making 集計", "opening 集計", "all years: types",
              "all years: promoters", "running sums", "the records", "all plots",
              "the paper", "a workbook")  # fmt: skip
    assert len(told) == len(wanted)
    for name in wanted:
        ((gap, busy, whole, floor),) = [row for what, row in told.items() if what.startswith(name)]
        assert 0 < gap <= whole
        assert 0 < busy <= whole
        assert floor > 0
