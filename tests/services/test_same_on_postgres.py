"""The same tests of intake and review once more, with the office's rows in PostgreSQL.

The office of each test is moved into a database of its own first; the tests do not know of it.
"""

import pytest

from conftest import FULL
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.safety.migrating import Home, home, move
from office_world import moment
from services.checking.test_reviewing import *  # noqa: F403
from services.counting.test_tabulating import (  # noqa: F401
    test_a_zone_that_moved_is_that_of_each_records_day,
    test_of_very_many_records_the_newest_are_shown,
    test_what_proxies_did_stands_apart_and_can_be_looked_at,
)
from services.travel.test_intake import *  # noqa: F403
from services.travel.test_meeting import (  # noqa: F401
    test_a_stick_is_taken_in_and_gets_its_receipt,
    test_an_intake_that_brought_nothing_new_to_an_older_return_goes_back,
    test_an_intake_whose_receipt_was_given_stays,
)

pytestmark = pytest.mark.posix("needs a PostgreSQL server")

if FULL:
    from services.money.test_banking import *  # noqa: F403
    from services.office.test_setup import *  # noqa: F403
    from services.papers.test_office_plots import *  # noqa: F403
    from services.safety.test_keeping import *  # noqa: F403
    from services.test_privacy import *  # noqa: F403


@pytest.fixture
def town(towns, postgres):
    """One copy of the made office, moved into a shared database without leaving its folder."""
    found, address = towns(), postgres.fresh()
    place, clock = found.folder(), Clock(moment("2026-04-01T12:00"))
    move(home(place), Home(place, address), clock, Chance("tests"), "職員 一")
    yield found
    found.close()
    postgres.drop(address)


def test_they_really_run_on_the_server(town):
    assert town.office().db.path is None
