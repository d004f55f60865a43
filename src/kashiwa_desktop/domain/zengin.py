"""全銀 総合振込: the transfer file of 120-byte records, exactly as DOMAIN.md §3.4 gives it.

JIS X 0201 single bytes. N is right-justified and zero-filled, C left-justified and space-filled;
what does not fit or has no legal form is refused, never cut or guessed. What differs from bank to
bank stands in a profile.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

RECORD = 120

_HALF = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF61, 0xFF9E)}
_SMALL = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_MARKS = str.maketrans({"\u3099": "ﾞ", "\u309a": "ﾟ", "ー": "-"})
_ALONE = str.maketrans({"゛": "ﾞ", "゜": "ﾟ"})  # NFKC would put a blank before them
_ALLOWED = re.compile(r"[0-9A-Zｱ-ﾝﾞﾟ ().\-/]*")
_EXTRA = re.compile(r"[!-~ｦ｢｣､｡･]*")


class NoFormError(ValueError):
    """Something has no legal form in the file; the text says what, in words for a person."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What differs from bank to bank (``resources/banks``)."""

    name: str
    kind: str = "21"
    newline: bool = True
    end_mark: bool = False
    clearing_house: str = "0000"
    new_code: str = "0"
    customer_numeric: bool = True
    transfer_kind: str = "7"
    extra_characters: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A bank account: four and three digits, 種目 1 普通 2 当座 4 貯蓄 9 その他, seven digits."""

    bank_code: str
    branch_code: str
    kind: str
    account: str
    holder_kana: str
    bank_kana: str = ""
    branch_kana: str = ""


@dataclass(frozen=True, slots=True)
class Consignor:
    """Who orders the transfers (委託者): the bank's code for him, and his own account."""

    client_code: str
    account: Account


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payment to one account, in yen."""

    account: Account
    yen: int


def build(
    consignor: Consignor, day: date, transfers: Sequence[Transfer], profile: Profile
) -> bytes:
    """Return the whole file; NoFormError where anything has no legal form."""
    if not transfers:
        raise NoFormError("振り込むものがありません")
    if profile.kind != "21":
        raise NoFormError(f"種別コードは総合振込の 21 だけです({profile.kind})")
    if not _EXTRA.fullmatch(profile.extra_characters):
        raise NoFormError(
            f"銀行の決まりの extra_characters({profile.extra_characters})は半角だけです"
        )
    records = [_header(consignor, day, profile)]
    records += [_data(transfer, profile) for transfer in transfers]
    total = sum(transfer.yen for transfer in transfers)
    trailer = "8" + _number(len(transfers), 6, "合計件数") + _number(total, 12, "合計金額")
    records += [_whole(trailer + " " * 101), _whole("9" + " " * 119)]
    end = b"\r\n" if profile.newline else b""
    return b"".join(record + end for record in records) + (b"\x1a" if profile.end_mark else b"")


def agrees(data: bytes, transfers: Sequence[Transfer]) -> bool:
    """Say whether a finished file, read again, has whole records, these sums and their trailer."""
    records = data.removesuffix(b"\x1a").replace(b"\r\n", b"")
    cut = [records[at : at + RECORD] for at in range(0, len(records), RECORD)]
    if any(len(record) != RECORD for record in cut):
        return False
    yen = [int(record[80:90]) for record in cut if record[:1] == b"2"]
    told = [(int(r[1:7]), int(r[7:19])) for r in cut if r[:1] == b"8"]
    kinds = b"".join(record[:1] for record in cut)
    return (
        kinds == b"1" + b"2" * len(transfers) + b"89"
        and yen == [transfer.yen for transfer in transfers]
        and told == [(len(yen), sum(yen))]
    )


def check_account(account: Account, extra: str = "") -> None:
    """Raise NoFormError unless the account could stand in a file, as payee or as consignor."""
    _data(Transfer(account, 1), Profile("", extra_characters=extra))


def kana(text: str, extra: str = "") -> str:
    """Return a name as the file may hold it: half-width, capital, no small kana, ー as -.

    The 濁点 is a character of its own; キャノン becomes ｷﾔﾉﾝ. NoFormError for what has no form.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_ALONE)).upper().translate(_KATAKANA)
    parts = unicodedata.normalize("NFD", plain).translate(_SMALL).translate(_MARKS)
    half = "".join(_HALF.get(char, char) for char in parts)
    wrong = [char for char in half if not _ALLOWED.fullmatch(char) and char not in extra]
    if wrong:
        raise NoFormError(
            f"「{text}」の「{''.join(dict.fromkeys(wrong))}」は振込の文字にありません"
        )
    return half


_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


def _header(consignor: Consignor, day: date, profile: Profile) -> bytes:
    own, extra = consignor.account, profile.extra_characters
    return _whole(
        "1"
        + profile.kind
        + "0"
        + _digits(consignor.client_code, 10, "委託者コード")
        + _text(kana(own.holder_kana, extra), 40, "委託者名", needed=True)
        + f"{day.month:02d}{day.day:02d}"
        + _bank(own, extra)
        + _kind(own.kind, "129")
        + _digits(own.account, 7, "口座番号")
        + " " * 17
    )


def _data(transfer: Transfer, profile: Profile) -> bytes:
    to, extra = transfer.account, profile.extra_characters
    if transfer.yen <= 0:
        raise NoFormError(f"振込額が {transfer.yen}円です")
    customer = "0" * 20 if profile.customer_numeric else " " * 20
    return _whole(
        "2"
        + _bank(to, extra)
        + _choice(profile.clearing_house, ("0000", "    "), "手形交換所番号")
        + _kind(to.kind, "1249")
        + _digits(to.account, 7, "口座番号")
        + _text(kana(to.holder_kana, extra), 30, "受取人名", needed=True)
        + _number(transfer.yen, 10, "金額")
        + _choice(profile.new_code, ("0", "1", "2"), "新規コード")
        + customer
        + _choice(profile.transfer_kind, ("0", "7", "8"), "振込指定区分")
        + " " * 8
    )


def _bank(account: Account, extra: str) -> str:
    """Return bank and branch: N4, C15, N3, C15."""
    return (
        _digits(account.bank_code, 4, "銀行番号")
        + _text(kana(account.bank_kana, extra), 15, "銀行名")
        + _digits(account.branch_code, 3, "支店番号")
        + _text(kana(account.branch_kana, extra), 15, "支店名")
    )


def _digits(text: str, size: int, what: str) -> str:
    """A number that is a name: it must have exactly its digits."""
    if not re.fullmatch(rf"[0-9]{{{size}}}", text):
        raise NoFormError(f"{what}は{size}桁の数字です({text or '空'})")
    return text


def _number(value: int, size: int, what: str) -> str:
    """N: right-justified, zero-filled."""
    text = f"{value:0{size}d}"
    if len(text) > size:
        raise NoFormError(f"{what}が{size}桁をこえます")
    return text


def _text(text: str, size: int, what: str, *, needed: bool = False) -> str:
    """C: left-justified, space-filled; one character is one byte."""
    if len(text) > size:
        raise NoFormError(f"{what}が{size}文字をこえます({text})")
    if needed and not text.strip():
        raise NoFormError(f"{what}がありません")
    return text.ljust(size)


def _kind(kind: str, allowed: str) -> str:
    return _choice(kind, tuple(allowed), "預金種目")


def _choice(text: str, allowed: Sequence[str], what: str) -> str:
    if text not in allowed:
        raise NoFormError(f"{what}は {'・'.join(allowed)} のどれかです({text})")
    return text


def _whole(record: str) -> bytes:
    """Return one record as bytes; a wrong length is a bug of this program."""
    data = b"".join(_byte(char) for char in record)
    if len(data) != RECORD:
        raise RuntimeError(f"a record of {len(data)} bytes")
    return data


def _byte(char: str) -> bytes:
    code = ord(char)
    return bytes([code - 0xFF61 + 0xA1 if code >= 0xFF61 else code])
