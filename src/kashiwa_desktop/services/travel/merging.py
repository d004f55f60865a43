"""Taking a file's revisions into the set: the same few steps for every kind of file."""

from dataclasses import dataclass

import msgspec

from kashiwa_desktop.bundle.reader import Contents
from kashiwa_desktop.domain.revision import RecordKey, Revision
from kashiwa_desktop.storage import bundles, projections, revisions
from kashiwa_desktop.storage.bundles import Bundle
from kashiwa_desktop.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Merged:
    """What a file added: the new revisions and the records they touched.

    ``first_time`` where this very file had not been taken in before.
    """

    new: tuple[Revision, ...]
    same: int
    first_time: bool = True

    @property
    def touched(self) -> set[RecordKey]:
        return {r.key for r in self.new}


def merge(tx: Tx, contents: Contents, *, at: str, intake: str, file: str) -> Merged:
    """Union the file's revisions with the store's; a repeated file adds nothing.

    ``file`` is its name in ``archive/``; ``at`` the time of its receipt.
    """
    added = revisions.add(tx, contents.revisions, made_here=False)
    new = tuple(r for r in contents.revisions if r.id in added.ids)
    projections.refresh(tx, added.touched)
    header = contents.header
    first_time = bundles.get(tx, contents.bundle_id) is None
    if first_time:
        row = Bundle(
            id=contents.bundle_id,
            direction="in",
            kind=header.kind,
            promoter=header.sender.promoter or header.to.promoter or "",
            device=header.sender.device,
            seq=header.sender.seq,
            at=at,
            intake=intake,
            file=file,
            header=msgspec.json.encode(header, order="sorted").decode(),
        )
        held = revisions.held(tx, [r.id for r in contents.revisions])
        bundles.add(tx, row, sorted(held))
    return Merged(new, len(contents.revisions) - len(new), first_time)
