"""The tables: a set of revisions, what was received and sent, and projections of it.

``head``, ``activity`` and ``activity_area`` are projections: they follow from ``revision`` alone
and can be made again at any time (``check --rebuild``). What is absent (null) in a revision's
``promoter`` or ``month`` stands as ''. Keys order by bytes on every database.
"""

from typing import Any

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
    text,
)

metadata = MetaData()
KEY = Text().with_variant(Text(collation="C"), "postgresql")
NUMBER = Integer().with_variant(BigInteger(), "postgresql")


def _table(name: str, *parts: Column[Any] | CheckConstraint | PrimaryKeyConstraint) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True)


def _text(name: str, *, primary_key: bool = False) -> Column[str]:
    return Column(name, KEY, primary_key=primary_key, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, NUMBER, nullable=False)


def _flag(name: str) -> Column[int]:
    return Column(name, Integer, CheckConstraint(f"{name} IN (0, 1)"), nullable=False)


revision = _table(
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
Index("revision_of_record", revision.c.promoter, revision.c.type, revision.c.record)

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

attachment = _table(
    "attachment",
    _text("record"),
    Column("place", Integer, nullable=False),
    _text("id"),
    _text("name"),
    Column("bytes", Integer, nullable=False),
    PrimaryKeyConstraint("record", "place"),
)

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
    _text("basis"),
    _text("cites"),
    _text("pay_on"),
    _text("digest"),
    _text("printed_at"),
    _text("voided_at"),
    _text("voided_by"),
    _text("void_reason"),
    _number("withheld"),
)
Index("sheet_of_month", sheet.c.month, sheet.c.promoter)
_LIVE_SHEETS = Index(
    "sheet_once",
    *(sheet.c[name] for name in ("appointment", "month", "kind", "basis")),
    unique=True,
    sqlite_where=sheet.c.voided_at == "",
)

payment = _table(
    "payment",
    _text("appointment"),
    _text("month"),
    _text("kind"),
    _text("basis"),
    Column("number", KEY, nullable=False, unique=True),
    _text("promoter"),
    _text("paid_on"),
    _text("method"),
    _text("voucher"),
    _text("at"),
    _text("who"),
    _number("net"),
    PrimaryKeyConstraint("appointment", "month", "kind", "basis"),
)

bank_account = _table(
    "bank_account",
    _text("promoter", primary_key=True),
    _text("at"),
    _text("who"),
    Column("sealed", LargeBinary, nullable=False),
)

# Projections ---------------------------------------------------------------------------------

head = _table(
    "head",
    _text("revision", primary_key=True),
    _text("promoter"),
    _text("type"),
    _text("record"),
    _text("month"),
    _flag("deleted"),
    _flag("shown"),
    _flag("conflict"),
    _number("versions"),
)
Index("head_of_month", head.c.type, head.c.month, head.c.promoter)
Index("head_of_record", head.c.promoter, head.c.type, head.c.record)

activity = _table(
    "activity",
    _text("promoter"),
    _text("record"),
    _text("month"),
    _text("date"),
    _text("area"),
    _text("category"),
    _text("type"),
    _text("status"),
    _flag("counted"),
    _flag("proxy"),
    Column("minutes", Integer),
    Column("attendees", Integer),
    _flag("conflict"),
    _text("search"),
    PrimaryKeyConstraint("promoter", "record"),
)
Index("activity_of_month", activity.c.month, activity.c.promoter)
_BY_PROXY = Index("activity_by_proxy", activity.c.month, sqlite_where=text("proxy = 1"))

activity_area = _table(
    "activity_area",
    _text("promoter"),
    _text("record"),
    _text("area"),
    PrimaryKeyConstraint("promoter", "record", "area"),
)

activity_tag = _table(
    "activity_tag",
    _text("promoter"),
    _text("record"),
    _text("tag"),
    PrimaryKeyConstraint("promoter", "record", "tag"),
)

erased = _table(
    "erased",
    _text("id", primary_key=True),
    _text("promoter"),
    _text("record"),
)
Index("erased_by", erased.c.promoter, erased.c.record)

PROJECTIONS = (head, activity, activity_area, activity_tag, erased)


def on_server() -> None:
    """Let PostgreSQL know the partial indexes too; naming it earlier would slow every start."""
    for index in (_LIVE_SHEETS, _BY_PROXY):
        where = index.dialect_options["sqlite"]["where"]
        index.dialect_options["postgresql"]["where"] = where
