"""Every screen of all roles: nothing cut, small, unnamed or out of order at any size and density.

Full form (``KASHIWA_FULL=1``): both windows, five text sizes, two densities; doubled to 16 points.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.every_screen import NUMBERS, Sweep, arguments, measure
from conftest import FULL
from kashiwa_desktop.app import screens
from kashiwa_desktop.settings import TEXT_SIZES

TESTS = Path(__file__).parents[1]
SMALL, WIDE = (1092, 614), (1366, 768)
SIZES = [SMALL, WIDE] if FULL else [SMALL]
PLAIN = Sweep(SIZES, list(TEXT_SIZES) if FULL else [12, 24])
DOUBLED = Sweep(SIZES, [12, 14, 16] if FULL else [14], doubled=True)
DENSE = [PLAIN, DOUBLED] if FULL else [Sweep([SMALL], [16])]


@pytest.mark.parametrize("role", screens.ROLES)
@pytest.mark.parametrize("sweep", [PLAIN, DOUBLED], ids=["plain", "doubled"])
def test_every_screen_shows_everything(day, look, role, sweep):
    seen, _looks, found = measure(day, look, sweep, (role,))
    assert tuple(seen) == NUMBERS[role]
    assert found == []


@pytest.mark.parametrize("sweep", DENSE, ids=lambda one: "doubled" if one.doubled else "plain")
def test_every_screen_shows_everything_on_a_finer_screen(day, sweep):
    environment = {
        **os.environ,
        "QT_SCALE_FACTOR": "1.5",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)]),
    }
    done = subprocess.run(
        [sys.executable, "-m", "app.every_screen", *arguments(day, sweep)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=1200,
    )
    looks = sum(map(len, NUMBERS.values())) * len(sweep.sizes) * len(sweep.points)
    assert done.stdout.splitlines() == [f"{looks} looks at 1.5"], done.stderr
