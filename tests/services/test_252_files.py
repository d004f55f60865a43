"""252 files (21 areas × 12 months), in any order and with repeats, on both kinds of database.

The lines are decoded once; each order ends with everything forgotten again. A sample goes the
whole way: open, check, archive, merge. CI: a few orders; full: 1,000 on each.
"""

import random

import pytest

from conftest import FULL
from kashiwa_desktop.bundle.contents import Contents
from kashiwa_desktop.bundle.header import Address, Header, Sender
from kashiwa_desktop.domain import closing
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.revision import Author, Content, RecordKey, make, state_digest
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.migrating import Home, home, move
from kashiwa_desktop.services.store import Store, open_folder
from kashiwa_desktop.services.travel.intake import Intake
from kashiwa_desktop.storage import projections
from kashiwa_desktop.storage.tables import PROJECTIONS
from kashiwa_desktop.storage.upgrade import open_store
from office_world import REVIEWING, activity, moment
from services.merged_sets import forgotten, picture, take

ORDERS = 1_000 if FULL else 3
WHOLE = 50 if FULL else 2
YEAR = list(months(Month(2026, 1), Month(2026, 12)))
PROMOTERS = [f"P{n:03d}" for n in range(1, 22)]


def written(promoter, name, month, said, parents=(), kind="activity"):
    by = Author(f"{int(promoter[1:]):064x}", "promoter", promoter)
    key = RecordKey(promoter, kind, name)
    at = f"{month.last}T17:00:00+09:00"
    salt = f"{promoter}{month}{name[:4]}".ljust(16, "0")
    return make(Content(key, str(month), said), parents, by, at=at, salt=salt)


def body(n, month, **more):
    day = month.first.replace(day=1 + n)
    return {"date": day.isoformat(), "area": "A1", "category": "network", "type": "facility",
            "title": f"{n}", "attendees": n, "tags": ["needs"], **more}  # fmt: skip


def a_month(promoter, month, before):
    """Two records, one edited on two PCs that did not know of each other, and the closing."""
    first, second = (written(promoter, f"{month}-{n}", month, body(n, month)) for n in (1, 2))
    edits = [
        written(promoter, f"{month}-1", month, body(1, month, title=text), [first.id])
        for text in ("こちら", "あちら")
    ]
    held = [first, second, *edits]
    heads = sorted([second.id, *(e.id for e in edits)])
    report = {"state": "closed", "version": 1, "heads": heads, "digest": closing.digest(heads),
              "n": len(heads), "honorarium": []}  # fmt: skip
    held.append(written(promoter, "report" + str(month), month, report, kind="month_report"))
    return before + held


def a_file(promoter, n, lines):
    device = f"{int(promoter[1:]):064x}"
    header = Header(
        format=1, requires=["core1"], kind="submission",
        sender=Sender(promoter, device, device, "age1" + "q" * 58, n + 1, None, False),
        to=Address("0" * 64), settings=None, app="", made_at="2026-12-31T17:00:00+09:00",
        count=len(lines), size=0, body_sha256="0" * 64,
    )  # fmt: skip
    return Contents(
        header, f"{int(promoter[1:]) * 100 + n:064x}", sorted(lines, key=lambda r: r.line)
    )


@pytest.fixture(scope="module")
def files():
    """Every promoter's twelve files; each carries everything of his so far."""
    found = []
    for promoter in PROMOTERS:
        lines = []
        for n, month in enumerate(YEAR):
            lines = a_month(promoter, month, lines)
            found.append(a_file(promoter, n, lines))
    assert len(found) == 252
    return found


def messy(files, rng):
    order = files + rng.choices(files, k=60)
    rng.shuffle(order)
    return order


def test_any_order_on_both_engines_is_one_set(files, new_place, tmp_path, figure):
    db = open_store(new_place())
    store = Store(DataFolder(tmp_path), db, Clock(moment(REVIEWING)), Chance("tests"))
    rng, found = random.Random(252), set()
    for _ in range(ORDERS):
        with forgotten(store) as tx:
            for contents in messy(files, rng):
                take(tx, contents)
            found.add(repr(picture(tx)))
    db.close()
    lines = {r.id: r for contents in files for r in contents.revisions}
    figure(f"{len(files)} files, {len(lines)} lines × {ORDERS} orders, {len(found)} result")
    assert found == {repr(expected(lines))}


def expected(lines):
    """What the set itself says, without any store: the same for every engine."""
    rows = projections.rows_of(lines.values())
    named = [projections._sorted(table, rows[table.name]) for table in PROJECTIONS]
    return state_digest(lines), named


@pytest.fixture(scope="module")
def handed_over(towns):
    """Real files of three promoters: three months of one, and corrections of what was closed."""
    town = towns()
    found = []
    for promoter in ("P001", "P002", "P003"):
        found.append(town.month(promoter))
        for day in (20, 21):
            Recording(town.pc(promoter)).add([activity(day)], next_version=True)
            found.append(town.submit(promoter))
    yield town, found
    town.close()


def test_a_sample_goes_the_whole_way_on_both(handed_over, postgres, figure):
    town, paths = handed_over
    rng, found = random.Random(253), set()
    for n in range(WHOLE):
        place = town.copy(town.root.with_name(f"{town.root.name}-whole-{n}"))
        shared, clock = DataFolder(place.root / "shared"), Clock(moment(REVIEWING))
        move(home(place.folder()), Home(shared, postgres.fresh()), clock, Chance("tests"))
        order = paths + rng.choices(paths, k=3)
        rng.shuffle(order)
        sqlite_office = town.copy(town.root.with_name(f"{town.root.name}-plain-{n}"))
        offices = [
            open_folder(shared, clock, Chance("tests")),
            sqlite_office.office(),
        ]
        for office in offices:
            for path in order:
                assert Intake(office, town.keys).take_in([path]).all_in
            with office.db.read() as tx:
                found.add(repr(picture(tx)))
            assert Keeping(office).check() == []
        offices[0].close()
        place.close()
        sqlite_office.close()
    figure(f"{len(paths)} files × {WHOLE} orders on both, {len(found)} result")
    assert len(found) == 1
