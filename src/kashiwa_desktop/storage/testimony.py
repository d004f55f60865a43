"""Rows compared with what the log told of them: what is gone, changed, or was never told.

Each finding names the person, the month and the number, as far as the log or the row says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.storage import audit, meta, witness
from kashiwa_desktop.storage.witness import Told

_MONEY = (witness.SHEET, witness.PAYMENT, witness.REVISION)
_NO_SALT = "操作の記録と、行の印が合いません。記録のファイルが書きかえられています。"
_TYPES = {
    "activity": "活動の記録",
    "resource": "地域の資源の記録",
    "month_report": "月の締め",
    "approval": "承認",
    "question": "確認のお願い",
    "answer": "回答",
    "decision": "事務局の決定",
    "settings": "設定",
    "keys": "かぎの一覧",
    "erase": "廃棄の記録",
}
_CALLED = {
    "sheet": "書類 {key}",
    "payment": "支払 {key}",
    "bank_account": "口座",
    "device": "パソコンの登録",
    "bundle": "ファイル {file} の受け渡しの記録",
    "bundle_revision": "ファイル {file} の中身の記録",
    "intake": "受け取りの記録 {key}",
    "waiting": "確認待ちのファイル {key}",
    "attachment": "添えてある資料の記録",
    "undo_step": "元に戻すための記録 {key}",
    "meta": "この記録がだれのものかのしるし({key})",
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong with a store, in plain words, and whom it is about."""

    text: str
    promoter: str = ""
    month: str = ""
    number: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class _Said:
    """What the log told last of one row: its names, its mark, in which line."""

    names: tuple[str, ...]
    mark: str
    n: int


_State = dict[str, dict[str, _Said]]


def differences(tx: Connection) -> list[Wrong]:
    """Return every row that is not what the log tells of it; the log itself was found whole."""
    salt = meta.get(tx, witness.SALT)
    if not salt:
        return [Wrong(_NO_SALT)] if audit.tells_of_rows(tx) else []
    state = _told(tx)
    own = state.get("meta", {}).get(witness.SALT)
    salted = [row for row in _rows(tx, witness.FACT, salt) if row[0] == witness.SALT]
    if own is None or [own.mark] != [row[-1] for row in salted]:
        return [Wrong(_NO_SALT)]
    return [wrong for told in witness.TOLD for wrong in _of_table(tx, told, state, salt)]


def of_money(tx: Connection, month: str) -> list[Wrong]:
    """Return the same for sheets, payments and decisions of one month, and for the accounts.

    Quick: only lines of the log that name the month are read.
    """
    salt = meta.get(tx, witness.SALT)
    if not salt:
        return [Wrong(_NO_SALT)] if audit.tells_of_rows(tx) else []
    found: list[Wrong] = []
    state = _told(tx, f'"{month}"')
    for told in _MONEY:
        found += _of_table(tx, told, state, salt, month)
    state = _told(tx, f'"{witness.ACCOUNT.name}":[')
    return found + list(_of_table(tx, witness.ACCOUNT, state, salt))


def archived(tx: Connection) -> dict[str, str]:
    """Return the files that must lie in ``archive/``, by name, with the SHA-256 of each."""
    state = _told(tx, f'"{witness.ARCHIVE}":[')
    return {name: said.mark for name, said in state.get(witness.ARCHIVE, {}).items()}


def highest_number(tx: Connection, prefix: str) -> int:
    """Return the highest number of a sheet that earlier work gave, 0 where there is none."""
    known: dict[str, int] = tx.info.setdefault(witness.NUMBERS, {})
    if prefix not in known:
        known[prefix] = _highest(tx, prefix)
    return known[prefix]


def _highest(tx: Connection, prefix: str) -> int:
    found = [
        key
        for _, lines in audit.rows_told(tx, f'["{prefix}')
        for key, *_ in lines.get(witness.SHEET.name, ())
        if key.startswith(prefix)
    ]
    places = [key[len(prefix) :] for key in found]
    return max((int(place) for place in places if place.isascii() and place.isdecimal()), default=0)


def _told(tx: Connection, *about: str) -> _State:
    state: _State = {}
    for n, lines in audit.rows_told(tx, *about):
        for name, rows in lines.items():
            held = state.setdefault(name, {})
            for key, *names, mark in (row for row in rows if len(row) > 1):
                if mark:
                    held[key] = _Said(tuple(names), mark, n)
                else:
                    held.pop(key, None)
    return state


def _rows(tx: Connection, told: Told, salt: str) -> Iterator[list[Any]]:
    """Give (key, names …, mark) of every row that is to be told of."""
    return (row for row in witness.marks(tx, told, salt) if told.concerns(row[0]))


def _of_table(
    tx: Connection, told: Told, state: _State, salt: str, month: str = ""
) -> Iterator[Wrong]:
    said = state.get(told.name, {})
    if month:
        at = told.names.index("month")
        said = {key: one for key, one in said.items() if one.names[at] == month}
    here = {row[0]: row for row in witness.marks(tx, told, salt, month) if told.concerns(row[0])}
    for key, one in said.items():
        if key not in here:
            if told is witness.REVISION and witness.mark_of_brought(tx, key, salt) == one.mark:
                continue  # it was told of before a file brought it as well
            yield _wrong(state, told, key, one.names, "がなくなっています", one.n)
        elif key in here and here[key][-1] != one.mark:
            yield _wrong(state, told, key, one.names, "が、操作の記録とちがいます", one.n)
    for key, (_, *names, _) in here.items():
        if key not in said:
            yield _wrong(state, told, key, names, "は、操作の記録にありません")


def _wrong(
    state: _State, told: Told, key: str, names: Sequence[str], what: str, n: int = 0
) -> Wrong:
    said: Mapping[str, str] = dict(zip(told.names, map(str, names), strict=False))
    if told is witness.CARRIED:
        file = state.get(witness.FILE.name, {}).get(key)
        said = dict(zip(witness.FILE.names, file.names, strict=True)) if file else {"file": key}
    promoter = key if told is witness.ACCOUNT else said.get("promoter", "")
    month = said.get("month", "")
    number = key if told in (witness.SHEET, witness.PAYMENT) else ""
    if told is witness.REVISION:
        called = _TYPES.get(said.get("type", ""), "記録")
    else:
        called = _CALLED[told.name].format(key=key, **{"file": "", **said})
    whose = "・".join(filter(None, ["事務局" if promoter == "office" else promoter, _label(month)]))
    line = f"(操作の記録の{n}行目)" if n else ""
    text = f"{called}{f'({whose})' if whose else ''}{what}{line}。"
    return Wrong(text, promoter, month, number)


def _label(month: str) -> str:
    try:
        return f"{Month.parse(month).label()}分"
    except ValueError:
        return month
