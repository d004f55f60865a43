"""Deleting several records and bringing them back."""

from datetime import datetime

import pytest

import promoter_world
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.clock import JST, Clock
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.tidying import Tidying
from kashiwa_desktop.services.store import Store

NOVEMBER = Month(2026, 11)


@pytest.fixture
def store(tmp_path):
    with promoter_world.opened(tmp_path, "months") as one:
        yield one


def names(store, month=NOVEMBER):
    return [a.id for a in Recording(store).records(month)]


def test_several_records_are_one_step(store):
    both = names(store)
    assert Tidying(store).delete(both) == "2件を消しました"
    assert names(store) == []
    assert Recording(store).last_change() == "2件を消しました"
    Recording(store).undo()
    assert names(store) == both


def test_a_deleted_record_comes_back_as_it_stood(store):
    before = Recording(store).records(NOVEMBER)[0]
    Tidying(store).delete([before.id])
    assert Tidying(store).bring_back([before.id]).endswith("を戻しました")
    after = Recording(store).records(NOVEMBER)[0]
    assert (after.id, after.title, after.version) == (before.id, before.title, 3)
    Recording(store).undo()
    assert before.id not in names(store)


def test_what_is_refused_changes_nothing(store):
    tidying, october = Tidying(store), names(store, Month(2026, 10))
    with pytest.raises(RefusedError, match="10月分は締めてあります") as refused:
        tidying.delete([names(store)[0], october[0]])
    assert refused.value.values["month"] == "2026-10"
    assert len(names(store)) == 2
    with pytest.raises(RefusedError, match="消してありません"):
        tidying.bring_back([names(store)[0]])
    with pytest.raises(RefusedError, match="見つかりません"):
        tidying.delete(["nobody"])
    gone = names(store)[0]
    tidying.delete([gone])
    with pytest.raises(RefusedError, match="もう消してあります"):
        tidying.delete([gone])


def test_a_closed_month_takes_it_into_the_next_version(store):
    october = Month(2026, 10)
    Tidying(store).delete(names(store, october)[:1], next_version=True)
    assert Closing(store).show(october).changed_after_close == 1


def test_deleted_records_are_offered_newest_first_for_90_days(store):
    first, second = Recording(store).records(NOVEMBER)
    Tidying(store).delete([first.id])
    later = Store(store.folder, store.db, Clock(datetime(2026, 12, 1, 9, tzinfo=JST)), store.chance)
    Tidying(later).delete([second.id])
    assert [d.activity.id for d in Tidying(later).deleted()] == [second.id, first.id]
    assert [d.days_left for d in Tidying(later).deleted()] == [90, 72]
    spring = Store(store.folder, store.db, Clock(datetime(2027, 2, 15, tzinfo=JST)), store.chance)
    assert [d.activity.id for d in Tidying(spring).deleted()] == [second.id]
