"""Amounts of money in words: 金40,000円, 金四万円 with 壱弐参拾, or full 大字 (DOMAIN.md §3.1).

大正11年大蔵省令第43号 asks for 壱弐参拾 only, and allows Arabic figures in horizontal writing; full
大字 is the habit of receipts. Which one is a setting, Arabic by default.
"""

STYLES = {"arabic": "金40,000円", "daiji": "金四万円(壱弐参拾)", "full": "金肆萬円也(大字)"}

_DIGITS = {"daiji": "零壱弐参四五六七八九", "full": "零壱弐参肆伍陸漆捌玖"}
_PLACES = {"daiji": ("", "拾", "百", "千"), "full": ("", "拾", "佰", "仟")}
_GROUPS = {"daiji": ("", "万", "億"), "full": ("", "萬", "億")}
_TOP = 10**12


def amount_text(yen: int, style: str = "arabic") -> str:
    """Return an amount from 0 to below 1 trillion yen as it stands on a sheet; else ValueError."""
    if not 0 <= yen < _TOP:
        raise ValueError(f"no words for {yen}")
    if style == "arabic":
        return f"金{yen:,}円"
    words = _words(yen, style) or _DIGITS[style][0]
    return f"金{words}円也" if style == "full" else f"金{words}円"


def read_amount(text: str) -> int:
    """Return the yen that ``amount_text`` wrote in any style; ValueError for anything else."""
    inner = text.removeprefix("金").removesuffix("也").removesuffix("円")
    if inner.replace(",", "").isdecimal() and inner.isascii():
        yen = int(inner.replace(",", ""))
    else:
        yen = _number(inner)
    if text not in {amount_text(yen, style) for style in STYLES}:
        raise ValueError(f"not an amount: {text!r}")
    return yen


def _words(yen: int, style: str) -> str:
    """Return the figures with a 壱 before every 拾, 百 and 千, so that none can be put in."""
    words = ""
    for group, name in enumerate(_GROUPS[style]):
        part = yen // 10_000**group % 10_000
        if part:
            words = _four(part, style) + name + words
    return words


def _four(part: int, style: str) -> str:
    text = ""
    for place in (3, 2, 1, 0):
        digit = part // 10**place % 10
        if digit:
            text += _DIGITS[style][digit] + _PLACES[style][place]
    return text


def _number(words: str) -> int:
    total, part, digit = 0, 0, 0
    for char in words:
        for style in _DIGITS:
            if char in _DIGITS[style]:
                digit = _DIGITS[style].index(char)
                break
            if char in _PLACES[style]:
                part, digit = part + digit * 10 ** _PLACES[style].index(char), 0
                break
            if char in _GROUPS[style]:
                total, part = total + (part + digit) * 10_000 ** _GROUPS[style].index(char), 0
                digit = 0
                break
        else:
            raise ValueError(f"not an amount: {words!r}")
    return total + part + digit
