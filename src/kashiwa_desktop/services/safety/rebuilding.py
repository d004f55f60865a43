"""An office rebuilt from its archive: everything it received and made is read in again.

The archive alone is enough (BUNDLE.md §6): revisions are a set, so it does not matter in which
order its files are read, how often, or what the store holds already. PCs come from the
submissions, the days of receipt from the names that the archive gave to them.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kashiwa_desktop import disk
from kashiwa_desktop.bundle import place, reader
from kashiwa_desktop.bundle.header import FROM_PROMOTER, KINDS
from kashiwa_desktop.bundle.reader import Contents, Expect, foreign_parents
from kashiwa_desktop.crypto import key_files
from kashiwa_desktop.crypto.keys import OfficeKeys, OfficePublic, RecoveryKey
from kashiwa_desktop.crypto.sealing import ReceivingKey
from kashiwa_desktop.errors import AppError, FileRefusedError, PlaceError, RefusedError, StoreError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services import log_heads
from kashiwa_desktop.services.key_list import (
    ASK_FOR_KEYWORD,
    chained_keys,
    followed,
    key_lists,
    keys_body,
    listed_keys,
    present_keys,
    proved_office,
)
from kashiwa_desktop.services.office.enrolling import enter_losses
from kashiwa_desktop.services.office.setup import OfficeSetup
from kashiwa_desktop.services.safety.guarding import check_recovery, enter_keys, journal_change
from kashiwa_desktop.services.store import Store, facts, note
from kashiwa_desktop.services.travel.merging import merge
from kashiwa_desktop.services.travel.receipts import enter_receipts
from kashiwa_desktop.storage import bundles, devices, meta, projections, revisions, witness
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.devices import Device

_RECEIVED = re.compile(r"(\d{4}-\d{2}-\d{2})_")
_INTAKE = "rebuilt"


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of the archive that could not be read in, and why."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What the archive gave: files read, revisions new and held before, and S after them."""

    office: str
    read: int
    new: int
    same: int
    pcs: int
    digest: str
    unread: tuple[Unread, ...]


@dataclass(slots=True)
class _Hand:
    """With what the archive is opened: the office's id, keys to read with, signers that count."""

    office: str
    reading: list[ReceivingKey]
    trusted: set[str]
    read: int = 0
    new: int = 0
    same: int = 0
    written: list[Path] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    heads: list[tuple[int, str]] = field(default_factory=list)


class Rebuilding:
    """Reading an archive into a store that is new, or that was restored from a copy."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def run(
        self,
        folder: Path,
        passphrase: str | None,
        recovery: RecoveryKey | None = None,
        *,
        revoked: bool = False,
        progress: Progress | None = None,
    ) -> Rebuilt:
        """Read every file of ``folder`` in one transaction.

        With the recovery key a new store gets new working keys under the 合言葉 (``revoked``: the
        lost ones were stolen); without it the store's own ``identity/`` is opened with the 合言葉.
        """
        if not passphrase:
            raise RefusedError(ASK_FOR_KEYWORD, code="no_passphrase")
        files = archive_files(folder)
        with self._store.db.read() as tx:
            who = facts(tx)
        if who.role == "promoter":
            raise RefusedError("これは推進員の記録です。", code="not_office")
        if recovery is not None and not who.role:
            return self._begin_anew(files, passphrase, recovery, progress, revoked=revoked)
        keys, public = self._own(passphrase, who.role)
        hand = _Hand(public.office, list(keys.reading), {public.key, public.recovery_key})
        if who.role:
            with self._store.db.read() as tx:
                hand.trusted |= listed_keys(tx)
        if recovery is not None:
            hand.reading.append(recovery.receiving)
        return self._fill(hand, files, keys, progress)

    def _own(self, passphrase: str, role: str) -> tuple[OfficeKeys, OfficePublic]:
        """Open the keys that lie in this folder's ``identity/``."""
        folder = self._store.folder.identity
        try:
            if role:
                keys = OfficeSetup(self._store).unlock(passphrase)
            else:
                keys = OfficeKeys.unlock(folder, passphrase)
        except StoreError as error:
            if error.code != "key_missing":
                raise
            text = "事務局のかぎがありません。予備のかぎ(--recovery-key)をお使いください。"
            raise RefusedError(text, code="key_missing") from error
        return keys, OfficePublic.load(folder)

    def _fill(
        self, hand: _Hand, files: Sequence[Path], keys: OfficeKeys, progress: Progress | None
    ) -> Rebuilt:
        try:
            with self._store.db.write() as tx:
                found = self._read_in(tx, hand, files, keys, progress)
                _require_present(tx, keys)
        except BaseException:
            _take_back(hand)
            raise
        log_heads.leave(self._store.folder, self._store.db, hand.heads)
        return found

    def _begin_anew(
        self,
        files: Sequence[Path],
        passphrase: str,
        recovery: RecoveryKey,
        progress: Progress | None,
        *,
        revoked: bool,
    ) -> Rebuilt:
        hand = _Hand(_office_of(files, recovery), [recovery.receiving], {recovery.signing.public})
        new, folder = OfficeKeys.generate(), self._store.folder.identity
        key_files.make_folder(folder)
        new.lock(folder, passphrase, [recovery.receiving])
        before = "revoked" if revoked else "retired"
        try:
            with self._store.db.write() as tx:
                found = self._read_in(tx, hand, files, new, progress)
                check_recovery(keys_body(tx), recovery)
                public = enter_keys(self._store, tx, new, recovery, before)
        except BaseException:
            _take_back(hand)
            raise
        public.save(folder)
        log_heads.leave(self._store.folder, self._store.db, hand.heads)
        journal_change(self._store, new, recovery)
        return found

    def _read_in(
        self,
        tx: Tx,
        hand: _Hand,
        files: Sequence[Path],
        keys: OfficeKeys,
        progress: Progress | None,
    ) -> Rebuilt:
        """Read all files; one signed by a key not known yet waits for the list that names it."""
        for name, value in (("role", "office"), ("office", hand.office)):
            meta.put(tx, name, value)
        meta.put(tx, "device", keys.signing.device)
        progress = progress or Progress()
        left: Sequence[Path] = files
        while left:
            hand.unread.clear()
            before, left = left, [p for p in left if not self._take(tx, hand, p, progress, files)]
            if len(left) == len(before):
                break
        enter_receipts(tx, _INTAKE)
        enter_losses(tx)
        revisions.claim(tx)
        note(self._store, tx, "rebuild", read=hand.read, new=hand.new, unread=len(hand.unread))
        pcs = len(devices.all_known(tx))
        state = projections.state(tx)
        return Rebuilt(hand.office, hand.read, hand.new, hand.same, pcs, state, tuple(hand.unread))

    def _take(
        self, tx: Tx, hand: _Hand, path: Path, progress: Progress, files: Sequence[Path]
    ) -> bool:
        """Read one file in; False, and a line in ``unread``, where that is not possible (yet)."""
        progress.step("保管したファイルを読んでいます", hand.read, len(files))
        kept = self._store.folder.archive / path.name
        try:
            data = _load(path)
            if kept.exists() and kept.read_bytes() != data:
                kept = place.free_name(kept)
            contents = _open(data, hand)
            self._merge(tx, hand, kept.name, contents)
        except (FileRefusedError, RefusedError) as error:
            hand.unread.append(Unread(path.name, error.text))
            return False
        if not kept.exists():
            place.save_verified(data, kept, lambda _: None)
            hand.written.append(kept)
        witness.tell_file(tx, kept.name, hashlib.sha256(data).hexdigest())
        hand.read += 1
        if contents.header.log:
            hand.heads.append((contents.header.log.n, contents.header.log.hash))
        for body in key_lists(contents):
            if body["office"] == hand.office:
                hand.trusted |= chained_keys(body) | followed(hand.trusted, body)
        return True

    def _merge(self, tx: Tx, hand: _Hand, name: str, contents: Contents) -> None:
        if foreign_parents(contents.revisions, lambda ids: revisions.keys_of(tx, list(ids))):
            raise RefusedError("別の記録の続きだという記録が入っています。", code="schema")
        header = contents.header
        day = _RECEIVED.match(name)
        from_pc = header.kind in FROM_PROMOTER
        at = f"{day[1]}T00:00:00+09:00" if day else header.made_at
        if from_pc:
            self._enrol(tx, contents, at, known_only=day is None)
        intake = _INTAKE if from_pc else ""
        merged = merge(tx, contents, at=at, intake=intake, file=name)
        row = bundles.get(tx, contents.bundle_id)
        if not from_pc:
            held = revisions.held(tx, [r.id for r in contents.revisions])
            bundles.finish(tx, contents.bundle_id, sorted(held))
        elif row is not None and row.at[:10] > at[:10]:
            bundles.received_earlier(tx, row.id, at)
        hand.new += len(merged.new)
        hand.same += merged.same

    def _enrol(self, tx: Tx, contents: Contents, at: str, *, known_only: bool) -> None:
        """Every PC whose file the office once received counts; no other one comes in this way."""
        sender = contents.header.sender
        known = devices.get(tx, sender.device)
        if known is not None and known.promoter != sender.promoter:
            raise RefusedError("ほかの推進員さんのパソコンで作られています。", code="schema")
        if known is None and known_only:
            text = "受け取った日が名前にありません。ふつうに受け取ってください。"
            raise RefusedError(text, code="unknown_device")
        if known is None:
            promoter, who = sender.promoter or "", self._store.staff
            new = Device(sender.device, promoter, sender.key, sender.recipient, "listed", at, who)
            devices.put(tx, new)


def contents_of(
    path: Path, office: str, reading: Sequence[ReceivingKey], signers: frozenset[str]
) -> Contents:
    """Read one file of an archive of this office; RefusedError, FileRefusedError."""
    return _open(_load(path), _Hand(office, list(reading), set(signers)))


def _open(data: bytes, hand: _Hand) -> Contents:
    if data.startswith(b"{"):
        contents = reader.read(data, [], Expect(kind="setup"))
        if proved_office(contents) != hand.office:
            raise FileRefusedError("別の事務局の設定ファイルです。", code="other_office")
        return contents
    expect = Expect(office=hand.office, signers=frozenset(hand.trusted))
    return reader.read(data, hand.reading, expect)


def _load(path: Path) -> bytes:
    try:
        return place.load(path)
    except PlaceError as error:
        raise RefusedError(error.text, code=error.code) from error


def _require_present(tx: Tx, keys: OfficeKeys) -> None:
    """RefusedError where another key has taken the place of this one: files are sealed to that."""
    if keys.signing.public not in {public.key for public in present_keys(keys_body(tx))}:
        text = "このかぎは、保管したファイルによるといまのかぎではありません。"
        text += "予備のかぎ(--recovery-key)で、新しい場所に作り直してください。"
        raise RefusedError(text, code="old_key")


def _office_of(files: Sequence[Path], recovery: RecoveryKey) -> str:
    """Return the id of the office whose settings files name this recovery key."""
    for path in files:
        if path.suffix == KINDS["setup"]:
            try:
                contents = reader.read(place.load(path), [], Expect(kind="setup"))
            except AppError:
                continue
            for body in key_lists(contents):
                named = body["recovery_key"] == recovery.signing.public
                if named and recovery.signing.public in chained_keys(body):
                    return str(body["office"])
    text = "この予備のかぎに合う設定ファイルが見つかりません。フォルダーと封筒をご確認ください。"
    raise RefusedError(text, code="other_recovery_key")


def archive_files(folder: Path) -> list[Path]:
    """Return our files in a folder, the oldest name first."""
    try:
        found = sorted(p for p in folder.iterdir() if p.suffix in set(KINDS.values()))
    except OSError as error:
        raise RefusedError(f"フォルダーが開けません: {folder}", code="no_folder") from error
    if not found:
        raise RefusedError("このフォルダーに、受け取ったファイルがありません。", code="no_archive")
    return found


def _take_back(hand: _Hand) -> None:
    disk.forget(*hand.written)
