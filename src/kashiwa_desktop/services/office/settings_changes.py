"""What the office decides, as revisions: saved, noted in the log and kept as one step to undo.

A change keeps what this version does not know of a record, and is none where it says nothing new.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kashiwa_desktop.domain.log_words import event_words
from kashiwa_desktop.domain.revision import Content, RecordKey, Revision, derived_id, shown
from kashiwa_desktop.services.store import Change, Store, note, replace_shown, save
from kashiwa_desktop.services.undoing import changed, remember
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.storage.database import Tx


def write(
    store: Store, tx: Tx, event: str, changes: Iterable[Change | None], **codes: object
) -> list[Revision]:
    """Save what differs, note who changed which record from what to what, and let it be undone.

    The log holds ids, never text.
    """
    made = save(store, tx, [change for change in changes if change is not None])
    write_step(store, tx, event, made, **codes)
    return made


def write_step(store: Store, tx: Tx, event: str, made: Sequence[Revision], **codes: object) -> None:
    """Note what was saved, with before and after, and keep it as one step to undo."""
    remember(store, tx, made, event_words(event))
    note(store, tx, event, **codes, changes=changed(made))


def shared_change(tx: Tx, body: dict[str, Any], name: str) -> Change:
    """Return a change of a settings record that goes to everybody in the settings file."""
    return replace_shown(tx, Content(_shared_key(body["kind"], name), None, body))


def _shared_key(kind: str, name: str) -> RecordKey:
    return RecordKey(None, "settings", derived_id("settings", kind, name))


def shared_patch(
    tx: Tx, start: dict[str, Any], name: str, patch: Mapping[str, Any]
) -> Change | None:
    """Return a change of some fields of such a record; None where it says so already."""
    return patched(tx, _shared_key(start["kind"], name), start, patch)


def patched(
    tx: Tx, key: RecordKey, start: dict[str, Any], patch: Mapping[str, Any]
) -> Change | None:
    """Return a change of some fields of a record; what this version does not know stays in it.

    None where the record says so already. ``start`` is the body before its first version.
    """
    heads = revisions.heads_of_record(tx, key)
    known = {**start, **(shown(heads).body if heads else {})}
    body = {**known, **patch}
    if heads and body == known and not shown(heads).deleted:
        return None
    return replace_shown(tx, Content(key, None, body))
