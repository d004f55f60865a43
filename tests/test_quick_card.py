"""操作早見カード: what it tells to press is what today's screens show."""

import re
from pathlib import Path

import pytest

from kashiwa_desktop.reports import quick_card

SCREENS = Path(__file__).parents[1] / "src" / "kashiwa_desktop"


def shown():
    """All words that the promoter's screens can show."""
    files = [*(SCREENS / "ui").rglob("*.py"), *(SCREENS / "app").rglob("*.py")]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    return {word.strip("①②③④✓ ") for word in re.findall(r'"([^"\n]+)"', text)}


def told():
    texts = [step for steps in quick_card.STEPS.values() for step in steps]
    texts += [text for _, text in quick_card.HELP]
    return [word for text in texts for word in re.findall("「(.+?)」", text)]


def unknown(words):
    known = shown()
    also = {"内容": "内容(ひとこと)", "画面": "画面 {page.SCREEN}", "○月分を締める": "%sを締める"}
    return [word for word in words if also.get(word, word) not in known]


def test_every_quoted_word_stands_on_a_screen():
    assert len(told()) >= 10
    assert unknown(told()) == []


@pytest.mark.parametrize("word", ["確定する", "エクスポート"])
def test_wrong_variant_a_word_of_no_screen_is_noticed(word):
    assert unknown([word]) == [word]
