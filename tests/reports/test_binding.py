"""Kept sheets put together: unchanged, in order, and never two people on one sheet of paper."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from kashiwa_desktop.reports import honorarium_sheet
from kashiwa_desktop.reports.binding import Bound, bind, holds, mark
from reports.samples import LONG, a_sheet


def sheet(name, **more):
    out = BytesIO()
    honorarium_sheet.render([a_sheet(name=name, **more)], out)
    return out.getvalue()


PARTS = [Bound(sheet("柏 一子")), Bound(sheet("柏 二子"), again=True), Bound(sheet("柏 三子"))]


def texts(pdf):
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def test_all_parts_stand_in_order_and_only_reprints_say_so():
    data = bind(PARTS, "題")
    assert [("再印刷" in page, "柏" + name + "子" in page)
            for page, name in zip(texts(data), "一二三", strict=True)] == [
        (False, True), (True, True), (False, True),
    ]  # fmt: skip
    assert holds(data, PARTS)
    assert PdfReader(BytesIO(data)).metadata.title == "題"
    assert data == bind(PARTS, "題")


def test_a_cancelled_part_says_so():
    parts = [Bound(PARTS[0].pdf, void=True), Bound(PARTS[1].pdf, again=True, void=True)]
    found = texts(bind(parts, "題"))
    assert ["取消" in page for page in found] == [True, True]
    assert ["取消・再印刷" in page for page in found] == [False, True]
    assert holds(bind(parts, "題"), parts)


def test_a_part_that_is_missing_changed_or_out_of_order_is_noticed():
    assert not holds(bind(PARTS[:2], "題"), PARTS)
    assert not holds(bind(PARTS[::-1], "題"), PARTS)
    other = [PARTS[0], PARTS[1], Bound(sheet("柏 四子"))]
    assert not holds(bind(other, "題"), PARTS)
    blank = PdfWriter()
    blank.add_blank_page(100, 100)
    out = BytesIO()
    blank.write(out)
    assert not holds(out.getvalue(), PARTS[:1])


def test_every_part_begins_on_an_odd_page_when_asked():
    long = Bound(sheet("柏 長子", remarks=LONG * 40))
    own = len(texts(long.pdf))
    assert own > 1
    pages = texts(bind([PARTS[0], long, PARTS[2]], "題", duplex=True))
    filled = [True, False, *[True] * own, *[False] * (own % 2), True, False]
    assert [bool(page) for page in pages] == filled


def test_the_mark_lies_over_nothing():
    """It stands above the upper margin, where no paper writes."""
    (text,) = texts(mark("取消・再印刷"))
    assert text == "取消・再印刷"
    assert "再印刷" in texts(bind(PARTS[1:2], "x"))[0]


def test_the_fonts_of_a_bound_file_are_still_inside():
    for page in PdfReader(BytesIO(bind(PARTS, "題"))).pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]


@pytest.mark.parametrize("count", [1, 21])
def test_a_bound_file_is_hardly_larger_than_its_parts(count):
    parts = [Bound(sheet(f"柏 {n}子", number=f"R8-10-{n:03d}")) for n in range(count)]
    assert len(bind(parts, "題")) < sum(len(part.pdf) for part in parts) * 1.1


def test_a_numbered_binder_says_its_place_on_every_page_and_stays_as_it_was():
    data = bind(PARTS, "題", numbered="監査綴り")
    assert [f"監査綴り{n}/3" in page for n, page in enumerate(texts(data), 1)] == [True] * 3
    assert holds(data, PARTS)
    assert not holds(data, PARTS[::-1])
    assert data == bind(PARTS, "題", numbered="監査綴り")
    assert len(data) < sum(len(part.pdf) for part in PARTS) * 1.3
