"""Guarding the office: its 合言葉 and keys changed or recovered, and its journals in the archive.

A change of keys takes effect in this order, so that it can stop anywhere: the new keys lie locked
and proved; the list of keys says so (one transaction); ``office.json`` names them. What stopped
after the second step is finished when the office is unlocked next (``OfficeKeys.follow``).
"""

import contextlib
from pathlib import Path
from typing import Any

from kashiwa_desktop.bundle import place
from kashiwa_desktop.crypto import key_files
from kashiwa_desktop.crypto.keys import OfficeKeys, OfficePublic, RecoveryKey
from kashiwa_desktop.domain.revision import Content
from kashiwa_desktop.errors import AppError, RefusedError
from kashiwa_desktop.services import log_heads
from kashiwa_desktop.services.key_list import (
    ASK_FOR_KEYWORD,
    KEYS,
    endorse,
    keys_body,
    office_recipients,
    present_keys,
)
from kashiwa_desktop.services.office.recovery_paper import recovery_paper
from kashiwa_desktop.services.office.setup import office_number, write_recovery_key
from kashiwa_desktop.services.store import (
    Change,
    Store,
    facts,
    note,
    office_facts,
    office_settings,
    save,
)
from kashiwa_desktop.services.travel.sending import Letter, Made, Sender, send
from kashiwa_desktop.storage import meta, revisions
from kashiwa_desktop.storage.database import Tx


class Guarding:
    """What a person of the office does with its keys."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def change_words(self, keys: OfficeKeys, passphrase: str) -> None:
        """Lock the same keys with another 合言葉; StoreError, and then the old one still holds."""
        keys.lock(self._store.folder.identity, passphrase)
        with self._store.db.write() as tx:
            office_facts(tx)
            note(self._store, tx, "change_words")

    def rotate(
        self,
        old: OfficeKeys,
        passphrase: str,
        recovery: RecoveryKey | None = None,
        *,
        revoked: bool = False,
    ) -> OfficeKeys:
        """Change to new working keys that the old one (or the recovery key) vouches for.

        ``revoked``: the old key was stolen, what it signs counts no more from now on.
        """
        new = OfficeKeys.generate().and_reading(old.reading)
        self._change(new, passphrase, recovery or old, revoked=revoked)
        OfficeKeys.forget(self._store.folder.identity, old.signing.public)
        return new

    def own_recovery(self, text: str) -> RecoveryKey:
        """Return this office's recovery key from its words or its text; RefusedError otherwise."""
        return own_recovery(self._store, text)

    def recover(
        self, recovery: RecoveryKey, passphrase: str, *, revoked: bool = False
    ) -> OfficeKeys:
        """Make new working keys with the recovery key, where the 合言葉 or its file is lost.

        Old files, and those still sealed to the lost key, are read with the recovery key.
        """
        new = OfficeKeys.generate()
        self._change(new, passphrase, recovery, revoked=revoked)
        return new

    def _change(
        self, new: OfficeKeys, passphrase: str, by: OfficeKeys | RecoveryKey, *, revoked: bool
    ) -> None:
        folder = self._store.folder.identity
        with self._store.db.read() as tx:
            office_facts(tx)
            body = keys_body(tx)
        if isinstance(by, RecoveryKey):
            check_recovery(body, by)
        key_files.make_folder(folder)
        new.lock(folder, passphrase, [by.receiving])
        with self._store.db.write() as tx:
            public = enter_keys(self._store, tx, new, by, "revoked" if revoked else "retired")
        public.save(folder)
        journal_change(self._store, new, by)


def enter_keys(
    store: Store, tx: Tx, new: OfficeKeys, by: OfficeKeys | RecoveryKey, before: str
) -> OfficePublic:
    """Put new working keys, vouched for by ``by``, into the list; present ones become ``before``.

    Returns what ``office.json`` is to say once this is committed.
    """
    body = keys_body(tx)
    keys = [{**key, "state": before} if key["state"] == "present" else key for key in body["keys"]]
    added = {"key": new.signing.public, "recipient": new.receiving.recipient, "state": "present"}
    link = endorse(by.signing, body["office"], new.signing.public)
    body = {**body, "keys": [*keys, added], "chain": [*body["chain"], link]}
    heads = tuple(r.id for r in revisions.heads_of_record(tx, KEYS))
    save(store, tx, [Change(Content(KEYS, None, body), heads)])
    meta.put(tx, "device", new.signing.device)
    note(store, tx, "change_keys", before=before, device=new.signing.device)
    return next(p for p in present_keys(body) if p.key == new.signing.public)


def check_recovery(body: dict[str, Any], recovery: RecoveryKey) -> None:
    """RefusedError unless this is the recovery key of the office whose list of keys this is."""
    if recovery.signing.public != body["recovery_key"]:
        text = "この事務局の予備のかぎではありません。封筒の事務局の番号をご確認ください。"
        raise RefusedError(text, code="other_recovery_key")


def journal(store: Store, keys: OfficeKeys, sender: Sender | None = None) -> Made | None:
    """Put the office's own revisions that no file made here carries yet into the archive.

    Called after every work of the office and before anything is handed out, so that the archive
    alone is enough to rebuild the office. None where there is nothing new.
    """
    with store.db.read() as tx:
        office_facts(tx)
        new = bool(revisions.not_sent(tx))
    if not new:
        log_heads.sign(store.folder, store.db, keys.signing)
        return None

    def letter(tx: Tx) -> Letter:
        return Letter("journal", revisions.not_sent(tx), office_recipients(tx), label="journal")

    sender = sender or Sender(keys.signing, keys.receiving.recipient)
    return send(store, sender, letter, store.folder.archive)


def journal_change(store: Store, new: OfficeKeys, by: OfficeKeys | RecoveryKey) -> None:
    """Put the changed list into the archive, signed by the key that vouches for the new one.

    The change has happened: where the disk is full now, the next journal carries the list.
    """
    with contextlib.suppress(AppError):
        journal(store, new, Sender(by.signing, by.receiving.recipient))
    log_heads.sign(store.folder, store.db, new.signing)


def is_office(store: Store) -> bool:
    """Whether this is an office's store, which has a 合言葉 and journals."""
    with store.db.read() as tx:
        return facts(tx).is_office


def read_words(path: Path) -> str:
    """Return the 合言葉 written in a file; RefusedError where there is none."""
    text = read_text(path).strip("\r\n")
    if not text.strip():
        raise RefusedError(ASK_FOR_KEYWORD, code="no_passphrase")
    return text


def read_recovery(path: Path) -> RecoveryKey:
    """Return the recovery key from a file that holds its text or its words."""
    return RecoveryKey.from_text(read_text(path))


def recovery_of(store: Store, path: Path) -> RecoveryKey:
    """Return this office's own recovery key from a file; RefusedError for any other."""
    return own_recovery(store, read_text(path))


def own_recovery(store: Store, text: str) -> RecoveryKey:
    """Return this office's own recovery key from what was typed; RefusedError for any other."""
    recovery = RecoveryKey.from_text(text)
    with store.db.read() as tx:
        office_facts(tx)
        check_recovery(keys_body(tx), recovery)
    return recovery


def read_text(path: Path) -> str:
    """Return a small text file that a person chose; RefusedError where it is none."""
    try:
        return place.load(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = f"文字のファイルではありません: {path.name}"
        raise RefusedError(text, code="unreadable") from error


def write_recovery(store: Store, path: Path, recovery: RecoveryKey) -> None:
    """Write the recovery key: the paper where the name ends in ``.pdf``, else its text alone."""
    if path.suffix.lower() != ".pdf":
        write_recovery_key(path, recovery)
        return
    place.save_verified(paper_of(store, recovery), path, lambda _: None)


def paper_of(store: Store, recovery: RecoveryKey) -> bytes:
    """Return the paper of this office's recovery key as a PDF in memory."""
    with store.db.read() as tx:
        office, name = office_facts(tx).office, office_settings(tx).name
    return recovery_paper(store, name, office_number(office), recovery)
