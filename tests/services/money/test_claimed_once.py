"""One claim is paid once: a person's month and area, whatever was appointed, printed and paid."""

import random
from datetime import date

import pytest

from conftest import FULL
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.money import banking, paying
from kashiwa_desktop.services.money.banking import Banking
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.office import roster as roster_module
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.new_year import Choice, NewYear
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.office.roster_tables import RosterTables
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.undoing import Undoing
from kashiwa_desktop.storage import payments, sheets
from services.money_world import OCTOBER, deliver

DAY = date(2026, 11, 20)
MIDST = date(2026, 10, 10)
BANK = (
    "promoter,bank_code,branch_code,kind,account,holder_kana,client_code\n"
    "office,9999,001,1,1,シャフク,1234567890\nP001,9998,012,1,7654321,シケン ハナコ,\n"
)
STEPS = 60 if FULL else 14
WALKS = 40 if FULL else 4


@pytest.fixture
def office(town):
    return town.office(staff="職員 二")


def again(first=MIDST, promoter="P001", area="A1"):
    return NewPromoter(promoter, "試験 花子", "シケン ハナコ", area, first)


def appoint_twice(store, monkeypatch, first=MIDST):
    """Appoint as a version before this one did, or as two offices did that were joined."""
    with monkeypatch.context() as patch:
        patch.setattr(roster_module, "refuse_overlap", lambda *_: None)
        RosterService(store).add_promoter(again(first))


def table(store, text, kind="appointments"):
    path = store.folder.root / "table.csv"
    path.write_text(text, encoding="utf-8")
    return RosterTables(store).read(kind, path)


def accounts(store):
    file = store.folder.root / "bank.csv"
    file.write_text(BANK, encoding="utf-8")
    Banking(store).read(file)


def transfer(store, town, name="furikomi.txt"):
    return Banking(store).transfer(OCTOBER, DAY, town.keys, store.folder.root / name)


def code_of(call, *args, **more):
    with pytest.raises(RefusedError) as refused:
        call(*args, **more)
    return refused.value.code


# Where it is entered ---------------------------------------------------------------------------


def test_a_second_appointment_for_the_same_days_is_refused_in_words(office):
    before = RosterService(office).roster()
    with pytest.raises(RefusedError, match="委嘱の期間が重なります") as refused:
        RosterService(office).add_promoter(again())
    assert "試験 花子さんの見本台" in refused.value.text
    assert "2026年10月10日" in refused.value.text or "令和8年10月10日" in refused.value.text
    assert RosterService(office).roster() == before


def test_another_area_another_person_and_the_days_after_are_taken(office):
    service = RosterService(office)
    service.add_promoter(again(area="A4"))
    service.add_promoter(NewPromoter("P002", "架空 太郎", "", "A1", MIDST))
    service.end("P001", "A1", date(2026, 10, 9), "退任")
    service.add_promoter(again())
    assert len(service.roster().of_promoter("P001")) == 3


def test_a_last_day_moved_into_the_next_one_is_refused(office):
    service = RosterService(office)
    service.end("P001", "A1", date(2026, 10, 9), "退任")
    service.add_promoter(again(date(2026, 12, 1)))
    head = "promoter,name,kana,area,from,to\n"
    first = service.roster().of_promoter("P001")[0].first
    with pytest.raises(RefusedError, match=r"表の2行目: .*重なっています"):
        table(office, f"{head}P001,試験 花子,,A1,{first},2026-12-05\n")
    both = f"P001,試験 花子,,A1,2026-12-10,\nP001,試験 花子,,見本台,{first},2026-12-20\n"
    with pytest.raises(RefusedError, match="表の2行目と3行目"):
        table(office, head + both)


def test_a_table_may_end_the_old_one_and_begin_the_new_one_in_any_order(office):
    first = RosterService(office).roster().of_promoter("P001")[0].first
    head = "promoter,name,kana,area,from,to\n"
    rows = f"P001,試験 花子,,A1,2026-11-01,\nP001,試験 花子,,A1,{first},2026-10-31\n"
    assert table(office, head + rows)


def test_undoing_the_end_of_one_is_refused_once_there_is_another(office, town):
    RosterService(office).end("P001", "A1", date(2026, 10, 9), "退任")
    RosterService(town.office(staff="職員 三")).add_promoter(again())
    assert code_of(Undoing(office).undo) == "built_upon"
    Undoing(town.office(staff="職員 三")).undo()
    Undoing(office).undo()
    assert len(RosterService(office).roster().of_promoter("P001")) == 1


def test_the_new_year_does_not_appoint_who_goes_on(office):
    (going,) = [g for g in NewYear(office).plan(2027) if g.promoter == "P001"]
    new = [again(date(2027, 4, 1))]
    choices = [Choice(going.appointment, stays=True)]
    assert code_of(NewYear(office).turn, 2027, choices, new) == "overlap"


# Where it is there already ---------------------------------------------------------------------


def test_what_overlaps_already_is_a_finding_and_not_approved(office, town, monkeypatch):
    appoint_twice(office, monkeypatch)
    deliver(office, "P001", OCTOBER)
    review = Reviewing(office).review("P001", OCTOBER)
    assert "double_appointment" in {p.code for p in review.findings}
    board = Reviewing(office).board(OCTOBER, OCTOBER)
    (row,) = [r for r in board.rows if r.promoter == "P001"]
    assert row.cells[OCTOBER].state == "question"
    for promoters in (["P001"], None):
        found = Reviewing(office).approve(OCTOBER, promoters)
        assert "P001" not in found.done
        assert any("重なっています" in x.reason for x in found.left)
    assert code_of(Printing(office).honorarium, OCTOBER, ["P001"], None) == "not_approved"

    RosterService(office).end("P001", "A1", date(2026, 10, 9), "退任")  # the older one
    assert Reviewing(office).approve(OCTOBER, ["P001"]).done == ("P001",)
    made = Printing(office).honorarium(OCTOBER, None, None)
    assert [(s.promoter, s.yen) for s in made.sheets] == [("P001", 40_000)]
    accounts(office)
    assert (transfer(office, town).rows, transfer(office, town).total_yen) == (1, 40_000)


def test_an_approval_of_an_older_version_that_pays_twice_does_not_hold(office, town, monkeypatch):
    appoint_twice(office, monkeypatch)
    deliver(office, "P001", OCTOBER)
    with monkeypatch.context() as patch:  # as versions before this one approved and printed
        patch.setattr("kashiwa_desktop.domain.honorarium.claimed_already", lambda *_: False)
        patch.setattr("kashiwa_desktop.services.checking.approving.TWICE_APPOINTED", "")
        patch.setattr("kashiwa_desktop.services.months.approvals.pays_once", lambda *_: True)
        Reviewing(office).approve(OCTOBER, ["P001"])
        assert len(Printing(office).honorarium(OCTOBER, None, None).sheets) == 2
    accounts(office)
    assert code_of(transfer, office, town) == "approval_changed"
    left = Paying(office).pay(OCTOBER, ["P001"], on=DAY, method="振込", voucher="").left
    assert [x.promoter for x in left] == ["P001"]
    assert code_of(Printing(office).honorarium, OCTOBER, ["P001"], None) == "not_approved"


# Within one month ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "yen"),
    [("full", [40_000]), ("months", [0, 40_000]), ("days", [11_610, 28_380]),
     ("activity_days", [2_000])],
)  # fmt: skip
def test_two_that_follow_each_other_are_one_month_of_pay(office, rule, yen):
    service, rules = RosterService(office), {"from": "2026-04-01", "rule": rule, "day_yen": 1_000}
    MoneySettings(office).change_office({"prorating": [rules]})
    service.end("P001", "A1", date(2026, 10, 9), "退任")
    service.add_promoter(again())
    deliver(office, "P001", OCTOBER)
    review = Reviewing(office).review("P001", OCTOBER)
    assert [line.yen for line in review.honorarium] == yen
    assert sum(yen) <= 40_000


def test_an_adjustment_goes_to_the_one_that_is_paid(office):
    service = RosterService(office)
    service.end("P001", "A1", date(2026, 10, 9), "退任")
    service.add_promoter(again())
    MoneySettings(office).adjust("P001", "A1", OCTOBER, 5_000, "会議の当番")
    deliver(office, "P001", OCTOBER)
    review = Reviewing(office).review("P001", OCTOBER)
    assert [line.yen for line in review.honorarium] == [45_000]
    held = service.roster().of_promoter("P001")[-1]
    wrong = {"adjustments": [{"month": "2026-10", "yen": 100, "reason": "わけ"}]}
    MoneySettings(office).change_terms("P001", "A1", wrong)
    review = Reviewing(office).review("P001", OCTOBER)
    assert "adjustment_left" in {p.code for p in review.findings}, held


# Transfer and cash -----------------------------------------------------------------------------


@pytest.fixture
def printed(office):
    deliver(office, "P001", OCTOBER)
    Reviewing(office).approve(OCTOBER, ["P001"])
    Printing(office).honorarium(OCTOBER, None, None)
    accounts(office)
    return office


def pay(store, method, **more):
    return Paying(store).pay(OCTOBER, ["P001"], on=DAY, method=method, voucher="", **more)


@pytest.mark.parametrize("method", ["現金", "窓口払い", "cash"])
def test_what_stands_in_a_transfer_file_is_not_paid_another_way_unasked(printed, town, method):
    transfer(printed, town)
    with pytest.raises(RefusedError, match=r"furikomi\.txt") as refused:
        pay(printed, method)
    assert "R8-10-001" in refused.value.text
    assert "11月20日" in refused.value.text
    assert Paying(printed).paid(OCTOBER) == {}
    assert pay(printed, method, although_transferred=True).done == ("P001",)


@pytest.mark.parametrize("method", ["振込", "振り込み", "口座振込(全銀)", "口座振替"])
def test_what_stands_in_a_transfer_file_is_paid_by_transfer(printed, town, method):
    transfer(printed, town)
    assert pay(printed, method).done == ("P001",)


def test_what_is_paid_never_enters_a_file(printed, town):
    assert pay(printed, "現金").done == ("P001",)
    assert code_of(transfer, printed, town) == "nothing_to_pay"


def test_a_file_of_an_older_version_is_known_by_its_day(printed, town, monkeypatch):
    real = banking.note
    monkeypatch.setattr(
        banking,
        "note",
        lambda store, tx, event, **d: real(
            store, tx, event, **{k: v for k, v in d.items() if k not in ("file", "day")}
        ),
    )
    transfer(printed, town)
    with pytest.raises(RefusedError, match="11月5日に作った振込のファイル"):
        pay(printed, "現金")


def test_a_cancelled_sheet_leaves_the_file_behind(printed, town):
    transfer(printed, town)
    Printing(printed).cancel("R8-10-001", "口座ちがい")
    Printing(printed).honorarium(OCTOBER, None, None)
    assert pay(printed, "現金").done == ("P001",)


# The bank table --------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["P001", "office"])
def test_two_lines_for_one_person_are_refused_with_both_lines(office, who):
    line = next(x for x in BANK.splitlines() if x.startswith(who))
    file = office.folder.root / "bank.csv"
    file.write_text(f"{BANK},,,,,,\n{line.replace('1,7654321', '1,1111111')}\n", encoding="utf-8")
    n = 2 if who == "office" else 3
    with pytest.raises(RefusedError, match=f"口座の表の{n}行目と5行目: 同じ方の口座が2行あります"):
        Banking(office).read(file)
    assert Banking(office).known() == []


def test_a_bank_table_that_a_spreadsheet_saved_is_read(office, town):
    file = office.folder.root / "bank.csv"
    wide = BANK.replace("9998,012,1,7654321", "９９９８,12,普通,７６５４３２１")
    file.write_bytes(f"{wide},,,,,,\n".encode("cp932"))
    assert Banking(office).read(file) == 2
    assert Banking(office).known() == ["P001", "office"]


# Any order -------------------------------------------------------------------------------------


def _paid(store):
    """Yen paid by (person, area, month), refunds taken off."""
    sums = {}
    with store.db.read() as tx:
        areas = {s.number: s.area for s in sheets.every(tx)}
        for p in payments.every(tx).values():
            key = (p.promoter, areas[p.number], p.month)
            sums[key] = sums.get(key, 0) + p.net
    return sums


def _days(chance):
    return date(2026, chance.choice((9, 10, 11)), chance.randint(1, 30))


def _try(call, *args, **more):
    try:
        return call(*args, **more)
    except RefusedError:
        return None


MONEY = (
    ("deliver", "approve", "print", "pay"),
    ("unapprove", "approve", "print", "zengin", "pay"),
    ("approve", "print", "pay", "pay"),
) * 3
"""What belongs together, often: a walk of single steps would seldom come to any money."""


def _step(chance, store, town):
    """Do one thing that an office may do, in any order; what is refused is refused."""
    service, months = RosterService(store), (Month(2026, 9), OCTOBER)
    month = chance.choice(months)
    head = "promoter,name,kana,area,from,to\n"
    steps = {
        "appoint": lambda: service.add_promoter(again(_days(chance))),
        "end": lambda: service.end("P001", "A1", _days(chance), "わけ"),
        "table": lambda: table(
            store,
            f"{head}P001,試験 花子,,A1,{_days(chance)},{chance.choice(['', _days(chance)])}\n",
        ),
        "undo": Undoing(store).undo,
        "deliver": lambda: _deliver(chance, store, month),
        "approve": lambda: Reviewing(store).approve(month, ["P001"]),
        "unapprove": lambda: Reviewing(store).unapprove(month, "P001", "わけ"),
        "print": lambda: Printing(store).honorarium(month, None, None),
        "zengin": lambda: Banking(store).transfer(month, DAY, town.keys, store.folder.root / "z"),
        "pay": lambda: Paying(store).pay(
            month, ["P001"], on=DAY, method=chance.choice(("振込", "現金")), voucher=""
        ),
        "cancel": lambda: Printing(store).cancel(chance.choice(_numbers(store)), "わけ"),
    }
    for name in chance.choice((*((name,) for name in steps), *MONEY)):
        if name != "cancel" or _numbers(store):
            _try(steps[name])


def _deliver(chance, store, month):
    if RosterService(store).roster().active(month, "P001"):
        deliver(store, "P001", month, days=(chance.randint(1, 28),))


def _numbers(store):
    with store.db.read() as tx:
        return [s.number for s in sheets.every(tx)]


@pytest.mark.parametrize("seed", range(WALKS))
def test_no_claim_is_paid_twice_in_whatever_order(office, town, seed, figure):
    chance, most = random.Random(seed), 0
    accounts(office)
    deliver(office, "P001", OCTOBER)
    for _ in range(STEPS):
        _step(chance, office, town)
        for key, yen in _paid(office).items():
            assert yen <= 40_000, (key, yen)
        most = max(most, len(_paid(office)))
    figure(f"R55: one claim in any order: {STEPS} steps, {most} claims paid, none twice")


def test_without_the_guards_a_claim_would_be_paid_twice(office, town, monkeypatch):
    """The deliberately wrong variant: what the walk would find if nothing were asked."""
    appoint_twice(office, monkeypatch)
    deliver(office, "P001", OCTOBER)
    for name in (
        "domain.honorarium.claimed_already",
        "services.checking.approving.TWICE_APPOINTED",
    ):
        monkeypatch.setattr(
            f"kashiwa_desktop.{name}", (lambda *_: False) if "claimed" in name else ""
        )
    monkeypatch.setattr("kashiwa_desktop.services.months.approvals.pays_once", lambda *_: True)
    monkeypatch.setattr(paying, "beyond", lambda *_: [])
    Reviewing(office).approve(OCTOBER, ["P001"])
    Printing(office).honorarium(OCTOBER, None, None)
    Paying(office).pay(OCTOBER, ["P001"], on=DAY, method="振込", voucher="")
    assert _paid(office) == {("P001", "A1", "2026-10"): 80_000}
