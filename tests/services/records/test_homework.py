"""Open homework of council meetings, and ticking it off."""

from datetime import date

import pytest

import promoter_world
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.records.homework import Homework
from kashiwa_desktop.services.records.recording import Recording

MEETING = {
    "date": "2026-11-10", "category": "council", "type": "exchange", "title": "支えあい会議",
    "council": {
        "needs": "移動の足",
        "homework": [
            {"text": "後で", "due": "2026-12-20", "owner": "髙﨑"},
            {"text": "先に", "due": "2026-11-11"},
            {"text": "いつか"},
            {"text": "済み", "done": True},
        ],
    },
}  # fmt: skip


@pytest.fixture
def store(tmp_path):
    with promoter_world.opened(tmp_path) as one:
        Recording(one).add([MEETING])
        yield one


@pytest.fixture
def homework(store):
    return Homework(store, Recording(store))


def test_what_is_not_done_is_open_nearest_first(homework):
    tasks = homework.open_tasks()
    assert [t.text for t in tasks] == ["先に", "後で", "いつか"]
    assert (tasks[1].owner, tasks[1].due, tasks[1].meeting) == (
        "髙﨑", date(2026, 12, 20), "支えあい会議",
    )  # fmt: skip
    today = date(2026, 11, 12)
    assert [t.is_late(today) for t in tasks] == [True, False, False]


def test_a_tick_is_an_edit_that_keeps_all_else_and_can_be_undone(store, homework):
    task = homework.open_tasks()[0]
    done = homework.tick(task)
    assert done.id == task.record
    assert [t.text for t in homework.open_tasks()] == ["後で", "いつか"]
    council = Recording(store).record(task.record)[0].council
    assert council["needs"] == "移動の足"
    assert len(council["homework"]) == 4
    Recording(store).undo()
    assert len(homework.open_tasks()) == 3


def test_homework_that_was_rewritten_meanwhile_is_not_ticked(store, homework):
    first, second, _ = homework.open_tasks()
    Recording(store).edit(first.record, {"council": {"homework": [{"text": "別のこと"}]}})
    for task in (first, second):
        with pytest.raises(RefusedError) as refused:
            homework.tick(task)
        assert refused.value.code == "changed"


def test_in_a_closed_month_the_tick_goes_into_the_next_version_only(tmp_path):
    with promoter_world.opened(tmp_path, "months") as store:
        homework = Homework(store, Recording(store))
        task = next(t for t in homework.open_tasks() if t.held_on.month == 10)
        with pytest.raises(RefusedError) as refused:
            homework.tick(task)
        assert refused.value.code == "month_closed"
        homework.tick(task, next_version=True)
        assert task not in homework.open_tasks()
