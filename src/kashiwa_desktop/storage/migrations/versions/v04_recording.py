"""Schema 4: which files lie beside which record on this PC (添付)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "v04"
down_revision = "v03"

KEY = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("record", KEY, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("bytes", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("record", "place"),
        sqlite_strict=True,
    )
