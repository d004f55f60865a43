"""The office of this PC, as it is named over the telephone."""

from kashiwa_desktop.services.office.setup import office_number
from kashiwa_desktop.services.store import Store, office_facts


class OfficeHere:
    """What is asked for when somebody calls."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def number(self) -> str:
        """事務局の番号: the one on the invitation."""
        with self._store.db.read() as tx:
            return office_number(office_facts(tx).office)
