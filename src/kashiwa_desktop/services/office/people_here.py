"""使う人を替える: who keeps records on this PC, each in a folder of his own."""

from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop.crypto.keys import PcIdentity
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.store import facts, open_folder, roster
from kashiwa_desktop.services.travel.admitting import device_number

OTHERS = "people"
"""The folder beside the first person's records in which the others lie."""


@dataclass(frozen=True, slots=True)
class PersonHere:
    """One person who keeps records on this PC; ``here`` is the one at work now."""

    folder: DataFolder
    name: str
    areas: tuple[str, ...]
    here: bool = False


class PeopleHere:
    """The people of a shared PC, found from the folder of the one at work."""

    def __init__(self, folder: DataFolder) -> None:
        self._here = folder
        inside = folder.root.parent.name == OTHERS
        self._root = folder.root.parent.parent if inside else folder.root

    def everyone(self) -> list[PersonHere]:
        """Return the people of this PC, the one at work first; a folder nobody set up is none."""
        folders = [self._root, *self._others()]
        found = [self._person(DataFolder(root)) for root in folders]
        people = [person for person in found if person is not None]
        return sorted(people, key=lambda person: (not person.here, person.name))

    def device_number(self) -> str:
        """確認番号 of this PC, to be read out over the telephone; '' before its first setting."""
        if not PcIdentity.exists(self._here.identity):
            return ""
        return device_number(PcIdentity.load(self._here.identity).device)

    def new_folder(self) -> DataFolder:
        """Return a folder for one more person; nothing is written until he begins."""
        taken = {path.name for path in self._others()}
        number = next(n for n in range(2, 1000) if str(n) not in taken)
        return DataFolder(self._root / OTHERS / str(number))

    def _others(self) -> list[Path]:
        place = self._root / OTHERS
        return sorted(path for path in place.iterdir() if path.is_dir()) if place.is_dir() else []

    def _person(self, folder: DataFolder) -> PersonHere | None:
        if not folder.store.exists():
            return None
        try:
            store = open_folder(folder, Clock(), Chance())
        except AppError:
            return None
        try:
            with store.db.read() as tx:
                who, people = facts(tx), roster(tx)
        finally:
            store.close()
        person = people.person(who.promoter)
        if who.role != "promoter" or person is None:
            return None
        areas = dict.fromkeys(people.area(a.area).name for a in people.of_promoter(who.promoter))
        return PersonHere(folder, person.name, tuple(areas), folder.root == self._here.root)
