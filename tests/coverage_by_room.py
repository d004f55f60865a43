"""How much of each room the tests run, beside what was noted last: ``make coverage``.

A trend to look at, no gate (``domain`` has its own: 100 % in ``make test``). The figures that were
noted stand in ``docs/evidence.md``; with ``--note`` this run's take their place.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTED = ROOT / "docs" / "evidence.md"
PACKAGE = "src/kashiwa_desktop/"
BEGIN, END = "<!-- coverage by room -->", "<!-- end of coverage -->"
ROW = re.compile(r"^\| `(?P<room>\w+)` \| (?P<lines>\d+\.\d) % \|", re.MULTILINE)


def by_room(report: dict) -> dict[str, float]:
    """Percent of the lines of each room; files beside the rooms count as ``kashiwa_desktop``."""
    run, all_of = Counter(), Counter()
    for name, file in report["files"].items():
        inside = name.replace("\\", "/").split(PACKAGE)[-1].split("/")
        room = inside[0] if len(inside) > 1 else "kashiwa_desktop"
        run[room] += file["summary"]["covered_lines"]
        all_of[room] += file["summary"]["num_statements"]
    return {room: 100 * run[room] / lines for room, lines in sorted(all_of.items()) if lines}


def noted(text: str) -> dict[str, float]:
    """What the table says of each room."""
    table = text.split(BEGIN, 1)[1].split(END, 1)[0]
    return {found["room"]: float(found["lines"]) for found in ROW.finditer(table)}


def told(now: dict[str, float], before: dict[str, float]) -> list[str]:
    """One line a room: now, and how that differs from what was noted."""
    return [
        f"{room:16}{percent:6.1f} %"
        + (f"  {percent - before[room]:+.1f}" if room in before else "  not noted yet")
        for room, percent in now.items()
    ]


def with_table(text: str, now: dict[str, float]) -> str:
    """The text with this run's figures in the place of those that were noted."""
    rows = [f"| `{room}` | {percent:.1f} % |" for room, percent in now.items()]
    table = "\n".join(["", "", "| room | lines run |", "|---|---|", *rows, "", ""])
    before, rest = text.split(BEGIN, 1)
    return before + BEGIN + table + END + rest.split(END, 1)[1]


def main() -> None:
    note, wanted = "--note" in sys.argv, [word for word in sys.argv[1:] if word != "--note"]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "coverage.json"
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--cov=kashiwa_desktop",
                   "--cov-report=", f"--cov-report=json:{out}", *wanted]  # fmt: skip
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        now = by_room(json.loads(out.read_text(encoding="utf-8")))
    text = NOTED.read_text(encoding="utf-8")
    sys.stdout.write("\n".join([*told(now, noted(text)), ""]))
    if note and code == 0:
        NOTED.write_text(with_table(text, now), encoding="utf-8", newline="\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
