"""［元に戻す］: what was changed last, in words, and the way back as new revisions.

Promoters take back what they recorded; staff take back their own last entry or setting, as long as
nothing was built on it.
"""

from collections.abc import Mapping, Sequence

from kashiwa_desktop.domain import revision
from kashiwa_desktop.domain.revision import Content, Revision
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.appointed_once import refuse_overlap
from kashiwa_desktop.services.store import (
    Change,
    Store,
    note,
    office_facts,
    refuse_nobody,
    roster,
    save,
)
from kashiwa_desktop.storage import attachments, drafts, revisions
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.drafts import Beside

_NOTHING = "元に戻すものがありません。"


class Undoing:
    """The office's ［元に戻す］, for whoever is at work (``Store.staff``)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def last_change(self) -> str | None:
        """Return what ［元に戻す］ would take back, in words; None where there is nothing."""
        with self._store.db.read() as tx:
            step = drafts.last_step(tx)
            if step is None or _why_not(self._store, tx, step):
                return None
        return step.text

    def undo(self) -> str:
        """Take the last change back; RefusedError where another one rests on it."""
        with self._store.db.write() as tx:
            office_facts(tx)
            step = drafts.last_step(tx)
            if step is None:
                raise RefusedError(_NOTHING, code="nothing_to_undo")
            reason = _why_not(self._store, tx, step)
            if reason:
                raise RefusedError(reason, code="built_upon")
            before = roster(tx)
            made = take_back(self._store, tx, step)
            refuse_overlap(tx, before)
            refuse_nobody(self._store, tx)
            note(self._store, tx, "undo", changes=changed(made))
        return f"元に戻しました({step.text})"


def remember(
    store: Store,
    tx: Tx,
    made: Sequence[Revision],
    text: str,
    beside: Mapping[str, Beside] | None = None,
) -> None:
    """Keep what was just written as the step that ［元に戻す］ takes back."""
    if made:
        drafts.add_step(tx, store.clock.text(), text, [(r.key.id, r.id) for r in made], beside)


def take_back(store: Store, tx: Tx, step: drafts.UndoStep) -> list[Revision]:
    """Write what was said before the step; notes and files of then come back too."""
    undone = revisions.load(tx, [written for _, written in step.changes])
    made = save(store, tx, [_backwards(tx, r) for r in undone])
    for record, text in step.notes.items():
        drafts.put_private_text(tx, record, text)
        attachments.put(tx, record, step.files[record])
    drafts.mark_undone(tx, step.n)
    return made


def changed(made: Sequence[Revision]) -> list[dict[str, object]]:
    """Return before and after of what was saved, for the log: ids, never text."""
    return [{"record": r.key.id, "before": list(r.parents), "after": r.id} for r in made]


def _why_not(store: Store, tx: Tx, step: drafts.UndoStep) -> str:
    """Say why staff cannot take this back: for settings there are no cards that show a conflict."""
    for r in revisions.load(tx, [written for _, written in step.changes]):
        if r.by.who != store.staff:
            return "ほかの職員が変えたものは、元に戻せません。その職員にお聞きください。"
        if any(head.value != r.value for head in revisions.heads_of_record(tx, r.key)):
            return "そのあとに別の変更があるため、元に戻せません。もう一度直してください。"
    return ""


def _backwards(tx: Tx, undone: Revision) -> Change:
    """Return the revision that says again what was said before ``undone``.

    Its parents are the revision undone and all heads that say the same, so that undoing twice
    goes back twice; a correction that came in between becomes a conflict, never a loss.
    """
    parents = revision.parents_for(undone, revisions.heads_of_record(tx, undone.key))
    before = revisions.load(tx, undone.parents)
    if not before:
        return Change(Content(undone.key, undone.month, undone.body, deleted=True), parents)
    earlier = revision.shown(before)
    return Change(
        Content(undone.key, earlier.month, earlier.body, deleted=earlier.deleted), parents
    )
