"""The office of this PC, as it is named over the telephone."""

from kashiwa_desktop.services.office.setup import office_number
from kashiwa_desktop.services.store import Store, office_facts, office_settings


class OfficeHere:
    """What is asked for when somebody calls."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def number(self) -> str:
        """事務局の番号: the one on the invitation."""
        with self._store.db.read() as tx:
            return office_number(office_facts(tx).office)

    def contact(self) -> str:
        """「事務局 04-7100-0000 担当 見本 係」 as the office set it, '' where it set nothing."""
        with self._store.db.read() as tx:
            said = office_settings(tx)
        officer = f"担当 {said.officer}" if said.officer else ""
        parts = [part for part in (said.telephone, officer) if part]
        return f"事務局 {' '.join(parts)}" if parts else ""
