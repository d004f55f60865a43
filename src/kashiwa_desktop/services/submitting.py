"""提出用のファイル: everything this promoter recorded, sealed to the office, written and read back.

A file carries all of the promoter's revisions, not a delta, so a lost stick costs nothing
(BUNDLE.md §1).
"""

from pathlib import Path

from kashiwa_desktop.bundle import place, writer
from kashiwa_desktop.bundle.writer import Built, HeaderDraft
from kashiwa_desktop.crypto.keys import PcIdentity
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import PlaceError
from kashiwa_desktop.services.setup import APP, Made, made_bundle, office_recipients
from kashiwa_desktop.services.store import Facts, Store, note, promoter_facts, settings_date
from kashiwa_desktop.storage import bundles, revisions
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.revisions import read_line


class Submitting:
    """Making the file that is handed over."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def submit(self, month: Month, out: Path) -> Made:
        """Write the submission to ``out`` (a new file, or an existing folder) and read it back.

        The sequence number is kept in the store and beside the keys before the file exists, so no
        number is ever used twice; the file counts as saved only after it was read back.
        """
        identity = PcIdentity.load(self._store.folder.identity)
        with self._store.db.write() as tx:
            who = promoter_facts(tx)
            lines = revisions.lines_of_promoter(tx, who.promoter, "promoter")
            built = self._build(tx, who, identity, lines)
            data = writer.pack(built, office_recipients(tx))
            name = f"{who.promoter}_{month}_{built.header.sender.seq:04d}.kssz"
            path = out / name if out.is_dir() else out
            bundles.add(tx, made_bundle(built, name, "making"), [])
        identity.write_sequence(built.header.sender.seq, built.bundle_id)
        archived = self._store.folder.archive / f"{self._store.clock.today()}_{name}"
        place.save_verified(data, place.free_name(archived), _already_checked)
        place.save_verified(data, path, _already_checked)
        held = [read_line(line.decode()) for line in lines]
        with self._store.db.write() as tx:
            bundles.finish(tx, built.bundle_id, [r.id for r in held])
            note(self._store, tx, "submit", bundle=built.bundle_id, revisions=len(held))
        months = sorted({r.month for r in held if r.month})
        return Made(path, built.bundle_id, built.count, tuple(months))

    def _build(self, tx: Tx, who: Facts, identity: PcIdentity, lines: list[bytes]) -> Built:
        """Sign the file. Where store and keys disagree about the last number, say ``restored``."""
        last = bundles.last_made(tx, identity.device)
        kept = identity.read_sequence()
        in_store = last.seq if last else 0
        finished = bundles.last_made(tx, identity.device, finished=True)
        restored = kept.seq > in_store or kept.seq < (finished.seq if finished else 0)
        newest = kept.previous if kept.seq >= in_store else (last.id if last else None)
        draft = HeaderDraft(
            kind="submission",
            promoter=who.promoter,
            recipient=identity.receiving.recipient,
            seq=max(kept.seq, in_store) + 1,
            previous=newest,
            office=who.office,
            settings=settings_date(tx) or None,
            app=APP,
            made_at=self._store.clock.text(),
            restored=restored,
        )
        return writer.build(draft, lines, identity.signing)


def _already_checked(data: bytes) -> None:
    """The writer read the signed lines back before sealing; here equal bytes are enough.

    Only the office can open the file, so this PC cannot look inside it again.
    """
    if not data:
        raise PlaceError(
            "書き込んだファイルの中身が空です。もう一度保存してください。", code="empty"
        )
