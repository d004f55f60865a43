"""予備のかぎを確かめる: once a year the envelope is tried on real files, and the day is kept.

RELIABILITY.md §5.4: a key that nobody tried is a hope. Two people open the envelope.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kashiwa_desktop.bundle import place
from kashiwa_desktop.bundle.header import KINDS
from kashiwa_desktop.bundle.reader import open_file
from kashiwa_desktop.crypto import keys as key_room
from kashiwa_desktop.errors import AppError, StoreError
from kashiwa_desktop.services.safety.guarding import own_recovery, paper_of
from kashiwa_desktop.services.store import Store, note, office_facts
from kashiwa_desktop.storage import audit

_SEALED = set(KINDS.values()) - {KINDS["setup"]}
_EVENT = "check_recovery"
_TRIED = 3
_DAYS = 365


@dataclass(frozen=True, slots=True)
class LastDrill:
    """When the recovery key was last tried (None: never), and whether a year has gone by."""

    day: date | None
    is_due: bool


class RecoveryDrill:
    """What is done with the envelope while everything still works."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def last(self) -> LastDrill:
        """Return the last trial; making an office counts as the first one."""
        with self._store.db.read() as tx:
            office_facts(tx)
            found = [*audit.entries(tx, "begin"), *audit.entries(tx, _EVENT)]
        days = [datetime.fromisoformat(entry.at).date() for entry in found]
        last = max(days, default=None)
        due = last is None or (self._store.clock.today() - last).days >= _DAYS
        return LastDrill(last, due)

    def prove(self, text: str) -> int:
        """Try the key on a canary and on the newest files kept; returns how many files opened.

        RefusedError for a slip of the pen or another office's key; StoreError where one stays shut.
        """
        recovery = own_recovery(self._store, text)
        key_room.prove(recovery.signing, [recovery.receiving])
        opened = 0
        for path in self._newest():
            try:
                open_file(place.load(path), [recovery.receiving])
            except AppError as error:
                wrong = f"予備のかぎで開けないファイルがあります: {path.name}"
                raise StoreError(wrong, code="key_not_proved") from error
            opened += 1
        with self._store.db.write() as tx:
            note(self._store, tx, _EVENT, files=opened)
        return opened

    def paper(self, text: str) -> bytes:
        """Return the paper of the recovery key again; the key itself is kept nowhere here."""
        return paper_of(self._store, own_recovery(self._store, text))

    def _newest(self) -> list[Path]:
        found = [p for p in self._store.folder.archive.iterdir() if p.suffix in _SEALED]
        return sorted(found, key=lambda path: path.name, reverse=True)[:_TRIED]
