"""The log tells of rows the same on both kinds of database, and of nothing that did not change."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from kashiwa_desktop.storage import (
    audit,
    bank_accounts,
    bundles,
    devices,
    meta,
    payments,
    sheets,
    testimony,
    transfer,
)
from kashiwa_desktop.storage.devices import Device
from kashiwa_desktop.storage.upgrade import open_store
from storage.test_sheets import ONE, PAID

AT = "2026-11-05T10:00:00+09:00"


@pytest.fixture
def store(new_place):
    found = open_store(new_place())
    with found.write() as tx:
        sheets.add(tx, ONE)
        payments.add(tx, PAID)
        bank_accounts.put(tx, "P001", b"sealed", AT, "職員 一")
        bank_accounts.put(tx, "P002", b"other", AT, "職員 一")
        devices.put(tx, Device("d1", "P001", "k", "r", "lost", AT, "職員 一"))
        bundles.add_intake(tx, "i1", AT, "職員 一")
        meta.put(tx, "role", "office")
    yield found
    found.close()


def found(store):
    with store.read() as tx:
        assert audit.is_whole(tx)
        return [one.text for one in testimony.differences(tx)]


def told(store):
    with store.read() as tx:
        return list(audit.rows_told(tx))


EDITS = [
    "UPDATE sheet SET pdf = pdf, voided_at = 'x'",
    "UPDATE payment SET paid_on = '2026-11-21'",
    "DELETE FROM payment",
    "UPDATE bank_account SET sealed = (SELECT sealed FROM bank_account b WHERE b.promoter = 'P002')"
    " WHERE promoter = 'P001'",
    "UPDATE device SET state = 'listed'",
    "DELETE FROM intake",
    "UPDATE meta SET value = 'promoter' WHERE name = 'role'",
]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_past_the_program_is_noticed(store, edit):
    assert found(store) == []
    with store.write() as tx:
        tx.execute(text(edit))  # as a foreign hand does: nothing is told
    assert len(found(store)) == 1


def test_what_the_program_writes_is_told_and_what_stays_the_same_is_not(store):
    before = len(told(store))
    with store.write() as tx:
        sheets.void(tx, ONE.number, AT, "職員 一", "宛名ちがい")
        audit.write(tx, AT, "職員 一", "cancel_sheet", number=ONE.number)
    (n, lines), *_ = told(store)[before:]
    assert [row[:3] for row in lines["sheet"]] == [[ONE.number, ONE.promoter, ONE.month]]
    with store.read() as tx:
        line = audit.entries(tx)[-1]
        assert (line.n, line.event, line.detail) == (n, "cancel_sheet", {"number": ONE.number})
    with store.write() as tx:
        meta.put(tx, "role", "office")
        bank_accounts.put(tx, "P001", b"sealed", AT, "職員 一")
    assert len(told(store)) == before + 1
    assert found(store) == []


def test_what_is_taken_away_on_purpose_is_told_with_its_names(store):
    with store.write() as tx:
        tx.execute(text("SELECT 1"))
        bundles.take_back(tx, "i1")
        tx.execute(payments.payment.delete())
    assert told(store)[-1][1]["payment"] == [[PAID.number, PAID.promoter, PAID.month, ""]]
    with store.read() as tx:
        assert testimony.of_money(tx, PAID.month) == []
    assert found(store) == []


def test_what_is_rolled_back_is_never_told(store):
    before = told(store)

    def pay_again():
        with store.write() as tx:
            audit.write(tx, AT, "職員 一", "pay")
            payments.add(tx, replace(PAID, basis="x"))

    with pytest.raises(IntegrityError):
        pay_again()
    assert told(store) == before
    assert found(store) == []


def test_a_store_carried_over_keeps_its_witness(store, new_place):
    other = open_store(new_place())
    with store.read() as old, other.write() as tx:
        transfer.copy_rows(old, tx)
    assert told(other) == told(store)
    assert found(other) == []
    other.close()


def test_the_log_read_in_its_own_transaction_has_its_last_line(store):
    with store.write() as tx:
        audit.write(tx, AT, "職員 一", "pay", number="R8-10-001")
        assert audit.entries(tx)[-1].event == "pay"
        assert audit.is_whole(tx)
        meta.put(tx, "device", "d2")
    with store.read() as tx:
        assert audit.is_whole(tx)
    assert found(store) == []
