"""Making a travelling file, whatever its kind: numbered, signed, sealed, written, read back.

The sequence number is kept in the store and beside the keys before the file exists, so that no
number is used twice; the file counts as made only after it was read back (BUNDLE.md §2, §6).
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kashiwa_desktop import __version__
from kashiwa_desktop.bundle import place, writer
from kashiwa_desktop.bundle.header import FROM_PROMOTER, KINDS
from kashiwa_desktop.bundle.writer import Built, HeaderDraft
from kashiwa_desktop.crypto.keys import LastFile
from kashiwa_desktop.crypto.signing import SigningKey
from kashiwa_desktop.errors import PlaceError
from kashiwa_desktop.services import log_heads
from kashiwa_desktop.services.store import Store, facts, note, settings_date
from kashiwa_desktop.storage import audit, bundles, witness
from kashiwa_desktop.storage.bundles import Bundle
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.revisions import read_line

APP = f"kashiwa-desktop {__version__}"


@dataclass(frozen=True, slots=True)
class Made:
    """A travelling file that was written and read back; ``restored`` as its header says."""

    file: Path
    bundle: str
    revisions: int
    months: tuple[str, ...]
    restored: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signs: the key, the PC's ``age1…`` recipient, and the number of its last file."""

    signing: SigningKey
    recipient: str
    last: LastFile = LastFile(0, None)  # noqa: RUF009 - a frozen value
    keep: Callable[[int, str], None] = lambda _seq, _bundle: None


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent: its kind, to whom, what it carries, and to whom it is sealed."""

    kind: str
    lines: Sequence[bytes]
    recipients: Sequence[str]
    promoter: str | None = None
    to_promoter: str | None = None
    label: str = ""


def send(store: Store, sender: Sender, write: Callable[[Tx], Letter], out: Path) -> Made:
    """Make the file that ``write`` describes, at ``out`` (a new file, or an existing folder)."""
    with store.db.write() as tx:
        letter = write(tx)
        built = _build(store, tx, sender, letter)
        data = writer.pack(built, letter.recipients)
        seq = built.header.sender.seq
        name = f"{letter.label}_{seq:04d}{KINDS[letter.kind]}"
        archived = place.free_name(store.folder.archive / f"{store.clock.today()}_{name}")
        bundles.add(tx, _row(built, archived.name), [])
    sender.keep(seq, built.bundle_id)
    place.save_verified(data, archived, _not_empty)
    path = archived
    if out != store.folder.archive:
        path = place.within(out, name)
        place.save_verified(data, path, _not_empty)
    held = [read_line(line.decode()) for line in letter.lines]
    with store.db.write() as tx:
        bundles.finish(tx, built.bundle_id, [r.id for r in held])
        witness.tell_file(tx, archived.name, hashlib.sha256(data).hexdigest())
        note(store, tx, "send", kind=letter.kind, bundle=built.bundle_id, revisions=len(held))
    if letter.kind not in FROM_PROMOTER:
        log_heads.sign(store.folder, store.db, sender.signing)
    months = tuple(sorted({r.month for r in held if r.month}))
    return Made(path, built.bundle_id, built.count, months, built.header.sender.restored)


def _build(store: Store, tx: Tx, sender: Sender, letter: Letter) -> Built:
    """Sign the file. Where store and keys disagree about the last number, say ``restored``."""
    device = sender.signing.device
    last = bundles.last_made(tx, device)
    in_store, kept = (last.seq if last else 0), sender.last
    newest = kept.previous if kept.seq >= in_store else (last.id if last else None)
    draft = HeaderDraft(
        kind=letter.kind,
        promoter=letter.promoter,
        recipient=sender.recipient,
        seq=max(kept.seq, in_store) + 1,
        previous=newest,
        office=facts(tx).office,
        to_promoter=letter.to_promoter,
        settings=settings_date(tx) or None,
        app=APP,
        made_at=store.clock.text(),
        restored=is_restored(tx, device, kept),
        log=_log_head(tx, letter),
    )
    return writer.build(draft, letter.lines, sender.signing)


def _log_head(tx: Tx, letter: Letter) -> tuple[int, str] | None:
    """Return what an office signs of its log with every file; None in a promoter's files."""
    n, digest = audit.end(tx)
    return (n, digest) if n and letter.kind not in FROM_PROMOTER else None


def is_restored(tx: Tx, device: str, kept: LastFile) -> bool:
    """Whether this store is not the one that made this PC's last file: gone back, or a copy."""
    last = bundles.last_made(tx, device)
    finished = bundles.last_made(tx, device, finished=True)
    return kept.seq > (last.seq if last else 0) or kept.seq < (finished.seq if finished else 0)


def _row(built: Built, name: str) -> Bundle:
    header = built.header
    return Bundle(
        id=built.bundle_id,
        direction="making",
        kind=header.kind,
        promoter=header.sender.promoter or header.to.promoter or "",
        device=header.sender.device,
        seq=header.sender.seq,
        at=header.made_at,
        intake="",
        file=name,
        header=msgspec.json.encode(header, order="sorted").decode(),
    )


def _not_empty(data: bytes) -> None:
    """The writer read the signed lines back before sealing; here equal bytes are enough.

    Only its reader can open the file, so this PC cannot look inside it again.
    """
    if not data:
        raise PlaceError(
            "書き込んだファイルの中身が空です。もう一度保存してください。", code="empty"
        )
