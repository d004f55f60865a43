"""事務局の用意: there is an office only after its recovery key is on paper and everything opened.

RELIABILITY.md §5.4: keys are made, the recovery key is shown once, a person types some of its words
back, and a canary is opened from disk with each key. What stops before ``finish`` leaves no office;
the next try makes new keys and puts those aside whose recovery key nobody wrote down.
"""

from dataclasses import dataclass, field
from pathlib import Path

from kashiwa_desktop.crypto import canary, recovery_words
from kashiwa_desktop.crypto.keys import OfficeKeys, OfficePublic, RecoveryKey
from kashiwa_desktop.domain.people import Area
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.paths import resource
from kashiwa_desktop.services.office.recovery_paper import recovery_paper
from kashiwa_desktop.services.office.roster_tables import read_areas
from kashiwa_desktop.services.office.setup import enter_office, make_keys, office_number
from kashiwa_desktop.services.store import Store

ASKED = 3
"""How many words a person types back: enough to see that there is a paper, not a test of memory."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Where a word stands on the paper, both counted from 1."""

    line: int
    word: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """An office whose keys are made and which is not one yet; ``lines`` are the recovery words."""

    name: str
    areas: tuple[Area, ...]
    number: str
    lines: tuple[tuple[str, ...], ...] = field(repr=False)
    places: tuple[PlaceRow, ...]

    def is_word(self, place: PlaceRow, typed: str) -> bool:
        """Whether ``typed`` is the word at that place."""
        wanted = self.lines[place.line - 1][place.word - 1]
        return recovery_words.is_same(wanted, typed)


class Beginning:
    """Making a new office, step by step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def areas(self, file: Path | None = None) -> list[Area]:
        """Return the areas of a table (CSV), or those that ship with the program."""
        return read_areas(file or resource("areas.csv"))

    def prepare(self, name: str, areas: list[Area], passphrase: str) -> Prepared:
        """Make the keys; RefusedError in a folder that holds something; StoreError."""
        public, _, recovery = make_keys(self._store, passphrase)
        canary.write(self._store.folder.identity, public.recipients)
        lines = tuple(map(tuple, recovery.words()))
        number = office_number(public.office)
        return Prepared(clean(name), tuple(areas), number, lines, self._places())

    def paper(self, prepared: Prepared) -> bytes:
        """Return the paper of the recovery key (PDF): it is never written to this PC's disk."""
        return recovery_paper(self._store, prepared.name, prepared.number, _recovery(prepared))

    def finish(self, prepared: Prepared, passphrase: str) -> str:
        """Open everything from disk again, and only then let there be an office.

        Returns its number. WrongPassphraseError, StoreError: then there is still no office.
        """
        folder = self._store.folder.identity
        public = OfficePublic.load(folder)
        keys = OfficeKeys.unlock(folder, passphrase)
        canary.prove(folder, [keys.receiving, _recovery(prepared).receiving])
        enter_office(self._store, prepared.name, list(prepared.areas), public, keys)
        return office_number(public.office)

    def _places(self) -> tuple[PlaceRow, ...]:
        """Draw words of different lines, top to bottom."""
        drawn = self._store.chance.token(32, "recovery words")
        lines = sorted(range(recovery_words.LINES), key=lambda n: drawn[n])[:ASKED]
        words = recovery_words.IN_A_LINE
        return tuple(PlaceRow(n + 1, drawn[16 + n] % words + 1) for n in sorted(lines))


def _recovery(prepared: Prepared) -> RecoveryKey:
    return RecoveryKey.from_text("\n".join(map(" ".join, prepared.lines)))
