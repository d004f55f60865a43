"""Kept sheets put together: unchanged, in order, and never two people on one sheet of paper."""

from functools import cache
from io import BytesIO
from pathlib import Path
from subprocess import run

import pikepdf
import pytest
from pypdf import PdfReader

from conftest import FULL
from kashiwa_desktop.reports import honorarium_sheet
from kashiwa_desktop.reports.finished import binding
from kashiwa_desktop.reports.finished.binding import Binding, Bound, PageCopy, bind, holds, mark
from kashiwa_desktop.reports.finished.placed_text import words
from reports.samples import LONG, RARE, a_sheet

KEPT = Path(__file__).parents[2] / "data" / "papers"


@cache
def sheet(name, remarks="", number="R8-10-001"):
    out = BytesIO()
    honorarium_sheet.render([a_sheet(name=name, remarks=remarks, number=number)], out)
    return out.getvalue()


PARTS = [Bound(sheet("柏 一子")), Bound(sheet("柏 二子"), again=True), Bound(sheet("柏 三子"))]


def bound(parts, title="題", **more):
    out = BytesIO()
    made = bind(iter(parts), out, title, **more)
    return out, made


def data(parts, title="題", **more):
    return bound(parts, title, **more)[0].getvalue()


def texts(pdf):
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def test_all_parts_stand_in_order_and_only_reprints_say_so():
    out, made = bound(PARTS, "題 𠮷(仮)")
    assert [("再印刷" in page, "柏" + name + "子" in page)
            for page, name in zip(texts(out.getvalue()), "一二三", strict=True)] == [
        (False, True), (True, True), (False, True),
    ]  # fmt: skip
    assert holds(out, made)
    assert made.pages == 3
    read = PdfReader(out, strict=True)
    assert read.metadata.title == "題 𠮷(仮)"
    assert read.metadata.creator == "地域支えあい活動記録"
    assert read.root_object["/Lang"] == "ja-JP"
    assert read.root_object["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712


@pytest.mark.parametrize("more", [{}, {"duplex": True}, {"numbered": "監査綴り"}])
def test_the_same_parts_give_the_same_bytes_and_other_parts_another_id(more):
    assert data(PARTS, **more) == data(PARTS, **more)
    one, other = (PdfReader(BytesIO(data(p, **more))).trailer["/ID"] for p in (PARTS, PARTS[:2]))
    assert one != other


def test_a_cancelled_part_says_so():
    parts = [Bound(PARTS[0].pdf, void=True), Bound(PARTS[1].pdf, again=True, void=True)]
    out, made = bound(parts)
    found = texts(out.getvalue())
    assert ["取消" in page for page in found] == [True, True]
    assert ["取消・再印刷" in page for page in found] == [False, True]
    assert holds(out, made)


def test_a_part_that_is_missing_changed_or_out_of_order_is_noticed():
    made = bound(PARTS)[1]
    other = [PARTS[0], PARTS[1], Bound(sheet("柏 四子"))]
    for parts in (PARTS[:2], PARTS[::-1], other, [*PARTS, PARTS[0]]):
        assert not holds(bound(parts)[0], made)
    assert not holds(bound(PARTS, duplex=True)[0], made)
    assert not holds(BytesIO(b"%PDF-1.4 and nothing else"), made)
    assert not holds(BytesIO(), made)


def streams_of(pdf):
    """Where each stream begins and how long it is, in the bytes of a file."""
    with pikepdf.open(BytesIO(pdf)) as file:
        raws = [o.read_raw_bytes() for o in file.objects if isinstance(o, pikepdf.Stream)]
    return [(pdf.index(raw), len(raw)) for raw in raws if raw]


def changed(pdf, at):
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def test_a_changed_byte_of_any_stream_is_noticed():
    """Contents, fonts, what their codes mean: of a plain sheet there is nothing that may change."""
    out, made = bound([PARTS[0], PARTS[2]])
    pdf = out.getvalue()
    spots = streams_of(pdf)
    assert len(spots) > 8
    for start, length in spots:
        for part in range(40) if FULL else (0, 1, 2):
            assert not holds(BytesIO(changed(pdf, start + length * part // 41 + 3)), made)


def test_wrong_variant_a_seal_of_the_contents_alone_misses_a_changed_font(monkeypatch):
    monkeypatch.setattr(binding._Digests, "_named", lambda *_: b"same")
    with pytest.raises(AssertionError):
        test_a_changed_byte_of_any_stream_is_noticed()


def test_a_file_that_can_only_be_read_by_guessing_is_not_taken():
    out, made = bound(PARTS)
    pdf = out.getvalue()
    begins = int(pdf.rsplit(b"startxref", 1)[1].split()[0])
    assert holds(BytesIO(pdf), made)
    for wrong in (pdf[: begins + 40], pdf.replace(b"startxref\n%d" % begins, b"startxref\n77")):
        assert not holds(BytesIO(wrong), made)
    moved = pdf[: begins + 30] + b"9" + pdf[begins + 31 :]  # where the catalog begins
    assert not holds(BytesIO(moved), made)


def test_a_long_file_is_compared_to_its_last_page(monkeypatch):
    monkeypatch.setattr(binding, "_AT_ONCE", 2)
    parts = [Bound(sheet(f"柏 {n}子", number=f"R8-10-{n:03d}")) for n in range(21)]
    out, made = bound(parts)
    assert holds(out, made)
    assert not holds(out, Binding([*made.digests[:-1], made.digests[0]]))
    assert not holds(bound(parts[:-1])[0], made)


def test_every_part_begins_on_an_odd_page_when_asked():
    long = Bound(sheet("柏 長子", remarks=LONG * 40))
    own = len(texts(long.pdf))
    assert own > 1
    out, made = bound([PARTS[0], long, PARTS[2]], duplex=True)
    filled = [True, False, *[True] * own, *[False] * (own % 2), True, False]
    assert [bool(page) for page in texts(out.getvalue())] == filled
    assert [digest is not None for digest in made.digests] == filled
    assert holds(out, made)


def test_the_mark_lies_over_nothing():
    """It stands above the upper margin, where no paper writes."""
    (text,) = texts(mark("取消・再印刷"))
    assert text == "取消・再印刷"
    assert "再印刷" in texts(data(PARTS[1:2], "x"))[0]


def test_a_page_is_read_from_a_bound_file_as_from_its_own():
    out = data(PARTS, duplex=True, numbered="監査綴り")
    read = words(out)
    for n, part in enumerate(PARTS):
        own = [w._replace(page=2 * n) for w in words(part.pdf)]
        there = [w for w in read if w.page == 2 * n]
        assert there[: len(own)] == own
        laid = ["再印刷"] * part.again + [f"監査綴り {2 * n + 1}/6"]
        assert [w.text for w in there[len(own) :]] == laid


def test_the_own_contents_and_fonts_of_a_page_are_byte_for_byte_in_the_bound_file():
    out = data(PARTS, numbered="監査綴り")
    for part in PARTS:
        for start, length in streams_of(part.pdf):
            assert part.pdf[start : start + length] in out


@pytest.mark.parametrize("name", sorted(file.name for file in KEPT.glob("*.pdf")))
def test_papers_of_earlier_versions_are_bound_as_they_were_kept(name):
    parts = [Bound((KEPT / name).read_bytes(), again=True), PARTS[0]]
    out, made = bound(parts, numbered="監査綴り")
    assert holds(out, made)
    assert "再印刷" in texts(out.getvalue())[0]


def test_the_fonts_of_a_bound_file_are_still_inside(tmp_path):
    """Asked from two strangers: pypdf, and pdffonts of Poppler."""
    file = tmp_path / "bound.pdf"
    file.write_bytes(data([*PARTS, Bound(sheet("柏", remarks=RARE))], numbered="監査綴り"))
    for page in PdfReader(file).pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]
    listed = run(["pdffonts", file], capture_output=True, encoding="utf-8", check=True)
    fonts = [line.split() for line in listed.stdout.splitlines()[2:]]
    assert listed.stderr == ""
    assert len(fonts) > 6
    assert all(font[-5:-2] == ["yes", "yes", "yes"] for font in fonts)  # embedded, subset, unicode


def test_the_text_stands_in_reading_order_for_a_stranger(tmp_path):
    file = tmp_path / "bound.pdf"
    file.write_bytes(data(PARTS))
    done = run(["pdftotext", "-raw", file, "-"], capture_output=True, encoding="utf-8", check=True)
    places = [done.stdout.replace(" ", "").index(f"柏{name}子") for name in "一二三"]
    assert places == sorted(places)
    assert done.stderr == ""


@pytest.mark.parametrize("count", [1, 21])
def test_a_bound_file_is_smaller_than_its_parts(count):
    """What several sheets hold alike, as the font of their labels, stands there once."""
    parts = [Bound(sheet(f"柏 {n}子", number=f"R8-10-{n:03d}")) for n in range(count)]
    whole = sum(len(part.pdf) for part in parts)
    assert len(data(parts)) < whole * (1.02 if count == 1 else 0.8)


def test_a_numbered_binder_says_its_place_on_every_page_and_stays_as_it_was():
    out, made = bound(PARTS, numbered="監査綴り")
    found = texts(out.getvalue())
    assert [f"監査綴り{n}/3" in page for n, page in enumerate(found, 1)] == [True] * 3
    assert holds(out, made)
    assert not holds(bound(PARTS[::-1], numbered="監査綴り")[0], made)
    assert len(out.getvalue()) < sum(len(part.pdf) for part in PARTS) * 1.3


def test_more_numbers_than_are_drawn_at_a_time(monkeypatch):
    monkeypatch.setattr(binding, "_TOGETHER", 2)
    out, made = bound([Bound(sheet("柏"))] * 5, numbered="綴り")
    found = texts(out.getvalue())
    assert [f"綴り{n}/5" in page for n, page in enumerate(found, 1)] == [True] * 5
    assert holds(out, made)


def strange(**page):
    """A page of another program: pictures and measures inherited, contents in two streams."""
    file = pikepdf.new()
    added = file.add_blank_page(page_size=(300, 200)).obj
    del added.MediaBox, added.Resources
    file.Root.Pages.MediaBox = [0, 0, 300, 200]
    inner = file.make_stream(b"0 0 5 5 re f", Subtype=pikepdf.Name.Form, BBox=[0, 0, 5, 5])
    drawn = pikepdf.Dictionary(Own=inner)
    file.Root.Pages.Resources = pikepdf.Dictionary(XObject=drawn, Odd=pikepdf.String("1 0 R (2)"))
    added.Contents = pikepdf.Array([file.make_stream(b"q\n"), file.make_stream(b"/Own Do Q")])
    for key, value in page.items():
        added[f"/{key}"] = value(file, added)
    out = BytesIO()
    file.save(out, compress_streams=False)
    return out.getvalue()


def test_pages_of_another_program_keep_what_they_draw_with():
    pdf = strange()
    out, made = bound([Bound(pdf, again=True), Bound(pdf)], numbered="綴り")
    assert holds(out, made)
    with pikepdf.open(out) as file:
        first = file.pages[0]
        assert list(first.mediabox) == [0, 0, 300, 200]
        assert sorted(first.resources.XObject.keys()) == ["/Mark", "/Number", "/Own"]
        assert str(first.resources.Odd) == "1 0 R (2)"
        assert file.check_pdf_syntax() == []


def test_a_length_that_is_an_object_of_its_own_is_kept():
    """As programs write it that do not know a length before its data."""
    pdf = strange().replace(b"/Length 9 ", b"/Length 99 0 R ")
    pdf = pdf.replace(b"\nxref\n", b"\n99 0 obj\n9\nendobj\nxref\n", 1)
    out, made = bound([Bound(pdf)])
    assert holds(out, made)
    assert b"0 obj\n9\nendobj" in out.getvalue()


def test_a_page_that_names_itself_is_not_bound_without_end():
    pdf = strange(Loop=lambda file, page: file.make_indirect(pikepdf.Dictionary(P=page)))
    with pytest.raises(ValueError, match="names itself"):
        bound([Bound(pdf)])


def test_wrong_variant_a_page_that_was_left_out_while_writing_is_noticed(monkeypatch):
    made = bound(PARTS)[1]
    real = PageCopy.page
    monkeypatch.setattr(
        PageCopy, "page", lambda self, page, over: real(self, page, over) if not over else None
    )
    out, same = bound(PARTS)
    assert same == made
    assert not holds(out, made)
