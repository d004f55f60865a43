"""What holds for all papers: fonts inside, text true, nothing clipped, nothing fetched."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from pypdf import PdfReader

from conftest import FULL
from kashiwa_desktop.reports.parts import page as pages
from reports import marks
from reports.every_paper import PAPERS, render
from reports.reread import solid, text_of
from reports.samples import LONG, RARE, hard_texts

ROOT = Path(__file__).parents[2]
CANARIES = (
    "<img src='{file}'/>", "<img src='http://127.0.0.1:9/x.png'/>", "<a href='{file}'>x</a>",
    "<font name='{file}'>x</font>", "<para backColor='[().__class__]'>x</para>",
    "<onDraw name='x' label='y'/>", "<b><unclosed", "%(file)s {0} $HOME", "file://{file}",
)  # fmt: skip


def made(name, text):
    out = BytesIO()
    return render(name, text, out), out.getvalue()


@pytest.mark.parametrize("name", PAPERS)
def test_its_fonts_are_embedded_and_cut_to_what_is_used(name):
    _, data = made(name, RARE)
    fonts = {
        str(font.get_object()["/BaseFont"]): font.get_object()
        for page in PdfReader(BytesIO(data)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts
    for base, font in fonts.items():
        assert base[1:8].isupper() or base[7] == "+", base
        assert "/FontFile2" in font["/FontDescriptor"], base
        assert "/ToUnicode" in font, base
    assert not any("Helvetica" in base for base in fonts)


@pytest.mark.parametrize("name", PAPERS)
def test_rare_names_stand_on_it_in_its_text_layer(name):
    rare = "髙﨑𠮷塚辻\U000e0100濵德ｶﾞ"
    report, data = made(name, rare)
    assert rare in text_of(data)
    assert report.missing == ()
    assert report.pages == len(PdfReader(BytesIO(data)).pages)


@pytest.mark.parametrize("name", PAPERS)
def test_a_character_that_no_font_has_is_a_visible_mark_and_told(name):
    report, data = made(name, "見本𫝆子")
    assert report.missing == ("𫝆",)
    assert "見本〓子" in text_of(data)


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_values_give_the_same_bytes(name):
    assert made(name, LONG)[1] == made(name, LONG)[1]


@pytest.mark.parametrize("name", PAPERS)
def test_its_title_names_no_person(name):
    _, data = made(name, "個人 太郎")
    assert "個人" not in str(PdfReader(BytesIO(data)).metadata.title)


@pytest.mark.parametrize("name", PAPERS)
@settings(
    max_examples=40 if FULL else 3,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=hard_texts(80))
def test_nothing_lies_over_anything_else(name, text, monkeypatch):
    flows = []
    real = pages.Flow.finish
    with monkeypatch.context() as patch:
        patch.setattr(pages.Flow, "finish", lambda flow: flows.append(flow) or real(flow))
        made(name, text)
    assert flows
    for flow in flows:
        marks.check(flow)


_WATCH = """
import sys
sys.path[:0] = [{src!r}, {tests!r}]
from io import BytesIO
from reports.every_paper import PAPERS, render
for name in PAPERS:
    render(name, "見本", BytesIO())
seen = []
def watch(event, args):
    if event.startswith(("socket.", "urllib.", "subprocess.", "os.system", "exec", "compile")):
        seen.append(event)
    if event == "open" and not str(args[0]).endswith((".py", ".pyc", ".ttf")):
        seen.append(f"open {{args[0]}}")
sys.addaudithook(watch)
for text in {canaries!r}:
    for name in PAPERS:
        render(name, text, BytesIO())
print(len(seen), seen[:3])
"""


def test_r49_nothing_in_a_text_opens_a_file_or_a_connection(tmp_path, figure):
    canary = tmp_path / "canary.png"
    canary.write_bytes(b"\x89PNG")
    texts = [text.replace("{file}", str(canary)) for text in CANARIES]
    code = _WATCH.format(src=str(ROOT / "src"), tests=str(ROOT / "tests"), canaries=texts)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, timeout=200
    )
    assert done.stdout.startswith("0 []"), done.stdout
    figure(f"R49: {len(texts)} canaries × {len(PAPERS)} papers, 0 files, 0 connections")


@pytest.mark.parametrize("name", PAPERS)
def test_markup_is_printed_as_it_was_typed(name):
    text = "<b>&amp;</b><img src='x'/>"
    assert solid(text) in text_of(made(name, text)[1])
