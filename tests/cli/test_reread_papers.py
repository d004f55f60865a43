"""Every paper is read again before it is offered: one that says something else is never written."""

import pytest

from kashiwa_desktop.cli.papers import PAPERS
from kashiwa_desktop.reports.parts import page as pages
from kashiwa_desktop.services.papers.blank_papers import BlankPapers
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.records.registering import Registering
from office_world import activity
from services.money_world import OCTOBER, approve, deliver

M = "2026-10"


@pytest.fixture
def office(at, town):
    """Two months approved, printed and paid in cash, a meeting held, a month sent back."""
    store = town.office(staff="職員 二")
    council = {"tier": 2, "attendance": {"furusato": 2}}
    deliver(store, "P001", OCTOBER, days=(10,), category="council", type="exchange",
            title="会議", council=council)  # fmt: skip
    deliver(store, "P002", OCTOBER)
    approve(store, OCTOBER, ["P001", "P002"])
    Printing(store).honorarium(OCTOBER, ["P001"], None)
    paid = ("--on", "2026-11-05", "--method", "現金", "--voucher", "V-1")
    assert at("office", "pay", M, "--promoter", "P001", *paid).status == 0
    deliver(store, "P003", OCTOBER)
    words = ("--promoter", "P003", "--text", "内容をくわしくお書きください。")
    assert at("office", "return", M, *words).status == 0
    Registering(store, "P001").add({"kind": "salon", "name": "見本サロン"})
    return store


def lost(page):
    """The page without its last text but the footer's."""
    page.runs[:] = [run for n, run in enumerate(page.runs) if n != len(page.runs) - 3]


def turned(page):
    """The page with two neighbouring characters of its longest text in the other order."""
    at, run = max(enumerate(page.runs), key=lambda one: len({*one[1].line.glyphs}))
    glyphs = list(run.line.glyphs)
    where = next(n for n in range(len(glyphs) - 1) if glyphs[n].text != glyphs[n + 1].text)
    glyphs[where : where + 2] = glyphs[where + 1], glyphs[where]
    page.runs[at] = run._replace(line=run.line._replace(glyphs=glyphs))


@pytest.fixture(params=[lost, turned])
def spoiled(request, monkeypatch):
    """Draw another page than the one that was written down."""
    real = pages._draw

    def draw(canvas, page):
        kept = list(page.runs)
        request.param(page)
        real(canvas, page)
        page.runs[:] = kept

    return lambda: monkeypatch.setattr(pages, "_draw", draw)


def test_no_paper_is_offered_that_says_something_else(at, town, office, spoiled, figure):
    names = [name for name in PAPERS if name != "slip"]
    good = town.root / "good.pdf"
    for name in names:
        if name != "honorarium":
            assert at("office", "print", name, "--month", M, "--out", good).status == 0, name
    spoiled()
    for name in names:
        out = town.root / f"{name}.pdf"
        said = at("office", "print", name, "--month", M, "--out", out)
        assert (said.status, said.value["code"]) == (1, "not_true"), name
        assert "読み直したところ、内容が合いませんでした" in said.err
        assert not out.exists()
    figure(f"R55: {len(names)} papers drawn otherwise, 0 offered")


def test_what_a_promoter_prints_is_read_again_too(town, spoiled):
    from kashiwa_desktop.services.months.closing import Closing
    from kashiwa_desktop.services.records.recording import Recording

    store = town.pc("P001")
    Recording(store).add([activity(1), activity(8)])
    Closing(store).close(OCTOBER)
    papers = (
        lambda: Printing(store).report(OCTOBER, None, None),
        lambda: BlankPapers(store).submission_slip(OCTOBER, None),
    )
    for make in papers:
        assert make().pages == 1
    spoiled()
    for make in papers:
        with pytest.raises(Exception, match="読み直したところ") as refused:
            make()
        assert refused.value.code == "not_true"
