"""Every file that holds what the store once held: 予備の写し, and what was put aside beside it.

What was erased must be looked for in all of them (RELIABILITY.md R58): copies, the store as it was
before a new version, a damaged one, one that was moved elsewhere.
"""

from collections.abc import Collection
from pathlib import Path

from kashiwa_desktop.bundle import place
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.storage import copies

_ASIDE = (
    "store.db.v*",
    "store.db.damaged-*",
    "store.db.newer-*",
    "store.db.moved",
    "store.moved-*.db",
)


def that_hold(folder: DataFolder, ids: Collection[str]) -> list[Path]:
    """Return the files that hold one of these revisions, or cannot be read to tell."""
    if not ids:
        return []
    aside = [path for name in _ASIDE for path in folder.root.glob(name)]
    found = [*folder.copies.glob("*.db"), *aside]
    return [path for path in sorted(found) if _may_hold(path, ids)]


def _may_hold(path: Path, ids: Collection[str]) -> bool:
    try:
        return copies.holds_any(path, ids)
    except AppError:
        return True


def remove(path: Path) -> None:
    """Take one away with its fingerprint; PlaceError where it stays."""
    place.remove(path)
    place.remove(path.with_suffix(".sha256"))
