"""年度確定: the figures as reported stay, and what comes later is a correction."""

import pytest

from kashiwa_desktop.domain.revision import Author, Content, RecordKey, make
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.counting.year_closing import TABLES, YearClosing
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.setup import OfficeSetup
from kashiwa_desktop.storage import audit, projections, revisions
from office_world import OCTOBER

BY = Author("ab" * 32, "promoter", "P001")
APRIL = "2027-04-10T09:00"


def record(store, name, day="2026-10-20", **changes):
    """Put one activity into the office, as a late file would."""
    body = {"date": day, "area": "A1", "category": "council", "type": "study", "title": "勉強会",
            "attendees": 9, **changes}  # fmt: skip
    key = RecordKey("P001", "activity", name)
    made = make(Content(key, day[:7], body), (), BY, at=f"{day}T10:00:00+09:00", salt="0" * 16)
    with store.db.write() as tx:
        revisions.add(tx, [made], made_here=False)
        projections.refresh(tx, [key])


@pytest.fixture
def office(town):
    town.intake().take_in(town.months())
    return town.office(APRIL)


def test_a_year_is_frozen_with_who_and_when(office):
    closed = YearClosing(office).close(2026)
    assert (closed.year, closed.who, closed.version) == (2026, "職員 一", 1)
    assert closed.at.startswith("2027-04-10T09:00")
    assert closed.total.count == 9
    assert (closed.corrections, closed.changed) == ((), ())
    assert set(closed.tables) == set(TABLES)
    assert YearClosing(office).show(2026) == closed
    assert YearClosing(office).closed() == [2026]
    with office.db.read() as tx:
        (entry,) = audit.entries(tx, "close_year")
    assert entry.detail["year"] == 2026
    assert entry.detail["changes"][0]["before"] == []


def test_what_comes_later_is_a_correction_and_the_report_stays(office):
    service = YearClosing(office)
    before = service.close(2026).tables
    record(office, "late")
    record(office, "other year", "2027-04-01")
    after = service.show(2026)
    assert after.tables == before
    city = next(c for c in after.corrections if c.by == ())
    assert (city.reported.count, city.now.count) == (9, 10)
    study = next(c for c in after.corrections if c.by == ("category", "type"))
    assert (study.group, study.reported.count, study.now.count) == (("council", "study"), 0, 1)
    assert after.changed == (("P001", "2026-10"),)


def test_a_change_of_words_is_no_correction_of_figures(office):
    record(office, "one", title="はじめ")
    service = YearClosing(office)
    service.close(2026)
    with office.db.read() as tx:
        (head,) = revisions.heads_of_record(tx, RecordKey("P001", "activity", "one"))
    made = make(
        Content(head.key, head.month, {**head.body, "title": "あと"}), [head.id], BY,
        at="2027-04-11T10:00:00+09:00", salt="0" * 16,
    )  # fmt: skip
    with office.db.write() as tx:
        revisions.add(tx, [made], made_here=False)
        projections.refresh(tx, [head.key])
    found = service.show(2026)
    assert (found.corrections, found.changed) == ((), (("P001", "2026-10"),))


def test_it_may_be_frozen_again_and_both_stay(office):
    service = YearClosing(office)
    service.close(2026)
    with pytest.raises(RefusedError) as caught:
        service.close(2026)
    assert caught.value.code == "closed"
    record(office, "late")
    again = service.close(2026)
    assert (again.version, again.total.count, again.corrections) == (2, 10, ())


def test_only_approved_months_where_the_office_reports_those(office, town):
    Reviewing(town.office()).approve(OCTOBER, ["P001"])
    closed = YearClosing(office).close(2026, approved=True)
    assert (closed.approved, closed.total.count) == (True, 3)
    Reviewing(town.office(APRIL)).unapprove(OCTOBER, "P001", "まちがい")
    assert YearClosing(office).show(2026).corrections[0].now.count == 0


def test_a_year_that_is_not_over_cannot_be_frozen(town):
    for at in ("2026-11-05T10:00", "2027-03-31T23:59"):
        with pytest.raises(RefusedError) as caught:
            YearClosing(town.office(at)).close(2026)
        assert caught.value.code == "not_over"
    assert YearClosing(town.office()).show(2026) is None
    assert YearClosing(town.office("2027-04-01T00:00")).close(2026).total.count == 0


def test_the_opening_balance_of_a_year_is_part_of_its_figures(town):
    rows = [{"from": "2015-04", "to": "2016-03", "category": "council", "count": 30}]
    MoneySettings(town.office()).change_office({"opening": {"rows": rows}})
    assert YearClosing(town.office()).close(2015).total.count == 30


def test_frozen_years_never_leave_the_office(office, town):
    YearClosing(office).close(2026)
    OfficeSetup(office).setup_file(town.root / "new.kssc", town.keys)
    assert '"kind":"year"' not in (town.root / "new.kssc").read_text(encoding="utf-8")
