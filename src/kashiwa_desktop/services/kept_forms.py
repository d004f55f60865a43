"""書きかけ of the office's forms: what staff typed and did not save yet, until they go on."""

from collections.abc import Mapping
from typing import Any

from kashiwa_desktop.services.store import Store
from kashiwa_desktop.storage import drafts
from kashiwa_desktop.storage.drafts import Draft

_OF = "kept_for"
"""Beside what was typed: a form has fields of any name, 場所 (``place``) among them."""


class KeptForms:
    """The drafts of one ``place``, and of whoever is at work; they never leave the office."""

    def __init__(self, store: Store, place: str) -> None:
        self._store = store
        self._mark = {"place": place, "staff": store.staff}

    def keep_draft(self, draft_id: str, fields: dict[str, Any]) -> None:
        with self._store.db.write() as tx:
            drafts.put(tx, Draft(draft_id, self._store.clock.text(), {**fields, _OF: self._mark}))

    def drop_draft(self, draft_id: str) -> None:
        with self._store.db.write() as tx:
            drafts.remove(tx, draft_id)

    def drafts(self) -> list[Draft]:
        """Return them, the newest first."""
        with self._store.db.read() as tx:
            kept = [_read(one) for one in drafts.all_drafts(tx)]
        return [Draft(d.id, d.at, typed) for d, typed, mark in kept if mark == self._mark]


def _read(draft: Draft) -> tuple[Draft, dict[str, Any], Mapping[str, Any]]:
    """Return what was typed and whose it is; older drafts of staff hold the mark in their midst."""
    typed = dict(draft.fields)
    mark = typed.pop(_OF, None)
    if mark is None:
        mark = {name: typed.pop(name, None) for name in ("place", "staff")}
    return draft, typed, mark
