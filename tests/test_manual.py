"""The manual: a section for every screen, only words people know, and pictures that exist."""

import re
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "resources" / "help" / "manual.md"
IMAGES = ROOT / "docs" / "manual" / "images"
TEXT = MANUAL.read_text(encoding="utf-8")
SCREENS = (ROOT / "docs" / "screens.md").read_text(encoding="utf-8")
NEVER = re.compile(
    "エクスポート|インポート|マージ|同期|バンドル|バックアップ|ステータス|ドラフト|エラー|不正|無効"
)
SECTION = re.compile(r"^## 画面 (\d+) (.+)$", re.MULTILINE)
ROW = re.compile(r"^\| (\d+) \| (.+?) \|", re.MULTILINE)
SIZES = ("12", "24")
LARGEST = 60_000


def titles(pattern, text):
    """The numbers and titles of the screens, in the order of the text; each number once."""
    found = pattern.findall(text)
    assert len(dict(found)) == len(found)
    return {int(number): title for number, title in found}


def pictures(text):
    return re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)


def section(number):
    return re.split(r"^## ", TEXT.partition(f"## 画面 {number} ")[2], flags=re.MULTILINE)[0]


def test_the_manual_has_the_screens_that_there_are():
    assert titles(SECTION, TEXT) == titles(ROW, SCREENS)
    assert len(titles(ROW, SCREENS)) >= 14


def test_a_missing_section_is_seen():
    assert titles(SECTION, TEXT.replace("## 画面 7 ", "## ")) != titles(ROW, SCREENS)


def test_only_words_people_know():
    assert NEVER.findall(TEXT) == []
    assert NEVER.findall("予備の写し、記録のバックアップ") == ["バックアップ"]


@pytest.mark.parametrize("number", sorted(titles(SECTION, TEXT)))
def test_each_section_shows_its_screen_in_the_smallest_and_the_largest_text(number):
    wanted = [IMAGES / size / f"{number:02d}.png" for size in SIZES]
    shown = [(MANUAL.parent / picture).resolve() for picture in pictures(section(number))]
    assert shown == wanted
    for file in wanted:
        assert file.stat().st_size <= LARGEST
        with Image.open(file) as image:
            assert image.size == (1092, 614)
            assert len(image.getcolors()) > 10


def test_no_picture_of_a_screen_that_is_not_in_the_manual():
    kept = {file.name for size in SIZES for file in (IMAGES / size).iterdir()}
    assert kept == {f"{number:02d}.png" for number in titles(SECTION, TEXT)} | {"all.png"}


@pytest.mark.parametrize("number", sorted(titles(SECTION, TEXT)))
def test_a_section_says_something_short(number):
    lines = [line for line in section(number).splitlines() if line and not line.startswith("![")]
    assert lines
    assert max(map(len, lines)) <= 110


def test_the_stories_show_each_of_their_pictures_once():
    pages = [ROOT / "docs" / "manual" / name for name in ("office-month.md", "there-and-back.md")]
    shown = [p for page in pages for p in pictures(page.read_text(encoding="utf-8"))]
    kept = sorted((ROOT / "docs" / "manual" / "story").iterdir())
    assert sorted(shown) == [f"story/{file.name}" for file in kept]
    for file in kept:
        assert file.stat().st_size <= LARGEST
        with Image.open(file) as image:
            assert image.size == (1092, 614)
