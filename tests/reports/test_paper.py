"""Papers as data: every one is a list of blocks or a named fixed form, and blocks stay whole."""

import importlib
import pkgutil
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from types import ModuleType
from typing import get_args, get_type_hints

import pytest
from pypdf import PdfReader

from kashiwa_desktop import reports
from kashiwa_desktop.reports import paper as papers
from kashiwa_desktop.reports.paper import (
    Block,
    Document,
    FactRows,
    Gap,
    Heading,
    Lines,
    Passage,
    Room,
    Signatures,
    Title,
    write,
)
from kashiwa_desktop.reports.parts import page
from kashiwa_desktop.reports.parts.boxes import boxes_height
from kashiwa_desktop.reports.parts.heading import Sender
from kashiwa_desktop.reports.parts.page import MM, Footer
from kashiwa_desktop.reports.parts.table import REST, Column, Row, Table
from reports import every_paper, marks
from reports.reread import text_of

FIXED = {
    "activity_report": "boxes for stamps stand beside the person, two tables beside each other",
    "blank_form": "two sides of one sheet, its last lines beside the boxes at the foot",
    "honorarium_sheet": "a claim and a statement on one page, with a line to tear along",
    "payments_list": "boxes for stamps stand beside what is decided, a sum under every page",
    "receipt": "a sum on a double rule, and lines to be signed at the right",
    "recovery_sheet": "a QR code beside the words of the key",
    "slips": "the check code large in a frame of its own",
}
"""Drawn by hand, and why: their parts have a place of their own beside each other."""

BY_HAND = ("請求書", "追給", "戻入", "領収書", "票", "記入用紙", "月報", "支払一覧")
"""What the fixed forms are called among all papers."""

TOOLS = {"Flow", "Page", "Rule", "Shade", "Figure", "save", "fit", "stamp_boxes", "heading"}
SENDER = Sender("見本社会福祉協議会", date(2026, 11, 10))
FOOTER = Footer(("見本",))


def modules():
    names = [m.name for m in pkgutil.iter_modules(reports.__path__) if not m.ispkg]
    return [name for name in names if name != "paper"]


def papers_of(module):
    """Return the functions of a module that say what stands on a paper."""
    own = [f for f in vars(module).values() if getattr(f, "__module__", "") == module.__name__]
    made = [f for f in own if callable(f) and not isinstance(f, type)]
    return [f.__name__ for f in made if get_type_hints(f).get("return") is Document]


def tools_of(module):
    """Return what a module has in its hands to draw with."""
    return sorted(
        {"Flow", "Page", "Rule", "Shade", "Figure", "save", "stamp_boxes"} & {*vars(module)}
    )


@pytest.mark.parametrize("name", modules())
def test_every_paper_is_a_list_of_blocks_or_a_named_fixed_form(name):
    module = importlib.import_module(f"kashiwa_desktop.reports.{name}")
    if name in FIXED:
        assert "Flow" in tools_of(module), "nothing is drawn by hand here any more"
    else:
        assert papers_of(module)
        assert tools_of(module) == []


def test_wrong_variant_a_paper_with_a_page_in_its_hands_is_noticed():
    """One that writes a block by itself, and one that is a list of blocks and yet on the list."""
    drawing = ModuleType("drawing")
    exec("from kashiwa_desktop.reports.parts.page import Flow, save", drawing.__dict__)
    assert tools_of(drawing) == ["Flow", "save"]
    assert papers_of(drawing) == []


def test_no_fixed_form_is_named_that_is_not_there():
    assert FIXED.keys() <= {*modules()}


@pytest.mark.parametrize("name", every_paper.PAPERS)
def test_what_is_written_of_a_paper_are_values_alone(name, monkeypatch):
    """No block holds a function to draw with: the same list may be shown on a screen."""
    blocks = []
    real = papers.lay_out
    monkeypatch.setattr(
        papers, "lay_out", lambda paper, air=1.0: blocks.extend(paper.blocks) or real(paper, air)
    )
    every_paper.render(name, "見本", BytesIO())
    assert bool(blocks) != (name in BY_HAND)
    assert {type(block) for block in blocks} <= {*get_args(Block)}
    assert all(b.page_sum is None for b in blocks if isinstance(b, Table))


def test_every_kind_of_block_has_its_way_onto_a_page():
    assert papers._PUT.keys() == {*get_args(Block)}


# an invented paper: what a new one takes


@dataclass(frozen=True)
class Loan:
    """What was lent to whom, until when."""

    thing: str
    whom: str
    until: date


def loans_paper(loans, sender):
    """Say what stands on the list of what is lent."""
    columns = (Column("品名", 50 * MM), Column("借りた方", REST), Column("期限", 30 * MM, "center"))
    rows = [Row((one.thing, one.whom, f"{one.until.month}/{one.until.day}")) for one in loans]
    blocks = [
        Title("貸出の一覧", "令和8年10月"),
        FactRows([("件数", f"{len(loans)}件"), ("担当", "見本係")]),
        Heading("貸しているもの"),
        Table(columns, rows),
        Signatures(("確認",)),
    ]
    return Document("貸出の一覧", sender.footer("貸出の一覧"), blocks)


def test_a_new_paper_takes_ten_lines():
    loans = [Loan(f"品{n:02d}", f"団体{n:02d}", date(2026, 10, 1 + n % 28)) for n in range(60)]
    out = BytesIO()
    made = write("貸出の一覧", [loans_paper(loans, SENDER)], out)
    first, second = (p.extract_text() for p in PdfReader(out).pages)
    assert made.pages == 2
    for side, words in (
        (first, ("取扱注意", "令和8年10月", "件数", "貸しているもの", "借りた方", "品00", "1/2")),
        (second, ("取扱注意", "貸出の一覧 (つづき)", "借りた方", "品59", "確認", "2/2")),
    ):
        assert [word for word in words if word not in side] == []


# what lays them out


def filled(points, *blocks):
    """Return a paper with so many points free above its blocks."""
    return papers.lay_out(Document("見本", FOOTER, (Gap(points / MM), *blocks)))


@pytest.mark.parametrize("boxes", [("確認", "担当"), ("前任者から引き継いだ方", "後任者")])
@pytest.mark.parametrize("text", ["", "確かめた日  令和    年    月    日"])
def test_boxes_stay_whole_and_with_their_line_wherever_they_fall(boxes, text):
    turned = set()
    for points in range(600, 780):
        flow = filled(points, Passage("終わり"), Signatures(boxes, text))
        marks.check(flow)
        last = flow.pages[-1]
        assert flow.y <= flow.bottom + 0.01, points
        assert max(rule.y2 for rule in last.rules) <= flow.bottom + 0.01, points
        if text:
            assert any("確" in g.text for run in last.runs for g in run.line.glyphs), points
        turned.add(len(flow.pages))
    assert turned == {1, 2}
    assert boxes_height(boxes) > 17 * MM


def test_what_asks_for_room_begins_on_a_page_that_has_it():
    free = filled(0, Room(0)).room
    for points in (free - 101, free - 99):
        flow = filled(points, Room(100), Passage("一"), Passage("二"))
        assert len(flow.pages) == (1 if points < free - 100 else 2)


def test_lines_to_write_on_fill_a_page_or_stay_away():
    assert rules(filled(0, Lines("メモ"))) > 20
    low = filled(0, Room(0)).room - 40
    assert rules(filled(low, Lines("メモ"))) == 0
    assert len(filled(low, Lines("メモ")).pages) == 1


def rules(flow):
    return sum(rule.x2 - rule.x1 > 400 for p in flow.pages for rule in p.rules)


def test_a_paper_is_set_closer_only_where_that_saves_a_page():
    def paper(gaps, *, closer):
        return Document("見本", FOOTER, [Passage("一"), Gap(10)] * gaps, closer=closer)

    pages = {closer: papers.pages_of(paper(20, closer=closer)) for closer in (True, False)}
    assert pages == {True: 1, False: 2}
    assert [papers.pages_of(paper(5, closer=c)) for c in (True, False)] == [1, 1]


def test_of_ever_shorter_papers_the_first_that_fits_on_one_page_is_taken():
    asked = []

    def shorter(counts):
        for count in counts:
            asked.append(count)
            yield Document("見本", FOOTER, [Passage(f"行{count}")] * count, closer=False)

    out = BytesIO()
    made = write("見本", [shorter((200, 100, 9, 5)), shorter((200, 150))], out)
    assert asked == [200, 100, 9, 200, 150]
    assert made.pages == 1 + papers.pages_of(next(shorter((150,))))
    assert "行9" in text_of(out.getvalue())


def test_columns_that_take_the_rest_fill_the_width_of_the_paper():
    table = Table((Column("a", 30), Column("b", REST), Column("c", REST)), [])
    assert [c.width for c in table.columns] == [30, (page.WIDTH - 30) / 2, (page.WIDTH - 30) / 2]
