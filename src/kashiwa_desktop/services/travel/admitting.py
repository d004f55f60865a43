"""Whether a file that reads well may come in: who wrote it, and on which of his PCs (BUNDLE.md §4).

A file of a PC that nobody knows yet, or that was reported lost, waits until a person has asked.
"""

from kashiwa_desktop.bundle.reader import Contents, foreign_parents
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.services.store import Store, note
from kashiwa_desktop.storage import bundles, devices, revisions
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.devices import Device

NEW_DEVICE = "新しいパソコンですか? 本人に確認番号 {number} を読んでもらってください。"
Stop = tuple[str, str, str]
"""State (refused or waiting), reason, and the sentence of it."""


def device_number(device: str) -> str:
    """確認番号 of a PC: eight digits, to be read out over the telephone."""
    digits = f"{int(device, 16) % 10**8:08d}"
    return f"{digits[:4]} {digits[4:]}"


def stopped(
    store: Store, tx: Tx, contents: Contents, people: Roster, *, accept: bool, decided: bool
) -> Stop | None:
    """Return why the file may not come in, else None.

    ``accept``: a PC that is new may come, and is listed. ``decided``: a person looked at a file of
    a lost PC and lets it in.
    """
    sender = contents.header.sender
    promoter = sender.promoter or ""
    if people.person(promoter) is None:
        text = f"名簿に番号 {promoter} の方がいません。名簿をご確認ください。"
        return ("refused", "wrong_promoter", text)
    known = devices.get(tx, sender.device)
    if known is not None and known.promoter != promoter:
        text = "ほかの推進員さんのパソコンで作られたファイルです。本人にご確認ください。"
        return ("refused", "wrong_promoter", text)
    if known is not None and known.state == "lost" and not (decided or _was_here(tx, contents)):
        text = "なくしたと届け出のあったパソコンのファイルです。本人にご確認ください。"
        return ("waiting", "revoked", text)
    if foreign_parents(contents.revisions, lambda ids: revisions.keys_of(tx, list(ids))):
        text = "別の記録の続きだという記録が入っています。作った人にご確認ください。"
        return ("refused", "schema", text)
    if known is None and not accept:
        text = NEW_DEVICE.format(number=device_number(sender.device))
        return ("waiting", "unknown_device", text)
    if known is None:
        _list_device(store, tx, contents)
    return None


def _was_here(tx: Tx, contents: Contents) -> bool:
    return bundles.get(tx, contents.bundle_id) is not None


def _list_device(store: Store, tx: Tx, contents: Contents) -> None:
    sender = contents.header.sender
    promoter, at = sender.promoter or "", store.clock.text()
    new = Device(sender.device, promoter, sender.key, sender.recipient, "listed", at, store.staff)
    devices.put(tx, new)
    note(store, tx, "accept_device", promoter=promoter, device=sender.device)
