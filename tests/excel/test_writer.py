"""Spreadsheets are written as text and numbers, never as formulas."""

import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO

import pytest
from openpyxl import load_workbook

from kashiwa_desktop.excel import writer
from kashiwa_desktop.excel.charts import Chart
from kashiwa_desktop.excel.writer import Column, Table

DANGEROUS = ["=1+1", "+81", "-x", "@cmd", "=cmd|' /C calc'!A0", "http://example.org", "0012", "1e5"]


MADE = datetime(2026, 11, 1, 9, 0, tzinfo=timezone(timedelta(hours=9)))
STARTS = [f"{sign}1+1" for sign in "=+-@＝＋－＠\t\n"]


def written(*tables):
    return load_workbook(BytesIO(writer.write(tables, MADE)))


def test_text_stays_text_whatever_it_begins_with():
    table = Table("一覧", [Column("内容")], [[text] for text in DANGEROUS])
    sheet = written(table).active
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == DANGEROUS
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


@pytest.mark.parametrize(
    ("text", "kept"),
    [*((t, t) for t in STARTS), ("\r=1", "_x000D_=1"), ("\0=1", "_x0000_=1")],
)
def test_every_start_that_a_formula_may_have_stays_text(text, kept):
    """Control characters are written as the format's own signs, ``_x000D_``."""
    [[cell]] = written(Table("x", [Column("a")], [["a"], [text]])).active.iter_rows(3)
    assert (cell.data_type, cell.value) == ("s", kept)


def test_dates_are_dates_and_sums_stand_apart():
    columns = [Column("月"), Column("回数(回)"), Column("計(回)")]
    rows = [["4月", 3, 3], ["5月", 0, 0], ["計", 3, 3]]
    table = Table("x", columns, rows, sums=True, shaded=True, chart=Chart("図", 1))
    book = written(table, Table("y", [Column("日")], [[date(2026, 10, 1)]], filters=True))
    assert book["x"]["A4"].font.b
    assert not book["x"]["A3"].font.b
    assert book["x"].freeze_panes == "B2"
    [shaded] = book["x"].conditional_formatting
    assert str(shaded.sqref) == "B2:B3"
    assert book["y"]["A2"].value == datetime(2026, 10, 1)  # noqa: DTZ001 - cells have no zone
    assert book["y"].auto_filter.ref == "A1:A2"


def test_a_chart_without_rows_is_left_out():
    data = writer.write([Table("x", [Column("a")], [], chart=Chart("図", 1))], MADE)
    with zipfile.ZipFile(BytesIO(data)) as parts:
        assert not [name for name in parts.namelist() if "chart" in name]


def test_names_survive_and_numbers_are_numbers():
    names = ["髙橋", "﨑山", "𠮷田", "辻\U000e0100", "ｶﾌｪ", "a\tb\nc"]
    rows = [[name, number] for number, name in enumerate(names)]
    sheet = written(Table("x", [Column("名"), Column("回数(回)")], rows)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == names
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == list(range(6))
    assert {row[1].data_type for row in sheet.iter_rows(min_row=2)} == {"n"}


def test_empty_cells_stay_empty_and_titles_stand_above():
    book = written(Table("x", [Column("a"), Column("b")], [["", None]], above=["令和8年度"]))
    sheet = book.active
    assert sheet["A1"].value == "令和8年度"
    assert sheet["A2"].value == "a"
    assert (sheet["A3"].value, sheet["B3"].value) == (None, None)
    assert sheet.freeze_panes == "A3"
    assert not sheet.merged_cells.ranges


def test_a_text_that_is_too_long_for_a_cell_says_that_it_was_cut():
    sheet = written(Table("x", [Column("a")], [["あ" * 40_000]])).active
    assert sheet["A2"].value.endswith("…(長いので途中まで)")
    assert len(sheet["A2"].value) < 32_767


def test_names_of_sheets_that_the_format_does_not_allow():
    tables = [Table("「10/3」[x]:*?" + "長" * 40, [], []), Table("''", [], [])]
    names = written(*tables).sheetnames
    assert len(names[0]) <= 31
    assert names[1] == "表2"


def test_the_same_clock_gives_the_same_bytes_on_every_system(monkeypatch):
    table = Table("一覧", [Column("内容")], [["あ"], [1]], chart=Chart("図", 1))
    here = writer.write([table], MADE)
    monkeypatch.setattr(zipfile.sys, "platform", "win32")  # zipfile asks it what it runs on
    assert zipfile.ZipInfo().create_system == 0
    assert writer.write([table], MADE.astimezone(UTC)) == here
    assert writer.write([table], MADE + timedelta(seconds=1)) != here
    with zipfile.ZipFile(BytesIO(here)) as book:
        assert {part.create_system for part in book.infolist()} == {3}
        assert book.testzip() is None
        assert b"2026-11-01T00:00:00Z" in book.read("docProps/core.xml")
