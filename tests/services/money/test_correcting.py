"""After payment: what is asked back was handed over, and nothing paid is lost from sight."""

import random
from datetime import date

import pytest

from conftest import FULL
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.reports import correction_report, honorarium_sheet
from kashiwa_desktop.reports.finished.rereading import sheet_sums
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.counting.office_workbook import OfficeWorkbook, WorkbookWanted
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.money.payments_desk import PaymentsDesk
from kashiwa_desktop.services.money.sheet_checks import second_opinion
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.papers.binder import Binder
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.papers.year_papers import YearPapers
from kashiwa_desktop.storage import payments, sheets
from services.money_world import OCTOBER, approve, approve_again, deliver

PAID_ON = date(2026, 11, 20)
FEE = [{"from": "2026-04-01", "reward": "fee"}]


@pytest.fixture
def office(town):
    """P001 and P002 are approved and printed for October, P001 is paid."""
    store = town.office(staff="職員 二")
    for name in ("P001", "P002"):
        deliver(store, name, OCTOBER)
    approve(store, OCTOBER, ["P001", "P002"])
    printed(store)
    pay(store)
    return store


def printed(store, *names):
    return Printing(store).honorarium(OCTOBER, names or None, None).sheets


def pay(store, name="P001"):
    return Paying(store).pay(OCTOBER, [name], on=PAID_ON, method="振込", voucher="V-1")


def terms(store, **changes):
    MoneySettings(store).change_terms("P001", "A1", changes)


def read_again(store, number):
    return sheet_sums(Printing(store).kept(number))


def row(store, name="P001"):
    view = PaymentsDesk(store).look(OCTOBER)
    return next(line for line in view.lines if line.promoter == name)


def paid_net(store):
    with store.db.read() as tx:
        return sum(p.net for p in payments.every(tx).values() if p.promoter == "P001")


def test_what_is_asked_back_is_what_was_handed_over_too_much(office):
    """40,000円 paid as 35,916円; right is 30,000円, that is 26,937円: 8,979円 come back."""
    pay(office, "P002")
    MoneySettings(office).change_terms("P002", "A2", {"withholding": FEE})
    terms(office, withholding=FEE)
    for name in ("P001", "P002"):
        approve_again(office, OCTOBER, name)
    (sheet,) = printed(office, "P001")
    read = read_again(office, sheet.number)
    assert (sheet.kind, sheet.yen) == ("refund", 0)
    assert (read.claimed, read.claim_total, read.net) == (4_084, 4_084, 4_084)
    assert read.claim_lines == (40_000, -40_000, 4_084)
    assert (read.gross, read.withheld) == (0, -4_084)
    pay(office)
    assert paid_net(office) == 35_916
    MoneySettings(office).adjust("P001", "A1", OCTOBER, -10_000, "戻し")
    approve_again(office, OCTOBER, "P001")
    (sheet,) = printed(office, "P001")
    read = read_again(office, sheet.number)
    assert (read.claimed, read.gross, read.withheld, read.net) == (8_979, 10_000, 1_021, 8_979)
    assert read.claim_lines == (40_000, -30_000, -1_021)
    pay(office)
    assert paid_net(office) == 26_937


def test_tax_that_was_kept_back_wrongly_is_claimed_back(office):
    terms(office, withholding=FEE)
    approve_again(office, OCTOBER, "P001")
    printed(office, "P001")
    pay(office)
    terms(office, withholding=[])
    approve_again(office, OCTOBER, "P001")
    (sheet,) = printed(office, "P001")
    read = read_again(office, sheet.number)
    assert (sheet.kind, read.claimed, read.net) == ("additional", 4_084, 4_084)
    pay(office)
    assert paid_net(office) == 40_000


def test_yen_and_tax_that_move_apart_are_refused_with_the_way_out(office):
    terms(office, withholding=FEE)
    MoneySettings(office).adjust("P001", "A1", OCTOBER, 1_000, "交通の実費")
    approve_again(office, OCTOBER, "P001")
    with pytest.raises(RefusedError, match="片方だけを先に直して") as refused:
        printed(office, "P001")
    assert refused.value.code == "yen_and_tax_apart"
    with office.db.read() as tx:
        assert len(sheets.of_month(tx, str(OCTOBER))) == 2
    adjustments = MoneySettings(office).terms("P001", "A1")["adjustments"]
    terms(office, adjustments=[])
    approve_again(office, OCTOBER, "P001")
    printed(office, "P001")
    pay(office)
    terms(office, adjustments=adjustments)
    approve_again(office, OCTOBER, "P001")
    printed(office, "P001")
    pay(office)
    assert paid_net(office) == 41_000 - 41_000 * 1021 // 10_000


def whole_month_on_leave(store):
    terms(store, suspended=[{"from": "2026-10-01", "to": "2026-10-31", "reason": "入院"}])


def ended_before(store):
    RosterService(store).end("P001", "A1", date(2026, 9, 30), "退任")


def test_a_correction_made_later_follows_the_tax_of_the_day_that_was_paid(office, town):
    terms(office, yen=45_000, withholding=[{"from": "2027-01-01", "reward": "fee"}])
    later = town.office("2027-02-01T10:00", staff="職員 二")
    approve_again(later, OCTOBER, "P001")
    (sheet,) = printed(later, "P001")
    with later.db.read() as tx:
        kept = sheets.find(tx, sheet.number)
    assert (kept.kind, kept.gross, kept.withheld) == ("additional", 5_000, 0)
    assert kept.pay_on < "2027"


@pytest.mark.parametrize("happened", [whole_month_on_leave, ended_before])
def test_what_was_paid_without_an_appointment_is_asked_back(office, happened):
    happened(office)
    approve_again(office, OCTOBER, "P001")
    assert (row(office).payment.yen, row(office).todo) == (0, "again")
    assert "休止の月" in row(office).payment.exception
    (sheet,) = printed(office, "P001")
    assert (sheet.kind, sheet.yen) == ("refund", -40_000)
    pay(office)
    assert paid_net(office) == 0
    assert (row(office).todo, row(office).payment.paid) == ("", PAID_ON)
    assert Printing(office).payments(OCTOBER, None).total_yen == 40_000
    assert YearPapers(office).money(2026).gross == 40_000
    assert Binder(office).make(2026, office.folder.root / "b.pdf").pages > 3


def test_an_appointment_ended_without_a_new_approval_is_told_before_printing(office):
    approve_again(office, OCTOBER, "P002")
    RosterService(office).end("P002", "A2", date(2026, 9, 30), "退任")
    assert row(office, "P002").payment.yen == 40_000
    for make in (lambda: printed(office, "P002"), lambda: Printing(office).payments(OCTOBER, None)):
        with pytest.raises(RefusedError, match="もう一度承認してください") as refused:
            make()
        assert refused.value.code == "sums_differ"


def test_an_approval_that_changes_nothing_leaves_nothing_to_do(office):
    approve_again(office, OCTOBER, "P001")
    assert row(office).todo == ""
    assert [s.number for s in printed(office, "P001")] == ["R8-10-001"]
    Printing(office).payments(OCTOBER, None)
    deliver(office, "P001", OCTOBER, days=(3, 12, 20))
    approve_again(office, OCTOBER, "P001")
    assert row(office).todo == "again"


def test_a_correction_cancelled_by_hand_is_made_again(office):
    """Text and yen changed: the 訂正報告書 stays, and the 追給 gets a new number."""
    deliver(office, "P001", OCTOBER, days=(3, 12, 20))
    MoneySettings(office).adjust("P001", "A1", OCTOBER, 2_000, "研修の分")
    approve_again(office, OCTOBER, "P001")
    money, text = printed(office, "P001")
    assert (money.kind, text.kind) == ("additional", "correction")
    Printing(office).cancel(money.number, "かすれた")
    again = printed(office, "P001")
    assert {s.kind for s in again} == {"additional", "correction"}
    assert {s.number for s in again} == {text.number, "R8-10-005"}
    assert pay(office).done == ("P001",)
    assert paid_net(office) == 42_000
    assert {s.number for s in printed(office, "P001")} == {text.number, "R8-10-005"}


@pytest.mark.parametrize(
    ("happened", "why"),
    [
        (lambda s: Reviewing(s).unapprove(OCTOBER, "P001", "まちがい"), "承認が取り消されて"),
        (lambda s: deliver(s, "P001", OCTOBER, days=(3, 4)), "そのあとの直しが、承認を待って"),
    ],
)
def test_what_was_paid_stays_on_the_list_with_words_why(office, happened, why):
    happened(office)
    line = row(office)
    assert (line.payment.yen, line.payment.paid, line.todo) == (40_000, PAID_ON, "approve")
    assert why in line.payment.exception
    view = PaymentsDesk(office).look(OCTOBER)
    assert (view.total_yen, view.strays) == (80_000, ())
    assert [x.promoter for x in view.payable] == ["P002"]
    made = Printing(office).payments(OCTOBER, None)
    assert [s.yen for s in made.sheets] == [40_000, 40_000]
    assert PaymentsDesk(office).excel(OCTOBER, office.folder.root / "p.xlsx") == 2
    wanted = WorkbookWanted((OCTOBER, OCTOBER), tables=("payments",))
    assert OfficeWorkbook(office).write(wanted, office.folder.root / "w.xlsx").total_yen == 80_000
    assert YearPapers(office).money(2026).gross == 80_000


def test_an_open_correction_without_its_approval_cannot_be_paid(office):
    MoneySettings(office).adjust("P001", "A1", OCTOBER, 2_000, "研修の分")
    approve_again(office, OCTOBER, "P001")
    (sheet,) = printed(office, "P001")
    Reviewing(office).unapprove(OCTOBER, "P001", "まちがい")
    view = PaymentsDesk(office).look(OCTOBER)
    assert view.strays == (sheet.number,)
    assert "承認が変わりました" in pay(office).left[0].reason
    approve(office, OCTOBER, ["P001"])
    assert row(office).todo == "again"
    (new,) = printed(office, "P001")
    assert (new.yen, new.number != sheet.number) == (2_000, True)


@pytest.mark.parametrize("name", ["asked_yen", "tax_alone"])
def test_a_refund_that_asks_for_another_sum_is_not_offered(office, monkeypatch, name):
    terms(office, withholding=FEE)
    approve_again(office, OCTOBER, "P001")
    monkeypatch.setattr(honorarium_sheet.HonorariumSheet, name, property(lambda _: 4_000))
    with pytest.raises(RefusedError, match="紙の上の金額"):
        printed(office, "P001")


@pytest.mark.parametrize("what", ["number", "cites", "check_code", "changes"])
def test_a_report_of_corrections_is_read_again_before_it_is_kept(office, monkeypatch, what):
    """Drawn with another number, another change or without one: it is not kept."""
    from dataclasses import replace

    deliver(office, "P001", OCTOBER, days=(3, 12, 20))
    approve_again(office, OCTOBER, "P001")
    real = correction_report.paper
    other = {"changes": lambda v: v.changes[:-1]}.get(what, lambda _: "R8-99-999")
    monkeypatch.setattr(
        correction_report,
        "paper",
        lambda value: real(replace(value, **{what: other(value)})),
    )
    with pytest.raises(RefusedError) as refused:
        printed(office, "P001")
    assert refused.value.code == "not_true"
    with office.db.read() as tx:
        assert [s.kind for s in sheets.of_month(tx, str(OCTOBER))] == ["honorarium"] * 2


def one_change(r, store):
    """Change one thing that bears on yen; tax and adjustments never in one step."""
    money = MoneySettings(store)
    leave = {"from": f"2026-10-{r.randint(1, 20):02d}", "to": f"2026-10-{r.randint(20, 31)}"}
    rules = [{"rule": "full"}, {"rule": "days"}, {"rule": "days", "rounding": "last"}]
    return r.choice([
        lambda: terms(store, withholding=r.choice([[], FEE])),
        lambda: terms(store, yen=r.choice([30_000, 40_000, 45_000, 1_000_000])),
        lambda: terms(store, suspended=r.choice([[], [leave]])),
        lambda: terms(store, adjustments=r.choice([[], [ADJUSTED], [{**ADJUSTED, "yen": 700}]])),
        lambda: money.change_office(
            {"prorating": [{"from": "2015-04-01", **r.choice(rules)}]}
        ),
        lambda: money.change_office(
            {"activity_parts": [{"from": "2015-04-01", "yen": r.choice([0, 10_000])}]}
        ),
        lambda: deliver(store, "P001", OCTOBER, days=(3, r.randint(4, 28))),
    ])  # fmt: skip


ADJUSTED = {"month": "2026-10", "yen": -5_000, "reason": "研修分の戻し"}


def test_after_any_walk_of_changes_the_yen_paid_are_the_yen_due(office, figure):
    """Change, approve, print, pay, over and over: paid = second opinion = list = year."""
    r, papers = random.Random(39), 0
    for _ in range(120 if FULL else 12):
        one_change(r, office)()
        approve_again(office, OCTOBER, "P001")
        made = printed(office, "P001")
        papers += len(made)
        for sheet in made:
            if sheet.kind != "correction":
                read = read_again(office, sheet.number)
                back = sheet.kind == "refund"
                assert read.claimed == (read.net if back else read.gross or read.net)
        pay(office)
        line = row(office)
        assert (line.todo, line.payment.net) == ("", paid_net(office))
        with office.db.read() as tx:
            opinion = second_opinion(tx, str(OCTOBER)).of(line_id(office), "2026-11-20")
        assert (opinion.net, opinion.gross) == (paid_net(office), line.payment.yen)
        assert Printing(office).payments(OCTOBER, None).total_yen == line.payment.yen + 40_000
        assert YearPapers(office).money(2026).gross == line.payment.yen + 40_000
    figure(f"R55: {papers} papers after payment, paid = due at every step")


def line_id(store):
    with store.db.read() as tx:
        return sheets.find(tx, "R8-10-001").appointment


def test_the_month_after_is_compared_with_what_was_paid(office):
    """Without its approval October still counts: the difference of November is 0円, not nothing."""
    november = OCTOBER.next()
    deliver(office, "P001", november, at="2026-12-02T10:00:00+09:00")
    approve(office, november, ["P001"])
    Reviewing(office).unapprove(OCTOBER, "P001", "まちがい")
    (line,) = PaymentsDesk(office).look(november).lines
    assert line.payment.difference == 0
