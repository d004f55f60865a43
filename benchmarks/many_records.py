"""``python -m benchmarks.many_records``: how long the window is ever deaf with 10,000 records.

The promoter's real window is worked with through the platform's own events while a timer that is
always due looks at the clock: its longest gap is what a hand feels. Beside it stands the raw SQL
of the same question. ``--records 100000`` takes some minutes to prepare.
"""

import argparse
import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter, thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from benchmarks import world
from benchmarks.intake import connect
from benchmarks.keystrokes import SIZE, named, opened_window
from benchmarks.measure import once
from kashiwa_desktop.app.promoter_pages import LIST, RECORD, PromoterWindow
from kashiwa_desktop.app.starting import start_qt
from kashiwa_desktop.domain.category import CATEGORIES
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.promoter.list.list_page import ListPage
from kashiwa_desktop.ui.promoter.list.record_table import RecordTable
from kashiwa_desktop.ui.promoter.record.record_page import RecordPage
from kashiwa_desktop.ui.theme import Look

MOST = 50.0
"""Milliseconds that the event loop may be away."""

FIRST, DAYS, AT_ONCE = Month(2016, 4), 3_650, 1_000
WORD = "houmon"
TYPED = "chiikihoukatsushiencenter"
KEY_SECONDS = 0.06
HEAD = f"{'what':<40}{'gap ms':>9}{'busy ms':>9}{'whole ms':>10}{'raw SQL ms':>12}"
_LINES = (
    "SELECT r.line FROM activity a JOIN head h ON h.promoter = a.promoter AND h.type = 'activity'"
    " AND h.record = a.record AND h.shown = 1 JOIN revision r ON r.id = h.revision"
)
_MINE = f"{_LINES} WHERE a.promoter = 'P001' AND"
_FOUND = f"{_MINE} a.search LIKE ? ORDER BY a.date"
_MONTH = f"{_MINE} a.month = ? ORDER BY a.date"
_SORT = f"{_LINES} ORDER BY a.category LIMIT 1000"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was done; all in milliseconds.

    ``gap`` is the longest time between two beats, ``busy`` the most that the window's own thread
    worked between two, which a machine with other work to do cannot disturb.
    """

    what: str
    gap: float
    busy: float
    whole: float
    floor: float

    def __str__(self) -> str:
        times = f"{self.gap:>9.1f}{self.busy:>9.1f}{self.whole:>10.1f}{self.floor:>12.2f}"
        return f"{self.what:<40}{times}"


class Pulse(QObject):
    """Beats whenever the event loop is free, and keeps the longest time between two beats."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = self.busiest = 0.0
        self._before, self._worked = perf_counter(), thread_time()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, worked = perf_counter(), thread_time()
        self.longest = max(self.longest, (now - self._before) * 1000)
        self.busiest = max(self.busiest, (worked - self._worked) * 1000)
        self._before, self._worked = now, worked


class Desk:
    """The window, and what a person does at it."""

    def __init__(self, window: PromoterWindow, jobs: Jobs) -> None:
        self.window, self._jobs = window, jobs

    def gap(self, work: Callable[[], None]) -> tuple[float, float, float]:
        """Do ``work`` and wait for its end; return gap, busy and whole of ``Told``."""
        pulse = Pulse()
        before = perf_counter()
        work()
        self.rest()
        return pulse.longest, pulse.busiest, (perf_counter() - before) * 1000

    def rest(self, seconds: float = 0.05) -> None:
        until, quiet = perf_counter() + seconds, 0
        while quiet < 3 or perf_counter() < until:
            QApplication.processEvents()
            quiet = 0 if self._jobs.busy else quiet + 1

    def write(self, letters: str) -> None:
        """Type as a quick hand does."""
        for letter in letters.upper():
            QTest.keyClick(self.window.windowHandle(), Qt.Key[f"Key_{letter}"])
            self.rest(KEY_SECONDS)

    def list_page(self) -> ListPage:
        page = self.window.open_place(LIST)
        assert isinstance(page, ListPage)
        return page


def fill(store: Store, n: int) -> None:
    """Record ``n`` activities of ten years the way the program itself does."""
    recording = Recording(store)
    kinds = [(code, kind) for code, category in CATEGORIES.items() for kind in category.types]
    for start in range(0, n, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, n))
        recording.add([_given(number, *kinds[number % len(kinds)]) for number in numbers])


def measure(store: Store, look: Look) -> list[Told]:
    """Work with a window over the records of a store."""
    with (
        opened_window(store, look, SIZE) as (window, jobs),
        closing(connect(store.folder.store)) as raw,
    ):
        desk = Desk(window, jobs)
        _prepare(desk)
        return [
            _open_form(desk, raw),
            _typing(desk, raw),
            _open_list(desk, raw),
            _month(desk, raw),
            _search(desk, raw),
            _scroll(desk, raw),
            _sort(desk, raw),
        ]


def _prepare(desk: Desk) -> None:
    """Make the other pages ahead of time, as the program does by itself; say the gap."""

    def work() -> None:
        desk.window.prepare_places((RECORD, LIST))
        while len(desk.window._pages) < 3:  # noqa: SLF001 - asks nothing of the window
            desk.rest()

    gap, busy, _whole = desk.gap(work)
    print(f"(the other pages made ahead: gap {gap:.0f} ms, busy {busy:.0f} ms)")


def _open_form(desk: Desk, raw: sqlite3.Connection) -> Told:
    def work() -> None:
        page = desk.window.open_place(RECORD)
        assert isinstance(page, RecordPage)
        page.new()

    query = "SELECT category, type, count(*) FROM activity GROUP BY 1, 2"
    return Told("opening the form", *desk.gap(work), _raw(raw, query))


def _typing(desk: Desk, raw: sqlite3.Connection) -> Told:
    line = named(desk.window, "内容(ひとこと)")
    line.setFocus()
    desk.rest()
    gap = desk.gap(lambda: desk.write(TYPED * 2))
    assert isinstance(line, QLineEdit)
    assert line.text() == TYPED * 2
    insert = "INSERT OR REPLACE INTO draft VALUES ('raw', '', '')"
    floor = once(lambda: raw.execute(insert))
    raw.execute("DELETE FROM draft WHERE id = 'raw'")
    return Told(f"typing {len(TYPED) * 2} letters, with drafts", *gap, floor)


def _open_list(desk: Desk, raw: sqlite3.Connection) -> Told:
    gap = desk.gap(lambda: desk.list_page() and None)
    return Told("opening the list", *gap, _raw(raw, _MONTH, str(_shown(desk))))


def _month(desk: Desk, raw: sqlite3.Connection) -> Told:
    """Turn back to the first month that is full."""
    page = desk.list_page()
    while len(page.findChild(RecordTable).shown()) < 2 or _shown(desk) >= LAST.next():
        _press(desk, "前の月")
        desk.rest()
    gap = desk.gap(lambda: _press(desk, "前の月"))
    rows = len(page.findChild(RecordTable).shown())
    return Told(f"turning to a month of {rows}", *gap, _raw(raw, _MONTH, str(_shown(desk))))


def _search(desk: Desk, raw: sqlite3.Connection) -> Told:
    page = desk.list_page()
    page.search()
    desk.rest()

    def work() -> None:
        desk.write(WORD)
        desk.rest(0.4)  # the search begins a quarter of a second after the last letter

    gap = desk.gap(work)
    rows = len(page.findChild(RecordTable).shown())
    floor = _raw(raw, _FOUND, f"%{WORD}%")
    return Told(f"typing a search and {rows} rows found", *gap, floor)


def _scroll(desk: Desk, raw: sqlite3.Connection) -> Told:
    table = desk.list_page().findChild(RecordTable)
    table.setFocus()
    desk.rest()

    def work() -> None:
        for key in [*[Qt.Key.Key_PageDown] * 10, Qt.Key.Key_End, *[Qt.Key.Key_Up] * 5]:
            QTest.keyClick(desk.window.windowHandle(), key)
            desk.rest(KEY_SECONDS)
        middle = table.mapTo(desk.window, table.rect().center())
        for _ in range(20):
            QTest.wheelEvent(desk.window.windowHandle(), middle, QPoint(0, 240))
            desk.rest(0.01)

    return Told("scrolling the list", *desk.gap(work), _raw(raw, _SORT))


def _sort(desk: Desk, raw: sqlite3.Connection) -> Told:
    table = desk.list_page().findChild(RecordTable)
    header = table.horizontalHeader()

    def work() -> None:
        for column in (1, 2, 3, 1):
            at = QPoint(header.sectionViewportPosition(column) + 12, header.height() // 2)
            QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
            desk.rest(KEY_SECONDS)

    return Told("sorting by four headings", *desk.gap(work), _raw(raw, _SORT))


LAST = Month.of(FIRST.first + timedelta(days=DAYS - 1))


def _shown(desk: Desk) -> Month:
    return desk.list_page()._filter.month  # noqa: SLF001 - asks nothing of the page


def _press(desk: Desk, name: str) -> None:
    QTest.mouseClick(named(desk.window, name), Qt.MouseButton.LeftButton)


def _raw(raw: sqlite3.Connection, query: str, *values: str) -> float:
    return once(lambda: raw.execute(query, values).fetchall())


def _given(number: int, category: str, kind: str) -> dict[str, object]:
    day = FIRST.first + timedelta(days=number * 7 % DAYS)
    title = f"{WORD} {number}" if number % 10 == 0 else f"包括と情報交換 {number}"
    return {"date": day.isoformat(), "category": category, "type": kind, "title": title}


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.many_records", description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    args = parser.parse_args()
    _app, look = start_qt(on_screen=False)
    with tempfile.TemporaryDirectory() as folder:
        made = world.make(Path(folder), 1)
        with world.opened(made.copy("promoters/P001")) as store:
            fill(store, args.records)
            print(f"{args.records:,} records\n{HEAD}")
            for told in measure(store, look):
                print(told, flush=True)


if __name__ == "__main__":
    main()
