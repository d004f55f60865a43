"""The office on the morning after the deadline: a year behind it, most of October here, some not.

What the pictures of all screens show, and what tests of the window copy. All of it went through
the real files and services, on stores of its own in one folder.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kashiwa_desktop.crypto.keys import OfficeKeys
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.paths import DataFolder, resource
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.sample import demo, register, reply_day, world
from kashiwa_desktop.sample.world import SamplePromoter
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.clock import JST, Chance, Clock
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.office.roster_tables import RosterTables, read_areas
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup
from kashiwa_desktop.services.office.table_file import COLUMNS
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.services.store import Store, open_folder
from kashiwa_desktop.services.travel.intake import Intake
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.submitting import Submitting

FIRST, MONTH = Month(2026, 4), Month(2026, 10)
SEED = 1
MORNING = datetime(2026, 11, 6, 10, 0, tzinfo=JST)
"""One day after the deadline of October."""
PROMOTER_DAY = datetime(2026, 10, 29, 16, 30, tzinfo=JST)
STAFF = "練習 担当"
COLLEAGUES = ((STAFF, "supervisor"), ("見本 花枝", "district"), ("例示 健", "district"))
"""Who would be asked for where the office has registered its staff (screen 36)."""

_EARLY = datetime(2026, 10, 1, 9, 0, tzinfo=JST)
_CLOSING = datetime(2026, 10, 31, 17, 0, tzinfo=JST)
_IN_TIME = datetime(2026, 11, 4, 9, 30, tzinfo=JST)
_LEAST_AREAS = 10


@dataclass(frozen=True, slots=True)
class OfficeDay:
    """Where everything lies; ``inbox`` holds what came in this morning and is not taken in yet."""

    root: Path
    passphrase: str

    @property
    def office(self) -> DataFolder:
        return DataFolder(self.root / "office")

    @property
    def promoter(self) -> DataFolder:
        """The PC of 柏 花子 at the end of October, before she closes it."""
        return DataFolder(self.root / "promoter")

    @property
    def replied(self) -> DataFolder:
        """The same PC after the office has answered, with a second area taken over."""
        return DataFolder(self.root / "replied")

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def settings(self) -> Path:
        return self.root / "settings.kssc"


@dataclass(frozen=True, slots=True)
class _Parts:
    """Who is who in this October, by the order of areas; the last areas have the stories."""

    clean: list[SamplePromoter]
    doubtful: SamplePromoter
    empty: SamplePromoter
    late: SamplePromoter
    corrected: SamplePromoter
    coming: list[SamplePromoter]
    on_leave: SamplePromoter
    gone: SamplePromoter


def build(root: Path, areas: int = 21, progress: Progress | None = None) -> OfficeDay:
    """Make it in ``root`` (new or empty) for 10 to 21 areas."""
    if areas < _LEAST_AREAS:
        raise ValueError(f"needs {_LEAST_AREAS} areas, got {areas}")
    demo.run(root, areas=areas, month=FIRST, seed=SEED, progress=progress)
    day = OfficeDay(root, (root / "passphrase.txt").read_text(encoding="utf-8").strip())
    people = world.promoters(read_areas(resource("areas.csv"))[:areas], SEED)
    parts = _cast(people)
    with _open(day.office, _EARLY) as office:
        keys = OfficeSetup(office).unlock(day.passphrase)
        _read_statistics(office, day)
        _change_roster(office, people, parts)
    _summer(day, people, parts, keys)
    _prepare_promoter(day, people[0], keys)
    reply_day.build(root, (people[0], parts.gone), keys, _open)
    _october(day, parts, keys)
    _fill_inbox(day, parts)
    return day


@contextmanager
def opened(folder: DataFolder, moment: datetime = MORNING) -> Iterator[Store]:
    """Open a store of the day at its own moment."""
    with _open(folder, moment) as store:
        yield store


def _cast(people: Sequence[SamplePromoter]) -> _Parts:
    *clean, doubtful, empty, late, corrected, coming, on_leave, gone = people
    extra = clean[-2:] if len(clean) > 6 else []
    clean = clean[: len(clean) - len(extra)]
    return _Parts(clean, doubtful, empty, late, corrected, [*extra, coming], on_leave, gone)


def _change_roster(office: Store, people: Sequence[SamplePromoter], parts: _Parts) -> None:
    roster = RosterService(office)
    for p in people:
        roster.set_contact(p.promoter, phone=f"04-7100-{p.number:04d}")
    gone, away = parts.gone, parts.on_leave
    roster.end(gone.promoter, gone.area_code, date(2026, 8, 31), "本人の申し出(練習)")
    roster.suspend(away.promoter, away.area_code, date(2026, 9, 1), None, "療養(練習)")


def _read_statistics(office: Store, day: OfficeDay) -> None:
    """Give the first area figures that are plainly round."""
    table = day.root / "statistics.csv"
    counts = "10000,400,1200,3000,1500,450"
    head = ",".join(COLUMNS["statistics"])
    table.write_text(f"{head}\n01,2026-04-01,{counts}\n", encoding="utf-8")
    RosterTables(office).read("statistics", table)


def _summer(
    day: OfficeDay, people: Sequence[SamplePromoter], parts: _Parts, keys: OfficeKeys
) -> None:
    """May to September: closed everywhere, taken in, approved."""
    files = []
    for p in people:
        last = Month(2026, 8) if p in (parts.gone, parts.on_leave) else MONTH.previous()
        with _open(_pc(day, p), _EARLY) as store:
            for month in months(FIRST.next(), last):
                Recording(store).add(world.month_records(p, month, SEED))
                Closing(store).close(month, remark=world.remark(p, month, SEED))
            known = register.resources(p, _EARLY.date())
            if p == parts.gone:
                known = register.left_behind(date(2026, 8, 31))
            Registering(store).add_all(known)
        with _open(_pc(day, p), _EARLY) as store:
            files.append(Submitting(store).submit(last, _folder(day, "summer")).file)
    before = datetime(2026, 5, 7, 9, 0, tzinfo=JST)  # so that no month of it counts as late
    with _open(day.office, before) as office:
        Intake(office, keys).take_in(files)
        for month in months(FIRST.next(), MONTH.previous()):
            Reviewing(office).approve(month, None)


def _prepare_promoter(day: OfficeDay, p: SamplePromoter, keys: OfficeKeys) -> None:
    """Let 柏 花子 have the office's return and most of October written, on a PC of her own."""
    shutil.copytree(day.root / "promoters" / p.promoter, day.promoter.root)
    with _open(day.office, _EARLY) as office:
        back = Returning(office).return_file(p.promoter, _folder(day, "returns"), keys)
    with _open(day.promoter, PROMOTER_DAY) as store:
        Receiving(store).receive(back.file)
        today = PROMOTER_DAY.date().isoformat()
        records = [r for r in world.month_records(p, MONTH, SEED) if r["date"] <= today]
        Recording(store).add(records[:5])


def _october(day: OfficeDay, parts: _Parts, keys: OfficeKeys) -> None:
    """October as it is on the morning after: approved, waiting, doubtful, empty, late, missing."""
    in_time = [_close(day, p) for p in parts.clean]
    in_time.append(_close(day, parts.doubtful, _twice))
    in_time.append(_close(day, parts.empty, _nothing, reason="けがのため休んだ(練習)"))
    in_time.append(_close(day, parts.corrected))
    late = _close(day, parts.late)
    with _open(day.office, _IN_TIME) as office:
        Intake(office, keys).take_in(in_time)
        done = [p.promoter for p in (*parts.clean[: len(parts.clean) * 2 // 3], parts.corrected)]
        Reviewing(office).approve(MONTH, done)
    with _open(day.office, MORNING) as office:
        Intake(office, keys).take_in([late])


def _fill_inbox(day: OfficeDay, parts: _Parts) -> None:
    """Put in the files of this morning: new, newer, once again, broken, from a new PC."""
    inbox = _folder(day, "inbox")
    for p in parts.coming:
        shutil.copy2(_close(day, p), inbox)
    shutil.copy2(_correct(day, parts.corrected), inbox)
    again = next((day.root / "october").glob(f"*{parts.clean[0].promoter}*"))
    shutil.copy2(again, inbox)
    data = bytearray(again.read_bytes())
    data[len(data) // 2] ^= 0xFF
    (inbox / f"copy_{again.name}").write_bytes(bytes(data))
    _from_new_pc(day, parts.clean[1], inbox)


def _from_new_pc(day: OfficeDay, p: SamplePromoter, inbox: Path) -> None:
    with _open(DataFolder(day.root / "new_pc"), MORNING) as store:
        PromoterSetup(store).read(day.settings, p.promoter)
        Recording(store).add(world.month_records(p, MONTH.next(), SEED)[:1])
        Submitting(store).submit(MONTH.next(), inbox)


def _correct(day: OfficeDay, p: SamplePromoter) -> Path:
    """After the approval he notices a mistake and closes the month again."""
    with _open(_pc(day, p), _IN_TIME) as store:
        closing, recording = Closing(store), Recording(store)
        closing.reopen(MONTH)
        record = recording.records(MONTH)[-1].id
        recording.edit(record, {"attendees": 18})
        closing.close(MONTH)
        return Submitting(store).submit(MONTH, _folder(day, "october")).file


Records = list[dict[str, Any]]


def _close(
    day: OfficeDay,
    p: SamplePromoter,
    change: Callable[[Records], Records] | None = None,
    *,
    reason: str = "",
) -> Path:
    """Record October on a promoter's PC, close it, and return the file."""
    records: Records = world.month_records(p, MONTH, SEED)
    with _open(_pc(day, p), _CLOSING) as store:
        kept = change(records) if change else records
        if kept:
            Recording(store).add(kept)
        remark = world.remark(p, MONTH, SEED)
        if reason:
            Closing(store).close(MONTH, empty=True, reason=reason)
        else:
            Closing(store).close(MONTH, remark=remark)
        return Submitting(store).submit(MONTH, _folder(day, "october")).file


def _twice(records: Records) -> Records:
    return [*records, records[1]]


def _nothing(_records: Records) -> Records:
    return []


def _pc(day: OfficeDay, p: SamplePromoter) -> DataFolder:
    return DataFolder(day.root / "promoters" / p.promoter)


def _folder(day: OfficeDay, name: str) -> Path:
    folder = day.root / name
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def _open(folder: DataFolder, moment: datetime) -> Iterator[Store]:
    folder.root.mkdir(parents=True, exist_ok=True)
    chance = Chance(f"office day {folder.root.name} {moment.isoformat()}")
    store = open_folder(folder, Clock(moment), chance, STAFF)
    try:
        yield store
    finally:
        store.close()
