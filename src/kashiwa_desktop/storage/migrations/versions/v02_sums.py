"""Schema 2: only projections changed (tags, 代理, erased), and they are made again anyway."""

revision = "v02"
down_revision = "v01"


def upgrade() -> None:
    """Change no table that holds what cannot be made again."""
