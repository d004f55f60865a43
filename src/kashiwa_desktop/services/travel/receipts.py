"""When files came in, kept beside an erasure: the archive no longer holds them as they came.

BUNDLE.md §6: late marks use the earliest received date. A file of the archive that held erased text
is replaced by one of its other lines, whose name has another day; so the office keeps, as settings
of its own, what its store knew of the replaced file. A rebuild finds the day and the PC again.
"""

from collections.abc import Iterable, Sequence

import msgspec

from kashiwa_desktop.bundle.header import Header
from kashiwa_desktop.domain.revision import Content, RecordKey, Revision, derived_id
from kashiwa_desktop.services.store import Change, Store, save
from kashiwa_desktop.storage import bundles, devices, erased, revisions
from kashiwa_desktop.storage.bundles import Bundle
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.devices import Device

PART = 2_000
"""How many ids stand in one revision: a line has at most 256 KB."""


def keep_receipts(store: Store, tx: Tx, files: Sequence[str]) -> set[bytes]:
    """Write down what is known of files that are about to be replaced; returns the lines of it."""
    changes = [
        change for row in bundles.received_in(tx, files) for change in _changes(tx, row) if change
    ]
    return {made.line for made in save(store, tx, changes)}


def enter_receipts(tx: Tx, intake: str) -> None:
    """Bring days of receipt and PCs up to what was written down (after a rebuilding)."""
    told: dict[str, list[Revision]] = {}
    for shown in revisions.shown(tx, "settings"):
        if shown.body.get("kind") == "received":
            told.setdefault(shown.body["bundle"], []).append(shown)
    for bundle_id, parts in sorted(told.items()):
        _enter(tx, bundle_id, parts, intake)


def _enter(tx: Tx, bundle_id: str, parts: Sequence[Revision], intake: str) -> None:
    at = min(part.body["at"] for part in parts)
    if bundles.get(tx, bundle_id) is not None:
        bundles.received_earlier(tx, bundle_id, at)
        return
    text = parts[0].body["header"]
    header = msgspec.json.decode(text, type=Header)
    sender = header.sender
    file = max(bundles.file_carrying(tx, part.id) for part in parts)
    promoter = sender.promoter or ""
    row = Bundle(
        bundle_id, "in", header.kind, promoter, sender.device, sender.seq, at, intake, file, text
    )
    ids = {name for part in parts for name in part.body["revisions"]}
    bundles.add(tx, row, sorted(revisions.held(tx, ids)))
    if devices.get(tx, sender.device) is None:
        new = Device(sender.device, promoter, sender.key, sender.recipient, "listed", at, "")
        devices.put(tx, new)


def _changes(tx: Tx, row: Bundle) -> Iterable[Change | None]:
    carried = bundles.revisions_of(tx, row.id)
    gone = erased.known(tx, carried)
    ids = [name for name in carried if name not in gone]
    for n in range(0, max(len(ids), 1), PART):
        body = {"kind": "received", "bundle": row.id, "at": row.at, "header": row.header}
        yield _change(tx, n // PART, {**body, "revisions": ids[n : n + PART]})


def _change(tx: Tx, part: int, body: dict[str, object]) -> Change | None:
    """Return the change of one part, None where it says so already."""
    name = derived_id("settings", "received", str(body["bundle"]), str(part))
    key = RecordKey(None, "settings", name)
    heads = revisions.heads_of_record(tx, key)
    if any(head.body == body for head in heads):
        return None
    return Change(Content(key, None, body), tuple(head.id for head in heads))
