"""Typed text: cleaned at entry without touching names, folded only for searching.

Stored text is never normalised: NFC would replace characters of people's names (BUNDLE.md §2).
"""

import re
import unicodedata

_VOICED = re.compile("([\u3041-\u30ff])([\u3099\u309a])")
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_FOLDS = str.maketrans(
    {"髙": "高", "﨑": "崎", "ヶ": "ケ", "ガ": "ケ", "濵": "浜", "濱": "浜", "德": "徳", "邊": "辺",
     "邉": "辺", "齋": "斎", "齊": "斉", "澤": "沢", "櫻": "桜", "𠮷": "吉", "廣": "広", "嶋": "島",
     "嶌": "島", "瀨": "瀬", "柗": "松"}
)  # fmt: skip
_DASH = re.compile(r"(?<=\d)[ー−‐–—](?=\d)")
_PERSONAL = (
    (re.compile(r"\d{2,4}-\d{2,4}-\d{3,4}|0\d{9,10}"), "電話番号"),
    (re.compile(r"\d+丁目|\d+番地|(?<!\d)\d{1,3}-\d{1,3}-\d{1,3}(?!\d)"), "住所"),
    (re.compile(r"(さん|様|氏|ちゃん|君)(宅|方|の家|のお宅)"), "個人のお宅"),
)
_MOBILE = re.compile(r"(?<!\d)0[789]0-?\d{4}-?\d{4}(?!\d)")


def clean(text: str) -> str:
    """Compose kana with their marks, drop control and direction characters, keep all else.

    Line feeds and tabs stay; a carriage return becomes a line feed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _VOICED.sub(lambda m: unicodedata.normalize("NFC", m[0]), text)
    return "".join(c for c in _CONTROL.sub("", text) if not "\ud800" <= c <= "\udfff")


def search_key(text: str) -> str:
    """Fold width, kana, case, variants of names and ケ/ヶ/が, for comparing only."""
    folded = unicodedata.normalize("NFKC", _SELECTORS.sub("", text)).casefold()
    katakana = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in folded)
    return re.sub(r"\s+", " ", katakana.translate(_FOLDS)).strip()


def personal_hints(text: str) -> list[str]:
    """Return what in ``text`` looks personal (電話番号, 住所, お宅): a hint, never a block."""
    plain = _plain_numbers(text)
    return [name for pattern, name in _PERSONAL if pattern.search(plain)]


def mobile_hint(text: str) -> bool:
    """Whether ``text`` holds what looks like the number of a mobile telephone: one person's own."""
    return bool(_MOBILE.search(_plain_numbers(text)))


def _plain_numbers(text: str) -> str:
    return _DASH.sub("-", unicodedata.normalize("NFKC", text))
