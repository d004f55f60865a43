import uuid
from datetime import date, datetime, timedelta

import pytest

from kashiwa_desktop.errors import WrongUsageError
from kashiwa_desktop.services.clock import JST, Chance, Clock, from_environment
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.recording import Recording
from office_world import OCTOBER, activity
from services.merged_sets import contents_of

NOON = datetime(2026, 10, 14, 12, tzinfo=JST)


def test_the_real_clock_is_japanese_time():
    clock = Clock()
    assert clock.is_real
    assert clock.now().utcoffset() == timedelta(hours=9)
    assert clock.now().microsecond == 0
    assert clock.text().endswith("+09:00")
    assert clock.today() in (clock.now().date(), clock.now().date() - timedelta(days=1))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-10-14T10:05:00+09:00", "2026-10-14T10:05:00+09:00"),
        ("2026-10-14T10:05:00", "2026-10-14T10:05:00+09:00"),
        ("2026-10-14T10:05", "2026-10-14T10:05:00+09:00"),
        ("2026-10-14", "2026-10-14T00:00:00+09:00"),
        ("2026-10-14T18:00:00Z", "2026-10-15T03:00:00+09:00"),
        ("2026-10-14T18:00:00-05:00", "2026-10-15T08:00:00+09:00"),
    ],
)
def test_a_moment_is_set_from_outside(text, found):
    clock, chance = from_environment({"KASHIWA_NOW": text})
    assert clock.text() == found
    assert not clock.is_real
    assert chance.is_real


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "令和8年10月14日"])
def test_a_moment_that_cannot_be_read_is_wrong_usage(text):
    with pytest.raises(WrongUsageError, match="KASHIWA_NOW"):
        from_environment({"KASHIWA_NOW": text})


@pytest.mark.parametrize("environment", [{}, {"KASHIWA_NOW": "", "KASHIWA_SEED": ""}])
def test_without_them_all_is_real(environment):
    clock, chance = from_environment(environment)
    assert clock.is_real
    assert chance.is_real
    assert chance.token(16) != chance.token(16)


def test_today_is_the_day_in_japan():
    assert from_environment({"KASHIWA_NOW": "2026-10-14T15:00:00Z"})[0].today() == date(
        2026, 10, 15
    )


@pytest.mark.parametrize("chance", [Chance(), Chance("7")])
def test_record_ids_are_version_7(chance):
    found = uuid.UUID(chance.record_id(NOON, "P001"))
    assert (found.version, found.variant) == (7, uuid.RFC_4122)
    assert found.int >> 80 == int(NOON.timestamp() * 1000)


def test_a_seed_repeats_itself_and_no_other():
    def drawn(seed):
        chance = Chance(seed)
        return [chance.salt("a"), chance.salt("a"), chance.record_id(NOON, "a")]

    assert drawn("7") == drawn("7")
    assert len({*drawn("7"), *drawn("8")}) == 6


def lines_of(town, path):
    return [r.line.decode().replace(device_of(r), "") for r in contents_of(town, path).revisions]


def device_of(revision):
    return revision.by.device


def test_with_a_seed_the_same_work_gives_the_same_ids_and_salts(towns):
    files = []
    for _ in range(2):
        town = towns()
        files.append(lines_of(town, town.month()))
        town.close()
    assert files[0] == files[1]


def test_two_stores_with_one_seed_never_draw_the_same(town):
    """Same seed, same moment, same words: still other records and other salts."""
    seen = set()
    for promoter in ("P001", "P002", "P003"):
        path = town.month(promoter, days=(1, 1, 1))
        for r in contents_of(town, path).revisions:
            assert r.key not in seen
            seen.add(r.key)
    assert len(seen) == 12


def test_equal_records_of_one_store_are_different_records(town):
    recording = Recording(town.pc())
    first = recording.add([activity(), activity()])
    again = Recording(town.pc()).add([activity()])
    assert len({*first, *again}) == 3
    Closing(town.pc()).close(OCTOBER)
    Closing(town.pc()).reopen(OCTOBER)
