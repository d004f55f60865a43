"""The list of payments adds up, page by page and in all."""

import re
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st

from kashiwa_desktop.reports.payments_list import PaymentsList, compose, render
from reports import marks
from reports.reread import page_texts, solid, text_of
from reports.samples import a_list, a_payment, hard_texts


def pdf(values: PaymentsList) -> bytes:
    out = BytesIO()
    render(values, out)
    return out.getvalue()


def test_21_areas_are_one_page() -> None:
    assert render(a_list(), BytesIO())[:2] == (1, ())


def test_it_holds_everything() -> None:
    odd = a_payment(
        yen=12903, difference=-27097, exception="月の途中の委嘱", printed=True, approved=None
    )
    more = a_payment(yen=50000, difference=10000)
    new = a_payment(difference=None)
    values = a_list(payments=(odd, more, new), voucher_number="伝-77", check_code="ABCD-EFGH")
    found = text_of(pdf(values))
    for part in (
        "支払一覧", "令和8年10月分", "高田・松ヶ崎", "ヨシダツジコ𠮷田辻\U000e0100子",
        "12,903△27,097月の途中の委嘱",
        "+10,000", "R8.11.9", "7K3M-Q2PX済", "3件102,903円", "支払予定日令和8年11月20日(金)",
        "R8-123/伝-77", "勘定科目地域支えあい推進事業委託費", "事務局長課長係長担当",
        "作成者地区担当○○",
        "照合番号ABCD-EFGH", "総計3件102,903", "前月の支払いがない", "取扱注意", "1/1",
    ):  # fmt: skip
        assert solid(part) in found


def test_boxes_follow_the_setting() -> None:
    assert "会長常務担当" in text_of(pdf(a_list(2, approvers=("会長", "常務", "担当"))))
    many = a_list(2, approvers=tuple("甲乙丙丁戊己庚"))
    assert "甲乙丙丁戊己庚" in text_of(pdf(many))
    assert "事務局長" not in text_of(pdf(a_list(2, approvers=())))


@settings(max_examples=15)
@given(st.lists(st.integers(0, 999_999), max_size=90))
def test_the_sums_on_paper_are_the_sums_of_the_lines(amounts: list[int]) -> None:
    rows = tuple(a_payment(yen=n, area="田中", name="柏", kana="カ") for n in amounts)
    pages = page_texts(pdf(a_list(payments=rows)))
    listed, sums = [], []
    for page in pages:
        listed += [int(n.replace(",", "")) for n in re.findall(r"田中カ柏([0-9,]+?)0R8", page)]
        sums += [int(n.replace(",", "")) for n in re.findall(r"ページ計\d+件([0-9,]+)", page)]
    assert listed == amounts
    assert f"総計{len(amounts)}件{sum(amounts):,}" in pages[-1]
    assert f"合計{len(amounts)}件{sum(amounts):,}円" in pages[0]
    assert sum(sums) == (sum(amounts) if len(pages) > 1 else 0)


def test_the_head_comes_again_on_every_page() -> None:
    pages = page_texts(pdf(a_list(70)))
    assert len(pages) == 3
    assert all("No.地域氏名(フリガナ)金額(円)" in page for page in pages)


def test_the_same_list_gives_the_same_bytes() -> None:
    assert pdf(a_list(70)) == pdf(a_list(70))


@settings(max_examples=15)
@given(hard_texts(80), hard_texts(200), st.integers(0, 30))
def test_nothing_lies_over_anything_else(name: str, note: str, count: int) -> None:
    rows = (
        a_payment(area=name, name=name, kana=note, exception=note, check_code=name[:30]),
    ) * count
    values = a_list(payments=rows, made_by=note, account=note, approvers=(name, note, "担当"))
    for air in (1.0, 0.4):
        flow = compose(values, air)
        flow.finish()
        marks.check(flow)
