"""Files that came in or went out, which revisions each carried, intakes, and what waits."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, func, select

from kashiwa_desktop.storage.revisions import add_rows
from kashiwa_desktop.storage.tables import bundle, bundle_revision, intake, revision, waiting

_PROGRAM = "kashiwa-desktop "


@dataclass(frozen=True, slots=True)
class Bundle:
    """One travelling file as the store remembers it; ``at`` is when it was received or made."""

    id: str
    direction: str
    kind: str
    promoter: str
    device: str
    seq: int
    at: str
    intake: str
    file: str
    header: str


@dataclass(frozen=True, slots=True)
class LastIntake:
    """One intake: its files came in together and can be taken back together."""

    id: str
    n: int
    at: str
    who: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits for a person (or for an update), and why."""

    file: str
    bundle: str
    reason: str
    text: str
    promoter: str
    device: str
    at: str


def add(tx: Connection, value: Bundle, revisions: Iterable[str]) -> None:
    """Remember a file and what it carried."""
    add_rows(tx, bundle, [asdict(value)])
    add_rows(tx, bundle_revision, [{"bundle": value.id, "revision": r} for r in revisions])


def get(tx: Connection, bundle_id: str) -> Bundle | None:
    row = tx.execute(select(bundle).where(bundle.c.id == bundle_id)).mappings().first()
    return None if row is None else Bundle(**row)


def all_bundles(tx: Connection, direction: str) -> list[Bundle]:
    query = select(bundle).where(bundle.c.direction == direction).order_by(bundle.c.at, bundle.c.id)
    return [Bundle(**row) for row in tx.execute(query).mappings()]


def received_in(tx: Connection, files: Collection[str]) -> list[Bundle]:
    """Return what came in with these files of the archive, ordered by id."""
    c = bundle.c
    query = select(bundle).where(c.direction == "in", c.file.in_(sorted(files))).order_by(c.id)
    return [Bundle(**row) for row in tx.execute(query).mappings()]


def revisions_of(tx: Connection, bundle_id: str) -> list[str]:
    """Return which revisions a file carried, in the order of their ids."""
    c = bundle_revision.c
    query = select(c.revision).where(c.bundle == bundle_id).order_by(c.revision)
    return list(tx.scalars(query))


def file_carrying(tx: Connection, revision_id: str) -> str:
    """Return the newest file made here that carries this revision, '' for none."""
    joined = bundle.join(bundle_revision, bundle_revision.c.bundle == bundle.c.id)
    query = (
        select(bundle.c.file)
        .select_from(joined)
        .where(bundle_revision.c.revision == revision_id, bundle.c.direction == "out")
        .order_by(bundle.c.at.desc(), bundle.c.seq.desc())
    )
    return tx.scalar(query.limit(1)) or ""


def finish(tx: Connection, bundle_id: str, revisions: Iterable[str]) -> None:
    """A file that was being made is now written and read back."""
    tx.execute(bundle.update().where(bundle.c.id == bundle_id).values(direction="out"))
    add_rows(tx, bundle_revision, [{"bundle": bundle_id, "revision": r} for r in revisions])


def last_made(tx: Connection, device: str, *, finished: bool = False) -> Bundle | None:
    """Return the newest file this PC made (or began to make), by its sequence number."""
    directions = ("out",) if finished else ("out", "making")
    query = (
        select(bundle)
        .where(bundle.c.direction.in_(directions), bundle.c.device == device)
        .order_by(bundle.c.seq.desc())
    )
    row = tx.execute(query).mappings().first()
    return None if row is None else Bundle(**row)


def carried(tx: Connection, ids: Collection[str], direction: str) -> set[str]:
    """Return those of these revisions that some file of this direction carried."""
    joined = bundle_revision.join(bundle, bundle.c.id == bundle_revision.c.bundle)
    query = (
        select(bundle_revision.c.revision)
        .select_from(joined)
        .where(bundle.c.direction == direction, bundle_revision.c.revision.in_(sorted(ids)))
    )
    return set(tx.scalars(query))


def last_return(tx: Connection, promoter: str) -> Bundle | None:
    """Return the newest 事務局からの返事 made for a promoter, None where none was made."""
    query = (
        select(bundle)
        .where(bundle.c.direction == "out", bundle.c.kind == "return")
        .where(bundle.c.promoter == promoter)
        .order_by(bundle.c.at.desc(), bundle.c.seq.desc())
    )
    row = tx.execute(query).mappings().first()
    return None if row is None else Bundle(**row)


def carried_any(tx: Connection, ids: Collection[str], direction: str) -> set[str]:
    """Return the same for any number of ids."""
    wanted = sorted(ids)
    found: set[str] = set()
    for i in range(0, len(wanted), 500):
        found |= carried(tx, wanted[i : i + 500], direction)
    return found


def has_twin(tx: Connection, device: str, seq: int, bundle_id: str) -> bool:
    """Whether another file that came in has the same number of the same PC."""
    query = select(bundle.c.id).where(
        bundle.c.direction == "in",
        bundle.c.device == device,
        bundle.c.seq == seq,
        bundle.c.id != bundle_id,
    )
    return tx.scalar(query.limit(1)) is not None


def twins(tx: Connection) -> dict[str, str]:
    """Return the PCs of which two files with one number came in, with when the last of them did."""
    c = bundle.c
    query = (
        select(c.device, func.max(c.at).label("last"))
        .where(c.direction == "in", c.promoter != "")
        .group_by(c.device, c.seq)
        .having(func.count() > 1)
    )
    found: dict[str, str] = {}
    for device, last in tx.execute(query):
        found[device] = max(found.get(device, ""), last)
    return found


def received_earlier(tx: Connection, bundle_id: str, at: str) -> None:
    """A file that came in is known to have come at ``at``, if that was earlier."""
    earlier = (bundle.c.id == bundle_id) & (bundle.c.direction == "in") & (bundle.c.at > at)
    tx.execute(bundle.update().where(earlier).values(at=at))


def apps(tx: Connection) -> dict[str, str]:
    """Return with which version each PC made its newest file that came in."""
    c = bundle.c
    newest = (
        select(c.device, func.max(c.at).label("at"))
        .where(c.direction == "in")
        .group_by(c.device)
        .subquery()
    )
    same = (c.device == newest.c.device) & (c.at == newest.c.at)
    query = select(c.device, c.header).join(newest, same).where(c.direction == "in")
    found = {}
    for device, header in tx.execute(query.order_by(c.seq)):
        found[device] = str(json.loads(header).get("app", "")).removeprefix(_PROGRAM)
    return found


def first_received(tx: Connection, revision_id: str) -> str | None:
    """Return when a file first brought this revision, None where none did."""
    joined = bundle_revision.join(bundle, bundle.c.id == bundle_revision.c.bundle)
    query = (
        select(func.min(bundle.c.at))
        .select_from(joined)
        .where(bundle_revision.c.revision == revision_id, bundle.c.direction == "in")
    )
    found = tx.scalar(query)
    return None if found is None else str(found)


def brought_by(tx: Connection, revision_id: str) -> list[Bundle]:
    """Return the received files that carried this revision."""
    joined = bundle.join(bundle_revision, bundle_revision.c.bundle == bundle.c.id)
    carried_it = bundle_revision.c.revision == revision_id
    query = select(bundle).select_from(joined).where(carried_it, bundle.c.direction == "in")
    return [Bundle(**row) for row in tx.execute(query).mappings()]


def last_brought(tx: Connection, revision_id: str) -> Bundle | None:
    """Return the newest received file that carried this revision."""
    joined = bundle.join(bundle_revision, bundle_revision.c.bundle == bundle.c.id)
    query = (
        select(bundle)
        .select_from(joined)
        .where(bundle_revision.c.revision == revision_id, bundle.c.direction == "in")
        .order_by(bundle.c.at.desc(), bundle.c.seq.desc())
    )
    row = tx.execute(query).mappings().first()
    return None if row is None else Bundle(**row)


def add_intake(tx: Connection, intake_id: str, at: str, who: str) -> None:
    n = (tx.scalar(select(func.max(intake.c.n))) or 0) + 1
    tx.execute(intake.insert().values(id=intake_id, n=n, at=at, who=who, undone=0))


def count_intakes(tx: Connection) -> int:
    return tx.scalar(select(func.count()).select_from(intake)) or 0


def any_received(tx: Connection, promoter: str, month: str) -> bool:
    """Whether an earlier file brought something of this promoter and month."""
    query = select(revision.c.id).where(
        revision.c.promoter == promoter, revision.c.month == month, revision.c.made_here == 0
    )
    return tx.scalar(query.limit(1)) is not None


def last_intake(tx: Connection) -> LastIntake | None:
    """Return the newest intake that was not taken back."""
    query = select(intake).where(intake.c.undone == 0).order_by(intake.c.n.desc())
    row = tx.execute(query).first()
    return None if row is None else LastIntake(row.id, row.n, row.at, row.who, bool(row.undone))


def handed_back(tx: Connection, intake_id: str) -> bool:
    """Whether a file made here told a promoter of something that only this intake brought."""
    ids = list(tx.scalars(select(bundle.c.id).where(bundle.c.intake == intake_id)))
    c = bundle_revision.c
    mine = select(c.revision).where(c.bundle.in_(ids))
    joined = bundle_revision.join(bundle, bundle.c.id == c.bundle)
    ours = select(c.revision).select_from(joined).where(c.revision.in_(mine))
    elsewhere = ours.where(bundle.c.direction == "in", bundle.c.id.not_in(ids))
    told = ours.where(bundle.c.direction == "out", c.revision.not_in(elsewhere))
    return tx.scalar(told.limit(1)) is not None


def kept_anew(tx: Connection, intake_id: str) -> bool:
    """Whether the archive keeps a file of this intake inside one that was made here."""
    made = select(bundle.c.file).where(bundle.c.direction == "out")
    query = select(bundle.c.id).where(bundle.c.intake == intake_id, bundle.c.file.in_(made))
    return tx.scalar(query.limit(1)) is not None


def take_back(tx: Connection, intake_id: str) -> tuple[list[str], list[str]]:
    """Forget the files of an intake; returns (revisions only they brought, their archive names)."""
    ids = sorted(tx.scalars(select(bundle.c.id).where(bundle.c.intake == intake_id)))
    files = sorted(tx.scalars(select(bundle.c.file).where(bundle.c.intake == intake_id)))
    mine = select(bundle_revision.c.revision).where(bundle_revision.c.bundle.in_(ids))
    others = select(bundle_revision.c.revision).where(bundle_revision.c.bundle.not_in(ids))
    query = select(revision.c.id).where(
        revision.c.id.in_(mine), revision.c.id.not_in(others), revision.c.made_here == 0
    )
    only_here = sorted(tx.scalars(query))
    tx.execute(bundle_revision.delete().where(bundle_revision.c.bundle.in_(ids)))
    tx.execute(bundle.delete().where(bundle.c.id.in_(ids)))
    tx.execute(intake.update().where(intake.c.id == intake_id).values(undone=1))
    return only_here, files


def add_waiting(tx: Connection, value: Waiting) -> None:
    tx.execute(waiting.delete().where(waiting.c.file == value.file))
    tx.execute(waiting.insert().values(**asdict(value)))


def waiting_files(tx: Connection) -> list[Waiting]:
    query = select(waiting).order_by(waiting.c.at, waiting.c.file)
    return [Waiting(**row) for row in tx.execute(query).mappings()]


def no_longer_waiting(tx: Connection, bundle_id: str, file: str) -> None:
    same = (waiting.c.bundle == bundle_id) | (waiting.c.file == file)
    tx.execute(waiting.delete().where(same))
