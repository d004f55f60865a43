"""The papers of the sample world: every one of them made twice, the same to the byte."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

import office_day_world

MANUAL = Path(__file__).parents[1] / "docs" / "manual"
PAGE = (MANUAL / "papers.md").read_text(encoding="utf-8")
PICTURES = re.findall(r"!\[(.+?)\]\(papers/(\w+)\.png\)", PAGE)


_ELSEWHERE = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import make_papers
from kashiwa_desktop.sample.office_day import OfficeDay
root = Path(sys.argv[2])
papers = make_papers.make(OfficeDay(root, sys.argv[3]), root.parent)
print(json.dumps([[p.name, p.title, p.what, str(p.pdf), p.page] for p in papers]))
"""
"""The same in another time zone, with another language and another order of hashes."""


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("make_papers", MANUAL / "make_papers.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_papers"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def twice(script, tmp_path_factory):
    """All papers of two copies of the same day: here, and far away in another process."""
    one, two = (tmp_path_factory.mktemp(name) for name in ("one", "two"))
    copies = [office_day_world.copied(root) for root in (one, two)]
    told = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE, str(MANUAL), str(copies[1].root), copies[1].passphrase],
        capture_output=True, encoding="utf-8", check=True, timeout=300,
        env={**os.environ, "TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "77"},
    )  # fmt: skip
    there = [script.Paper(*row[:3], Path(row[3]), row[4]) for row in json.loads(told.stdout)]
    return script.make(copies[0], one), there


def test_every_paper_is_the_same_to_the_byte(twice, figure):
    one, two = twice
    assert [p.name for p in one] == [p.name for p in two]
    different = [a.name for a, b in zip(one, two, strict=True)
                 if a.pdf.read_bytes() != b.pdf.read_bytes()]  # fmt: skip
    assert different == []
    figure(
        f"{len(one)} papers of the sample world, the same bytes in another time zone and process"
    )


def test_every_font_is_inside(twice):
    for paper in twice[0]:
        for page in PdfReader(paper.pdf).pages:
            for font in _fonts(page["/Resources"]):
                assert "/FontFile2" in font["/FontDescriptor"], paper.name
                assert "Helvetica" not in font["/BaseFont"]


def _fonts(resources):
    for font in resources.get("/Font", {}).values():
        yield font.get_object()
    for drawn in resources.get("/XObject", {}).values():
        yield from _fonts(drawn.get_object()["/Resources"].get_object())


def test_the_page_shown_is_of_that_paper(twice):
    for paper in twice[0]:
        text = "".join(PdfReader(paper.pdf).pages[paper.page].extract_text().split())
        words = {"reprint": "再印刷", "taxed": "10.21%", "additional": "追給", "refund": "戻入",
                 "entry": "承認の経過", "cover": "一括印刷", "sheet": "請求書", "blank": "記入用紙",
                 "totals": "集計", "report": "活動実績報告書",
                 "council": "支えあい会議記録"}  # fmt: skip
        assert words.get(paper.name, "".join(paper.title.split())) in text, paper.name


def test_the_list_names_every_paper_and_its_picture(twice):
    assert [(p.title, p.name) for p in twice[0]] == PICTURES
    assert {f.stem for f in (MANUAL / "papers").iterdir()} == {name for _, name in PICTURES}
    for file in (MANUAL / "papers").iterdir():
        assert file.stat().st_size <= 60_000
        with Image.open(file) as image:
            assert image.size == (496, 702)


def test_a_picture_is_a_page_on_white(script, twice):
    image = script.picture(twice[0][0])
    assert image.size == (496, 702)
    assert image.getpixel((2, 2)) == (255, 255, 255)
