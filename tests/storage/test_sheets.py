"""Issued sheets in the store: numbers without gaps, signs of change, one living sheet a month."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.storage import bank_accounts, checks, payments, sheets
from kashiwa_desktop.storage.payments import Paid
from kashiwa_desktop.storage.sheets import Sheet
from kashiwa_desktop.storage.tables import payment, sheet
from kashiwa_desktop.storage.upgrade import open_store

ONE = Sheet(
    number="R8-10-001", kind="honorarium", promoter="P001", appointment="a", area="01",
    month="2026-10", yen=40_000, code="7K3M-Q2PX", approval="ab" * 32, sources="{}",
    issued_at="2026-11-05T10:00:00+09:00", issued_by="職員 一", pdf=b"%PDF", withheld=4_084,
)  # fmt: skip
PAID = Paid("a", "2026-10", "honorarium", "", "R8-10-001", "P001", "2026-11-20", "振込", "V", "t",
            "職員 一", 35_916)  # fmt: skip


@pytest.fixture
def store(new_place):
    database = open_store(new_place())
    yield database
    database.close()


def put(store, *values):
    with store.write() as tx:
        for value in values:
            sheets.add(tx, value)


def test_a_sheet_comes_back_as_it_was_kept(store):
    put(store, ONE)
    with store.read() as tx:
        found = sheets.find(tx, ONE.number)
        assert sheets.find(tx, "R8-10-009") is None
    assert replace(found, digest="") == ONE
    assert found.digest == sheets.digest_of(ONE)
    assert (found.gross, found.kept_back, found.net) == (40_000, 4_084, 35_916)


def test_a_refund_counts_the_other_way_and_a_report_is_not_paid():
    back = replace(ONE, kind="refund", yen=1_000, withheld=102)
    assert (back.gross, back.kept_back, back.net) == (-1_000, -102, -898)
    assert not replace(ONE, kind="correction").is_payable
    assert not replace(ONE, voided_at="t").is_payable


def test_numbers_run_on_whatever_was_cancelled(store):
    put(store, ONE)
    with store.write() as tx:
        sheets.void(tx, ONE.number, "t", "職員 一", "やり直し")
        assert sheets.next_number(tx, "R8-10-") == "R8-10-002"
        assert sheets.next_number(tx, "R8-11-") == "R8-11-001"
        sheets.add(tx, replace(ONE, number="R8-10-002"))
    with store.read() as tx:
        assert [s.is_void for s in sheets.of_line(tx, "a", "2026-10")] == [True, False]
        assert len(sheets.of_months(tx, "2026-04", "2027-03")) == 2
        assert sheets.of_months(tx, "2026-11", "2027-03") == []
        assert len(sheets.of_month(tx, "2026-10")) == len(sheets.every(tx)) == 2


def test_many_sheets_are_read_some_at_a_time_and_none_is_damaged(store, monkeypatch):
    monkeypatch.setattr(sheets, "AT_ONCE", 2)
    rows = [
        replace(ONE, number=f"R8-10-{n:03d}", appointment=f"a{n}", pdf=b"%d" % n)
        for n in range(5)
    ]  # fmt: skip
    put(store, *rows)
    with store.read() as tx:
        each = sheets.each_of_months(tx, "2026-04", "2027-03")
        assert next(each).number == "R8-10-000"
        assert sheets.find(tx, "R8-10-004").pdf == b"4"  # in the middle of the other
        assert [sheet.pdf for sheet in each] == [b"1", b"2", b"3", b"4"]
        wanted = {row.number: row.pdf for row in rows[1:3]}
        assert sheets.pdfs(tx, list(wanted)) == wanted
    with store.write() as tx:
        tx.exec_driver_sql("UPDATE sheet SET code = '?' WHERE number = 'R8-10-003'")
    with store.read() as tx, pytest.raises(StoreError):
        list(sheets.each_of_months(tx, "2026-04", "2027-03"))


@pytest.mark.parametrize("change", [{"number": "R8-10-002"}, {"appointment": "b"}])
def test_one_living_sheet_and_one_number(store, change):
    put(store, ONE)
    with pytest.raises(IntegrityError):
        put(store, replace(ONE, **change))


def test_printing_is_remembered_once(store):
    put(store, ONE)
    with store.write() as tx:
        for at in ("first", "second"):
            sheets.mark_printed(tx, ONE.number, at)
    with store.read() as tx:
        assert sheets.find(tx, ONE.number).printed_at == "first"


def test_yen_are_not_below_zero(store):
    with pytest.raises(IntegrityError):
        put(store, replace(ONE, yen=-1))


@pytest.mark.parametrize(
    "change", [{"yen": 40_004}, {"withheld": 0}, {"pdf": b"%PDX"}, {"issued_by": ""}]
)
def test_the_check_of_the_store_names_a_changed_sheet(store, change):
    put(store, ONE)
    with store.read() as tx:
        assert checks.problems(tx) == []
    with store.write() as tx:
        tx.execute(sheet.update().values(**change))
    with store.read() as tx:
        assert [s.number for s in sheets.damaged(tx)] == [ONE.number]
        assert any(ONE.number == one.number for one in checks.problems(tx))


def test_a_payment_is_written_once(store):
    with store.write() as tx:
        payments.add(tx, PAID)
    for change in ({"number": "R8-10-002"}, {"basis": "x"}):
        with pytest.raises(IntegrityError), store.write() as tx:
            payments.add(tx, replace(PAID, **change))
    with store.read() as tx:
        assert payments.of_number(tx, "R8-10-001") == PAID
        assert payments.of_number(tx, "R8-10-002") is None
        assert payments.of_month(tx, "2026-10") == payments.every(tx) == {"R8-10-001": PAID}
        assert payments.between(tx, "2026-11-20", "2026-11-20") == [PAID]
        assert payments.between(tx, "2026-11-21", "2026-12-31") == []


@pytest.mark.parametrize("net", [35_917, 40_000, -35_916, 0])
def test_the_check_names_a_payment_that_is_not_what_its_sheet_says(store, net):
    put(store, ONE)
    with store.write() as tx:
        payments.add(tx, PAID)
    with store.write() as tx:
        assert checks.problems(tx) == []
        tx.execute(payment.update().values(net=net))
        assert [paid.number for paid in payments.strangers(tx)] == [ONE.number]
        assert any(ONE.number in one.text for one in checks.problems(tx))


def test_sealed_bytes_are_kept_as_they_are(store):
    with store.write() as tx:
        for sealed in (b"old", b"\x00new\xff"):
            bank_accounts.put(tx, "P001", sealed, "t", "職員 一")
    with store.read() as tx:
        assert bank_accounts.every(tx) == {"P001": b"\x00new\xff"}
