"""練習: a store of its own with invented records, that never touches the real ones."""

import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop import disk
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.paths import DataFolder, resource
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.sample import register, world
from kashiwa_desktop.sample.world import SamplePromoter
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.office.roster_tables import read_areas
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.services.store import Store, open_folder
from kashiwa_desktop.services.travel.submitting import Submitting

_FOLDER = "practice"
_OFFICE = "柏市社会福祉協議会(練習)"
_MONTHS_BACK = 3
_SEED = 1


@dataclass(frozen=True, slots=True)
class _Beginning:
    """A practice that is being made: where, for whom, and the running month."""

    folder: DataFolder
    person: SamplePromoter
    running: Month


def folder_of(real: DataFolder) -> DataFolder:
    """Return where the practice of these records lies: beside them, in a folder of its own."""
    return DataFolder(real.root / _FOLDER)


def open_practice(real: DataFolder, clock: Clock, progress: Progress) -> Store:
    """Open the practice store, made at its first opening; the real store is never opened here."""
    folder = folder_of(real)
    if not folder.store.exists():
        _make(folder, clock, progress)
    return open_folder(folder, clock, Chance())


def _make(folder: DataFolder, clock: Clock, progress: Progress) -> None:
    """Make the practice beside its place and put it there whole, or not at all."""
    running = Month.of(clock.today())
    with tempfile.TemporaryDirectory(dir=folder.root.parent, prefix="practice-") as place:
        progress.step("練習の用意をしています", 0, 2)
        made, person = _set_up(Path(place), clock)
        progress.step("練習の用意をしています", 1, 2)
        _record(_Beginning(made, person, running), clock)
        progress.step("練習の用意をしています", 2, 2)
        disk.replace(made.root, folder.root)


def _set_up(place: Path, clock: Clock) -> tuple[DataFolder, SamplePromoter]:
    """Make an office that nobody keeps, and a promoter's store that knows it."""
    passphrase = secrets.token_hex(8)
    areas = read_areas(resource("areas.csv"))[:1]
    person = world.promoters(areas, _SEED)[0]
    office = open_folder(DataFolder(place / "office"), clock, Chance())
    try:
        setup = OfficeSetup(office)
        setup.begin(_OFFICE, areas, passphrase)
        new = NewPromoter(person.promoter, person.name, person.kana, person.area_code, person.first)
        RosterService(office).add_promoter(new)
        file = setup.setup_file(place / "settings.kssc", setup.unlock(passphrase)).file
    finally:
        office.close()
    folder = DataFolder(place / "person")
    store = open_folder(folder, clock, Chance())
    try:
        PromoterSetup(store).read(file, person.promoter)
    finally:
        store.close()
    return folder, person


def _record(beginning: _Beginning, clock: Clock) -> None:
    """Write some months: the older ones closed and saved, the last one still to be handed over."""
    store = open_folder(beginning.folder, clock, Chance())
    try:
        month = beginning.running
        for _ in range(_MONTHS_BACK):
            month = month.previous()
        while month < beginning.running:
            Recording(store).add(world.month_records(beginning.person, month, _SEED))
            if month.next() < beginning.running:
                Closing(store).close(month)
            month = month.next()
        Submitting(store).submit(month.previous().previous(), store.folder.archive)
        today = clock.today().isoformat()
        so_far = world.month_records(beginning.person, beginning.running, _SEED)
        Recording(store).add([r for r in so_far if r["date"] <= today])
        Registering(store).add_all(register.resources(beginning.person, clock.today()))
    finally:
        store.close()
