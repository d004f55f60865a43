"""Reading a finished sheet again: what stands on the page, not what was meant."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.reports import honorarium_sheet, payments_list
from kashiwa_desktop.reports.finished.rereading import (
    UnreadableError,
    is_yen,
    page_count,
    read_yen,
    sheet_sums,
    solid_text,
)
from kashiwa_desktop.reports.honorarium_sheet import PayLine, SheetForm
from reports.samples import LONG, RARE, a_list, a_payment, a_report, a_sheet


def pdf(*, form=None, **values):
    out = BytesIO()
    honorarium_sheet.render([a_sheet(**values)], out, form)
    return out.getvalue()


@given(
    st.lists(st.integers(0, 3_000_000), min_size=1, max_size=5),
    st.integers(0, 99_999),
    st.sampled_from(["arabic", "daiji", "full"]),
)
def test_lines_sums_and_words_are_read_from_the_page(amounts, withheld, style):
    lines = [PayLine(f"活動費{n}", yen, f"{yen:,}円 × 1") for n, yen in enumerate(amounts)]
    read = sheet_sums(pdf(lines=lines, withheld_yen=withheld, amount_style=style))
    total = sum(amounts)
    assert read.items == read.claim_lines == tuple(amounts)
    assert (read.claimed, read.claim_total, read.gross) == (total, total, total)
    assert (read.withheld, read.net) == (withheld, total - withheld)


def test_texts_full_of_amounts_do_not_confuse_it():
    text = "40,000円 △1,000円 金99円 支払明細書 支給額1円"
    read = sheet_sums(
        pdf(name=text, address=text, remarks=text, phone="999円", area="支払明細書 5円",
            lines=[PayLine(text, 40_000, text)])
    )  # fmt: skip
    assert (read.items, read.gross, read.claimed) == ((40_000,), 40_000, 40_000)


def test_a_sheet_of_several_pages_and_one_without_a_claim():
    lines = [PayLine(LONG, 1_000, LONG * 3) for _ in range(30)]
    read = sheet_sums(pdf(lines=lines, name=RARE))
    assert (len(read.items), read.gross) == (30, 30_000)
    alone = sheet_sums(pdf(form=SheetForm(claim=False)))
    assert (alone.claimed, alone.claim_lines, alone.claim_total) == (None, (), None)


def test_what_is_no_sheet_is_not_read_as_one():
    out = BytesIO()
    from kashiwa_desktop.reports import activity_report

    activity_report.render([a_report()], out)
    with pytest.raises(UnreadableError):
        sheet_sums(out.getvalue())
    assert page_count(out.getvalue()) == 1
    assert "活動実績報告書" in solid_text(out.getvalue())


def test_a_sheet_whose_sums_or_words_are_gone(monkeypatch):
    monkeypatch.setattr(honorarium_sheet, "amount_text", lambda *_: "金よんまん円")
    with pytest.raises(UnreadableError, match="金よんまん円"):
        sheet_sums(pdf())
    monkeypatch.setattr(honorarium_sheet, "yen_text", lambda _: "?")
    with pytest.raises(UnreadableError, match="no sums"):
        sheet_sums(pdf())


@pytest.mark.parametrize(("text", "yen"), [("40,000円", 40_000), ("△1,225", -1_225), ("0円", 0)])
def test_yen_are_read(text, yen):
    assert is_yen(text)
    assert read_yen(text) == yen


@pytest.mark.parametrize("text", ["", "円", "４０", "4万円", "+1", "1.5", "40,000円 "])
def test_what_is_no_yen_is_refused(text):
    assert not is_yen(text)
    with pytest.raises(UnreadableError):
        read_yen(text)


@pytest.mark.parametrize("count", [1, 21, 60])
@pytest.mark.parametrize("withheld", [0, 4_084])
def test_a_payments_list_is_read_row_by_row(count, withheld):
    payments = [
        a_payment(yen=40_000 + n, withheld=withheld, exception=LONG if n % 7 == 0 else "")
        for n in range(count)
    ]
    values = a_list(payments=tuple(payments))
    out = BytesIO()
    payments_list.render(values, out)
    assert payments_list.says(out.getvalue(), values)
    other = [*payments[:-1], a_payment(yen=payments[-1].yen + 4, withheld=withheld)]
    assert not payments_list.says(out.getvalue(), a_list(payments=tuple(other)))
    assert not payments_list.says(out.getvalue(), a_list(payments=tuple(payments[:-1])))
