"""Saving one record, beside one raw INSERT and COMMIT with the same pragmas."""

import secrets
from contextlib import closing
from itertools import cycle

from benchmarks.intake import connect, insert
from benchmarks.measure import Line, compare, once
from benchmarks.world import MONTH, World, opened
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Area
from kashiwa_desktop.sample import world as sample
from kashiwa_desktop.services.records.recording import Recording

SAVES = 10


def lines(world: World, repeat: int) -> list[Line]:
    """Save ``SAVES`` records for each repetition; the median is of all of them."""
    promoter = sample.promoters([Area("01", "01")], seed=1)[0]
    records = cycle(sample.month_records(promoter, Month(MONTH.year, MONTH.number + 1), seed=1))
    theirs = world.copy(f"promoters/{promoter.promoter}")
    raw = world.copy(f"promoters/{promoter.promoter}")
    with opened(theirs) as store, closing(connect(raw.store)) as database:
        row = database.execute("SELECT * FROM revision WHERE type = 'activity'").fetchone()

        def floor() -> None:
            database.execute("BEGIN IMMEDIATE")
            insert(database, {"revision": [(secrets.token_hex(32), *row[1:])]})
            database.execute("COMMIT")

        def ours() -> None:
            Recording(store).add([next(records)])

        what = "save of one record"
        return [compare(what, lambda: once(ours), lambda: once(floor), repeat * SAVES)]
