"""Accounts of the office's staff: 地区担当 and 管理者, when the office switches them on.

Off by default: then ``--as`` is any name. On, every name must be one of these, and 支払 and the
accounts themselves are for a 管理者 (PRODUCT.md §4, §5). Four eyes hold with and without them.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from kashiwa_desktop.domain.log_words import event_words
from kashiwa_desktop.domain.revision import RecordKey, derived_id
from kashiwa_desktop.domain.staff import ROLES, Member
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.errors import RefusedError, WrongUsageError
from kashiwa_desktop.services.office.settings_changes import patched
from kashiwa_desktop.services.store import (
    Change,
    Store,
    allow,
    office_facts,
    office_settings,
    refuse_nobody,
    save,
    staff_members,
)
from kashiwa_desktop.services.undoing import changed, remember
from kashiwa_desktop.storage import audit
from kashiwa_desktop.storage.audit import Entry
from kashiwa_desktop.storage.database import Tx


class Accounts:
    """Who works in this office, and what was done (操作の記録)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def are_on(self) -> bool:
        with self._store.db.read() as tx:
            return office_settings(tx).accounts

    def may_supervise(self) -> bool:
        """Whether whoever is at work may print and pay: everybody where accounts are off."""
        with self._store.db.read() as tx:
            try:
                allow(self._store, tx, "supervisor")
            except RefusedError:
                return False
        return True

    def must_choose(self) -> bool:
        """Whether the window first asks who is at work: there are names to choose from."""
        today = self._store.clock.today()
        named = [m.name for m in self.staff(today)]
        return bool(named) and self._store.staff not in named

    def staff(self, day: date | None = None) -> list[Member]:
        """Return the accounts, those in force on ``day`` where it is given."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return [m for m in staff_members(tx) if day is None or m.active_on(day)]

    def add(self, name: str, role: str, first: date | None = None) -> Member:
        """Add an account, or give one another role; RefusedError where nobody could manage them."""
        if role not in ROLES:
            raise WrongUsageError(f"知らない役割です: {role}", code="role")
        if not clean(name).strip():
            raise WrongUsageError("職員の名前をお書きください。", code="name")
        day = first or self._store.clock.today()
        member = Member(clean(name), role, day)
        patch = {"role": role, "from": day.isoformat(), "to": None}
        with self._store.db.write() as tx:
            self._change(tx, member, patch, "add_staff")
        return member

    def end(self, name: str, last: date | None = None) -> Member:
        """End an account on its last day (yesterday where none is given)."""
        day = last or self._store.clock.today() - timedelta(days=1)
        with self._store.db.write() as tx:
            office_facts(tx)
            found = next((m for m in staff_members(tx) if m.name == name), None)
            if found is None:
                raise RefusedError(f"その名前の職員は登録されていません: {name}", code="not_found")
            self._change(tx, found, {"to": day.isoformat()}, "end_staff")
        return replace(found, last=day)

    def switch(self, *, on: bool) -> None:
        """Switch accounts on or off; RefusedError while no 管理者 is registered."""
        key = RecordKey(None, "settings", derived_id("settings", "office", "office"))
        with self._store.db.write() as tx:
            office_facts(tx)
            allow(self._store, tx, "supervisor")
            change = patched(tx, key, {"kind": "office"}, {"accounts": on})
            self._write(tx, "switch_accounts", change, on=on)

    def log(self, event: str | None = None) -> list[Entry]:
        """Return 操作の記録, oldest first: who, when, what, before and after as ids."""
        with self._store.db.read() as tx:
            return audit.entries(tx, event)

    def _change(self, tx: Tx, member: Member, patch: Mapping[str, Any], event: str) -> None:
        office_facts(tx)
        allow(self._store, tx, "supervisor")
        self._write(tx, event, _change(tx, member, patch), role=member.role)

    def _write(self, tx: Tx, event: str, change: Change | None, **codes: object) -> None:
        """Save and log what was allowed beforehand: afterwards it may be allowed no more."""
        made = save(self._store, tx, [change] if change else [])
        remember(self._store, tx, made, event_words(event))
        refuse_nobody(self._store, tx)
        who, at = self._store.staff, self._store.clock.text()
        audit.write(tx, at, who, event, **codes, changes=changed(made))


def _change(tx: Tx, member: Member, patch: Mapping[str, Any]) -> Change | None:
    key = RecordKey(None, "settings", derived_id("settings", "staff", member.name))
    start = {"kind": "staff", "name": member.name, "role": member.role}
    return patched(tx, key, start | {"from": member.first.isoformat()}, patch)
