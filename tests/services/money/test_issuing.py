"""The life of a sheet: once, kept, cancelled before payment, corrected after it."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from kashiwa_desktop.errors import RefusedError, StoreError
from kashiwa_desktop.reports.finished.rereading import sheet_sums
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.money import issuing, sheet_checks
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.money.payments_desk import PaymentsDesk
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.storage import payments, sheets
from services.money_world import OCTOBER, approve, approve_again, deliver

PAID_ON = date(2026, 11, 20)


@pytest.fixture
def office(town):
    """An office in which P001 and P002 are approved for October."""
    store = town.office(staff="職員 二")
    for name in ("P001", "P002"):
        deliver(store, name, OCTOBER)
    approve(store, OCTOBER, ["P001", "P002"])
    return store


def printed(store, *names, **more):
    out = store.folder.root / "out.pdf"
    return Printing(store).honorarium(OCTOBER, names or None, out, **more)


def pay(store, *names, on=PAID_ON, method="振込"):
    return Paying(store).pay(OCTOBER, names, on=on, method=method, voucher="V-1")


def kept(store, number):
    with store.db.read() as tx:
        return sheets.find(tx, number)


def text_of(pdf):
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def change(store, name="P001", **changes):
    deliver(store, name, OCTOBER, **changes)
    approve_again(store, OCTOBER, name)


def test_a_sheet_is_kept_and_comes_back_byte_for_byte(office):
    first = printed(office)
    numbers = [s.number for s in first.sheets]
    assert numbers == ["R8-10-001", "R8-10-002"]
    before = [Printing(office).kept(n) for n in numbers]
    again = printed(office)
    assert [s.number for s in again.sheets] == numbers
    assert [Printing(office).kept(n) for n in numbers] == before
    plain, marked = (text_of(one) for one in ([before[0], again.file.read_bytes()]))
    assert "再印刷" not in plain[0]
    assert all("再印刷" in page for page in marked)
    assert marked[0].replace("再印刷", "") == plain[0]


def test_a_preview_does_not_count_as_printed(office):
    for _ in range(2):
        made = Printing(office).honorarium(OCTOBER, None, None)
        assert not any("再印刷" in page for page in text_of(made.file.read_bytes()))
    Printing(office).came_out([made.sheets[0].number])
    made = Printing(office).honorarium(OCTOBER, None, None)
    assert [s.again for s in made.sheets] == [True, False]


def test_what_it_was_made_from_stands_beside_it(office):
    made = printed(office, "P001")
    sheet = kept(office, made.sheets[0].number)
    sources = json.loads(sheet.sources)
    assert len(sources["heads"]) == 2
    assert sources["approval"] == sheet.approval
    assert sources["items"] == [
        {"kind": "whole", "yen": 40_000, "formula": "月額 40,000円 × 1か月"}
    ]
    assert sheet.digest == sheets.digest_of(sheet)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sheet SET yen = 40004",
        "UPDATE sheet SET pdf = x'00'",
        "UPDATE sheet SET promoter = 'P003'",
        "UPDATE sheet SET withheld = 1",
    ],
)
def test_a_kept_sheet_that_was_changed_behind_our_back_is_noticed(office, statement):
    printed(office, "P001")
    with office.db.write() as tx:
        tx.exec_driver_sql(statement)
    with pytest.raises(StoreError, match="印と合いません"):
        Printing(office).kept("R8-10-001")


def test_a_new_approval_before_payment_cancels_and_gives_a_new_number(office):
    printed(office)
    change(office, days=(3, 12, 20))
    made = printed(office, "P001")
    assert [s.number for s in made.sheets] == ["R8-10-003"]
    void = kept(office, "R8-10-001")
    assert (void.is_void, void.voided_by, void.void_reason) == (
        True, "職員 二", "承認がやり直されたため",
    )  # fmt: skip
    assert [s.number for s in printed(office).sheets] == ["R8-10-003", "R8-10-002"]


def test_a_sheet_cancelled_by_hand_keeps_its_number_for_itself(office):
    printed(office)
    Printing(office).cancel("R8-10-001", "印刷がかすれた")
    assert [s.number for s in printed(office, "P001").sheets] == ["R8-10-003"]
    with office.db.read() as tx:
        numbers = [s.number for s in sheets.of_month(tx, str(OCTOBER))]
        void = [s.number for s in sheets.of_month(tx, str(OCTOBER)) if s.is_void]
    assert numbers == [f"R8-10-{n:03d}" for n in range(1, 4)]
    assert void == ["R8-10-001"]
    again = Printing(office).reprint("R8-10-001", None).file.read_bytes()
    assert "取消・再印刷" in text_of(again)[0]


@pytest.mark.parametrize(
    ("number", "reason", "code"),
    [("R8-10-001", " ", "reason_missing"), ("R8-10-009", "x", "no_sheet")],
)
def test_cancelling_needs_a_reason_and_a_sheet(office, number, reason, code):
    printed(office)
    with pytest.raises(RefusedError) as refused:
        Printing(office).cancel(number, reason)
    assert refused.value.code == code


def test_a_paid_or_cancelled_sheet_is_not_cancelled(office):
    printed(office)
    pay(office, "P001")
    Printing(office).cancel("R8-10-002", "x")
    for number, code in (("R8-10-001", "paid"), ("R8-10-002", "void")):
        with pytest.raises(RefusedError) as refused:
            Printing(office).cancel(number, "x")
        assert refused.value.code == code


def test_text_changed_after_payment_is_a_report_of_corrections(office):
    printed(office)
    pay(office, "P001")
    change(office, days=(3,), title="地区の会合", place="近隣センター")
    made = printed(office, "P001")
    (sheet,) = made.sheets
    assert (sheet.kind, sheet.number, sheet.yen) == ("correction", "R8-10-003", 0)
    text = text_of(Printing(office).kept(sheet.number))[0]
    for part in ("訂正報告書", "R8-10-001", "3日の打合せ", "地区の会合", "近隣センター", "職員二"):
        assert part in text
    assert printed(office, "P001").sheets[0].number == "R8-10-003"
    assert kept(office, "R8-10-003").cites == "R8-10-001"
    assert pay(office, "P001").left[0].reason.startswith("もう支払済み")


def test_records_added_and_deleted_after_payment_stand_in_the_report(office):
    printed(office)
    pay(office, "P001")
    change(office, days=(20,), status="cancelled")
    text = text_of(Printing(office).kept(printed(office, "P001").sheets[0].number))[0]
    assert "(なし)ネットワークづくり・福祉専門職員20日の打合せ" in text


def test_more_yen_after_payment_are_an_additional_sheet_that_names_the_first(office):
    printed(office)
    pay(office, "P001")
    MoneySettings(office).adjust("P001", "A1", OCTOBER, 2_000, "研修の分")
    approve_again(office, OCTOBER, "P001")
    (sheet,) = printed(office, "P001").sheets
    assert (sheet.kind, sheet.yen) == ("additional", 2_000)
    pdf = Printing(office).kept(sheet.number)
    read = sheet_sums(pdf)
    assert (read.claimed, read.items, read.net) == (2_000, (42_000, -40_000), 2_000)
    assert "追給(R8-10-001の訂正)" in "".join(text_of(pdf))
    assert pay(office, "P001").done == ("P001",)
    assert printed(office, "P001").sheets[0].number == sheet.number
    with office.db.read() as tx:
        assert sum(p.net for p in payments.every(tx).values()) == 42_000


def test_fewer_yen_after_payment_are_asked_back(office):
    printed(office)
    pay(office, "P001")
    MoneySettings(office).change_office({"prorating": [{"from": "2026-04-01", "rule": "days"}]})
    leave = [{"from": "2026-10-11", "to": "2026-10-31", "reason": "入院"}]
    MoneySettings(office).change_terms("P001", "A1", {"suspended": leave})
    approve_again(office, OCTOBER, "P001")
    (sheet,) = printed(office, "P001").sheets
    assert (sheet.kind, sheet.yen) == ("refund", -27_100)
    pdf = Printing(office).kept(sheet.number)
    assert sheet_sums(pdf).items == (40_000, -12_900)
    assert "お戻しくださいますよう" in text_of(pdf)[0]


def test_a_correction_may_be_corrected_again(office):
    printed(office)
    pay(office, "P001")
    for yen in (2_000, 500, -700):
        MoneySettings(office).adjust("P001", "A1", OCTOBER, yen, f"{yen}")
        approve_again(office, OCTOBER, "P001")
        sheet = printed(office, "P001").sheets[0]
        assert sheet.yen == yen
        pay(office, "P001")
    assert [s.yen for s in printed(office, "P001").sheets] == [-700]
    with office.db.read() as tx:
        assert sum(p.net for p in payments.every(tx).values()) == 41_800


def test_an_unpaid_correction_gives_way_to_a_newer_one(office):
    printed(office)
    pay(office, "P001")
    for yen in (2_000, 500):
        MoneySettings(office).adjust("P001", "A1", OCTOBER, yen, "x")
        approve_again(office, OCTOBER, "P001")
        made = printed(office, "P001")
    assert [(s.kind, s.yen) for s in made.sheets] == [("additional", 2_500)]
    assert kept(office, "R8-10-003").is_void


def test_an_approval_given_again_without_any_change_makes_no_paper(office):
    printed(office)
    pay(office, "P001")
    approve_again(office, OCTOBER, "P001")
    assert [s.number for s in printed(office, "P001").sheets] == ["R8-10-001"]


def test_tax_is_withheld_and_corrected_like_the_rest(office):
    fee = [{"from": "2026-04-01", "reward": "fee"}]
    MoneySettings(office).change_terms("P001", "A1", {"withholding": fee})
    printed(office)
    read = sheet_sums(Printing(office).kept("R8-10-001"))
    assert (read.gross, read.withheld, read.net) == (40_000, 4_084, 35_916)
    pay(office, "P001")
    MoneySettings(office).adjust("P001", "A1", OCTOBER, -10_000, "戻し")
    approve_again(office, OCTOBER, "P001")
    (sheet,) = printed(office, "P001").sheets
    read = sheet_sums(Printing(office).kept(sheet.number))
    assert (sheet.yen, read.withheld, read.net) == (-10_000, 1_021, 8_979)
    assert kept(office, sheet.number).net == -8_979


def test_no_rate_in_the_table_no_sheet(office):
    salary = [{"from": "2026-04-01", "reward": "salary"}]
    MoneySettings(office).change_terms("P001", "A1", {"withholding": salary, "yen": 90_000})
    approve_again(office, OCTOBER, "P001")
    with pytest.raises(RefusedError) as refused:
        printed(office, "P001")
    assert refused.value.code == "no_rate"


def test_nothing_to_pay_is_no_sheet(office):
    MoneySettings(office).change_terms("P001", "A1", {"yen": 0})
    approve_again(office, OCTOBER, "P001")
    with pytest.raises(RefusedError) as refused:
        printed(office, "P001")
    assert refused.value.code == "nothing_to_print"
    assert [s.promoter for s in printed(office).sheets] == ["P002"]


def test_settings_changed_after_the_approval_stop_the_sheet_with_the_reason(office):
    MoneySettings(office).change_office({"rates": [{"from": "2015-04-01", "yen": 45_000}]})
    with pytest.raises(RefusedError) as refused:
        printed(office)
    assert refused.value.code == "sums_differ"
    assert "承認した額 40,000円、いまの設定で計算した額 45,000円" in refused.value.text
    with office.db.read() as tx:
        assert sheets.every(tx) == []
    approve_again(office, OCTOBER, "P001")
    assert printed(office, "P001").total_yen == 45_000


@pytest.mark.parametrize("spoil", ["yen", "words", "lost number"])
def test_a_paper_that_says_something_else_is_not_offered(office, monkeypatch, spoil):
    real = sheet_checks.sheet_sums

    def other(pdf):
        read = real(pdf)
        return {
            "yen": lambda: replace(read, items=(40_004,), gross=40_004, net=40_004),
            "words": lambda: replace(read, claimed=4_000),
            "lost number": lambda: replace(read, text=""),
        }[spoil]()

    monkeypatch.setattr(sheet_checks, "sheet_sums", other)
    said = "内容が合いませんでした" if spoil == "lost number" else "紙の上の金額"
    with pytest.raises(RefusedError, match=said):
        printed(office, "P001")


@pytest.mark.parametrize("wrong", [-1, 1])
def test_a_tax_reckoned_otherwise_is_no_sheet(office, monkeypatch, wrong):
    """The paper would say the same as the store: only the second calculator knows."""
    fee = [{"from": "2026-04-01", "reward": "fee"}]
    MoneySettings(office).change_terms("P001", "A1", {"withholding": fee})
    approve_again(office, OCTOBER, "P001")
    real = issuing.withheld
    monkeypatch.setattr(
        issuing, "withheld", lambda *said: replace(real(*said), yen=real(*said).yen + wrong)
    )
    with pytest.raises(RefusedError) as refused:
        printed(office, "P001")
    assert refused.value.code == "sums_differ"


def test_lines_divided_otherwise_are_no_sheet_though_their_sum_is_right(office):
    since = {"from": "2015-04-01"}
    MoneySettings(office).change_office({"activity_parts": [since | {"yen": 10_000}]})
    approve_again(office, OCTOBER, "P001")
    MoneySettings(office).change_office({"activity_parts": [since | {"yen": 12_000}]})
    with pytest.raises(RefusedError, match="紙の上の金額"):
        printed(office, "P001")
    approve_again(office, OCTOBER, "P001")
    assert printed(office, "P001").total_yen == 40_000


def test_an_amount_drawn_wrong_is_noticed_on_the_page(office, monkeypatch):
    monkeypatch.setattr(
        "kashiwa_desktop.reports.honorarium_sheet.amount_text", lambda *_: "金4,000円"
    )
    with pytest.raises(RefusedError) as refused:
        printed(office, "P001")
    assert refused.value.code == "sums_differ"


def test_another_payee_claims_in_his_own_name(office):
    payee = {"name": "見本 次郎", "address": "(見本の住所)", "relation": "相続人"}
    MoneySettings(office).change_terms("P001", "A1", {"payee": payee})
    text = text_of(Printing(office).kept(printed(office, "P001").sheets[0].number))[0]
    assert "見本次郎" in text
    assert "推進員試験花子相続人" in text


def test_seal_boxes_titles_and_words_are_settings(office):
    MoneySettings(office).change_office({
        "seal": False, "issuer": "発行 一郎", "officer": "担当 二郎", "phone": "(見本)",
        "amount_style": "full", "sheet_boxes": ["係長", "担当"], "claim_title": "謝礼請求書",
    })  # fmt: skip
    text = text_of(Printing(office).kept(printed(office, "P001").sheets[0].number))[0]
    for part in ("発行責任者発行一郎", "担当者担当二郎", "金肆萬円也", "係長", "謝礼請求書"):
        assert part in text
    assert "㊞" not in text


def test_a_cover_counts_what_lies_under_it_and_duplex_leaves_backs_free(office):
    made = printed(office, cover=True, duplex=True)
    pages = text_of(made.file.read_bytes())
    assert made.pages == len(pages) == 6
    assert "2件差引支払額の合計80,000円" in pages[0]
    assert [n for n, page in enumerate(pages) if "支払明細書" in page] == [2, 4]
    assert [n for n, page in enumerate(pages) if not page] == [1, 3, 5]


def test_who_is_not_ready_and_why(office):
    left = Printing(office).not_ready(OCTOBER)
    assert [(one.promoter, one.reason) for one in left] == [("P003", "まだ届いていません。")]
    deliver(office, "P003", OCTOBER)
    assert Printing(office).not_ready(OCTOBER)[0].reason in (
        "まだ承認されていません。", "確認事項があります。",
    )  # fmt: skip


def test_a_lost_character_is_told_again_at_every_print(town):
    from kashiwa_desktop.services.office.roster import NewPromoter, RosterService

    store = town.office(staff="職員 二")
    new = NewPromoter("P009", "見本 𫝆子", "ミホン", "A4", date(2026, 4, 1))
    RosterService(store).add_promoter(new)
    deliver(store, "P009", OCTOBER)
    approve(store, OCTOBER, ["P009"])
    for _ in range(2):
        assert printed(store, "P009").missing == ("𫝆",)


def test_a_withdrawn_approval_gives_no_sheet(office):
    Reviewing(office).unapprove(OCTOBER, "P001", "まちがい")
    with pytest.raises(RefusedError) as refused:
        printed(office, "P001")
    assert refused.value.code == "not_approved"


def test_a_sheet_issued_late_names_no_past_day_and_follows_the_tax_of_its_day(town):
    """Approved in January: the day of November is past, and the tax class of the new year holds."""
    store = town.office("2027-01-12T10:00", staff="職員 二")
    for name in ("P001", "P002"):
        deliver(store, name, OCTOBER)
    fee = [{"from": "2027-01-01", "reward": "fee"}]
    MoneySettings(store).change_terms("P001", "A1", {"withholding": fee})
    approve(store, OCTOBER, ["P001", "P002"])
    assert PaymentsDesk(store).look(OCTOBER).values.pay_on is None
    made = printed(store, "P001")
    (text,) = text_of(made.file.read_bytes())
    assert "支払予定日－" in text
    sheet = kept(store, made.sheets[0].number)
    assert (sheet.pay_on, sheet.withheld) == ("2027-01-12", 4_084)
    listed = Printing(store).payments(OCTOBER, None)
    assert "支払予定日－" in "".join(text_of(listed.file.read_bytes()))
