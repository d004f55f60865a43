"""The words for codes that an activity is read with: those of the settings in the same store."""

from functools import lru_cache

from sqlalchemy import Connection, bindparam, select

from kashiwa_desktop.domain import code_list
from kashiwa_desktop.domain.code_list import CodeLists
from kashiwa_desktop.storage.revisions import read_line
from kashiwa_desktop.storage.tables import head, revision

_SAID = (
    select(revision.c.line)
    .join(head, head.c.revision == revision.c.id)
    .where(
        head.c.type == "settings",
        head.c.shown == 1,
        head.c.deleted == 0,
        revision.c.line.contains(bindparam("named", '"codes":')),
    )
)


def held(tx: Connection) -> CodeLists:
    """Return the code lists in force by date; most offices said nothing of their own."""
    return _read(tuple(tx.scalars(_SAID)))


@lru_cache(maxsize=4)
def _read(lines: tuple[str, ...]) -> CodeLists:
    """Read the lists: they follow from their lines alone, and are asked for at every step."""
    return code_list.of_settings(read_line(line).body for line in lines)
