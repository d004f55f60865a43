"""Schema 5: no table changes; the text to search in is made again, now of every field."""

revision = "v05"
down_revision = "v04"


def upgrade() -> None:
    """Nothing to do here: the projections are made again after every step."""
