"""気になること from a real store: each sentence comes from what lies behind it."""

from datetime import date

import pytest

from kashiwa_desktop.domain.month import months
from kashiwa_desktop.services.money.noticing import Noticing
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.office.payment_settings import PaymentSettings
from kashiwa_desktop.services.office.setup import OfficeSetup
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.storage import audit, revisions
from services.money_world import OCTOBER, approve, deliver

SPAN = list(months(OCTOBER.previous().previous().previous(), OCTOBER))


@pytest.fixture
def office(town):
    """P001 as always; P002 with half the activities in October; P003 never in time."""
    for month in SPAN:
        store = town.office(at=f"{month.next()}-04T10:00")
        for name in ("P001", "P002", "P003"):
            days = (1, 3, 5, 8, 12, 15) if (name, month) != ("P002", OCTOBER) else (3, 12)
            at = f"{month.next()}-{20 if name == 'P003' else 2:02d}T10:00:00+09:00"
            deliver(store, name, month, days=days, at=at, content="")
    return town.office(at="2026-11-25T10:00")


def said(store):
    return {n.code: n.text for n in Noticing(store).look(OCTOBER)}


def test_quiet_and_late_areas_are_named(office):
    found = said(office)
    assert "例ヶ丘" in found["quiet"]
    assert "試町" in found["late"]
    assert "見本台" not in found["quiet"] + found["late"]
    assert "unpaid" not in found


def test_what_is_issued_and_not_paid_after_its_day(office):
    approve(office, OCTOBER, ["P001"])
    Printing(office).honorarium(OCTOBER, None, None)
    assert "1件" in said(office)["unpaid"]
    Paying(office).pay(OCTOBER, ["P001"], on=date(2026, 11, 20), method="振込", voucher="")
    assert "unpaid" not in said(office)


def test_a_record_changed_after_its_approval(office):
    approve(office, OCTOBER, ["P001"])
    assert "changed" not in said(office)
    deliver(office, "P001", OCTOBER, days=(1, 3, 5, 8, 12, 15, 20))
    assert "見本台" in said(office)["changed"]


def test_the_same_words_again_and_again(office):
    assert "repeated" not in said(office)
    deliver(office, "P001", OCTOBER, days=(21, 22, 23), title="同じ", content="同じことをした")
    assert "見本台" in said(office)["repeated"]


def test_six_months_without_a_council(town):
    span = list(months(OCTOBER.year_before().next(), OCTOBER))[-7:]
    store = town.office(at="2026-11-25T10:00")
    for month in span:
        deliver(store, "P001", month, at=f"{month.next()}-02T10:00:00+09:00")
    assert "見本台" in said(store)["council"]
    deliver(store, "P001", span[2], days=(20,), category="council", type="exchange")
    assert "council" not in said(store)


def test_looking_writes_nothing(office):
    def state():
        with office.db.read() as tx:
            return revisions.count(tx), audit.length(tx)

    before = state()
    said(office)
    assert state() == before


def test_switches_and_numbers_stay_in_the_office_and_in_the_log(town):
    office = town.office()
    settings = PaymentSettings(office)
    settings.show_noticing(wanted=True)
    settings.set_numbers(OCTOBER, "伺-1", "")
    settings.set_numbers(OCTOBER, "伺-1", "伝-2")
    settings.set_numbers(OCTOBER, "伺-1", "伝-2")
    settings.use_transfers(wanted=True, profile="standard")
    found = settings.read()
    assert (found.noticing, found.transfers) == (True, True)
    assert found.numbers_of(OCTOBER) == ("伺-1", "伝-2")
    with office.db.read() as tx:
        events = [e.event for e in audit.entries(tx)]
    assert events[-4:] == ["noticing", "payment_numbers", "payment_numbers", "transfers"]
    OfficeSetup(office).setup_file(town.root / "new.kssc", town.keys)
    text = (town.root / "new.kssc").read_text(encoding="utf-8")
    assert '"kind":"payments"' not in text
    assert "伺-1" not in text
