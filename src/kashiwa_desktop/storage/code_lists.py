"""The words for codes that an activity is read with: those of the settings in the same store."""

from functools import lru_cache

from sqlalchemy import Connection, select

from kashiwa_desktop.domain import code_list
from kashiwa_desktop.domain.code_list import CodeLists
from kashiwa_desktop.domain.revision import derived_id
from kashiwa_desktop.storage.revisions import read_line
from kashiwa_desktop.storage.tables import head, revision

_SAID = (
    select(revision.c.line)
    .join(head, head.c.revision == revision.c.id)
    .where(
        head.c.promoter == "",
        head.c.type == "settings",
        head.c.record == derived_id("settings", "office", "office"),
        head.c.shown == 1,
        head.c.deleted == 0,
    )
)
"""The office's own settings: one record, looked up by its name."""


def held(tx: Connection) -> CodeLists:
    """Return the code lists, by date: the seed's, and what the office said over them."""
    return _read(tuple(tx.scalars(_SAID)))


@lru_cache(maxsize=4)
def _read(lines: tuple[str, ...]) -> CodeLists:
    """Read the lists: they follow from their lines alone, and are asked for at every step."""
    return code_list.of_settings(read_line(line).body for line in lines)
