"""What the office sets about money: its own dated rules, and the terms of each appointment.

Everything is a settings revision; nothing here reckons. What is off by default stays off until it
is written here (PRODUCT.md §2, 「詳しい設定」).
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from kashiwa_desktop.domain import code_list, honorarium
from kashiwa_desktop.domain.code_list import Code, CodeLists
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office_schema import OfficeBody
from kashiwa_desktop.domain.settings_schema import TermsBody, check_settings
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.errors import RefusedError, WrongUsageError
from kashiwa_desktop.services.office.roster import appointment_in, private_change, terms_of
from kashiwa_desktop.services.office.settings_changes import shared_change, write
from kashiwa_desktop.services.store import (
    Store,
    code_lists,
    office_facts,
    office_settings,
    roster,
)
from kashiwa_desktop.storage import activities, revisions
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx

_OFFICE = frozenset(f.encode_name for f in msgspec.structs.fields(OfficeBody)) - {"accounts"}
_TERMS = frozenset(f.encode_name for f in msgspec.structs.fields(TermsBody)) - {"appointment"}


class MoneySettings:
    """詳しい設定: rates, pro-rating, tax, how amounts are written, who is paid."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def office(self) -> dict[str, Any]:
        """Return the office's settings as they stand, only what was ever set."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return office_body(tx)

    def change_office(self, changes: Mapping[str, Any]) -> None:
        """Set fields of the office's settings (``OfficeBody``); None takes one back to its default.

        WrongUsageError for a field or a value this program does not know, RefusedError ``codes``
        for words that cannot stand beside each other.
        """
        with self._store.db.write() as tx:
            office_facts(tx)
            body = _changed(office_body(tx), changes, _OFFICE)
            if "codes" in changes:
                _refuse_codes(code_lists(tx), code_list.read(body.get("codes", ())))
            change = shared_change(tx, body, "office")
            write(self._store, tx, "office_settings", [change], fields=sorted(changes))

    def put_code(self, make: Callable[[CodeLists], Code | None]) -> None:
        """Put one more row over the code lists: ``make`` makes it from them as they stand."""
        with self._store.db.read() as tx:
            office_facts(tx)
            lists, said = code_lists(tx), code_list.rows_of(office_body(tx))
        row = make(lists)
        if row is None:
            raise RefusedError("その番号は一覧にありません。", code="codes")
        self.change_office({"codes": [one.body() for one in code_list.put(said, row)]})

    def terms(self, promoter: str, area: str) -> dict[str, Any]:
        """Return the terms of an appointment as they stand."""
        with self._store.db.read() as tx:
            return terms_of(tx, appointment_in(tx, promoter, area))

    def change_terms(self, promoter: str, area: str, changes: Mapping[str, Any]) -> None:
        """Set terms of one appointment (``TermsBody``): amounts, adjustments, tax, payee."""
        with self._store.db.write() as tx:
            held = appointment_in(tx, promoter, area)
            body = _changed(terms_of(tx, held), changes, _TERMS)
            named = {"promoter": promoter, "area": held.area, "fields": sorted(changes)}
            write(self._store, tx, "terms", [private_change(tx, body, held)], **named)

    def adjust(self, promoter: str, area: str, month: Month, yen: int, reason: str) -> None:
        """Add one 調整 to a month, with its reason; RefusedError where the sum were below 0."""
        if not reason.strip():
            raise RefusedError("調整の理由をお書きください。", code="reason_missing")
        with self._store.db.write() as tx:
            newest = appointment_in(tx, promoter, area)
            days = honorarium.activity_days(activities.find(tx, Wanted(promoter, month, month)))
            mine = [a for a in roster(tx).of_promoter(promoter) if a.area == newest.area]
            line = honorarium.lines(mine, office_settings(tx), month, days)
            if not line:
                text = f"{month.short()}は、委嘱のない月か休止の月です。調整は加えられません。"
                raise RefusedError(text, code="not_held")
            held = next(a for a in mine if a.id == line[0].appointment)
            if line[0].yen + yen < 0:
                text = f"{month.short()}の支給額がマイナスになります。額をご確認ください。"
                raise RefusedError(text, code="below_zero")
            terms = terms_of(tx, held)
            one = {"month": str(month), "yen": yen, "reason": clean(reason)}
            terms["adjustments"] = [*terms.get("adjustments", []), one]
            check_settings(terms)
            named = {"promoter": promoter, "area": held.area, "month": str(month)}
            write(self._store, tx, "adjust", [private_change(tx, terms, held)], **named)


def _refuse_codes(before: CodeLists, after: CodeLists) -> None:
    why = code_list.refusal(before, after)
    if why:
        raise RefusedError(why, code="codes", field="label")


def office_body(tx: Tx) -> dict[str, Any]:
    """Return the office's settings as they were set, defaults left out."""
    bodies = (r.body for r in revisions.shown(tx, "settings"))
    return dict(next((b for b in bodies if b.get("kind") == "office"), {"kind": "office"}))


def _changed(
    body: dict[str, Any], changes: Mapping[str, Any], known: frozenset[str]
) -> dict[str, Any]:
    unknown = sorted(set(changes) - known)
    if unknown:
        raise WrongUsageError(f"知らない設定です: {', '.join(unknown)}", code="field")
    merged = {**body, **changes}
    merged = {name: value for name, value in merged.items() if value is not None}
    try:
        check_settings(merged)
    except msgspec.ValidationError as error:
        raise WrongUsageError(f"設定の値をご確認ください({error})。", code="value") from error
    return merged
