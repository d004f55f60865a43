"""Typed text stays as typed; only searching folds."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.domain.wording import clean, personal_hints, search_key

NAMES = ("髙見本", "山\ufa11", "\U00020bb7野", "大\ufa10", "辻\U000e0100", "葛\U000e0101",
         "\ufa19代", "\ufa46", "濵", "德", "ﾁﾗｼ", "①㈱", "１２３", "ＡＢＣ", "ヶ丘",
         "神\u0301")  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_survive_entry_untouched(name):
    assert clean(name) == name


def test_the_names_include_some_that_nfc_would_change():
    changed = [n for n in NAMES if unicodedata.normalize("NFC", n) != n]
    assert len(changed) >= 3  # a clean() that normalised would fail the test above


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("か\u3099", "が"),
        ("ハ\u309a", "パ"),
        ("ふ\u3099と ん", "ぶと ん"),
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\tb", "a\tb"),
        ("a\x00\x07\x1b\x7f\x85b", "ab"),
        ("a\u200e\u202e\u2066b\ufeff\ufff9", "ab"),
        ("a\ud800b\udfff", "ab"),
        ("\U0001f600 é", "\U0001f600 é"),
        ("e\u0301", "e\u0301"),
        ("\u3099か", "\u3099か"),
        ("", ""),
    ],
)
def test_entry_composes_kana_and_drops_control_characters_only(typed, kept):
    assert clean(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing_more_and_the_result_can_be_sent(text):
    once = clean(text)
    assert clean(once) == once
    assert "\0" not in once
    once.encode()


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=20))
def test_chinese_characters_are_never_altered(text):
    assert clean(text) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋", "高橋"),
        ("山\ufa11", "山崎"),
        ("\U00020bb7野", "吉野"),
        ("大\ufa10", "大塚"),
        ("辻\U000e0100", "辻"),
        ("\ufa19", "神"),
        ("濵", "浜"),
        ("濱", "浜"),
        ("德", "徳"),
        ("渡邊", "渡辺"),
        ("齋藤", "斎藤"),
        ("光ケ丘", "光ヶ丘"),
        ("光ケ丘", "光が丘"),
        ("光ガ丘", "光ヶ丘"),
        ("ｻﾛﾝ", "サロン"),
        ("さろん", "サロン"),
        ("ＡＢＣ", "abc"),
        ("１２", "12"),
        ("柏\u3000 花子 ", "柏 花子"),
        ("ｶﾌｪ", "かふぇ"),
        ("か\u3099", "が"),
    ],
)
def test_searching_folds_width_kana_case_and_variants(one, other):
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(("one", "other"), [("は", "ば"), ("高田", "柏田"), ("かつ", "かっ")])
def test_searching_keeps_different_things_apart(one, other):
    assert search_key(one) != search_key(other)


@given(st.text())
def test_a_search_key_is_its_own_key(text):
    assert search_key(search_key(text)) == search_key(text)


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("包括と打合せ", []),
        ("04-0000-0000へ電話", ["電話番号"]),
        ("０４－００００－００００", ["電話番号"]),
        ("09000000000", ["電話番号"]),
        ("04ー0000ー0000", ["電話番号"]),
        ("見本町1-2-3", ["住所"]),
        ("見本町１ー２ー３", ["住所"]),
        ("2026-11-23に訪問", []),
        ("コーヒーの会", []),
        ("柏1丁目の角", ["住所"]),
        ("１２番地", ["住所"]),
        ("見本さん宅を訪問", ["個人のお宅"]),
        ("見本様のお宅", ["個人のお宅"]),
        ("見本氏の家で04-0000-0000", ["電話番号", "個人のお宅"]),
        ("10時から12時まで、5名", []),
    ],
)
def test_what_looks_personal_is_hinted_at(text, hints):
    assert personal_hints(text) == hints
