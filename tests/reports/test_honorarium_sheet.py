"""The sheet claims what its lines add up to, and says why."""

import re
import tracemalloc
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import FULL
from kashiwa_desktop.reports.honorarium_sheet import (
    Contact,
    HonorariumSheet,
    PayLine,
    SheetForm,
    compose,
    render,
    yen_text,
)
from kashiwa_desktop.reports.parts.text import layout
from reports import marks
from reports.reread import page_texts, solid, text_of
from reports.samples import LONG, RARE, a_sheet, hard_texts


def pdf(*sheets: HonorariumSheet, form: SheetForm | None = None) -> bytes:
    out = BytesIO()
    render(sheets, out, form)
    return out.getvalue()


def yen(text: str) -> int:
    return int(text.translate(str.maketrans({"△": "-", ",": None, "円": None})))


def test_a_usual_sheet_is_one_page() -> None:
    lines = (
        PayLine("活動費", 3225, "10,000円 × 10日 ÷ 31日 = 3,225円(円未満切捨て)"),
        PayLine("報償費", 30000),
        PayLine("調整(9月分の戻し)", -1000, "9月分の訂正"),
    )
    busy = a_sheet(lines=lines, withheld_yen=3290, withheld_note="報酬 10.21%", remarks=LONG)
    assert render([a_sheet(), busy], BytesIO())[:2] == (2, ())


def test_it_holds_everything() -> None:
    sheet = a_sheet(withheld_yen=4084, withheld_note="報酬 10.21%", remarks="月の途中から")
    found = text_of(pdf(sheet, form=SheetForm(form_number="様式第3号")))
    for part in (
        "様式第3号", "委託金(活動・報償費)請求書", "請求日令和年月日", sheet.addressee,
        "請求者", "住所柏市", "㊞", "04-7100-0000", "下記のとおり請求します。", "金40,000円",
        "以上", "振込先届出済みの口座",
        "ただし、令和8年10月分地域支えあい推進員委託金(活動・報償費)として", "記", "合計40,000円",
        "支払明細書", "発行番号R8-10-001", "発行日令和8年11月10日", "令和8年11月20日(金)",
        "月額40,000円", "支給額40,000円", "源泉徴収額報酬10.21%4,084円", "差引支払額35,916円",
        "5日", "6/6回", "備考月の途中から", "照合番号7K3M-Q2PX", "取扱注意", "1/1",
    ):  # fmt: skip
        assert solid(part) in found


@given(st.lists(st.integers(-99_999, 999_999), min_size=1, max_size=6), st.integers(0, 99_999))
def test_the_sum_on_paper_is_the_sum_of_its_lines(amounts: list[int], withheld: int) -> None:
    sheet = a_sheet(lines=[PayLine("活動費", n) for n in amounts], withheld_yen=withheld)
    found = text_of(pdf(sheet))
    money = "(△?[0-9,]+円)"
    statement = found.split("項目計算金額")[1]
    shown = [yen(text) for text in re.findall(f"活動費{money}", statement)]
    assert shown == amounts
    gross = yen(re.search(f"支給額{money}", statement)[1])
    assert gross == sum(shown) == yen(re.search(f"金{money}", found)[1])
    assert gross == yen(re.search(f"合計{money}", found)[1])
    assert yen(re.search(f"差引支払額{money}", statement)[1]) == gross - withheld


def test_without_a_seal_it_says_who_answers() -> None:
    sheet = a_sheet(contact=Contact("柏 花子", "柏 太郎", "04-7100-0001"))
    found = text_of(pdf(sheet, form=SheetForm(seal=False)))
    assert "㊞" not in found
    assert "発行責任者柏花子担当者柏太郎連絡先04-7100-0001" in found


def test_the_statement_can_stand_alone() -> None:
    found = text_of(pdf(a_sheet(), form=SheetForm(claim=False)))
    assert "支払明細書" in found
    assert "請求" not in found
    assert "住所" not in found


def test_the_title_is_a_setting() -> None:
    assert "活動謝礼請求書" in text_of(pdf(a_sheet(), form=SheetForm(title="活動謝礼請求書")))


def test_many_sheets_are_one_file_in_the_order_given() -> None:
    sheets = [a_sheet(number=f"R8-10-{n:03d}", name=f"柏 {n}子") for n in range(21)]
    pages = page_texts(pdf(*sheets))
    assert [re.search(r"発行番号R8-10-(\d{3})", page)[1] for page in pages] == [
        f"{n:03d}" for n in range(21)
    ]
    for number, page in enumerate(pages):
        others = {f"柏{n}子" for n in range(21)} - {f"柏{number}子"}
        assert not [name for name in others if name in page]


def test_very_long_values_flow_to_another_page() -> None:
    sentences = "".join(f"No{n:03d}です。" for n in range(600))
    sheet = a_sheet(name=RARE * 3, address="柏市" * 150, area="長い地域" * 30, remarks=sentences)
    pages = page_texts(pdf(sheet))
    assert len(pages) > 1
    assert re.findall(r"No(\d{3})", "".join(pages)) == [f"{n:03d}" for n in range(600)]
    assert "".join(pages).count("柏市" * 5) >= 10


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert pdf(a_sheet(), a_sheet(name=RARE)) == pdf(a_sheet(), a_sheet(name=RARE))


@pytest.mark.parametrize(("amount", "text"), [(40000, "40,000円"), (0, "0円"), (-1225, "△1,225円")])
def test_yen_as_offices_write_them(amount: int, text: str) -> None:
    assert yen_text(amount) == text


@settings(max_examples=15)
@given(hard_texts(120), hard_texts(400))
def test_nothing_lies_over_anything_else(name: str, note: str) -> None:
    sheet = a_sheet(
        name=name, kana=name, area=name, address=note, phone=name, number=name[:60], remarks=note,
        lines=(PayLine(name, 40000, note), PayLine(note, -1)), withheld_note=note,
        contact=Contact(name, name, note),
    )  # fmt: skip
    for form in (SheetForm(), SheetForm(title=name, form_number=name, seal=False)):
        for air in (1.0, 0.4):
            flow = compose(sheet, form, air)
            flow.finish()
            marks.check(flow)


def test_a_further_page_takes_little_memory(figure):
    """At most 64 KB for each further page of one PDF."""
    fewer, more = (20, 1_000) if FULL else (20, 60)
    _peak(fewer)  # fonts are read and cut once, and not by the first of what is compared
    small, large = (_peak(count) for count in (fewer, more))
    each = (large - small) / (more - fewer) / 1024
    figure(f"memory of a further page: {each:.0f} KB, measured from {fewer} to {more} sheets")
    assert each <= 64


def _peak(count):
    sheets = [a_sheet(name=f"柏 {n}子", number=f"R8-10-{n:04d}") for n in range(count)]
    layout.cache_clear()
    tracemalloc.start()
    try:
        render(sheets, BytesIO())
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
