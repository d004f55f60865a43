"""Paid once, whatever is clicked, retried or killed; and what a payment locks."""

import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from conftest import FULL
from kashiwa_desktop.errors import AppError, RefusedError
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.store import open_folder
from kashiwa_desktop.storage import payments, sheets, tables
from office_world import moment
from reports.reread import text_of
from services.money_world import OCTOBER, approve, approve_again, deliver

ON = date(2026, 11, 20)
NAMES = ("P001", "P002", "P003")
KILLS = 60 if FULL else 6


@pytest.fixture
def approved(town):
    """Three promoters approved for October; nothing is printed yet."""
    store = town.office(staff="職員 二")
    for name in NAMES:
        deliver(store, name, OCTOBER)
    approve(store, OCTOBER, NAMES)
    return store


@pytest.fixture
def office(approved):
    """The same, with the sheets of all three."""
    Printing(approved).honorarium(OCTOBER, None, approved.folder.root / "out.pdf")
    return approved


def pay(store, *names, method="振込"):
    return Paying(store).pay(OCTOBER, names or NAMES, on=ON, method=method, voucher="V-7")


def rows(store):
    with store.db.read() as tx:
        return payments.every(tx)


def test_a_payment_says_when_how_and_by_whom(office):
    assert pay(office).done == NAMES
    (first, *_) = Paying(office).paid(OCTOBER).values()
    assert (first.number, first.paid_on, first.method, first.voucher, first.who, first.net) == (
        "R8-10-001", "2026-11-20", "振込", "V-7", "職員 二", 40_000,
    )  # fmt: skip


def test_a_second_time_says_so_and_changes_nothing(office):
    before = pay(office, "P001") and rows(office)
    again = pay(office, "P001", "P002")
    assert again.done == ("P002",)
    assert [(x.promoter, x.reason) for x in again.left] == [
        ("P001", "もう支払済みです(11月20日)。")
    ]
    assert rows(office)["R8-10-001"] == before["R8-10-001"]


def test_without_a_sheet_or_with_another_approval_nothing_is_paid(office):
    assert "まだありません" in pay(office, "P009").left[0].reason
    deliver(office, "P001", OCTOBER, days=(3, 4))
    approve_again(office, OCTOBER, "P001")
    assert "承認が変わりました" in pay(office, "P001").left[0].reason
    assert rows(office) == {}


def test_a_method_must_be_named(office):
    with pytest.raises(RefusedError):
        pay(office, method=" ")


@pytest.mark.parametrize(
    "on", [date(2026, 9, 30), date(2025, 11, 20), date(2032, 1, 1), date(2026, 12, 7)]
)
def test_a_day_that_cannot_be_meant_is_refused(office, on):
    with pytest.raises(RefusedError, match="ご確認ください") as refused:
        Paying(office).pay(OCTOBER, NAMES, on=on, method="振込", voucher="V-7")
    assert refused.value.code == "pay_day"
    assert rows(office) == {}


def test_what_lapsed_long_ago_is_not_paid_though_that_day_is_past_too(office, town):
    """Five years on: a year that nobody can mean, whatever today is."""
    later = town.office("2033-01-10T10:00", staff="職員 二")
    for on, refused in ((date(2031, 12, 31), False), (date(2032, 1, 1), True)):
        with pytest.raises(RefusedError) if refused else nullcontext():
            Paying(later).pay(OCTOBER, NAMES[:1], on=on, method="振込", voucher="V-7")
    assert [p.paid_on for p in rows(later).values()] == ["2031-12-31"]


def test_eight_hands_at_once_pay_once(office):
    others = [
        open_folder(office.folder, Clock(moment("2026-11-20T10:00")), Chance("t"), f"職員 {n}")
        for n in range(8)
    ]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda store: pay(store), others))
    for store in others:
        store.close()
    assert sorted(p for r in results for p in r.done) == sorted(NAMES)
    assert len(rows(office)) == 3


def test_the_store_itself_lets_no_second_payment_in(office):
    pay(office, "P001")
    (first,) = rows(office).values()
    for change in ({}, {"number": "R8-10-099"}, {"appointment": "other"}):
        with pytest.raises(Exception, match="UNIQUE"), office.db.write() as tx:
            payments.add(tx, replace(first, **change))
    with office.db.read() as tx:
        second = replace(sheets.find(tx, "R8-10-001"), number="R8-10-050")
    with pytest.raises(Exception, match="UNIQUE"), office.db.write() as tx:
        sheets.add(tx, second)


def test_a_line_paid_under_another_number_is_refused_in_words(office):
    """A store from before the log told of rows may hold it; the primary key is no answer."""
    pay(office, "P001")
    (paid,) = rows(office).values()
    with office.db.write() as tx:
        tx.execute(tables.payment.delete())
        payments.add(tx, replace(paid, number="R8-10-090"))
    told = pay(office, "P001").left
    assert [x.reason.split("。")[0] for x in told] == [
        "この月の支払の記録が、別の書類(R8-10-090)にもうあります"
    ]


_CHILD = """
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.store import open_folder
store = open_folder(DataFolder(Path(sys.argv[1])), Clock(), Chance(), "職員 三")
print("ready", flush=True)
month = Month(2026, 10)
for name in sys.argv[2:]:
    Printing(store).honorarium(month, [name], store.folder.root / "child.pdf")
    Paying(store).pay(month, [name], on=date(2026, 11, 20), method="振込", voucher="K")
"""


def test_killed_at_any_moment_and_tried_again_it_is_paid_once(approved, figure):
    office = approved
    root = str(office.folder.root)
    r = random.Random(11)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3] / "src")}
    for _ in range(KILLS):
        child = subprocess.Popen(
            [sys.executable, "-c", _CHILD, root, *NAMES],
            env=environment, stdout=subprocess.PIPE,
        )  # fmt: skip
        with child:
            child.stdout.readline()
            deadline = time.monotonic() + r.uniform(0, 0.6)
            while time.monotonic() < deadline and child.poll() is None:
                os.sched_yield()
            child.kill()
        _consistent(office)
    Printing(office).honorarium(OCTOBER, None, office.folder.root / "end.pdf")
    pay(office)
    _consistent(office)
    assert len(rows(office)) == 3
    figure(f"R55: {KILLS} kills while printing and paying, 3 payments, none twice")


def _consistent(store):
    with store.db.read() as tx:
        numbers = [s.number for s in sheets.of_month(tx, str(OCTOBER))]
        live = [s.appointment for s in sheets.of_month(tx, str(OCTOBER)) if not s.is_void]
        paid = payments.every(tx)
    assert numbers == [f"R8-10-{n:03d}" for n in range(1, len(numbers) + 1)]
    assert len(live) == len(set(live))
    assert set(paid) <= set(numbers)
    assert len({(p.appointment, p.month, p.kind, p.basis) for p in paid.values()}) == len(paid)


def test_receipts_are_for_cash_only(office):
    pay(office, "P001", method="現金")
    pay(office, "P002")
    payee = {"name": "見本 次郎", "address": "(見本の住所)"}
    MoneySettings(office).change_terms("P003", "A3", {"payee": payee})
    pay(office, "P003", method="現金書留")
    made = Paying(office).receipts(OCTOBER, None, office.folder.root / "r.pdf")
    text = text_of(made.file.read_bytes())
    assert made.pages == 2
    assert text.count("金40,000円") == 2
    assert "試験花子様" in text
    assert "見本次郎様" in text
    assert "架空" not in text
    one = Paying(office).receipts(OCTOBER, ["P001"], None)
    assert one.pages == 1
    with pytest.raises(RefusedError):
        Paying(office).receipts(OCTOBER, ["P002"], None)


def test_money_is_the_offices_business(town):
    store = town.pc("P001")
    with pytest.raises(AppError):
        pay(store, "P001")
