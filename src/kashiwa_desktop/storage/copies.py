"""予備の写し: made by SQLite's backup API, and only real once opened again and compared."""

import hashlib
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.storage import checks, meta, projections, revisions
from kashiwa_desktop.storage.database import Database, sentence
from kashiwa_desktop.storage.upgrade import SCHEMA, schema_of

DAMAGED = "この予備の写しはこわれています。ほかの予備の写しをお選びください。"


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """What a copy holds: whose it is, how many revisions, and their digest S."""

    office: str
    promoter: str
    revisions: int
    digest: str
    schema: int


def copy(source: Path, target: Path) -> CopyFacts:
    """Copy the store while it is open, verify the copy, and only then give it its name."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
        part.chmod(0o600)
        facts = verify(part)
        _flush(part)
        part.replace(target)
    except sqlite3.Error as error:
        part.unlink(missing_ok=True)
        raise sentence(str(error)) or StoreError(DAMAGED, code="damaged") from error
    except OSError as error:
        part.unlink(missing_ok=True)
        text = "予備の写しを書き込めません。空きと場所を確かめて、もう一度お試しください。"
        raise StoreError(text, code="cannot_write") from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return facts


def verify(path: Path) -> CopyFacts:
    """Open a copy and compare everything in it; StoreError where anything is wrong."""
    version = schema_of(path)
    if version > SCHEMA:
        text = "この予備の写しは新しい版で作られています。このソフトを更新してください。"
        raise StoreError(text, code="too_new")
    database = Database(path)
    try:
        with database.read() as tx:
            if version == SCHEMA and checks.problems(tx):
                raise StoreError(DAMAGED, code="damaged")
            return CopyFacts(
                office=meta.get(tx, "office"),
                promoter=meta.get(tx, "promoter"),
                revisions=revisions.count(tx),
                digest=projections.state(tx),
                schema=version,
            )
    finally:
        database.close()


def file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
