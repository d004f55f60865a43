"""Reading the promoter's records for the list: a month, or all that hold certain words."""

from dataclasses import dataclass
from datetime import date

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.attachment import Attachment
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wording import search_key
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.records.attaching import Attaching
from kashiwa_desktop.services.store import Store, promoter_facts, roster
from kashiwa_desktop.storage import activities, drafts
from kashiwa_desktop.storage.activities import Wanted

MOST = 1000
"""How many records a search shows, the newest first."""


@dataclass(frozen=True, slots=True)
class Found:
    """The records of a month, or what a search found; ``count`` may be more than is shown."""

    text: str
    records: tuple[Activity, ...]
    count: int


class Listing:
    """The promoter's records as they are read, never changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.attaching = Attaching(store)

    def today(self) -> date:
        return self._store.clock.today()

    def month(self, month: Month, progress: Progress | None = None) -> Found:
        """Return the records of one month by date."""
        (progress or Progress()).step("", 0, 0)
        with self._store.db.read() as tx:
            who = promoter_facts(tx)
            records = activities.find(tx, Wanted(who.promoter, month, month))
        return Found("", tuple(records), len(records))

    def search(self, text: str, progress: Progress | None = None) -> Found:
        """Find ``text`` as typed in all months; width, kana and variants of names do not matter."""
        (progress or Progress()).step("", 0, 0)
        with self._store.db.read() as tx:
            wanted = Wanted(promoter_facts(tx).promoter, text=search_key(text))
            newest = activities.newest(tx, wanted, MOST)
            return Found(text, tuple(newest), activities.count(tx, wanted))

    def area_names(self) -> dict[str, str]:
        """Return the names of the promoter's areas by code; only one: nothing to tell apart."""
        with self._store.db.read() as tx:
            who, people = promoter_facts(tx), roster(tx)
            codes = {a.area for a in people.of_promoter(who.promoter)}
            return {code: people.area(code).name for code in sorted(codes)}

    def has_predecessor(self) -> bool:
        """Whether records of a predecessor were handed over to this PC."""
        with self._store.db.read() as tx:
            return activities.any_of_others(tx, promoter_facts(tx).promoter)

    def files(self, record: str) -> list[Attachment]:
        """Return the 添付 of a record that were taken in on this PC."""
        return self.attaching.of_record(record)

    def private_note(self, record: str) -> str:
        """Return the 自分用メモ of a record."""
        with self._store.db.read() as tx:
            return drafts.private_text(tx, record)
