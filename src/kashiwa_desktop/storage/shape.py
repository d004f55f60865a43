"""What tables, indexes and triggers a store must have, to the letter: nothing more, nothing less.

RELIABILITY.md §3, R22: a trigger, a view or a rule that somebody put into a store would act as soon
as the store is used. So its description is compared before anything else is asked of it, at every
opening: one read of ``sqlite_master``, or of the catalogue of a shared database.
"""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, text

from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.storage import damage, engines
from kashiwa_desktop.storage.complaints import DAMAGED, sentence

KNOWN = {
    1: "a6f9ffda89656e26505e75f634bf1420c40e2e2a9e2032d2a3720b7f7dc67f47",
    3: "6df4faa1dc7678cf15bcb77bad6c223bd438506915c7935b754c78a5d215da15",
    4: "542bd4e14e6502fb5b42f19ff8659ff93caf692ba1a3a3c1c8f838963897298e",
    5: "542bd4e14e6502fb5b42f19ff8659ff93caf692ba1a3a3c1c8f838963897298e",
}
"""Of every schema that stores were ever made with; a test makes the present one and compares."""
_DESCRIPTION = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"
SHARED = {5: "85c437f29dbb49b06b95041bb8d8102f6b1b1baabb424fb8a253af8e72c0ad9d"}
"""On PostgreSQL, by names; of earlier schemas only what acts is looked at before a lift."""
_OURS_THAT_ACT = {
    "function audit_keeps BEGIN RAISE EXCEPTION 'the log is append-only'; END",
    "trigger audit audit_keeps O audit_keeps",
}
_CATALOGUE = """
WITH ours AS (
    SELECT oid, relname, relkind, relrowsecurity FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r','p','v','m','f','i')
    AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_class'::regclass
        AND objid = pg_class.oid AND deptype = 'e')
)
SELECT 'relation', concat_ws(' ', relkind, relname) FROM ours WHERE relkind NOT IN ('v', 'm')
UNION ALL SELECT 'column', concat_ws(' ', relname, attname, attgenerated, attidentity)
    FROM pg_attribute JOIN ours ON attrelid = ours.oid
    WHERE attnum > 0 AND NOT attisdropped AND relkind = 'r'
UNION ALL SELECT 'constraint', concat_ws(' ', relname, conname, contype)
    FROM pg_constraint JOIN ours ON conrelid = ours.oid WHERE contype <> 'n'
UNION ALL SELECT 'view', relname FROM ours WHERE relkind IN ('v', 'm')
UNION ALL SELECT 'rule', concat_ws(' ', relname, rulename)
    FROM pg_rewrite JOIN ours ON ev_class = ours.oid WHERE relkind NOT IN ('v', 'm')
UNION ALL SELECT 'policy', relname FROM ours WHERE relrowsecurity
UNION ALL SELECT 'heir', inhrelid::regclass::text FROM pg_inherits JOIN ours ON inhparent = ours.oid
UNION ALL SELECT 'trigger', concat_ws(' ', relname, tgname, tgenabled, proname)
    FROM pg_trigger JOIN ours ON tgrelid = ours.oid JOIN pg_proc ON tgfoid = pg_proc.oid
    WHERE NOT tgisinternal
UNION ALL SELECT 'function', concat_ws(' ', proname, prosrc) FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_proc'::regclass
        AND objid = pg_proc.oid AND deptype = 'e')
"""
"""What an extension of the server brought is the server's own; a view has a rule of its own."""
_AT_REST = ("relation ", "column ", "constraint ")


def is_ours(path: Path, version: int) -> bool:
    """Whether a file of this schema holds exactly our tables; StoreError where it is in use."""
    try:
        with closing(engines.connect(path)) as file:
            found = _digest(file.execute(_DESCRIPTION).fetchall())
    except sqlite3.Error as error:
        said = damage.judged(sentence(error) or StoreError(DAMAGED, code="damaged"), path)
        if said.code != "damaged":
            raise said from error
        return False
    except UnicodeDecodeError:  # the driver cannot read what was made of a name
        return False
    return found == KNOWN.get(version)


def of(tx: Connection) -> str:
    """Return the digest of the description of all tables, indexes, views and triggers."""
    return _digest([tuple(row) for row in tx.exec_driver_sql(_DESCRIPTION)])


def is_ours_shared(tx: Connection, version: int) -> bool:
    """Whether a shared database of this schema holds exactly our tables."""
    found = _of_server(tx)
    acting = {line for line in found if not line.startswith(_AT_REST)}
    return acting == _OURS_THAT_ACT and _summed(found) == SHARED.get(version, _summed(found))


def _of_server(tx: Connection) -> list[str]:
    rows = tx.execute(text(_CATALOGUE))
    return [" ".join(f"{kind} {said}".split()) for kind, said in rows]


def _summed(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _digest(rows: list[tuple[str, ...]]) -> str:
    lines = ["|".join(" ".join(part.split()) for part in row) for row in rows]
    return _summed(lines)
