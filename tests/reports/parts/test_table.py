"""Ruled tables: cells that wrap, rows that break, headings that come again."""

import re
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kashiwa_desktop.reports.parts.page import LEFT, MM, Flow, Footer, save
from kashiwa_desktop.reports.parts.table import Column, Part, Row, Table, cell_lines
from kashiwa_desktop.reports.parts.text import CELL, TINY, height
from reports import marks
from reports.reread import page_texts
from reports.samples import LONG, hard_texts

COLUMNS = (
    Column("番号", 12 * MM, "right"),
    Column("内容", 70 * MM),
    Column("人数", 15 * MM, "right"),
)


def drawn(table: Table) -> Flow:
    flow = Flow(Footer(("柏中央",)), "表")
    table.draw(flow)
    return flow


def pages(flow: Flow) -> list[str]:
    out = BytesIO()
    save("表", [flow], out)
    return page_texts(out.getvalue())


@given(hard_texts(200), st.floats(20, 300))
def test_no_line_is_wider_than_its_cell(text: str, width: float) -> None:
    for line in cell_lines((Part(text, CELL), Part(text, TINY)), CELL, width):
        assert line.width <= width or len(line.glyphs) == 1


@settings(max_examples=15)
@given(st.lists(st.tuples(hard_texts(), hard_texts(400), hard_texts(20)), max_size=30))
def test_nothing_lies_over_anything_else(rows) -> None:
    flow = drawn(Table(COLUMNS, [Row(cells) for cells in rows], last=Row(("計", "", "0"))))
    marks.check(flow)


def test_headings_come_again_on_every_page() -> None:
    found = pages(drawn(Table(COLUMNS, [Row((str(n), LONG, "1")) for n in range(30)])))
    assert len(found) > 1
    assert all("番号内容人数" in text for text in found)


def test_a_row_longer_than_a_page_breaks_and_loses_nothing() -> None:
    text = "".join(f"No{n:04d}は支えあい活動の記録です。" for n in range(700))
    flow = drawn(Table(COLUMNS, [Row(("1", text, "24")), Row(("2", "次の行", "7"))]))
    found = pages(flow)
    marks.check(flow)
    assert len(found) > 2
    assert re.findall(r"No(\d{4})", "".join(found)) == [f"{n:04d}" for n in range(700)]
    assert "次の行" in found[-1]


def test_a_label_is_said_again_where_its_row_goes_on() -> None:
    """The reader of the second page knows what the text there is about."""
    columns = (Column("", 20 * MM, label=True), Column("", 60 * MM))
    text = "".join(f"第{n}文です。" for n in range(1_500))
    found = pages(
        drawn(Table(columns, [Row(("課題・提案", text)), Row(("予定", "次"))], heads=False))
    )
    assert len(found) > 2
    assert all(page.count("課題・提案") == 1 for page in found)
    assert found[-1].count("予定") == 1


@pytest.mark.parametrize("lines", range(52, 72, 2))
def test_no_line_of_a_long_text_goes_on_alone(lines: int) -> None:
    columns = (Column("", 20 * MM, label=True), Column("", 60 * MM))
    text = "\n".join(f"行{n}" for n in range(lines))
    found = pages(drawn(Table(columns, [Row(("", text))], heads=False)))
    assert all(page.count("行") != 1 for page in found)
    assert sum(page.count("行") for page in found) == lines


def test_a_short_row_stays_whole() -> None:
    rows = [Row((str(n), "あいうえお\nかきくけこ\nさしすせそ", "1")) for n in range(40)]
    for text in pages(drawn(Table(COLUMNS, rows))):
        assert text.count("あいうえお") == text.count("さしすせそ")


def test_sums_of_pages_only_where_there_are_several() -> None:
    def page_sum(numbers) -> Row:
        return Row(("", "ページ計", str(len(numbers))), strong=True)

    rows = [Row((str(n), "行", "1")) for n in range(100)]
    last = Row(("", "総計", "100"), strong=True)
    several = pages(drawn(Table(COLUMNS, rows, last, page_sum)))
    assert sum(int(re.search(r"ページ計(\d+)", text)[1].split("総")[0]) for text in several) == 100
    assert sum("総計100" in text for text in several) == 1
    (one,) = pages(drawn(Table(COLUMNS, rows[:5], last, page_sum)))
    assert "ページ計" not in one


def test_an_empty_table_still_has_its_head_and_its_sum() -> None:
    (text,) = pages(drawn(Table(COLUMNS, [], last=Row(("", "計", "0")))))
    assert "番号内容人数計0" in text


def test_the_height_told_is_the_height_drawn() -> None:
    table = Table(COLUMNS, [Row(("1", LONG, "2"))], last=Row(("", "計", "2")))
    flow = Flow(Footer(()), "")
    before = flow.y
    table.draw(flow, LEFT)
    assert abs(flow.y - before - table.tall(flow.air)) < 0.001
    assert height(table.lines_of(table.rows[0])[1]) > 3 * CELL.leading
