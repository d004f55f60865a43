"""Going back: a verified copy takes the place of the store in one step, or nothing changes.

RELIABILITY.md R25, R26: the swap is the last thing that can fail, and what lies in place afterwards
is opened as everybody opens it before anybody is told.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from kashiwa_desktop import disk
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.storage import projections, transfer
from kashiwa_desktop.storage.database import Database, Tx
from kashiwa_desktop.storage.upgrade import open_store

_NOT_PUT_BACK = (
    "予備の写しから戻せません。いまの記録はそのままです。"
    "空きと場所を確かめて、もう一度お試しください。"
)


def put_back(copied: Path, store: Database, finish: Callable[[Tx], None]) -> None:
    """Let a verified copy take the place of the store; ``finish`` writes into it before it does.

    The file ``copied`` is used up. StoreError, with the store as it was, where that fails.
    """
    if store.path is not None:
        state = _finished(copied, finish)
        store.close()
        _swap(copied, store, store.path, state)
        return
    lifted = open_store(copied)
    try:
        with lifted.read() as old, store.write() as tx:
            transfer.replace_rows(old, tx)
            finish(tx)
    finally:
        lifted.close()
    disk.forget(copied)


def put_in(copied: Path, path: Path, finish: Callable[[Tx], None]) -> None:
    """Let a verified copy take the place of a damaged file, of which somebody kept every byte.

    A journal that the damaged file left behind would be played back into the new one: it goes.
    """
    state = _finished(copied, finish)
    store = Database(path)
    try:
        disk.flush(copied)
        disk.remove(journal_of(path))
        disk.replace(copied, path)
        _prove(store, state)
    except OSError as error:
        raise StoreError(_NOT_PUT_BACK, code="cannot_write") from error
    finally:
        store.close()


def _finished(copied: Path, finish: Callable[[Tx], None]) -> str:
    """Lift a copy, finish it, and return its state."""
    lifted = open_store(copied)
    try:
        with lifted.write() as tx:
            finish(tx)
            return projections.state(tx)
    finally:
        lifted.close()
        disk.forget(*copied.parent.glob(f"{copied.name}.v*"), journal_of(copied))


def _swap(new: Path, store: Database, path: Path, state: str) -> None:
    """Swap the files, open the new one as everybody will, and swap back where it is another."""
    kept = path.with_name(path.name + ".before")
    try:
        disk.flush(new)
        disk.remove(kept)
        _keep(path, kept)
    except OSError as error:
        raise StoreError(_NOT_PUT_BACK, code="cannot_write") from error
    try:
        disk.replace(new, path)
        _prove(store, state)
    except BaseException as error:
        disk.patiently(lambda: kept.replace(path))
        if isinstance(error, OSError):
            raise StoreError(_NOT_PUT_BACK, code="cannot_write") from error
        raise
    disk.forget(kept)


def _prove(store: Database, state: str) -> None:
    with store.read() as tx:
        if projections.state(tx) != state:
            raise StoreError(_NOT_PUT_BACK, code="damaged")


def _keep(path: Path, kept: Path) -> None:
    try:
        os.link(path, kept)
    except OSError:  # a disk that knows no second name for a file
        shutil.copy2(path, kept)


def forget_leftovers(store: Path) -> None:
    """Take away what a going back, or a trial of one, left beside the store when it was cut off."""
    for end in ("restore", "before", "tried"):
        disk.forget(*store.parent.glob(f"{store.name}.{end}*"))


def journal_of(path: Path) -> Path:
    return path.with_name(path.name + "-journal")
