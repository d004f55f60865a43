"""Bank data of the office: sealed in its store to its own keys, opened only to write a transfer.

It is in no travelling file and on no paper (DOMAIN.md, safe defaults); a stolen store shows none of
it without the office's 合言葉.
"""

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from kashiwa_desktop.crypto import sealing
from kashiwa_desktop.crypto.keys import OfficeKeys, OfficePublic
from kashiwa_desktop.domain import codes, zengin
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import Payee, Roster
from kashiwa_desktop.domain.zengin import Account, Consignor, NoFormError, Profile, Transfer
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.paths import resource
from kashiwa_desktop.services.holidays import bank_is_open
from kashiwa_desktop.services.money.claimed import beyond
from kashiwa_desktop.services.money.dues import all_due
from kashiwa_desktop.services.money.issuing import appointment_of
from kashiwa_desktop.services.money.witnessed import refuse_doubts
from kashiwa_desktop.services.office.table_file import Line, read_table, twice
from kashiwa_desktop.services.printed import NOT_TRUE, replace_file
from kashiwa_desktop.services.store import (
    Store,
    allow,
    note,
    office_facts,
    office_settings,
    roster,
)
from kashiwa_desktop.storage import audit, bank_accounts, payments, sheets
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.sheets import Sheet

COLUMNS = ("promoter", "bank_code", "branch_code", "kind", "account", "holder_kana")
OFFICE = "office"
"""In the column ``promoter``: the row of the office's own account (委託者)."""

TWICE = "銀行に二重に送らないよう、ご確認ください。"
_TWO_ACCOUNTS = "同じ方の口座が2行あります。どちらかを消してください。何もしまっていません。"

_SOME_BANKS = "ｦ,｢｣"
"""Characters that some banks take: a profile says so when the file is written."""
_KINDS = {"普通": "1", "当座": "2", "貯蓄": "4", "その他": "9"}


@dataclass(frozen=True, slots=True)
class TransferFile:
    """A transfer file that was written; ``total_yen`` in yen, ``left`` are sheets not in it.

    ``before`` is when a file with one of its sheets was last made, ISO text, '' for never.
    """

    file: Path
    rows: int
    total_yen: int
    left: tuple[str, ...] = ()
    before: str = ""


class Banking:
    """Accounts in, transfer files out."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self, file: Path) -> int:
        """Keep the accounts of a CSV (``COLUMNS``); returns how many. All or none: RefusedError."""
        rows = _rows(file)
        public = OfficePublic.load(self._store.folder.identity)
        with self._store.db.write() as tx:
            office_facts(tx)
            allow(self._store, tx, "supervisor")
            known = {p.promoter for p in roster(tx).people} | {OFFICE}
            meant = [row.matched("promoter", known) for row in rows]
            for clash in twice(meant, lambda x: (x.text("promoter"),), _TWO_ACCOUNTS):
                raise clash.refusal()
            for row in meant:
                owner, value = _account(row, known)
                sealed = sealing.seal(json.dumps(value).encode(), public.recipients)
                at = self._store.clock.text()
                bank_accounts.put(tx, owner, sealed, at, self._store.staff)
            note(self._store, tx, "bank", rows=len(rows))
        return len(rows)

    def known(self) -> list[str]:
        """Return whose account is kept, without opening any."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return sorted(bank_accounts.every(tx))

    def transfer(
        self, month: Month, day: date, keys: OfficeKeys, out: Path, profile: str = "standard"
    ) -> TransferFile:
        """Write the 総合振込 file of all sheets of this month that are issued and not paid.

        RefusedError where anything is missing or has no legal form; then no file is written.
        """
        with self._store.db.write() as tx:
            office_facts(tx)
            allow(self._store, tx, "supervisor")
            refuse_doubts(self._store, tx, month)
            _check_day(day, month, office_settings(tx))
            people = roster(tx)
            wanted, left = _open_sheets(tx, people, month)
            held = self._opened(tx, keys)
            transfers = _transfers(people, wanted, held)
            data = _file(held, day, transfers, read_profile(profile))
            total = sum(transfer.yen for transfer in transfers)
            numbers = [sheet.number for sheet in wanted]
            before = _written_before(tx, numbers)
            named: dict[str, object] = {"file": out.name, "day": day.isoformat()}
            note(self._store, tx, "zengin", month=str(month), numbers=numbers, total=total, **named)
        replace_file(out, data)
        return TransferFile(out, len(transfers), total, tuple(left), before)

    def _opened(self, tx: Tx, keys: OfficeKeys) -> dict[str, dict[str, str]]:
        """Open all accounts; RefusedError where one lies in the row of somebody else.

        One that was sealed before it named its owner is sealed again so that it does.
        """
        public = OfficePublic.load(self._store.folder.identity)
        held = {}
        for owner, sealed in bank_accounts.every(tx).items():
            value = json.loads(sealing.unseal(sealed, keys.reading))
            if "promoter" not in value:
                value["promoter"] = owner
                again = sealing.seal(json.dumps(value).encode(), public.recipients)
                bank_accounts.seal_again(tx, owner, again)
            if value["promoter"] != owner:
                text = (
                    f"{owner} の行に {value['promoter']} の口座が入っています。振込のファイルは"
                    "作っていません。口座の表を、もう一度入れてください。"
                )
                raise RefusedError(text, code="exchanged")
            held[owner] = value
        return held


def _check_day(day: date, month: Month, office: Office) -> None:
    if not bank_is_open(day, office):
        raise RefusedError("振込の日は銀行の営業日にしてください。", code="closed_day")
    if day < month.first:
        text = f"振込の日が、{month.short()}より前です。年をご確認ください。"
        raise RefusedError(text, code="day_before")


def _file(
    held: dict[str, dict[str, str]], day: date, transfers: Sequence[Transfer], profile: Profile
) -> bytes:
    """Return the whole file, read again; RefusedError where anything has no legal form."""
    try:
        data = zengin.build(_consignor(held), day, transfers, profile)
    except NoFormError as error:
        text = f"振込のファイルは作っていません。{error}。直してから、もう一度お試しください。"
        raise RefusedError(text, code="no_form") from error
    if not zengin.agrees(data, transfers):
        raise RefusedError(NOT_TRUE, code="not_true")
    return data


def _written_before(tx: Tx, numbers: Sequence[str]) -> str:
    """Return when a file with one of these sheets was last made, '' for never."""
    made = [e.at for e in audit.entries(tx, "zengin") if set(e.detail["numbers"]) & set(numbers)]
    return max(made, default="")


def read_profile(name: str) -> Profile:
    """Return a bank's profile: the name of a shipped one, or the path of a TOML file."""
    place = Path(name) if name.endswith(".toml") else None
    try:
        if place is None and not re.fullmatch(r"[a-z0-9_-]+", name):
            raise FileNotFoundError(name)
        place = place or resource(f"banks/{name}.toml")
        given = tomllib.loads(place.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RefusedError(f"銀行の決まりが読めません: {name}", code="profile") from error
    plain = Profile("")
    wrong = [
        key for key, said in given.items() if type(said) is not type(getattr(plain, key, None))
    ]
    if wrong or "name" not in given:
        what = "、".join(wrong) or "name"
        text = f"銀行の決まりの {what} の書き方をご確認ください: {name}"
        raise RefusedError(text, code="profile")
    return Profile(**given)


def _open_sheets(tx: Tx, people: Roster, month: Month) -> tuple[list[Sheet], list[str]]:
    """Return (sheets to be paid by transfer, numbers of those that cannot be)."""
    due = all_due(tx, people, month)
    current = {d.line.appointment: d.approval for d in due}
    unpaid = [
        s
        for s in sheets.of_month(tx, str(month))
        if s.is_payable and payments.of_number(tx, s.number) is None
    ]
    stale = [s.number for s in unpaid if current.get(s.appointment) != s.approval]
    if stale:
        text = f"{'、'.join(stale)} は承認が変わっています。書類を作り直してください。"
        raise RefusedError(text, code="approval_changed")
    wanted = [s for s in unpaid if s.net > 0]
    twice_paid = beyond(tx, str(month), wanted, due)
    if twice_paid:
        text = f"{'、'.join(s.number for s in twice_paid)} は、同じ方の同じ地域がもう支払済みです。"
        raise RefusedError(f"{text}先に戻入を支払済みにしてください。", code="paid_already")
    if not wanted:
        text = f"{month.short()}に振り込むものがありません。先に支払の書類を作ってください。"
        raise RefusedError(text, code="nothing_to_pay")
    return wanted, [s.number for s in unpaid if s.net <= 0]


def _transfers(
    people: Roster, wanted: Sequence[Sheet], held: dict[str, dict[str, str]]
) -> list[Transfer]:
    missing = sorted({s.promoter for s in wanted} - set(held))
    if missing:
        text = f"口座がありません: {'、'.join(missing)}。口座の表に加えてください。"
        raise RefusedError(text, code="no_account")
    for sheet in wanted:
        _check_payee(sheet.promoter, appointment_of(people, sheet.appointment).payee, held)
    return [Transfer(_of(held[s.promoter]), s.net) for s in wanted]


def _check_payee(promoter: str, payee: Payee | None, held: dict[str, dict[str, str]]) -> None:
    """Refuse to pay into the promoter's account what somebody else is to get."""
    if payee is None:
        return
    holder = held[promoter]["holder_kana"]
    if payee.kana and _solid(payee.kana) == _solid(holder):
        return
    text = (
        f"{promoter} の支払先は {payee.name}さんですが、口座の名義が支払先のフリガナとちがいます。"
        f"支払先のフリガナと、口座の表の {promoter} の行をご確認ください。"
    )
    raise RefusedError(text, code="payee_account")


def _solid(name: str) -> str:
    """Return a name as a file would hold it, without blanks; as it is where it has no form."""
    try:
        return zengin.kana(name, _SOME_BANKS).replace(" ", "")
    except NoFormError:
        return name


def _consignor(held: dict[str, dict[str, str]]) -> Consignor:
    own = held.get(OFFICE)
    if own is None:
        text = (
            "委託者(事務局)の口座がありません。口座の表に、promoter が office の行を加え、"
            "列 client_code に銀行から知らされた委託者コード(10桁)を書いてください。"
        )
        raise RefusedError(text, code="no_consignor")
    return Consignor(own["client_code"], _of(own))


def _of(row: dict[str, str]) -> Account:
    return Account(**{name: row[name] for name in asdict(_EMPTY)})


_EMPTY = Account("", "", "", "", "")


def _rows(file: Path) -> list[Line]:
    """Return the lines of the table; RefusedError where two are for one person."""
    return read_table(file, COLUMNS, COLUMNS, "口座の表")


def _filled(text: str, size: int) -> str:
    """Put back the zeros that a spreadsheet takes from a number; nothing stays nothing."""
    return codes.plain(text).zfill(size) if text else ""


def _account(row: Line, known: set[str]) -> tuple[str, dict[str, str]]:
    """Return (whose, the fields to be sealed); RefusedError names the line."""
    owner = row.text("promoter")
    kind = codes.plain(row.text("kind"))
    value = {
        "promoter": owner,
        "bank_code": _filled(row.text("bank_code"), 4),
        "branch_code": _filled(row.text("branch_code"), 3),
        "kind": _KINDS.get(kind, kind),
        "account": _filled(row.text("account"), 7),
        "holder_kana": row.text("holder_kana"),
        "bank_kana": row.text("bank_kana"),
        "branch_kana": row.text("branch_kana"),
        "client_code": codes.plain(row.text("client_code")),
    }
    if owner not in known:
        raise row.wrong("promoter", "名簿にありません")
    try:
        zengin.check_account(_of(value), _SOME_BANKS)
    except NoFormError as error:
        raise row.refused(f"{error}。") from error
    return owner, value
