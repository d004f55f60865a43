"""The sample office on the morning after the deadline: one of every state, and a full inbox."""

import pytest

import office_day_world
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.sample import office_day
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.records.recording import Recording


def test_every_state_of_the_board_occurs(tmp_path):
    day = office_day_world.copied(tmp_path)
    with office_day_world.office(day) as store:
        board = Reviewing(store).board(office_day.FIRST, office_day.MONTH)
    last = [row.cells[office_day.MONTH] for row in board.rows]
    states = {cell.state for cell in last}
    assert states == {"approved", "received", "question", "missing", "suspended", "vacant"}
    assert any(cell.late for cell in last)
    assert any(cell.empty for cell in last)
    before = [row.cells[Month(2026, 8)].state for row in board.rows]
    assert before.count("approved") == office_day_world.AREAS


def test_the_inbox_holds_one_file_of_every_kind(tmp_path):
    day = office_day_world.copied(tmp_path)
    assert len(list(day.inbox.iterdir())) == 5


def test_the_promoters_month_is_not_closed_yet(tmp_path):
    day = office_day_world.copied(tmp_path)
    with office_day.opened(day.promoter, office_day.PROMOTER_DAY) as store:
        recording = Recording(store)
        assert len(recording.records(office_day.MONTH)) == 5
        assert len(recording.records(office_day.MONTH.previous())) >= 5


def test_too_few_areas_leave_nothing_to_show(tmp_path):
    with pytest.raises(ValueError, match="needs 10 areas"):
        office_day.build(tmp_path / "day", 9)
