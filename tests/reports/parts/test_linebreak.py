"""Lines end where Japanese allows it, and never run over."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kashiwa_desktop.reports.parts import text
from kashiwa_desktop.reports.parts.fonts import face
from kashiwa_desktop.reports.parts.text import break_lines
from reports.samples import LONG, hard_texts

NEVER_FIRST = set("、。，．！？」』）｡､｣ーｰっッｯ・：)],.!?")
NEVER_LAST = set("「『（｢(【￥")
EM = 1000


def lines(text: str, ems: float) -> list[str]:
    found = break_lines(face("mincho").shape(text), ems * EM)
    return ["".join(glyph.text for glyph in line) for line in found]


def legal(before: str, after: str) -> bool:
    return after not in NEVER_FIRST and before not in NEVER_LAST


def check(text: str, ems: float) -> None:
    glyphs = face("mincho").shape(text)
    broken = break_lines(glyphs, ems * EM)
    assert all(sum(g.width for g in line) <= ems * EM or len(line) == 1 for line in broken)
    assert "".join("".join(g.text for g in line).rstrip() for line in broken).split() == (
        "".join(_blanks_at_line_ends_gone(glyphs, broken)).split()
    )
    for line, following in pairwise(broken):
        if not line or not following or legal(line[-1].text[0], following[0].text[0]):
            continue
        pairs = pairwise(line)
        better = [a.text + b.text for a, b in pairs if _plainly_legal(a.text[0], b.text[0])]
        assert not better, f"{line[-1].text}|{following[0].text}, but could break in {better}"


def _plainly_legal(before: str, after: str) -> bool:
    """Two kanji, or a kanji and a kana of full size, between which anyone would break."""
    return all(
        "\u4e00" <= char <= "\u9fff" or char in "あいうおかきくけこです" for char in before + after
    )


def _blanks_at_line_ends_gone(glyphs, broken):
    kept = iter(glyph for line in broken for glyph in line)
    wanted = next(kept, None)
    for glyph in glyphs:
        if wanted is not None and glyph is wanted:
            yield glyph.text
            wanted = next(kept, None)
        else:
            assert glyph.text.isspace()
    assert wanted is None


@given(hard_texts(200).map(lambda text: text.replace("\n", "")), st.integers(4, 30))
@example(LONG, 10)
@example("あ" * 9 + "」。" + "い" * 9, 10)
def test_lines_are_legal_complete_and_never_too_wide(text: str, ems: int) -> None:
    check(text, ems)


def test_wrong_variant_breaking_anywhere_is_noticed(monkeypatch) -> None:
    _check_all_widths(LONG)
    monkeypatch.setattr(text, "_edge", lambda _before, _after: (True, True))
    with pytest.raises(AssertionError):
        _check_all_widths(LONG)


def _check_all_widths(text: str) -> None:
    for width in range(4, 20):
        check(text, width)


@pytest.mark.parametrize(
    ("text", "ems", "expected"),
    [
        ("あいうえお。", 5, ["あいうえ", "お。"]),
        ("あいうえ」。お", 5, ["あいう", "え」。お"]),
        ("あいうえ「おか」", 5, ["あいうえ", "「おか」"]),
        ("あいうえお！？", 6, ["あいうえ", "お！？"]),
        ("あいうえおっか", 5, ["あいうえ", "おっか"]),
        ("ｱｲｳｴｵｶｷｸ｡", 4, ["ｱｲｳｴｵｶｷ", "ｸ｡"]),
        ("ゲームー", 3, ["ゲー", "ムー"]),
        ("あいPySide/6です", 4, ["あい", "PySide/6", "です"]),
        ("あいう40,000円", 5, ["あいう", "40,000円"]),
        ("電話 04-7163-1200 まで", 7, ["電話", "04-7163-1200", "まで"]),
        ("a" * 10, 2, ["aaaa", "aaaa", "aa"]),
        ("あいうえお　", 5, ["あいうえお"]),
        ("あいうえ40,000円", 7.5, ["あいうえ", "40,000円"]),
        ("あいう４０，０００円", 8, ["あいう", "４０，０００円"]),
        ("あいうえ第12回", 5.5, ["あいうえ", "第12回"]),
        ("令和8年10月", 5, ["令和8年", "10月"]),
        ("午前10:00～12:00", 7, ["午前", "10:00～12:00"]),
        ("日程4/10～12/25まで", 8, ["日程4/10～12/25", "まで"]),
        ("a" * 20 + "。", 10, ["a" * 19, "a。"]),
        ("あい「" + "a" * 20, 5, ["あい", "「" + "a" * 8, "a" * 10, "aa"]),
        ("あいう\u200bえ。", 4, ["あいう\u200b", "え。"]),
        ("あい\u00a0う。", 4, ["あ", "い\u00a0う。"]),
        ("…" * 6, 4, ["…" * 4, "…" * 2]),
        ("（" * 6, 4, ["（" * 4, "（" * 2]),
        ("", 5, []),
    ],
)
def test_by_example(text: str, ems: float, expected: list[str]) -> None:
    assert lines(text, ems) == expected
