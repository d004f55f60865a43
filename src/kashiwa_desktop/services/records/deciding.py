"""Conflicts and their decision: a person decides, the decision is a revision and travels."""

from kashiwa_desktop.domain import revision
from kashiwa_desktop.domain.revision import Content, Revision
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.store import Change, Store, note, save
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.storage.database import Tx

Conflict = tuple[Revision, list[Revision]]
KINDS = ("activity", "month_report", "answer", "resource", "question", "approval", "decision")


class Deciding:
    """Open conflicts of this store, and deciding them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def conflicts(self) -> list[Conflict]:
        """Return every record in conflict: (what is shown meanwhile, all its heads)."""
        with self._store.db.read() as tx:
            return _conflicts(tx)

    def resolve(self, record: str, use: str, reason: str = "") -> Revision:
        """Decide for one head (``use`` its id, or the beginning of it); returns the decision.

        The decision names all heads as parents and keeps ``resolves {chosen, over, reason}``;
        over 16 heads take several decisions (BUNDLE.md §5).
        """
        with self._store.db.write() as tx:
            found = [heads for shown, heads in _conflicts(tx) if shown.key.id == record]
            if not found:
                raise RefusedError(f"ちがいのある記録ではありません: {record}", code="no_conflict")
            heads = found[0]
            chosen = [h for h in heads if h.id.startswith(use)] if use else []
            if len(chosen) != 1:
                raise RefusedError("どちらの内容にするか、もう一度お選びください。", code="head")
            made = self._decide(tx, heads, chosen[0], reason)
            note(self._store, tx, "resolve", record=record, promoter=made.key.promoter)
        return made

    def _decide(self, tx: Tx, heads: list[Revision], chosen: Revision, reason: str) -> Revision:
        others = [h for h in heads if h.id != chosen.id]
        made = chosen
        while others:
            part, others = others[: revision.MAX_PARENTS - 1], others[revision.MAX_PARENTS - 1 :]
            over = [h.id for h in part]
            said = {"chosen": chosen.id, "over": over, "reason": clean(reason)}
            content = Content(
                chosen.key, chosen.month, chosen.body, deleted=chosen.deleted, resolves=said
            )
            made = save(self._store, tx, [Change(content, (made.id, *over))])[0]
        return made


def _conflicts(tx: Tx) -> list[Conflict]:
    found = []
    for kind in KINDS:
        by_record: dict[str, list[Revision]] = {}
        for head in revisions.heads_in_conflict(tx, kind):
            by_record.setdefault(f"{head.key.promoter}/{head.key.id}", []).append(head)
        found += [(revision.shown(heads), heads) for heads in by_record.values()]
    return found
