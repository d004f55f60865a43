"""A PC whose clock is wrong is told so at the start; nothing is decided by it (BUNDLE.md §1, 6)."""

from datetime import datetime, timedelta
from pathlib import Path

import kashiwa_desktop
from kashiwa_desktop.domain import wareki
from kashiwa_desktop.services.clock import JST
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.storage import meta

_SEEN = "last_seen"
_TOLERANCE = timedelta(hours=1)
"""PCs that share one store need not agree to the minute."""


def installed() -> datetime:
    """When the files of this program were made: no true clock can be before it."""
    made = Path(kashiwa_desktop.__file__).stat().st_mtime
    return datetime.fromtimestamp(made, JST)


def notice(store: Store, made: datetime | None = None) -> str:
    """Return what to say about the PC's clock, '' where it may be right; remembers this moment.

    ``made`` is when the program was made; None where the clock is a trial's. So a clock that went
    back is told of once, and one that is before the program itself at every start.
    """
    now = store.clock.now()
    if store.db.closed_for:  # it can only be read
        return ""
    with store.db.write() as tx:
        seen = meta.get(tx, _SEEN)
        meta.put(tx, _SEEN, now.isoformat())
    last = datetime.fromisoformat(seen) if seen else None
    behind = last is not None and now < last - _TOLERANCE
    if not behind and (made is None or now >= made - timedelta(days=1)):
        return ""
    text = f"このパソコンの日付が {wareki.long_date(now.date())} になっています。"
    if behind and last is not None:
        text += f"前に使ったときは {wareki.long_date(last.date())} でした。"
    return text
