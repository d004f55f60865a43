"""Kept sheets from the store to one file, beside a raw qpdf that merges the same PDFs.

``python -m benchmarks.binding FOLDER ours|floor FEW MANY`` tells the memory of a further page.
"""

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf

from benchmarks.measure import Line, compare, once
from benchmarks.papers import kept_values
from benchmarks.world import MONTH, World, opened
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.reports import honorarium_sheet
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.storage import sheets

MONTHS = (1, 12, 48)
"""Kept sheets of one month, of a year and of four: 21, 252 and 1,008 with 21 areas."""
_ENOUGH = 100
"""So many pages more are needed before the memory they take shows among all else."""
_OUT = "bound.pdf"


def lines(world: World, repeat: int) -> list[Line]:
    """Print sheets again that were kept: read, bound, marked, read back, written whole."""
    folder = world.copy("office_approved")
    counts = [months * len(world.files) for months in MONTHS]
    numbers = _keep(world, folder, counts[-1])
    found = []
    for count in counts:
        with opened(folder) as store:
            out = folder.root / _OUT
            ours = partial(once, partial(Printing(store).reprints, numbers[:count], out))
            with store.db.read() as tx:
                pdfs = list(sheets.pdfs(tx, numbers[:count]).values())
            floor = partial(once, partial(_merge, pdfs, out))
            told = f"{count:,} kept sheets, printed again into one file"
            found.append(compare(told, ours, floor, repeat if count == counts[0] else 1))
    for fewer, more in [pair for pair in pairwise(counts) if pair[1] - pair[0] >= _ENOUGH]:
        told = f"KB of memory a further page, from {fewer} to {more:,} sheets"
        found.append(Line(told, *(_asked(folder, who, fewer, more) for who in ("ours", "floor"))))
    return found


def _keep(world: World, folder: DataFolder, count: int) -> list[str]:
    """Keep so many sheets, each with a number, a name and so a PDF of its own."""
    values = kept_values(world)
    numbers = [f"R8-10-{n + 1001}" for n in range(count)]
    with opened(folder) as store:
        Printing(store).honorarium(MONTH, None, None)
        with store.db.write() as tx:
            first = sheets.of_month(tx, str(MONTH))[0]
            for n, number in enumerate(numbers):
                value = values[n % len(values)]
                out = BytesIO()
                honorarium_sheet.render(
                    [replace(value, number=number, name=f"{n} {value.name}")], out
                )
                row = replace(first, number=number, appointment=number, pdf=out.getvalue())
                sheets.add(tx, row)
    return numbers


def _merge(pdfs: Sequence[bytes], out: Path) -> None:
    made = pikepdf.new()
    for pdf in pdfs:
        with pikepdf.open(BytesIO(pdf)) as source:
            made.pages.extend(source.pages)
    made.save(out, static_id=True)


def _asked(folder: DataFolder, who: str, fewer: int, more: int) -> float:
    asked = [sys.executable, "-m", "benchmarks.binding", str(folder.root), who, str(fewer)]
    done = subprocess.run([*asked, str(more)], check=True, capture_output=True, encoding="utf-8")
    return float(done.stdout)


def _peak() -> int:
    """Return the most memory this program held so far, in KB, with what C++ took."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
    return int(found[1]) if found else 0


def main() -> None:
    folder, who, fewer, more = sys.argv[1:]
    with opened(DataFolder(Path(folder))) as store:
        out = store.folder.root / _OUT
        with store.db.read() as tx:
            kept = sheets.each_of_months(tx, str(MONTH), str(MONTH))
            numbers = [one.number for one in kept if len(one.number) > len("R8-10-001")]

        def work(count: int) -> None:
            if who == "ours":
                Printing(store).reprints(numbers[:count], out)
                return
            with store.db.read() as tx:
                _merge(list(sheets.pdfs(tx, numbers[:count]).values()), out)

        for _ in range(2):  # what a program takes once, it has then
            work(int(fewer))
        before = _peak()
        work(int(more))
        sys.stdout.write(str((_peak() - before) / (int(more) - int(fewer))))


if __name__ == "__main__":
    main()
