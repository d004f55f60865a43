"""予備の写し that nobody has to think of: the day's first start, and closing after a change.

RELIABILITY.md §5.2. A copy is made by ``Keeping.back_up``: opened again and compared before it
counts. Only after a newer one is good are old ones thinned out, and never while anything is wrong.
"""

from datetime import date, datetime

from kashiwa_desktop import disk, logs
from kashiwa_desktop.domain.copy_keeping import KeptCopy, lifted_to_remove, to_remove
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.records.attaching import Attaching
from kashiwa_desktop.services.safety.keeping import Copy, Keeping
from kashiwa_desktop.services.safety.looking_into import CopyName, lifted_copies, named_copies
from kashiwa_desktop.services.store import Store, facts
from kashiwa_desktop.storage import copies, swapping


class Copying:
    """What happens by itself when the program is opened and closed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._keeping = Keeping(store)

    def at_start(self, _progress: Progress | None = None) -> datetime | None:
        """Make the day's first copy (else prove the store whole), and thin out what is old.

        Returns when the newest copy was made, None before the first setting. StoreError where it
        cannot be made: the records themselves are as they were.
        """
        if self._store.db.closed_for or not self._is_set_up():
            return None
        swapping.forget_leftovers(self._store.folder.store)
        newest = self._newest()
        if newest is None or newest.made_at.date() < self._today():
            self._make("start")
        elif self._store.db.path is not None:
            self._keeping.prove()
        if not self._is_office():
            Attaching(self._store).tidy()
        newest = self._newest()
        return newest.made_at if newest else None

    def at_close(self) -> Copy | None:
        """Make a copy if anything changed since the newest one; a shared database is left alone."""
        path = self._store.db.path
        if path is None or self._store.db.closed_for or not self._is_set_up():
            return None
        newest = self._newest()
        if newest is not None and copies.same(path, newest.file):
            return None
        return self._make("close")

    def _make(self, why: str) -> Copy:
        made = self._keeping.back_up(why)
        self._thin_out()
        return made

    def _thin_out(self) -> None:
        """Let old copies go: the one just made was compared, so what is here now is whole."""
        held = {one.file.name: one for one in named_copies(self._store.folder)}
        known = [KeptCopy(name, one.made_at, one.why) for name, one in held.items()]
        gone = to_remove(known, self._store.clock.now().replace(tzinfo=None))
        for name in gone:
            disk.forget(held[name].file, held[name].file.with_suffix(".sha256"))
        lifted = {one.file.name: one for one in lifted_copies(self._store.folder)}
        old = [KeptCopy(name, one.made_at, one.why) for name, one in lifted.items()]
        for name in lifted_to_remove(old, self._store.clock.now().replace(tzinfo=None)):
            disk.forget(lifted[name].file)
        if gone:
            logs.note("copies-thinned", files=len(gone))

    def _newest(self) -> CopyName | None:
        found = named_copies(self._store.folder)
        return found[0] if found else None

    def _today(self) -> date:
        return self._store.clock.today()

    def _is_set_up(self) -> bool:
        with self._store.db.read() as tx:
            return bool(facts(tx).role)

    def _is_office(self) -> bool:
        with self._store.db.read() as tx:
            return facts(tx).is_office
