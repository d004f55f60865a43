"""An old table is shown before anything is written, and goes in whole."""

from datetime import date

import pytest

import promoter_world
from kashiwa_desktop.domain.old_sheet import Layout, OldSheet
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.progress import CancelledError, Progress
from kashiwa_desktop.services.records.importing import Importing
from kashiwa_desktop.services.records.recording import Recording

COLUMNS = {"date": 0, "category": 1, "type": 2, "title": 3, "minutes": 4}
LAYOUT = Layout(-1, COLUMNS)
ROW = (date(2026, 2, 3), "その他", "定例会", "推進員定例会", 90)


@pytest.fixture
def store(tmp_path):
    with promoter_world.opened(tmp_path) as one:
        yield one


def plan(store, *rows, layout=LAYOUT):
    return Importing(store).plan(OldSheet("表", rows), layout)


def states(store, *rows):
    return [(one.state, one.text) for one in plan(store, *rows).lines]


def test_looking_writes_nothing_and_taking_in_is_one_step(store):
    shown = plan(store, ROW, (date(2026, 2, 4), "その他", "定例会", "別の会", None))
    assert shown.count("new") == 2
    assert Recording(store).records() == []
    assert Importing(store).take_in(shown) == "前の表から2件を取り込みました。"
    assert len(Recording(store).records()) == 2
    Recording(store).undo()
    assert Recording(store).records() == []


def test_lines_that_cannot_go_in_say_why(store):
    assert states(
        store,
        (None, "その他", "定例会", "日付なし", None),
        (date(2027, 2, 3), "その他", "定例会", "先の日付", None),
        (date(2026, 2, 3), "サロン", "", "区分なし", None),
        (date(2026, 2, 5), "その他", "定例会", "長い", 700),
    ) == [
        ("problem", "日付をご記入ください。"),
        ("problem", "日付をご確認ください。これから先の日付です。"),
        ("problem", "区分をお選びください。"),
        ("new", "念のためご確認ください。活動の長さが10時間をこえています。"),
    ]


def test_a_line_that_stands_there_twice_or_is_recorded_already_goes_in_once(store):
    wide = (ROW[0], "その他", "定例会", "推進員　定例会", None)
    assert [state for state, _ in states(store, ROW, ROW)] == ["new", "same"]
    Importing(store).take_in(plan(store, ROW))
    assert [state for state, _ in states(store, ROW, wide)] == ["same", "new"]


def test_with_nothing_new_nothing_is_taken_in(store):
    with pytest.raises(RefusedError, match="取り込める行がありません"):
        Importing(store).take_in(plan(store))


def test_looking_can_be_stopped(store):
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        Importing(store).plan(OldSheet("表", (ROW,)), LAYOUT, progress)


def test_who_has_two_areas_is_offered_the_first(tmp_path):
    with promoter_world.opened(tmp_path, promoter="P002") as store:
        importing = Importing(store)
        assert importing.areas() == [("A2", "例ヶ丘"), ("A3", "試町")]
        assert importing.propose(OldSheet("x", (("日付", "内容"),))).area == "A2"
        assert states(store, ROW) == [("problem", "どの地域の活動かお選びください。")]
        layout = Layout(-1, COLUMNS, area="A3")
        importing.take_in(importing.plan(OldSheet("x", (ROW,)), layout))
        assert Recording(store).records()[0].area == "A3"
