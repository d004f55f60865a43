"""What staff typed and did not send yet: kept in the store, by person, until it is sent."""

import json
from collections.abc import Mapping

from kashiwa_desktop.services.store import Store, office_facts
from kashiwa_desktop.storage import meta

Words = dict[str, str]


class KeptWords:
    """Texts by what they are for, of the one who is at work; they never travel."""

    def __init__(self, store: Store, place: str) -> None:
        self._store = store
        self._name = f"kept_words {place} {store.staff}"

    def read(self) -> Words:
        with self._store.db.read() as tx:
            office_facts(tx)
            return dict(json.loads(meta.get(tx, self._name) or "{}"))

    def keep(self, words: Mapping[str, str]) -> None:
        """Keep these and no others; empty texts are forgotten."""
        held = {what: text for what, text in words.items() if text.strip()}
        with self._store.db.write() as tx:
            office_facts(tx)
            meta.put(tx, self._name, json.dumps(held, ensure_ascii=False, sort_keys=True))
