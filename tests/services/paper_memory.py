"""A program of its own that prints kept sheets again, first few, then many, and tells its memory.

``python paper_memory.py FOLDER OUT FEW [collect]`` writes how many KB each further page took.
"""

import re
import sys
from pathlib import Path

from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.reports.finished import binding
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.store import open_folder
from kashiwa_desktop.storage import sheets


def peak():
    """The most memory this program held so far, in KB, with what C++ took."""
    return int(
        re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))[1]
    )


def main():
    folder, out, few, *wrong = sys.argv[1:]
    if wrong:
        real = binding.bind
        binding.bind = lambda parts, *others, **more: real(list(parts), *others, **more)
    store = open_folder(DataFolder(Path(folder)), Clock(), Chance())
    with store.db.read() as tx:
        numbers = [sheet.number for sheet in sheets.each_of_months(tx, "2026-04", "2027-03")]
    printing = Printing(store)
    for _ in range(2):  # what a program takes once, it has then
        printing.reprints(numbers[: int(few)], Path(out))
    before = peak()
    made = printing.reprints(numbers, Path(out))
    sys.stdout.write(f"{(peak() - before) / (made.pages - int(few)):.1f}")
    store.close()


if __name__ == "__main__":
    main()
