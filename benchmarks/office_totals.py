"""``python -m benchmarks.office_totals``: how long the office's window is deaf while it counts.

集計 is worked with as in ``many_records``, over activities of ten years: every question is a job,
and beside it stands the raw SQL of the same question. The first line says what gaps the machine
makes by itself while nothing is done. ``--records 100000`` prepares for minutes.
"""

import argparse
import os
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton, QWidget

from benchmarks import world
from benchmarks.intake import connect
from benchmarks.keystrokes import SIZE
from benchmarks.many_records import AT_ONCE, DAYS, HEAD, Desk, Told
from benchmarks.measure import once
from kashiwa_desktop.app.office_pages import TOTALS, OfficeWindow
from kashiwa_desktop.app.starting import start_qt
from kashiwa_desktop.domain.category import CATEGORIES, TAGS
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import Author, Content, RecordKey, Revision, make
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.storage import projections, revisions
from kashiwa_desktop.ui.district.totals.numbers_table import NumbersTable
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.theme import Look

FIRST, YEAR = Month(2016, 12), Month(2026, 4)
PEOPLE = 21
_BY = Author("ab" * 32, "promoter", "x")
_KINDS = [(code, kind) for code, category in CATEGORIES.items() for kind in category.types]
_SUMS = "count(*), count(DISTINCT a.promoter || '/' || a.date), sum(a.minutes), sum(a.attendees)"
_AREAS = "JOIN activity_area g ON g.promoter = a.promoter AND g.record = a.record"
_LINES = (
    "SELECT r.line FROM activity a JOIN head h ON h.promoter = a.promoter AND h.type = 'activity'"
    " AND h.record = a.record AND h.shown = 1 JOIN revision r ON r.id = h.revision"
)
_BY_AREA = f"SELECT g.area, a.month, {_SUMS} FROM activity a {_AREAS} WHERE"
_YEAR = f"a.counted = 1 AND a.month >= '{YEAR}'"
_RAW = {
    "nothing": "SELECT 1",
    "area": f"{_BY_AREA} {_YEAR} GROUP BY 1, 2",
    "type": f"SELECT a.category, a.type, substr(a.month, 1, 4), {_SUMS} FROM activity a"
    " WHERE a.counted = 1 GROUP BY 1, 2, 3",
    "promoter": f"SELECT a.promoter, substr(a.month, 1, 4), {_SUMS} FROM activity a"
    " WHERE a.counted = 1 GROUP BY 1, 2",
    "records": f"{_LINES} WHERE a.counted = 1 ORDER BY a.date DESC LIMIT 1000",
    "year": f"{_LINES} WHERE {_YEAR}",
}


def fill(store: Store, n: int) -> None:
    """Put in ``n`` activities of ten years as files would bring them."""
    rng = random.Random(1)
    for start in range(0, n, AT_ONCE):
        made = [_record(rng, number) for number in range(start, min(start + AT_ONCE, n))]
        with store.db.write() as tx:
            revisions.add(tx, made, made_here=False)
            projections.refresh(tx, [r.key for r in made])


def _record(rng: random.Random, n: int) -> Revision:
    day = FIRST.first + timedelta(days=rng.randrange(DAYS))
    (category, kind), who = rng.choice(_KINDS), rng.randrange(1, PEOPLE + 1)
    body = {
        "date": day.isoformat(), "area": f"{who:02d}", "category": category, "type": kind,
        "title": f"包括と情報交換 {n}", "content": "次回の日程を決めた。" * 6, "minutes": 90,
        "attendees": 5, "tags": [rng.choice(list(TAGS))], "counterparts": [f"団体{n % 40}"],
    }  # fmt: skip
    content = Content(RecordKey(f"P{who:03d}", "activity", f"b{n}"), str(Month.of(day)), body)
    return make(content, (), _BY, at=f"{day}T10:00:00+09:00", salt="0" * 16)


@contextmanager
def opened_office(store: Store, look: Look) -> Iterator[tuple[OfficeWindow, Jobs]]:
    """The office's window, shown and at rest."""
    jobs = Jobs()
    window = OfficeWindow(store, jobs, look)
    window.resize(*SIZE)
    window.show()
    Desk(window, jobs).rest(0.5)
    yield window, jobs
    jobs.shut_down()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def measure(store: Store, look: Look, out: Path) -> Iterator[Told]:
    """Work with 集計 and Excelに出す over the records of a store."""
    with (
        opened_office(store, look) as (window, jobs),
        closing(connect(store.folder.store)) as raw,
    ):
        desk = Desk(window, jobs)

        def told(what: str, work: Callable[[], object], query: str) -> Told:
            return Told(what, *desk.gap(lambda: work() and None), _raw(raw, _RAW[query]))

        yield told("doing nothing for a second", lambda: desk.rest(1.0), "nothing")
        yield told("making 集計, while nothing happens", lambda: _prepare(window), "nothing")
        yield told("opening 集計: areas by month", lambda: window.open_place(TOTALS), "area")
        yield told("all years: types", lambda: _choose(window, "type", "year"), "type")
        yield told("all years: promoters", lambda: _choose(window, "promoter", "year"), "promoter")
        yield told("running sums since the first", lambda: _choose(window, "type", "since"), "type")
        yield told("the records of the largest number", lambda: _open(window), "records")
        _press(window, "もどる")
        desk.rest()
        yield told("all plots", lambda: _press(window, "図で見る"), "year")
        _press(window, "もどる")
        desk.rest()
        _choose(window, "area", "month")
        desk.rest()
        yield told("the paper of a table", lambda: _press(window, "紙の形で見る"), "area")
        _press(window, "もどる")
        desk.rest()
        _press(window, "Excelに出す")
        desk.rest()
        QFileDialog.getSaveFileName = lambda *_: (str(out), "")  # type: ignore[method-assign]
        yield told("a workbook of the year", lambda: _press(window, "Excelに出す"), "year")


def _prepare(window: OfficeWindow) -> None:
    """Make the page and load what it needs, as the window does in an idle moment."""
    window._place(TOTALS)  # noqa: SLF001 - what the timer of ``prepare_places`` calls


def _choose(window: OfficeWindow, rows: str, across: str) -> None:
    """Choose as ``TotalsChoice`` does when a line of its lists is taken."""
    boxes = {box.accessibleName(): box for box in window.page.findChildren(QComboBox)}
    for name, key in (("たてに並べるもの", rows), ("よこに並べるもの", across)):
        box = boxes[name]
        box.choose(key)
        box.chosen.emit(key)


def _open(window: OfficeWindow) -> None:
    table = next(t for t in window.page.findChildren(NumbersTable) if t.isVisible())
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)


def _press(window: QWidget, name: str) -> None:
    found = [b for b in window.findChildren(QPushButton) if b.accessibleName() == name]
    button = next(b for b in found if b.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _raw(raw: sqlite3.Connection, query: str) -> float:
    return once(lambda: raw.execute(query).fetchall())


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.office_totals", description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    args = parser.parse_args()
    _app, look = start_qt(on_screen=False)
    with tempfile.TemporaryDirectory() as folder:
        made = world.make(Path(folder), 1)
        with world.opened(made.copy("office")) as store:
            fill(store, args.records)
            print(f"{args.records:,} records\n{HEAD}")
            for told in measure(store, look, Path(folder) / "out.xlsx"):
                print(told, flush=True)


if __name__ == "__main__":
    main()
