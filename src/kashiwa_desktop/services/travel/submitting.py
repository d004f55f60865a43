"""What a promoter's PC hands over: the submission, and the file for his second PC.

A file carries all of the promoter's revisions, not a delta, so a lost stick costs nothing
(BUNDLE.md §1).
"""

from pathlib import Path

from kashiwa_desktop.crypto.keys import PcIdentity
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.key_list import office_recipients
from kashiwa_desktop.services.store import Store, facts, promoter_facts
from kashiwa_desktop.services.travel.sending import Letter, Made, Sender, is_restored, send
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.storage.database import Tx

RESTORED = (
    "このパソコンの記録は、前の時点に戻したものか、ほかのパソコンから写したものです。"
    "このまま使えて、記録は失われません。覚えがないときは、事務局に電話してください。"
)


def restored_notice(store: Store) -> str:
    """Return the sentence for a promoter's store that is not what its keys remember, or ''."""
    folder = store.folder.identity
    with store.db.read() as tx:
        who = facts(tx)
        if who.role != "promoter" or not PcIdentity.exists(folder):
            return ""
        kept = PcIdentity.load(folder).read_sequence()
        return RESTORED if is_restored(tx, who.device, kept) else ""


class Submitting:
    """Making the files that leave a promoter's PC."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def submit(self, month: Month, out: Path) -> Made:
        """Write the 提出用のファイル to ``out`` (a new file, or an existing folder)."""

        def letter(tx: Tx) -> Letter:
            who = promoter_facts(tx)
            lines = revisions.lines_of_promoter(tx, who.promoter, "promoter")
            label = f"{who.promoter}_{month}"
            sealed_to = office_recipients(tx)
            return Letter("submission", lines, sealed_to, who.promoter, label=label)

        return send(self._store, self._sender(), letter, out)

    def transfer(self, recipient: str, out: Path) -> Made:
        """Write the 引っ越しファイル for another PC of this promoter (its ``age1…`` key)."""

        def letter(tx: Tx) -> Letter:
            who = promoter_facts(tx)
            lines = revisions.lines_of_promoter(tx, who.promoter, "promoter")
            return Letter("transfer", lines, [recipient], who.promoter, label=who.promoter)

        return send(self._store, self._sender(), letter, out)

    def _sender(self) -> Sender:
        identity = PcIdentity.load(self._store.folder.identity)
        return Sender(
            identity.signing,
            identity.receiving.recipient,
            identity.read_sequence(),
            identity.write_sequence,
        )
