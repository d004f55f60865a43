"""What goes into the office's ``archive/``: files as they came, but never with erased text.

A stick that turns up after some of its text was erased (BUNDLE.md §6) is kept as one file of the
office with its other lines. It is written once the intake is done: a kill in between leaves the
archive without it, never with the text.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kashiwa_desktop.bundle import place
from kashiwa_desktop.bundle.reader import Contents
from kashiwa_desktop.crypto.keys import OfficeKeys
from kashiwa_desktop.services.key_list import office_recipients
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.travel.receipts import keep_receipts
from kashiwa_desktop.services.travel.sending import Letter, Made, Sender, send
from kashiwa_desktop.storage import erased, witness
from kashiwa_desktop.storage.database import Tx


@dataclass(slots=True)
class Arriving:
    """The files of one intake; ``written`` are those that go again where it breaks off."""

    written: list[Path] = field(default_factory=list)
    whole: list[tuple[bytes, Path]] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    lines: set[bytes] = field(default_factory=set)

    def add(self, tx: Tx, data: bytes, path: Path, contents: Contents) -> None:
        """Note a file that is to be kept under this name."""
        gone = erased.known(tx, [r.id for r in contents.revisions])
        if gone:
            self.without.append(path.name)
            self.lines |= {r.line for r in contents.revisions if r.id not in gone}
        elif not path.exists():
            self.whole.append((data, path))

    def save(self, tx: Tx) -> None:
        """Put the whole files there, before their transaction commits."""
        for data, path in self.whole:
            witness.tell_file(tx, path.name, hashlib.sha256(data).hexdigest())
        place.save_all_verified(self.whole, lambda _: None)
        self.written.extend(path for _, path in self.whole)

    def finish(self, store: Store, keys: OfficeKeys) -> None:
        """Keep the other lines of files that hold erased text, once everything else is written."""
        if self.without:
            keep_without(store, keys, self.without, self.lines)


def keep_without(
    store: Store, keys: OfficeKeys, names: Sequence[str], lines: Iterable[bytes]
) -> Made:
    """Put one file with these lines in the place of archive files, and when they came in."""

    def letter(tx: Tx) -> Letter:
        kept = set(lines) | keep_receipts(store, tx, names)
        return Letter("journal", sorted(kept), office_recipients(tx), label="cleaned")

    sender = Sender(keys.signing, keys.receiving.recipient)
    made = send(store, sender, letter, store.folder.archive)
    with store.db.write() as tx:
        erased.moved(tx, names, made.file.name)
    return made
