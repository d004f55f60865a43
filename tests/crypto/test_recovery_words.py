import hashlib
import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.crypto import recovery_words as words
from kashiwa_desktop.crypto.keys import RecoveryKey
from kashiwa_desktop.errors import RefusedError

LIST = words._words()
SEED = bytes(range(7, 39))
LINES = words.to_lines(SEED)
TEXT = "\n".join(map(" ".join, LINES))


def unmarked(word):
    """As a tired reader may see it: no marks, no small kana."""
    apart = unicodedata.normalize("NFD", words._folded(word))
    return "".join(c for c in apart if c not in "\u3099\u309a")


def distance(one, two):
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        before, row = row, [i]
        for j, b in enumerate(two, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
    return row[-1]


def test_there_are_256_words_of_three_to_five_kana():
    assert len(LIST) == len(set(LIST)) == 256
    assert all(3 <= len(word) <= 5 for word in LIST)
    assert set("".join(LIST)) <= {chr(c) for c in range(ord("ぁ"), ord("ん") + 1)}
    assert set("".join(LIST)).isdisjoint("をぢづゐゑ")  # kana that sound like others


def test_no_slip_of_the_pen_makes_another_word():
    for one, two in combinations(map(unmarked, LIST), 2):
        assert one[:4] != two[:4]
        assert not one.startswith(two)
        assert not two.startswith(one)
        assert distance(one, two) >= 2, (one, two)


def test_the_order_of_the_list_is_kept_for_ever():
    digest = hashlib.sha256("\n".join(LIST).encode()).hexdigest()
    assert digest == "3c8361c9c98e715a2344a6d5b83f02ed97c676a46ae7b383d0caaca214f2700a"
    assert [LIST[b] for b in SEED[:4]] == LINES[0][:4]


@given(st.binary(min_size=32, max_size=32))
def test_words_lead_back_to_the_seed(seed):
    lines = words.to_lines(seed)
    assert [len(line) for line in lines] == [5] * 8
    assert words.from_text("\n".join(map(" ".join, lines))) == seed


def katakana(text):
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)


@pytest.mark.parametrize(
    "copied",
    [
        katakana(TEXT),
        TEXT.replace(" ", "").replace("\n", ""),
        TEXT.replace(" ", "、"),
        TEXT.replace("", " "),
        TEXT.replace(" ", "　").replace("\n", "\r\n"),
        "\n".join(f"{n}. {' '.join(line)}" for n, line in enumerate(LINES, 1)),
        TEXT.replace("ょ", "よ").replace("っ", "つ").replace("ゃ", "や").replace("ゅ", "ゆ"),
        unicodedata.normalize("NFD", TEXT),
    ],
)
def test_however_it_was_copied(copied):
    assert words.from_text(copied) == SEED


@pytest.mark.parametrize("n", range(40))
def test_a_slip_names_its_word(n):
    every = [word for line in LINES for word in line]
    wrong = every[n][:-1] + ("ぬ" if every[n][-1] != "ぬ" else "ね")
    changed = [*every[:n], wrong, *every[n + 1 :]]
    for text in (" ".join(changed), "".join(changed)):
        with pytest.raises(RefusedError, match=f"{n // 5 + 1}行目の{n % 5 + 1}番目") as caught:
            words.from_text(text)
        assert caught.value.values == {"line": n // 5 + 1, "word": n % 5 + 1}


def test_another_word_of_the_list_or_another_order_names_its_line():
    found = total = 0
    for n in range(8):
        for i, j in combinations(range(5), 2):
            line = list(LINES[n])
            line[i], line[j] = line[j], line[i]
            if line == LINES[n]:
                continue
            lines = [*LINES[:n], line, *LINES[n + 1 :]]
            total += 1
            with pytest.raises(RefusedError, match=f"{n + 1}行目のことばが合いません"):
                words.from_text("\n".join(map(" ".join, lines)))
            found += 1
    assert found == total


def test_lines_in_another_order_are_noticed():
    with pytest.raises(RefusedError, match="行目のことばが合いません"):
        words.from_text("\n".join(" ".join(line) for line in reversed(LINES)))


def test_too_few_and_too_many_are_said():
    every = TEXT.split()
    for text, count in ((every[:-1], 39), ([*every, every[0]], 41), ([], 0)):
        with pytest.raises(RefusedError, match=f"いまは{count}個"):
            words.from_text(" ".join(text))


def test_a_key_is_read_from_its_text_or_from_its_words():
    key = RecoveryKey.generate()
    spoken = "\n".join(map(" ".join, key.words()))
    for text in (
        spoken,
        f"# これは注です\n{key.secret}\n",
        f"  {key.secret.lower()} ",
        f"# 注\n{spoken}",
    ):
        again = RecoveryKey.from_text(text)
        assert (again.secret, again.signing.public) == (key.secret, key.signing.public)
    with pytest.raises(RefusedError, match="書き写し"):
        RecoveryKey.from_text(key.secret[:-3] + "QQQ")
    with pytest.raises(RefusedError, match="40個です"):
        RecoveryKey.from_text("")
