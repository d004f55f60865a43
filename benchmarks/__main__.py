"""``python -m benchmarks``: a small table of what our layers cost over their raw floors."""

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks import binding, counting, intake, papers, saving, starting, world
from benchmarks.measure import HEAD

ALL = {
    "binding": binding.lines,
    "counting": counting.lines,
    "intake": intake.lines,
    "papers": papers.lines,
    "saving": saving.lines,
    "starting": starting.lines,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"which of {', '.join(ALL)} (all by default)")
    parser.add_argument("--areas", type=int, default=21, help="how many areas, files and sheets")
    parser.add_argument("--repeat", type=int, default=7, help="repetitions behind each median")
    args = parser.parse_args()
    unknown = set(args.names) - ALL.keys()
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        made = world.make(Path(folder), args.areas)
        print(HEAD)
        for name in args.names or ALL:
            for line in ALL[name](made, args.repeat):
                print(line, flush=True)


if __name__ == "__main__":
    main()
