"""地域の資源(市域): the resources of all areas, as promoters and staff keep them."""

from pathlib import Path

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.records.conflict_cards import ConflictCard, cards_of_resources
from kashiwa_desktop.services.records.register_workbook import WrittenRegister, write
from kashiwa_desktop.services.records.registered import (
    Shown,
    YearCounts,
    count,
    not_continued,
    put_in_words,
)
from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.services.store import Store, allow, office_facts, roster
from kashiwa_desktop.storage import resources


class CityRegister:
    """The resources of all areas, in the office."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(
        self,
        area: str | None = None,
        kind: str | None = None,
        stale_days: int | None = None,
        *,
        ended: bool = False,
    ) -> tuple[Shown, ...]:
        """Return what all promoters and staff keep, in the order of areas, each thing once.

        ``area`` is a code; ``stale_days`` leaves only what nobody made sure of for longer.
        """
        today = self._store.clock.today()
        with self._store.db.read() as tx:
            office_facts(tx)
            people = roster(tx)
            held = not_continued(resources.shown(tx))
        found = [
            put_in_words(one, by, people, today)
            for one, by in held.items()
            if area in (None, one.area)
            and kind in (None, one.kind)
            and (ended or one.lasts_on(today))
            and (stale_days is None or one.is_stale(today, stale_days))
        ]
        order = {a.code: n for n, a in enumerate(people.areas)}
        return tuple(sorted(found, key=lambda s: order.get(s.resource.area, len(order))))

    def counts(self, year: int, area: str | None = None) -> YearCounts:
        """Return the counts at the end of a fiscal year, or today in the running one."""
        with self._store.db.read() as tx:
            office_facts(tx)
            held = [r for r in not_continued(resources.shown(tx)) if area in (None, r.area)]
            return count(held, resources.first_days(tx), year, self._store.clock.today())

    def areas(self) -> dict[str, str]:
        """Return all areas, code → name, in the office's order."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return {a.code: a.name for a in roster(tx).areas}

    def writing_for(self, area: str) -> str:
        """Return for whom staff write in an area today: its promoter, '' where it has nobody.

        Of two who share an area, the one appointed first.
        """
        today = self._store.clock.today()
        with self._store.db.read() as tx:
            office_facts(tx)
            held = [a for a in roster(tx).appointments if a.area == area and a.active_on(today)]
        return min(held, key=lambda a: (a.first, a.promoter)).promoter if held else ""

    def conflicts(self) -> tuple[ConflictCard, ...]:
        """Return the open conflicts of resources; ``Deciding.resolve`` decides them."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return tuple(cards_of_resources(tx, roster(tx)))

    def excel(self, out: Path, progress: Progress | None = None) -> WrittenRegister:
        """Write the 市域版: all areas, one row a resource. CancelledError leaves no file."""
        with self._store.db.read() as tx:
            allow(self._store, tx)
        return write(self._store, self.list(), out, progress)

    def registering(self, promoter: str) -> Registering:
        """Return the register of one promoter, '' for the city, for staff to write in."""
        return Registering(self._store, promoter)
