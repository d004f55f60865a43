"""Amounts in words: what is written is what is read, by a reader of its own."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kashiwa_desktop.domain.yen_words import STYLES, amount_text, read_amount

DIGITS = dict(zip("零壱弐参四五六七八九肆伍陸漆捌玖", [*range(10), *range(4, 10)], strict=True))


def in_figures(text):
    """Read 壱萬弐仟… the simple way: place by place, from the largest unit down."""
    total, rest = 0, text.removeprefix("金").removesuffix("也").removesuffix("円")
    for unit, size in (("億", 10**8), ("萬", 10**4), ("万", 10**4), ("", 1)):
        part, found, after = rest.partition(unit) if unit else (rest, "", "")
        if unit and not found:
            continue
        rest, value = after, 0
        for names, place in (("千仟", 1000), ("百佰", 100), ("拾", 10)):
            for name in names:
                if name in part:
                    digit, part = part.split(name)
                    value += DIGITS[digit] * place
        total += (value + (DIGITS[part] if part else 0)) * size
    return total


@pytest.mark.parametrize(
    ("yen", "arabic", "daiji", "full"),
    [
        (40_000, "金40,000円", "金四万円", "金肆萬円也"),
        (12_903, "金12,903円", "金壱万弐千九百参円", "金壱萬弐仟玖佰参円也"),
        (110, "金110円", "金壱百壱拾円", "金壱佰壱拾円也"),
        (0, "金0円", "金零円", "金零円也"),
        (10_000_000, "金10,000,000円", "金壱千万円", "金壱仟萬円也"),
    ],
)
def test_each_style(yen, arabic, daiji, full):
    assert [amount_text(yen, style) for style in STYLES] == [arabic, daiji, full]


@given(st.integers(0, 10**12 - 1))
@example(10**12 - 1)
@example(10_010_010)
def test_every_amount_reads_back_in_every_style(yen):
    for style in STYLES:
        assert read_amount(amount_text(yen, style)) == yen
    assert in_figures(amount_text(yen, "daiji")) == yen == in_figures(amount_text(yen, "full"))


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_two_amounts_never_look_the_same(one, two):
    for style in STYLES:
        assert (amount_text(one, style) == amount_text(two, style)) == (one == two)


@pytest.mark.parametrize(
    "text",
    ["金４０円", "40000円", "金40000円", "金円", "金拾壱円", "金万円", "百", "金1,00円", "円也"],
)
def test_what_was_not_written_by_the_program_is_refused(text):
    with pytest.raises(ValueError, match="not an amount"):
        read_amount(text)


@pytest.mark.parametrize("yen", [-1, 10**12])
def test_no_words_outside_the_range(yen):
    with pytest.raises(ValueError, match="no words"):
        amount_text(yen)
