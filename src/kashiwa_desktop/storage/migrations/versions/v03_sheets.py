"""Schema 3: the life of a sheet (cancelled, printed, paid, corrected), and sealed bank data."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "v03"
down_revision = "v02"

KEY = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
TEXTS = (
    "basis",
    "cites",
    "pay_on",
    "digest",
    "printed_at",
    "voided_at",
    "voided_by",
    "void_reason",
)


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, KEY, nullable=False)


def upgrade() -> None:
    for name in TEXTS:
        op.add_column("sheet", sa.Column(name, KEY, nullable=False, server_default=""))
    withheld = sa.Column("withheld", sa.Integer, nullable=False, server_default="0")
    op.add_column("sheet", withheld)
    live = sa.text("voided_at = ''")
    op.create_index(
        "sheet_once", "sheet", ["appointment", "month", "kind", "basis"],
        unique=True, sqlite_where=live, postgresql_where=live,
    )  # fmt: skip
    op.create_table(
        "payment",
        *map(_text, ("appointment", "month", "kind", "basis")),
        sa.Column("number", KEY, nullable=False, unique=True),
        *map(_text, ("promoter", "paid_on", "method", "voucher", "at", "who")),
        sa.Column("net", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("appointment", "month", "kind", "basis"),
        sqlite_strict=True,
    )
    op.create_table(
        "bank_account",
        sa.Column("promoter", KEY, primary_key=True, nullable=False),
        _text("at"),
        _text("who"),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
