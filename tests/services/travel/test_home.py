"""What 今月 shows."""

from datetime import date

import pytest

import promoter_world
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.travel.home import Home
from kashiwa_desktop.services.travel.submitting import Submitting


def test_before_the_settings_file_there_is_nothing_to_show(tmp_path):
    with promoter_world.opened(tmp_path, "new") as store:
        assert not Home(store).is_set_up()
        with pytest.raises(RefusedError):
            Home(store).show()


def test_an_empty_month_asks_for_the_last_one_as_long_as_it_is_missing(tmp_path):
    with promoter_world.opened(tmp_path) as store:
        view = Home(store).show()
        assert Home(store).is_set_up()
        assert (view.count, view.guideline, view.regular_meeting) == (0, 6, False)
        assert (view.month, view.person, view.areas) == (
            Month(2026, 11), "試験 花子", ("見本台",),
        )  # fmt: skip
        assert view.hand_over.month == Month(2026, 10)
        assert view.hand_over.last_day == date(2026, 11, 5)
        assert view.hand_over.days_left(view.today) == -7
        assert (view.latest, view.drafts, view.last_change) == ((), (), None)


def test_a_month_under_way(tmp_path):
    with promoter_world.opened(tmp_path, "months") as store:
        Recording(store).keep_draft("d1", {"title": "書きかけ"})
        view = Home(store).show()
        assert view.count == 2
        assert [a.title for a in view.latest][:2] == ["地区担当と打合せ", "包括と情報交換"]
        assert len(view.latest) == 6
        assert [d.id for d in view.drafts] == ["d1"]
        assert view.last_change is not None
        assert view.hand_over.state == "closed"
        assert [n.month for n in view.news] == [Month(2026, 9)]


def test_once_it_is_handed_over_the_running_month_is_next(tmp_path):
    with promoter_world.opened(tmp_path, "months") as store:
        out = tmp_path / "stick"
        out.mkdir()
        Submitting(store).submit(Month(2026, 10), out)
        view = Home(store).show()
        assert view.hand_over.month == Month(2026, 11)
        assert view.hand_over.last_day == date(2026, 12, 7)  # the 5th is a Saturday
        assert [n.month for n in view.news] == [Month(2026, 10), Month(2026, 9)]


def test_the_regular_meeting_counts_as_recorded(tmp_path):
    with promoter_world.opened(tmp_path, "months") as store:
        meeting = {"date": "2026-11-10", "category": "other", "type": "regular_meeting"}
        Recording(store).add([meeting | {"title": "推進員定例会"}])
        assert Home(store).show().regular_meeting


def test_an_older_month_with_records_comes_before_a_newer_one(tmp_path):
    with promoter_world.opened(tmp_path) as store:
        day = {"category": "other", "type": "misc", "title": "研修"}
        Recording(store).add([day | {"date": "2026-08-03"}, day | {"date": "2026-10-03"}])
        assert Home(store).show().hand_over.month == Month(2026, 8)
        Closing(store).close(Month(2026, 8))
        assert Home(store).show().hand_over.state == "closed"
