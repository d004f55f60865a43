"""書きかけ of the office's forms: what staff typed and did not save yet, until they go on."""

from typing import Any

from kashiwa_desktop.services.store import Store
from kashiwa_desktop.storage import drafts
from kashiwa_desktop.storage.drafts import Draft


class KeptForms:
    """The drafts of one ``place``, and of whoever is at work; they never leave the office."""

    def __init__(self, store: Store, place: str) -> None:
        self._store = store
        self._mark = {"place": place, "staff": store.staff}

    def keep_draft(self, draft_id: str, fields: dict[str, Any]) -> None:
        with self._store.db.write() as tx:
            drafts.put(tx, Draft(draft_id, self._store.clock.text(), {**fields, **self._mark}))

    def drop_draft(self, draft_id: str) -> None:
        with self._store.db.write() as tx:
            drafts.remove(tx, draft_id)

    def drafts(self) -> list[Draft]:
        """Return them, the newest first."""
        with self._store.db.read() as tx:
            kept = drafts.all_drafts(tx)
        return [d for d in kept if all(d.fields.get(k) == v for k, v in self._mark.items())]
