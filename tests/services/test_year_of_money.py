"""A year of 21 promoters, with everything that happens to people: all papers agree to the yen."""

import re
from datetime import date
from itertools import count

import pytest
from pypdf import PdfReader

from conftest import FULL
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.reports.finished.binding import PageCopy
from kashiwa_desktop.reports.finished.rereading import sheet_sums
from kashiwa_desktop.services.holidays import payday
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.money.payments_desk import PaymentsDesk
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.papers.binder import Binder
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.papers.year_papers import YearPapers
from kashiwa_desktop.services.store import office_settings
from kashiwa_desktop.storage import payments, sheets
from services.money_world import appoint, approve, approve_again, deliver

APRIL, MARCH = Month(2026, 4), Month(2027, 3)
MONTHS = list(months(APRIL, MARCH)) if FULL else [APRIL, Month(2026, 10), Month(2026, 11), MARCH]
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
OTHERS = [f"P{n:03d}" for n in range(10, 28)]
NAMES = ["P001", "P002", "P003", *OTHERS]


def begin(store):
    """21 promoters; rules of the office: by the day, rounded day first."""
    for name in OTHERS:
        appoint(store, name, "A4", "2026-10-22" if name == "P010" else "2015-04-01")
    appoint(store, "P011", "A3", "2015-04-01", yen=15_000)
    settings = MoneySettings(store)
    settings.change_office({"prorating": [{"from": "2015-04-01", "rule": "days"}]})
    fee = [{"from": "2026-01-01", "reward": "fee"}]
    settings.change_terms("P012", "A4", {"withholding": fee})
    roster = RosterService(store)
    roster.end("P013", "A4", date(2026, 11, 10), "転居")
    roster.suspend("P014", "A4", date(2026, 11, 1), date(2026, 11, 30), "入院")
    return store


def active(store, month):
    people = RosterService(store).roster()
    held = [a for a in people.active(month) if not a.suspended_in(month)]
    return list(dict.fromkeys(a.promoter for a in held))


def one_month(store, month):
    """Deliver, approve, print and pay; October is corrected before, November after payment."""
    names = active(store, month)
    for name in names:
        deliver(store, name, month)
    approve(store, month, names)
    Printing(store).honorarium(month, None, None)
    if month == OCTOBER:
        MoneySettings(store).adjust("P015", "A4", month, -500, "9月分の戻し")
        approve_again(store, month, "P015")
        Printing(store).honorarium(month, None, None)
    with store.db.read() as tx:
        day = payday(month, office_settings(tx))
    pay(store, month, names, day)
    if month == NOVEMBER:
        MoneySettings(store).adjust("P016", "A4", month, 1_500, "交通の実費")
        deliver(store, "P017", month, days=(3, 12, 25))
        approve_again(store, month, "P016")
        approve_again(store, month, "P017")
        Printing(store).honorarium(month, None, None)
        pay(store, month, ["P016"], date(2026, 12, 25))


def pay(store, month, names, day):
    left = Paying(store).pay(month, names, on=day, method="振込", voucher=f"V{month}").left
    assert left == ()


@pytest.fixture(scope="module")
def year(towns):
    store = begin(towns().office(at="2026-03-31T09:00", staff="職員 二"))
    for month in MONTHS:
        one_month(store, month)
    return store


def expected(name, month):
    """The yen of one promoter and month, reckoned by hand."""
    yen = {"P011": 55_000}.get(name, 40_000)
    if name == "P010":
        yen = 0 if month < OCTOBER else (12_900 if month == OCTOBER else yen)
    if name == "P013":
        yen = 13_330 if month == NOVEMBER else (0 if month > NOVEMBER else yen)
    if name == "P014" and month == NOVEMBER:
        yen = 0
    if name == "P015" and month == OCTOBER:
        yen -= 500
    if name == "P016" and month == NOVEMBER:
        yen += 1_500
    return yen


EXPECTED = sum(expected(name, month) for name in NAMES for month in MONTHS)
WITHHELD = 4_084 * len(MONTHS)


def text_of(path):
    return ["".join(page.extract_text().split()) for page in PdfReader(path).pages]


def test_sheets_and_payments_are_what_was_reckoned_by_hand(year, figure):
    with year.db.read() as tx:
        live = [s for s in sheets.every(tx) if s.is_payable]
        paid = payments.every(tx)
    by_person = {}
    for sheet in live:
        key = (sheet.promoter, sheet.month)
        by_person[key] = by_person.get(key, 0) + sheet.gross
    for month in MONTHS:
        for name in NAMES:
            assert by_person.get((name, str(month)), 0) == expected(name, month), (name, month)
    assert sum(s.gross for s in live) == EXPECTED
    assert sum(p.net for p in paid.values()) == EXPECTED - WITHHELD
    assert {s.number for s in live} == set(paid)
    printed = sum(sheet_sums(s.pdf).net for s in live)
    assert printed == EXPECTED - WITHHELD
    figure(f"a year of 21: {len(live)} sheets, {EXPECTED:,} yen, all papers agree")


def test_the_lists_of_all_months_add_up_to_the_year(year):
    total = 0
    for month in MONTHS:
        made = Printing(year).payments(month, year.folder.root / "list.pdf")
        text = "".join(text_of(made.file))
        yen = int(re.search(r"合計\d+件([\d,]+)円", text)[1].replace(",", ""))
        assert yen == made.total_yen == sum(expected(name, month) for name in NAMES)
        total += yen
    assert total == EXPECTED


def test_the_year_on_paper_agrees_and_march_stands_in_two_years(year):
    money = YearPapers(year).money(2026)
    assert money.gross == EXPECTED
    assert sum(line.withheld for line in money.by_month) == WITHHELD
    assert sum(line.fiscal for line in money.people) == EXPECTED
    march = sum(expected(name, MARCH) for name in NAMES)
    assert money.across == march - 4_084
    in_calendar = sum(line.calendar for line in money.people)
    assert in_calendar == EXPECTED - march - (
        sum(expected(n, m) for n in NAMES for m in MONTHS if payment_year(m) == 2027 and m != MARCH)
    )
    made = YearPapers(year).summary(2026, year.folder.root / "year.pdf")
    text = "".join(text_of(made.file))
    assert f"{EXPECTED:,}" in text
    assert f"このうち{march - 4_084:,}円は、年度が終わったあと" in text


def payment_year(month):
    return month.next().year


@pytest.fixture(scope="module")
def bound(year):
    """The 監査綴り of the year, made once."""
    return Binder(year).make(2026, year.folder.root / "one.pdf")


def test_the_binder_proves_its_totals_and_holds_every_sheet(year, bound):
    pages = text_of(bound.file)
    assert "3つの合計一致しています" in pages[0]
    assert pages[0].count(f"{EXPECTED - WITHHELD:,}円") == 3
    with year.db.read() as tx:
        kept = sheets.every(tx)
    whole = "".join(pages)
    for sheet in kept:
        assert f"発行番号{sheet.number}" in whole
    assert "承認がやり直されたため" in whole
    assert "訂正報告書" in whole
    index = "".join(pages[:10]).split("No.1発行番号")[0]
    first = re.search(r"1R8-04-001支給.*?R8\.5\.20(\d+)2R8", index)
    assert "No.1発行番号" in pages[int(first[1]) - 1]
    for n, page in enumerate(pages, 1):
        assert f"監査綴り{n}/{len(pages)}" in page


def test_the_binder_holds_the_month_report_and_every_approval(year, bound):
    """Text corrected after payment: both closings as they were approved, and every decision."""
    pages = text_of(bound.file)
    head = "取扱注意活動実績報告書(令和8年11月分)"
    november = [page for page in pages if page.startswith(head) and "見本P017" in page]
    assert len(november) == 2
    assert "25日の打合せ" in november[1]
    assert "25日の打合せ" not in november[0]
    entry = next(p for p in pages if "発行番号R8-11" in p and "見本P017" in p and "経過" in p)
    assert "承認の取り消し" in "".join(pages)
    where = int(re.search(r"月報は(\d+)頁", entry)[1])
    assert pages[where - 1] == november[0]


def test_a_payment_changed_behind_our_back_stops_the_binder(year, towns, tmp_path):
    with year.db.write() as tx:
        tx.exec_driver_sql("UPDATE payment SET net = net + 4 WHERE number = 'R8-10-001'")
    with pytest.raises(RefusedError):
        Binder(year).make(2026, tmp_path / "b.pdf")
    with year.db.write() as tx:
        tx.exec_driver_sql("UPDATE payment SET net = net - 4 WHERE number = 'R8-10-001'")
    with pytest.raises(RefusedError):
        Binder(year).make(2010, tmp_path / "b.pdf")


def test_the_binder_is_checked_page_for_page(town, monkeypatch, tmp_path):
    store = town.office(staff="職員 二")
    deliver(store, "P001", OCTOBER)
    approve(store, OCTOBER, ["P001"])
    Printing(store).honorarium(OCTOBER, None, None)
    real, pages = PageCopy.page, count()
    monkeypatch.setattr(
        PageCopy, "page", lambda self, *given: None if next(pages) == 2 else real(self, *given)
    )
    with pytest.raises(RefusedError):
        Binder(store).make(2026, tmp_path / "b.pdf")
    assert list(tmp_path.iterdir()) == []


def test_the_same_year_gives_the_same_bytes(town, bound):
    store = town.office(staff="職員 二")
    for name in ("P001", "P002"):
        deliver(store, name, OCTOBER)
    approve(store, OCTOBER, ["P001", "P002"])
    Printing(store).honorarium(OCTOBER, None, None)
    one, two = (Binder(store).make(2026, store.folder.root / n).file for n in ("1.pdf", "2.pdf"))
    assert one.read_bytes() == two.read_bytes()
    assert bound.pages > 250


def test_the_windows_show_the_same_yen(year):
    """Screens 41 and 42 read what the papers were made from."""
    total = 0
    for month in MONTHS:
        view = PaymentsDesk(year).look(month)
        assert view.total_yen == sum(expected(name, month) for name in NAMES)
        settled = [s for line in view.lines for s in line.sheets if s.paid]
        assert sum(s.net for s in settled) == sum(p.net for p in Paying(year).paid(month).values())
        assert view.payable == ()
        assert view.strays == ()
        assert view.values.withholds
        total += view.total_yen
    money = YearPapers(year).money(2026)
    assert (total, money.gross) == (EXPECTED, EXPECTED)
    march = next(line for line in money.by_month if line.label == MARCH.label())
    assert march.paid_on.startswith("2027.4")
    assert sum(line.paid for line in money.by_month) == EXPECTED - WITHHELD
