"""A whole month for N areas through the real files: office, promoters, intake, review, papers.

Everything is done by the same services as in the window, on stores of its own in one folder. The
clock of the demonstration stands at the month's end and, in the office, at its deadline.
"""

import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any

from kashiwa_desktop.bundle import place
from kashiwa_desktop.crypto.keys import OfficeKeys
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import Area
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.paths import DataFolder, resource
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.sample import history as past
from kashiwa_desktop.sample import world
from kashiwa_desktop.sample.world import SamplePromoter
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.clock import JST, Chance, Clock
from kashiwa_desktop.services.holidays import deadline
from kashiwa_desktop.services.money.banking import COLUMNS, Banking
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.office.roster_tables import read_areas
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup, write_recovery_key
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.store import Store, open_folder
from kashiwa_desktop.services.travel.intake import Intake
from kashiwa_desktop.services.travel.submitting import Submitting

OFFICE_NAME = "柏市社会福祉協議会(練習)"
HISTORY = (Month(2015, 4), Month(2023, 3))
HISTORY_PROMOTERS = 20


@dataclass(slots=True)
class Demo:
    """One demonstration: its folder, its world, and what it has made so far."""

    out: Path
    areas: list[Area]
    month: Month
    seed: int
    progress: Progress
    files: list[Path] = field(default_factory=list)
    papers: list[Path] = field(default_factory=list)

    @property
    def chance(self) -> Chance:
        return Chance(f"demo {self.seed}")

    @property
    def office_folder(self) -> DataFolder:
        return DataFolder(self.out / "office")

    def promoter_folder(self, promoter: str) -> DataFolder:
        return DataFolder(self.out / "promoters" / promoter)


def run(
    out: Path,
    *,
    areas: int = 21,
    month: Month = Month(2026, 10),  # noqa: B008 - a value, not a mutable
    history: bool = False,
    seed: int = 1,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Make the demonstration in ``out`` (new or empty) and return its summary (PRODUCT.md §8)."""
    known = read_areas(resource("areas.csv"))
    if not 1 <= areas <= len(known):
        raise RefusedError(f"地域の数は1から{len(known)}までです。", code="areas")
    place.new_folder(out)
    if any(out.iterdir()):
        raise RefusedError(f"{out} は空のフォルダーではありません。", code="not_empty")
    count = min(areas, HISTORY_PROMOTERS) if history else areas
    demo = Demo(out, known[:count], HISTORY[1] if history else month, seed, progress or Progress())
    promoters = world.promoters(demo.areas, seed)
    keys, setup = _begin_office(demo, promoters)
    _enrol(demo, promoters, keys, setup)
    shutil.copytree(demo.office_folder.root, out / "office_start")
    work = _whole_history if history else _one_month
    done = work(demo, promoters, keys)
    return _summary(demo, promoters, done)


@dataclass(frozen=True, slots=True)
class _Done:
    """What the office did: how many it received and approved, and S right after the intake."""

    received: int
    approved: int
    digest: str


def _summary(demo: Demo, promoters: Sequence[SamplePromoter], done: _Done) -> dict[str, Any]:
    """Return the shape of PRODUCT.md §8; ``digest`` is S after the intake, in whatever order.

    ``office_digest`` is S at the end, with the office's own approvals.
    """
    with _open(demo, demo.office_folder, _review_time(demo)) as office:
        at_the_end, _ = Keeping(office).digest()
        total = sum(d.line.yen for d in Printing(office).ready(demo.month))
    return {
        "areas": len(demo.areas),
        "month": str(demo.month),
        "submitted": len(demo.files),
        "received": done.received,
        "approved": done.approved,
        "total_yen": total,
        "digest": done.digest,
        "office_digest": at_the_end,
        "files": [str(path) for path in demo.files],
        "papers": [str(path) for path in demo.papers],
        "office_start": str(demo.out / "office_start"),
        "office": str(demo.office_folder.root),
        "promoters": {p.promoter: str(demo.promoter_folder(p.promoter).root) for p in promoters},
    }


def _begin_office(demo: Demo, promoters: Sequence[SamplePromoter]) -> tuple[OfficeKeys, Path]:
    """Make the office: keys, areas, roster, and the settings file for everybody."""
    passphrase = " ".join(secrets.token_hex(2) for _ in range(4))
    (demo.out / "passphrase.txt").write_text(passphrase + "\n", encoding="utf-8")
    first = demo.month if demo.month != HISTORY[1] else HISTORY[0]
    with _open(demo, demo.office_folder, datetime.combine(first.first, time(9))) as office:
        setup = OfficeSetup(office)
        _, recovery = setup.begin(OFFICE_NAME, demo.areas, passphrase)
        write_recovery_key(demo.out / "recovery-key.txt", recovery)
        roster = RosterService(office)
        for p in promoters:
            roster.add_promoter(NewPromoter(p.promoter, p.name, p.kana, p.area_code, p.first))
        _give_bank(demo.out / "bank.csv", office, promoters)
        keys = setup.unlock(passphrase)
        made = setup.setup_file(demo.out / "settings.kssc", keys)
    return keys, made.file


def _give_bank(file: Path, office: Store, promoters: Sequence[SamplePromoter]) -> None:
    """Write invented accounts, to be read by ``office bank``; only the office's own is kept."""
    columns = (*COLUMNS, "client_code")
    own = ("office", "9999", "001", "1", "0000001", "シャフク)カシワレンシユウ", "9999999999")
    people = [
        (p.promoter, "9999", f"{p.number:03d}", "1", f"{p.number:07d}", p.kana, "")
        for p in promoters
    ]
    for rows in ([own], [own, *people]):
        lines = [",".join(row) for row in (columns, *rows)]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        if rows == [own]:
            Banking(office).read(file)


def _enrol(demo: Demo, promoters: Sequence[SamplePromoter], keys: OfficeKeys, setup: Path) -> None:
    """Let every promoter's PC be known: an empty submission, accepted by the office."""
    folder = demo.out / "enrolment"
    folder.mkdir()
    hello = []
    for n, p in enumerate(promoters):
        demo.progress.step("推進員のパソコンを用意しています", n, len(promoters))
        with _open(demo, demo.promoter_folder(p.promoter), _record_time(demo)) as store:
            PromoterSetup(store).read(setup, p.promoter)
            hello.append(Submitting(store).submit(demo.month, folder).file)
    with _open(demo, demo.office_folder, _record_time(demo)) as office:
        Intake(office, keys).take_in(hello, accept_new_device=True)


def _one_month(demo: Demo, promoters: Sequence[SamplePromoter], keys: OfficeKeys) -> _Done:
    """Record, close and submit everywhere; then take in, approve and print in the office."""

    def records(p: SamplePromoter, recording: Recording, closing: Closing) -> None:
        recording.add(world.month_records(p, demo.month, demo.seed))
        closing.close(demo.month, remark=world.remark(p, demo.month, demo.seed))

    _submit_all(demo, promoters, records)
    with _open(demo, demo.office_folder, _review_time(demo)) as office:
        taken = Intake(office, keys).take_in(demo.files, progress=demo.progress)
        digest, _ = Keeping(office).digest()
        reviewing = Reviewing(office)
        done = reviewing.approve(demo.month, None).done
        _print(demo, office)
        summary = reviewing.board(demo.month, demo.month).summary
    if not taken.all_in:
        raise RuntimeError("a demonstration's file was not taken in")
    return _Done(summary.received, len(done), digest)


def _submit_all(
    demo: Demo,
    promoters: Sequence[SamplePromoter],
    record: Callable[[SamplePromoter, Recording, Closing], None],
) -> None:
    folder = demo.out / "submissions"
    folder.mkdir()
    for n, p in enumerate(promoters):
        demo.progress.step("記録して締めています", n, len(promoters))
        with _open(demo, demo.promoter_folder(p.promoter), _record_time(demo)) as store:
            record(p, Recording(store), Closing(store))
            demo.files.append(Submitting(store).submit(demo.month, folder).file)


def _print(demo: Demo, office: Store) -> None:
    folder = demo.out / "papers"
    folder.mkdir()
    printing = Printing(office)
    made = (
        printing.honorarium(demo.month, None, folder / f"honorarium_{demo.month}.pdf"),
        printing.report(demo.month, None, folder / f"report_{demo.month}.pdf"),
        printing.payments(demo.month, folder / f"payments_{demo.month}.pdf"),
    )
    demo.papers.extend(paper.file for paper in made)


def _whole_history(demo: Demo, promoters: Sequence[SamplePromoter], keys: OfficeKeys) -> _Done:
    """H27–R4: every promoter's 96 months, closed one by one, in one cumulative file each."""
    by_promoter: dict[str, list[past.PastMonth]] = {p.promoter: [] for p in promoters}
    for month in past.history(promoters, demo.seed):
        by_promoter[month.promoter.promoter].append(month)

    def records(p: SamplePromoter, recording: Recording, closing: Closing) -> None:
        for month in by_promoter[p.promoter]:
            recording.add(month.records)
            closing.close(month.month)

    _submit_all(demo, promoters, records)
    with _open(demo, demo.office_folder, _review_time(demo)) as office:
        taken = Intake(office, keys).take_in(demo.files, progress=demo.progress)
        digest, _ = Keeping(office).digest()
        summary = Reviewing(office).board(demo.month, demo.month).summary
    if not taken.all_in:
        raise RuntimeError("a demonstration's file was not taken in")
    return _Done(summary.received, 0, digest)


@contextmanager
def _open(demo: Demo, folder: DataFolder, moment: datetime) -> Iterator[Store]:
    clock = Clock(moment.replace(tzinfo=JST))
    folder.root.mkdir(parents=True, exist_ok=True)
    store = open_folder(folder, clock, demo.chance, "練習 担当")
    try:
        yield store
    finally:
        store.close()


def _record_time(demo: Demo) -> datetime:
    return datetime.combine(demo.month.last, time(17))


def _review_time(demo: Demo) -> datetime:
    return datetime.combine(deadline(demo.month, Office()), time(10))
