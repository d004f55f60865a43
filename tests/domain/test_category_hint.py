"""区分の見分け方: by example, with a reason, never a decision."""

import pytest

from kashiwa_desktop.domain import category_hint
from kashiwa_desktop.domain.category_hint import DEFAULTS, Example
from kashiwa_desktop.domain.code_list import SEED


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("支えあい会議を開催した", "council"),
        ("支えあい会議の準備をコアメンバーと", "community"),
        ("支えあい会議の準備を地区担当と打合せ", "other"),
        ("包括と意見交換", "network"),
        ("包括の会議に出席", "community"),
        ("地区担当と打合せ", "other"),
        ("推進員定例会", "other"),
        ("ｽｰﾊﾟｰと移動販売の相談", "network"),
        ("第2回 ささえあい会議", None),
        ("", None),
    ],
)
def test_the_most_telling_example_suggests_its_category(text, category):
    found = category_hint.suggest(text, DEFAULTS)
    assert (found.category if found else None) == category


def test_every_example_says_why_and_is_known():
    for example in DEFAULTS:
        assert SEED.knows("type", example.type, example.category)
        assert example.reason
        assert category_hint.suggest(example.text, DEFAULTS) is not None


def test_an_example_without_words_suggests_nothing():
    assert category_hint.suggest("a", [Example("a", (), "other", "misc", "r")]) is None


def test_examples_come_from_the_settings_and_unknown_codes_are_passed_over():
    mine = {"text": "茶話会", "words": ["茶話会"], "category": "community", "type": "briefing",
            "reason": "茶話会は地域活動です"}  # fmt: skip
    read = category_hint.read({"examples": [mine, mine | {"category": "newer"}]})
    assert read == (
        Example("茶話会", ("茶話会",), "community", "briefing", "茶話会は地域活動です"),
    )
    assert category_hint.read({}) == DEFAULTS
    assert category_hint.read({"examples": []}) == DEFAULTS
