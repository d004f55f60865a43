"""予備の写し by themselves: the day's first start, closing after a change, thinned when whole."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta

import pytest

from conftest import FULL
from faults import children, moments
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.services.records.attaching import Attaching
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.copying import Copying
from kashiwa_desktop.services.safety.keeping import Keeping, whole
from kashiwa_desktop.services.safety.looking_into import named_copies
from office_world import activity

MORNING, EVENING = "2026-10-20T09:00", "2026-10-20T16:20"


def whys(town):
    return [one.why for one in named_copies(town.folder("P001"))]


def test_the_first_start_of_a_day_makes_one_and_the_second_none(town):
    made = Copying(town.pc(at=MORNING)).at_start()
    assert made == datetime.fromisoformat(MORNING)
    assert Copying(town.pc(at=EVENING)).at_start() == made
    assert whys(town) == ["start"]
    next_day = "2026-10-21T08:00"
    assert Copying(town.pc(at=next_day)).at_start() == datetime.fromisoformat(next_day)


def test_closing_copies_only_what_changed(town):
    store = town.pc(at=MORNING)
    Copying(store).at_start()
    assert Copying(store).at_close() is None
    Recording(store).keep_draft("d", {"title": "書きかけ"})
    store = town.pc(at=EVENING)
    made = Copying(store).at_close()
    assert made.file.name == "2026-10-20_162000_close.db"
    assert Copying(store).at_close() is None
    Recording(store).add([activity(3)])
    assert Copying(town.pc(at="2026-10-20T17:00")).at_close() is not None
    assert whys(town) == ["close", "close", "start"]


@pytest.mark.posix("forks a story and kills it")
def test_a_kill_while_a_copy_is_made_leaves_whole_ones_only(towns, figure):
    """R05: what has the name of a copy is one."""
    start = towns()
    Recording(start.pc()).add([activity(3)])
    Keeping(start.pc(at=MORNING)).back_up()
    start.close()
    place = start.root.with_name(f"{start.root.name}-killed")

    def fresh():
        shutil.rmtree(place, ignore_errors=True)
        return start.copy(place)

    def story(town):
        Keeping(town.pc(at=EVENING)).back_up()

    def check(town):
        named = named_copies(town.folder("P001"))
        seen.add(len(named))
        return [one.file.name for one in named if not is_whole(town, one.file)]

    seen = set()
    swept = children.killed_at_every_moment(
        fresh, story, check, moments.at_sqlite_calls, stride=1 if FULL else 29
    )
    figure(f"R05: {swept.kills} kills while a copy is made, {len(swept.bad)} bad copies")
    assert swept.bad == []
    assert swept.kills > 8
    assert seen == {1, 2}


def is_whole(town, path):
    try:
        whole(path, town.folder("P001"))
    except StoreError:
        return False
    return True


def test_an_office_and_a_store_before_its_first_setting(town):
    assert Copying(town.pc("P009")).at_start() is None
    assert Copying(town.pc("P009")).at_close() is None
    office = town.office(MORNING)
    assert Copying(office).at_start() is not None
    assert Copying(office).at_close() is None


def test_the_start_lets_go_of_attachments_that_nothing_names(town, tmp_path):
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"invented")
    store = town.pc(at=MORNING)
    Attaching(store).take_in([paper])
    later = f"{datetime.fromisoformat(MORNING) + timedelta(days=40_000):%Y-%m-%dT%H:%M}"
    Copying(town.pc(at=later)).at_start()
    assert list(store.folder.attachments.iterdir()) == []


def days_of_work(town, first, count):
    for n in range(count):
        day = first + timedelta(days=n)
        Copying(town.pc(at=f"{day}T09:00")).at_start()
        town.close()


def test_r27_a_damaged_store_makes_no_copy_and_takes_none_away(town, figure):
    store = town.pc(at=MORNING)
    Recording(store).add([activity(3)])
    town.close()
    days_of_work(town, date(2026, 11, 1), 20)
    good = {path.name for path in town.folder("P001").copies.glob("*.db")}
    with closing(sqlite3.connect(town.folder("P001").store)) as file:
        file.execute("UPDATE activity SET category = 'other'")
        file.commit()
    for n in range(3):
        broken = town.pc(at=f"2027-0{n + 1}-15T09:00")  # the clock jumps as well
        with pytest.raises(StoreError):
            Copying(broken).at_start()
        assert Copying(broken).at_close() is None
    assert {path.name for path in town.folder("P001").copies.glob("*.db")} == good
    whole = [one for one in Keeping(town.pc()).all_copies() if one.revisions]
    figure(f"R27: {len(whole)} of {len(good)} good copies left after the damage")
    assert len(whole) == len(good)


def test_r27_twenty_days_leave_fourteen_and_the_fingerprints_go_with_them(town):
    days_of_work(town, date(2026, 11, 1), 20)
    folder = town.folder("P001").copies
    assert len(list(folder.glob("*.db"))) == len(list(folder.glob("*.sha256")))
    assert 14 <= len(list(folder.glob("*.db"))) < 20
