"""From the start of the process to something on the screen, beside a bare one."""

import importlib.util
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from time import perf_counter

import msgspec

from benchmarks.measure import Line, compare, once
from benchmarks.world import MONTH, World

PAINT = [sys.executable, "-m", "benchmarks.paint"]


def lines(world: World, repeat: int) -> list[Line]:
    """Compare the command line, and the window where there is one."""
    folder = world.copy("promoters/P001")
    command = [sys.executable, "-m", "kashiwa_desktop", "--data-dir", str(folder.root)]
    ours = partial(_whole, [*command, "month", "show", str(MONTH)])
    bare = partial(_whole, [sys.executable, "-c", "import sqlite3"])
    found = [compare("process of `month show`, beside bare Python", ours, bare, repeat)]
    if importlib.util.find_spec("kashiwa_desktop.app.window"):
        window = [*PAINT, "--data-dir", str(folder.root)]
        for what, text in (("first paint", ""), ("the shown month", _newest_title(folder.store))):
            ours = partial(_until_painted, [*window, "--text", text])
            bare = partial(_until_painted, PAINT)
            line = compare(f"process to {what}, beside a bare window", ours, bare, repeat)
            found.append(line)
    return found


def _newest_title(store: Path) -> str:
    """Return the words of the last record, which the window shows once it has read the month."""
    query = (
        "SELECT line FROM revision JOIN activity USING (promoter, record)"
        " WHERE revision.type = 'activity' ORDER BY date DESC LIMIT 1"
    )
    with closing(sqlite3.connect(store)) as database:
        (line,) = database.execute(query).fetchone()
    return str(msgspec.json.decode(line)["body"]["title"])


def _whole(command: list[str]) -> float:
    run = partial(subprocess.run, command, check=True, capture_output=True, env=_environment())
    return once(run)


def _until_painted(command: list[str]) -> float:
    """Return the milliseconds from here to the moment that the process reports and ends at."""
    before = perf_counter()
    done = subprocess.run(
        command, check=True, capture_output=True, encoding="utf-8", env=_environment(), timeout=60
    )
    return (float(done.stdout.split()[-1]) - before) * 1000


def _environment() -> dict[str, str]:
    """Offscreen, on the last evening of the month that was recorded."""
    here = str(Path(__file__).parents[1])
    paths = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))
    now = f"{MONTH.last.isoformat()}T18:00:00+09:00"
    return {
        **os.environ, "QT_QPA_PLATFORM": "offscreen", "KASHIWA_NOW": now, "PYTHONPATH": paths,
    }  # fmt: skip
