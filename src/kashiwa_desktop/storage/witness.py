"""What witnesses each row: one table of it, and the log told of every row that changes.

RELIABILITY.md §6.6: what follows from people's decisions and is no revision needs a witness, else
one edit of the database stays unseen. So every transaction ends with a line of the log that names
the rows it changed, each with a mark of what it says now (``testimony`` compares them). Nobody has
to think of it: what is written is seen on its way to the database. A mark is keyed with a number of
this store, so that nobody guesses from the log alone what a person wrote.
"""

import hashlib
import hmac
import secrets
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Executable,
    Insert,
    RowMapping,
    Table,
    Update,
    case,
    null,
    select,
)

from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.storage import audit, commits, meta, tables
from kashiwa_desktop.storage.complaints import DAMAGED

Row = RowMapping
Lines = dict[str, list[list[Any]]]
"""By table: (key, what names it in clear …, its mark), the mark '' where the row is gone."""
Seen = dict[tuple[str, Any], list[Any]]
"""By table and key: the same of a row before it was written, without a mark where it was not."""

SALT = "witness"
"""The fact under which the number lies that keys the marks."""
_LENGTH = 24
_MANY = 500
_WATCHED = "witness"
NUMBERS = "numbers"
"""What a transaction remembers of the highest numbers, so that the log is asked once for each."""


@dataclass(frozen=True, slots=True)
class Told:
    """A table whose rows the log tells of: all rows of one ``key`` together.

    ``names`` are the columns that say in clear whose row it is; ``proved`` are those that prove
    themselves otherwise; ``concerns`` leaves out keys that need no witness.
    """

    table: Table
    key: str
    names: tuple[str, ...] = ()
    proved: frozenset[str] = frozenset()
    concerns: Callable[[str], bool] = lambda _key: True

    @property
    def name(self) -> str:
        return str(self.table.name)


_OWN_WORDS = ("kept_words ", "answering ", "handing_over ")
"""Facts that are 書きかけ: what somebody typed and did not send or close yet."""


def _is_fact(name: str) -> bool:
    return name not in (audit.END, commits.NAME, "last_seen") and not name.startswith(_OWN_WORDS)


REVISION = Told(
    tables.revision, "id", ("type", "promoter", "month"),
    proved=frozenset({"record", "role", "line"}),
)  # fmt: skip
"""A line proves itself by its id; told is that it is here, where no file that came in says so."""
SHEET = Told(tables.sheet, "number", ("promoter", "month"), proved=frozenset({"pdf"}))
"""Its digest is over the PDF too; the mark is where a sheet from an early version has none."""
PAYMENT = Told(tables.payment, "number", ("promoter", "month"))
ACCOUNT = Told(tables.bank_account, "promoter")
FACT = Told(tables.meta, "name", concerns=_is_fact)
DEVICE = Told(tables.device, "id", ("promoter",))
FILE = Told(tables.bundle, "id", ("promoter", "file"))
CARRIED = Told(tables.bundle_revision, "bundle")
INTAKE = Told(tables.intake, "id")
WAITING = Told(tables.waiting, "file", ("promoter",))
BESIDE = Told(tables.attachment, "record")
STEP = Told(tables.undo_step, "n")

TOLD = (
    FACT, DEVICE, ACCOUNT, REVISION, SHEET, PAYMENT, FILE, CARRIED, INTAKE, WAITING, BESIDE, STEP,
)  # fmt: skip
REMADE = frozenset({*tables.PROJECTIONS, tables.edge})
"""Follow from the revisions, and are compared with them."""
CHAINED = frozenset({tables.audit})
"""Each line holds the hash of the one before; heads of the chain are kept outside the store."""
ALONE = frozenset({tables.draft, tables.private_note})
"""書きかけ and 自分用メモ: a person's own, of which nothing else may know. Without a witness."""
ARCHIVE = "archive"
"""Not a table: the files of ``archive/`` by name, with the SHA-256 of each."""

_BY_TABLE = {told.name: told for told in TOLD}


def begin(tx: Connection) -> None:
    """From here on what is written is seen, and the log keeps its last line open for it."""
    look_again(tx)
    tx.info[NUMBERS] = {}
    audit.hold(tx)


def seen_before(tx: Connection, statement: Executable, *_given: object) -> None:
    """Note which rows an UPDATE or a DELETE is about, and what they say before it."""
    seen = tx.info.get(_WATCHED)
    if seen is None or not isinstance(statement, Update | Delete):
        return
    told = _BY_TABLE.get(str(getattr(statement.table, "name", "")))
    if told is None:
        return
    query = select(told.table.c[told.key]).distinct()
    if statement.whereclause is not None:
        query = query.where(statement.whereclause)
    keys = [key for key in tx.scalars(query) if (told.name, key) not in seen]
    before = _marks(tx, told, keys, _salt_of(tx))
    for key in keys:
        if told.concerns(str(key)):
            seen[told.name, key] = before.get(key, [str(key), ""])


def seen_after(
    tx: Connection, statement: Executable, _many: object, _one: object, _how: object, result: Any
) -> None:
    """Note which rows an INSERT is about."""
    seen = tx.info.get(_WATCHED)
    if seen is None or not isinstance(statement, Insert):
        return
    told = _BY_TABLE.get(str(statement.table.name))
    if told is not None:
        for given in result.context.compiled_parameters:
            if told.concerns(str(given[told.key])):
                key = given[told.key]
                seen.setdefault((told.name, key), [str(key), ""])


def tell_file(tx: Connection, name: str, digest: str) -> None:
    """Tell of a file of the archive: SHA-256 in hex of what was written, '' where it went."""
    tx.info[_WATCHED][ARCHIVE, name] = [name, digest]


def look_away(tx: Connection) -> None:
    """Tables are made, or a whole store is carried over with its log: there is nothing to tell."""
    tx.info[_WATCHED] = None


def look_again(tx: Connection) -> None:
    """What comes now is told again."""
    tx.info[_WATCHED] = {}


def forget(tx: Connection) -> None:
    """What was rolled back is told to nobody, whoever gets the connection next."""
    if not tx.invalidated:
        tx.info.pop(_WATCHED, None)
        audit.drop(tx)


def tell(tx: Connection) -> None:
    """End a transaction: its last line of the log names the rows it changed."""
    seen = tx.info.pop(_WATCHED, None)
    lines = _lines(tx, seen) if seen or (seen is not None and audit.is_held(tx)) else {}
    audit.settle(tx, lines)


def _lines(tx: Connection, seen: Seen) -> Lines:
    salt = _salt_of(tx)
    if not salt:
        return _everything(tx, seen)
    by_table: dict[str, list[Any]] = defaultdict(list)
    for name, key in seen:
        by_table[name].append(key)
    lines: Lines = {}
    if ARCHIVE in by_table:
        lines[ARCHIVE] = [seen[ARCHIVE, key] for key in by_table.pop(ARCHIVE)]
    for name, keys in by_table.items():
        now = _marks(tx, _BY_TABLE[name], keys, salt)
        found = [now.get(key, [*seen[name, key][:-1], ""]) for key in keys]
        before = [seen[name, key] for key in keys]
        changed = [one for one, was in zip(found, before, strict=True) if one[-1] != was[-1]]
        if changed:
            lines[name] = changed
    return lines


def _everything(tx: Connection, seen: Seen) -> Lines:
    """Tell of all there is: a store that is new, or from before the log told of rows."""
    if audit.tells_of_rows(tx):
        raise StoreError(DAMAGED, code="damaged")
    salt = secrets.token_hex(32)
    meta.put(tx, SALT, salt)
    lines: Lines = {}
    for told in TOLD:
        found = [one for one in marks(tx, told, salt) if told.concerns(one[0])]
        if found:
            lines[told.name] = found
    files = [line for (name, _), line in seen.items() if name == ARCHIVE]
    return lines | ({ARCHIVE: files} if files else {})


def _salt_of(tx: Connection) -> str:
    return meta.get(tx, SALT)


def _marks(tx: Connection, told: Told, keys: Collection[Any], salt: str) -> dict[Any, list[Any]]:
    """Return what is to be told of the rows of these keys, by key."""
    return {key: _line(told, key, rows, salt) for key, rows in _groups(tx, told, keys)}


def _groups(
    tx: Connection,
    told: Told,
    keys: Collection[Any] | None,
    month: str = "",
    *,
    brought_too: bool = False,
) -> Iterator[tuple[Any, list[Row]]]:
    """Give the rows of each key (None: of all); of revisions those that no file brought."""
    c = told.table.c
    columns: list[ColumnElement[Any]] = [one for one in c if one.name not in told.proved]
    if told is SHEET:
        columns.append(case((c.digest == "", c.pdf), else_=null()).label("pdf"))
    query = select(*columns).order_by(c[told.key], *told.table.primary_key.columns)
    if told is REVISION and not brought_too:
        brought = select(tables.bundle_revision.c.revision)
        query = query.where((c.made_here == 1) | c.id.not_in(brought))
    if month:
        query = query.where(c.month == month)
    if keys is None:
        yield from _grouped(told, tx.execute(query).mappings())
        return
    wanted = sorted(set(keys))
    for at in range(0, len(wanted), _MANY):
        part = query.where(c[told.key].in_(wanted[at : at + _MANY]))
        yield from _grouped(told, tx.execute(part).mappings())


def _grouped(told: Told, rows: Iterable[Row]) -> Iterator[tuple[Any, list[Row]]]:
    held: list[Row] = []
    for row in rows:
        if held and held[0][told.key] != row[told.key]:
            yield held[0][told.key], held
            held = []
        held.append(row)
    if held:
        yield held[0][told.key], held


def marks(tx: Connection, told: Told, salt: str, month: str = "") -> Iterator[list[Any]]:
    """Give (key, what names it …, mark) of every row of a table, or of those of one month."""
    for key, rows in _groups(tx, told, None, month):
        yield _line(told, key, rows, salt)


def mark_of_brought(tx: Connection, key: str, salt: str) -> str:
    """Return the mark of a revision, whether or not a file brought it; '' where it is not here."""
    found = _groups(tx, REVISION, [key], brought_too=True)
    return next((mark(REVISION, rows, salt) for _, rows in found), "")


def _line(told: Told, key: object, rows: list[Row], salt: str) -> list[Any]:
    return [str(key), *(rows[0][name] for name in told.names), mark(told, rows, salt)]


def mark(told: Told, rows: Iterable[Row], salt: str) -> str:
    """Return the mark of what rows say: the same on any database, whatever columns come later."""
    said = hmac.new(salt.encode(), told.name.encode(), "sha256")
    for row in rows:
        filled = (
            (name, value) for name, value in sorted(row.items()) if value not in ("", 0, None)
        )
        parts = [f"{name}={_plain(value)!r}" for name, value in filled]
        said.update(("\n" + " ".join(parts)).encode("utf-8", "surrogatepass"))
    return said.hexdigest()[:_LENGTH]


def _plain(value: object) -> object:
    """Bytes are long, and two drivers give them as two kinds of thing."""
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes | memoryview) else value
