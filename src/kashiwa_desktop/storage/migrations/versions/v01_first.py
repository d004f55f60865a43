"""Schema 1: revisions, what travelled, the log, drafts and sheets.

A frozen copy of the tables as they were released, never the living ones. The projections are not
here: they are made from ``storage.tables`` at every upgrade and filled from the revisions.
"""

from typing import Any

from alembic import op
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)
from sqlalchemy.dialects import postgresql

revision = "v01"
down_revision = None

metadata = MetaData()
KEY = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
NUMBER = Integer().with_variant(BigInteger(), "postgresql")


def _table(name: str, *parts: Column[Any] | CheckConstraint | PrimaryKeyConstraint) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True)


def _text(name: str, *, primary_key: bool = False) -> Column[str]:
    return Column(name, KEY, primary_key=primary_key, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, NUMBER, nullable=False)


def _flag(name: str) -> Column[int]:
    return Column(name, Integer, CheckConstraint(f"{name} IN (0, 1)"), nullable=False)


_revision = _table(
    "revision",
    _text("id", primary_key=True),
    _text("promoter"),
    _text("type"),
    _text("record"),
    _text("month"),
    _text("role"),
    _flag("made_here"),
    _text("line"),
)
Index("revision_of_record", _revision.c.promoter, _revision.c.type, _revision.c.record)

edge = _table("edge", _text("parent"), _text("child"), PrimaryKeyConstraint("parent", "child"))
Index("edge_of_child", edge.c.child)

bundle = _table(
    "bundle",
    _text("id", primary_key=True),
    _text("direction"),
    _text("kind"),
    _text("promoter"),
    _text("device"),
    _number("seq"),
    _text("at"),
    _text("intake"),
    _text("file"),
    _text("header"),
)
Index("bundle_of_intake", bundle.c.intake)

bundle_revision = _table(
    "bundle_revision",
    _text("bundle"),
    _text("revision"),
    PrimaryKeyConstraint("bundle", "revision"),
)
Index("bundle_of_revision", bundle_revision.c.revision)

intake = _table(
    "intake",
    _text("id", primary_key=True),
    _number("n"),
    _text("at"),
    _text("who"),
    _flag("undone"),
)

waiting = _table(
    "waiting",
    _text("file", primary_key=True),
    _text("bundle"),
    _text("reason"),
    _text("text"),
    _text("promoter"),
    _text("device"),
    _text("at"),
)

device = _table(
    "device",
    _text("id", primary_key=True),
    _text("promoter"),
    _text("key"),
    _text("recipient"),
    _text("state"),
    _text("at"),
    _text("who"),
)

audit = _table(
    "audit",
    Column("n", Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("who"),
    _text("event"),
    _text("detail"),
    _text("previous"),
    _text("hash"),
)

draft = _table("draft", _text("id", primary_key=True), _text("at"), _text("body"))

private_note = _table("private_note", _text("record", primary_key=True), _text("text"))

undo_step = _table(
    "undo_step",
    Column("n", Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("text"),
    _text("changes"),
    _flag("undone"),
)

meta = _table("meta", _text("name", primary_key=True), _text("value"))

sheet = _table(
    "sheet",
    _text("number", primary_key=True),
    _text("kind"),
    _text("promoter"),
    _text("appointment"),
    _text("area"),
    _text("month"),
    Column("yen", Integer, CheckConstraint("yen >= 0"), nullable=False),
    _text("code"),
    _text("approval"),
    _text("sources"),
    _text("issued_at"),
    _text("issued_by"),
    Column("pdf", LargeBinary, nullable=False),
)
Index("sheet_of_month", sheet.c.month, sheet.c.promoter)


_SQLITE_LOG = (
    "CREATE TRIGGER audit_keeps_{what} BEFORE {what} ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
)
_POSTGRES_LOG = (
    "CREATE FUNCTION audit_keeps() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$",
    "CREATE TRIGGER audit_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_keeps()",
)


def upgrade() -> None:
    """Make the tables; the log refuses every change."""
    metadata.create_all(op.get_bind())
    if op.get_context().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(_SQLITE_LOG.format(what=what))
    else:
        for statement in _POSTGRES_LOG:
            op.execute(statement)
