"""R34: 63 files of 21 promoters, in any order, with repeats and gaps: one and the same digest.

CI: 25 orders through the whole path (open, check, archive, merge) and 1,000 orders of the lines of
three promoters, decoded once. Full: 1,000 orders of 252 files, and of all lines.
"""

import random
import shutil
from datetime import date

import pytest

import office_world
from conftest import FULL
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.people import Area
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.travel import merging
from kashiwa_desktop.services.travel.intake import Intake
from kashiwa_desktop.services.travel.submitting import Submitting
from office_world import activity
from services.merged_sets import contents_of, forgotten, part_of, picture, take

PATHS, LINES = (1_000, 1_000) if FULL else (25, 1_000)
MONTHS = list(months(Month(2026, 1 if FULL else 10), Month(2026, 12)))
THREE = ("P001", "P011", "P021")
AREAS = [Area(f"{n:02d}", f"第{n}地域", order=n, first=date(2015, 4, 1)) for n in range(1, 22)]
PEOPLE = {f"P{n:03d}": (f"試験 {n}号", "シケン", f"{n:02d}") for n in range(1, 22)}


@pytest.fixture(scope="module")
def district(quick):
    """The office, and 21 promoters who hand over every month, with corrections of the past."""
    town = office_world.make(quick / "district", PEOPLE, AREAS)
    files = [path for promoter in PEOPLE for path in a_years_files(town, promoter)]
    town.close()
    yield town, files
    town.close()
    shutil.rmtree(town.root)


def a_years_files(town, promoter):
    before = []
    for month in MONTHS:
        store = town.open(promoter, f"{month.last}T17:00")
        recording, closing = Recording(store), Closing(store)
        if before and promoter != "P021":
            correct(recording, closing, before, MONTHS.index(month))
        before += recording.add([activity(date=f"{month}-1{n}", title=f"{n}") for n in (0, 5)])
        closing.close(month)
        yield Submitting(store).submit(month, town.out()).file


def correct(recording, closing, records, n):
    if n % 2:
        recording.edit(records[0], {"attendees": 5 + n}, next_version=True)
    else:
        recording.delete(records[-1], next_version=True)
    closing.close(MONTHS[n - 1])


def messy(files, rng):
    """All files, some of them twice or later again, handed over in heaps of any size."""
    order = files + rng.choices(files, k=rng.randrange(len(files) // 4))
    rng.shuffle(order)
    heaps = []
    while order:
        size = rng.randrange(1, len(order) + 1)
        heaps.append(order[:size])
        order = order[size:]
    return heaps


def test_any_order_through_the_whole_path(district, figure):
    town, files = district
    rng = random.Random(34)
    digests, place = set(), town.root.with_name("order")
    for _ in range(PATHS):
        shutil.rmtree(place, ignore_errors=True)
        copy = town.copy(place)
        office = copy.office("2027-01-05T10:00")
        for heap in messy(files, rng):
            assert Intake(office, copy.keys).take_in(heap).all_in
        with office.db.read() as tx:
            digests.add(repr(picture(tx)))
        copy.close()
    assert Keeping(copy.office()).check() == []
    copy.close()
    figure(f"{len(files)} files × {PATHS} orders, {len(digests)} result")
    assert len(digests) == 1


@pytest.fixture(scope="module")
def decoded(district):
    town, files = district
    return town, [contents_of(town, path) for path in files]


def shuffled(decoded, orders, seed):
    """Merge every line in that many orders, in heaps that know nothing of files."""
    town, files = decoded
    office = town.office("2027-01-05T10:00")
    lines = list({r.id: r for contents in files for r in contents.revisions}.values())
    rng, found = random.Random(seed), set()
    for _ in range(orders):
        with forgotten(office) as tx:
            for heap in messy(lines, rng):
                take(tx, part_of(files[0], {r.id: r for r in heap}.values()))
            found.add(repr(picture(tx)))
    return len(lines), found


def test_any_order_of_the_lines(decoded, figure):
    town, files = decoded
    some = files if FULL else [c for c in files if c.header.sender.promoter in THREE]
    decoded = (town, some)
    lines, found = shuffled(decoded, LINES, 35)
    figure(f"{lines} lines × {LINES} orders, {len(found)} result")
    assert len(found) == 1


def test_a_merge_that_looks_at_the_time_would_be_caught(decoded, monkeypatch):
    """The wrong variant: a revision that is older than one held of its record is turned away."""
    real = merging.revisions.add

    def add(tx, new, *, made_here):
        fresh = [r for r in new if not any(
            held.at > r.at for held in merging.revisions.of_record(tx, r.key)
        )]  # fmt: skip
        return real(tx, fresh, made_here=made_here)

    monkeypatch.setattr(merging.revisions, "add", add)
    assert len(shuffled(decoded, 5, 36)[1]) > 1
