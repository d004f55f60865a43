"""写しを試す: once a month one 予備の写し, drawn by lot, is gone back to in a place of its own.

RELIABILITY.md §5.2: a copy that nobody ever went back to is only a hope. The records in use are
not touched; what was found stands beside the copies.
"""

import json

from kashiwa_desktop import disk, logs
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.looking_into import (
    CopyName,
    Trial,
    last_trial,
    named_copies,
    trial_note,
)
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.storage import copies


class TryingOut:
    """The month's trial of going back."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def when_due(self, _progress: Progress | None = None) -> Trial | None:
        """Try a copy unless one proved whole this month; None where none is due or there is none.

        A copy that failed is told of, and another one is tried at the next start.
        """
        if self._store.db.closed_for:
            return None
        today, last = self._store.clock.today(), last_trial(self._store.folder)
        if last is not None and last.whole and Month.of(last.day) >= Month.of(today):
            return None
        found = named_copies(self._store.folder)
        if not found:
            return None
        drawn = int.from_bytes(self._store.chance.token(8, "trial", today)) % len(found)
        trial = Trial(today, found[drawn], whole=self._comes_back(found[drawn]))
        said = {"day": str(today), "copy": trial.copy.file.name, "whole": trial.whole}
        trial_note(self._store.folder).write_text(json.dumps(said), encoding="utf-8")
        logs.note("copy-tried", whole=trial.whole)
        return trial

    def _comes_back(self, copy: CopyName) -> bool:
        """Go back to it where no records are in use, and compare what is there then."""
        beside = self._store.folder.store.with_name("store.db.tried")
        try:
            wanted = Keeping(self._store).look(copy.file)
            held = copies.try_out(copy.file, beside)
        except StoreError as error:
            if error.code != "damaged":
                raise
            return False
        finally:
            disk.forget(beside)
        return (held.revisions, held.digest) == (wanted.revisions, wanted.digest)
