"""Looking into a travelling file without taking anything in."""

from pathlib import Path
from typing import Any

from kashiwa_desktop.bundle import place, reader
from kashiwa_desktop.bundle.header import KINDS
from kashiwa_desktop.crypto.keys import OfficeKeys, PcIdentity
from kashiwa_desktop.crypto.sealing import ReceivingKey
from kashiwa_desktop.errors import FileRefusedError, RefusedError
from kashiwa_desktop.services.key_list import ASK_FOR_KEYWORD, listed_keys
from kashiwa_desktop.services.store import Store, facts
from kashiwa_desktop.storage import devices


def ours_in(folder: Path) -> list[Path]:
    """Return the travelling files in a folder, of every kind, by name."""
    return sorted(p for p in folder.iterdir() if p.suffix.lower() in KINDS.values())


def inspect(store: Store, path: Path, passphrase: str | None) -> dict[str, Any]:
    """Return the shape of PRODUCT.md §8, ``inspect``; FileRefusedError where it cannot be opened.

    ``signature`` is ``good`` only where the signer is known here: a listed key of the office or
    a known PC of a promoter.
    """
    data = place.load(path)
    with store.db.read() as tx:
        who = facts(tx)
        known = listed_keys(tx) if who.role else None
        if who.is_office and known is not None:
            known |= frozenset(devices.keys(tx))
    keys: list[ReceivingKey] = []
    if who.role == "promoter":
        identity = PcIdentity.load(store.folder.identity)
        keys, known = [identity.receiving], (known or frozenset()) | {identity.signing.public}
    elif who.is_office and passphrase:
        keys = list(OfficeKeys.unlock(store.folder.identity, passphrase).reading)
    try:
        return reader.inspect(data, keys, known)
    except FileRefusedError:
        if who.is_office and not passphrase and not data.startswith(b"{"):
            raise RefusedError(ASK_FOR_KEYWORD, code="no_passphrase") from None
        raise
