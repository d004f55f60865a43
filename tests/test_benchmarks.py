"""The benchmarks run and tell a ratio for each comparison; nothing here depends on a speed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^(\S.*?) +(\d+\.\d\d) +(\d+\.\d\d) +(\d+\.\d\d)$", re.MULTILINE)
EXPECTED = {
    "binding": ["1 kept sheets", "12 kept sheets", "48 kept sheets"],
    "counting": [
        "totals of 4,761: ten years by category",
        "totals of 4,761: ten years by area",
        "table of 4,761: areas by month",
        "table of 4,761: types by year",
    ],
    "intake": ["intake of 1 files"],
    "papers": ["1 sheets, laid out and drawn", "1 sheets, issued from the store to the file"],
    "saving": ["save of one record"],
    "starting": ["process of `month show`"],
}


def run(*words):
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *words],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=240,
    )  # fmt: skip


@pytest.fixture(scope="module")
def rows():
    done = run("--areas", "1", "--repeat", "1")
    assert done.returncode == 0, done.stderr
    return ROW.findall(done.stdout)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_benchmark_tells_its_ratios(rows, name):
    for begins in EXPECTED[name]:
        ((ours, floor, ratio),) = [row[1:] for row in rows if row[0].startswith(begins)]
        # the table rounds: what it says must be what its own numbers say
        assert float(ours) / float(floor) == pytest.approx(float(ratio), rel=0.02)
        assert float(floor) > 0


def test_another_name_is_refused():
    done = run("nothing")
    assert done.returncode == 2
    assert "unknown: nothing" in done.stderr
