"""The head of the log, kept outside the store: beside the keys as last seen, and signed.

A chain proves that nothing inside it was changed, not that its end is there (RELIABILITY.md §6.6).
So ``identity/`` keeps how long the log was and how it ended; of an office also the newest head that
its key signed, which is made wherever that key is open. Who goes back to a copy leaves a stretch of
the log behind: that is kept here too, because heads of it exist and are right.
"""

import contextlib
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated

import msgspec

from kashiwa_desktop import logs
from kashiwa_desktop.crypto import key_files, signing
from kashiwa_desktop.crypto.keys import OFFICE_PUBLIC_FILE, PC_FILE, OfficePublic
from kashiwa_desktop.crypto.signing import SigningKey
from kashiwa_desktop.domain.check_code import check_code
from kashiwa_desktop.errors import AppError, StoreError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.storage import audit, checks
from kashiwa_desktop.storage.audit import Entry
from kashiwa_desktop.storage.database import Database, Tx
from kashiwa_desktop.storage.testimony import Wrong

FILE = "log_head.json"
_PREFIX = b"kashiwa-sasaeai log head 1\n"
BACK = ("restore", "rebuild")
"""Lines of the log by which another log than the one that was known is explained."""
_AFTER = (
    "予備の写しから戻したのでなければ、支払をせず、サポートに電話してください。"
    "ほかのパソコンで戻したのなら、「支払一覧」(画面 41)でご確認ください。"
)
_CUT = f"操作の記録が、このパソコンで前に確かめたとき({{n}}行目)と合いません。{_AFTER}"
_UNSIGNED = f"操作の記録が、事務局のかぎで署名した印({{n}}行目)と合いません。{_AFTER}"
_FOREIGN = "操作の記録の署名が、事務局のかぎのものではありません。サポートに電話してください。"
_UNREADABLE = "操作の記録の終わりの印(identity)がこわれています。サポートに電話してください。"

Hex64 = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]


class Head(msgspec.Struct, frozen=True, omit_defaults=True):
    """How long the log was, the hash of its last line, and by whom that was signed if it was."""

    n: Annotated[int, msgspec.Meta(ge=1)]
    hash: Hex64
    office: str = ""
    key: str = ""
    signature: str = ""


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """What ``identity/`` knows; ``left`` are stretches of lines that a going back left.

    ``going``: the first line of the log that a going back under way is about to replace;
    ``back``: the hash of the newest going back (``BACK``) that was in the log seen last.
    """

    seen: Head | None = None
    signed: Head | None = None
    left: tuple[tuple[int, int], ...] = ()
    going: int = 0
    back: str = ""


def code(tx: Tx) -> str:
    """Return the head as it stands on a paper, 「128行 7K3M-Q2PX」; '' before the first line."""
    n, digest = audit.end(tx)
    return f"{n}行 {check_code(digest)}" if n else ""


def remember(folder: DataFolder, db: Database) -> None:
    """Keep the present head, unless what was kept says that the log is not the one it was.

    Where that cannot be written, work goes on: an older head proves a little less.
    """
    if db.closed_for or not _has_keys(folder) or not (db.path is None or db.path.exists()):
        return
    with contextlib.suppress(AppError):
        kept = _settled(folder, db)
        end = checks.log_head(db, _heads_of(kept))
        if end is not None and end[0] > (kept.seen.n if kept.seen else 0):
            _write(folder, msgspec.structs.replace(kept, seen=Head(*end), back=_back(db)))


@contextlib.contextmanager
def going_back(folder: DataFolder, db: Database, copied: Path) -> Iterator[None]:
    """While a copy takes the place of the store: what the log said after it is left behind.

    It is noted before, so that no power cut in between leaves a doubt; StoreError where it cannot.
    """
    if not _has_keys(folder):
        yield
        return
    kept = _read(folder)
    n = _length_of(copied) if copied.exists() else 0
    _write(folder, msgspec.structs.replace(kept, going=n + 1))
    try:
        yield
    except BaseException:
        with contextlib.suppress(AppError):
            _write(folder, kept)
        raise
    _went_back(folder, db)


def _length_of(copied: Path) -> int:
    copy = Database(copied)
    try:
        return (checks.log_head(copy) or (0, ""))[0]
    finally:
        copy.close()


def _went_back(folder: DataFolder, db: Database) -> None:
    """Leave what the log said after the copy behind, where the copy really took the place."""
    with contextlib.suppress(AppError):
        kept, end = _read(folder), checks.log_head(db)
        if end is None:
            return
        if checks.log_head(db, _heads_of(kept)) is not None:
            _write(folder, msgspec.structs.replace(kept, going=0))
            return
        first = max(kept.going, 1)
        left = (*kept.left, (first, max(n for n, _ in _heads_of(kept))))
        seen = Head(*end) if end[0] else None
        _write(folder, Kept(seen, None, left, back=_back(db)))


def leave(folder: DataFolder, db: Database, heads: Collection[tuple[int, str]]) -> None:
    """An office was rebuilt with its keys: heads of another log, in archive or here, are left."""
    with contextlib.suppress(AppError):
        kept, end = _read(folder), checks.log_head(db)
        with db.read() as tx:
            known = [*heads, *_heads_of(kept)]
            others = [n for n, digest in known if audit.hash_at(tx, n) != digest]
        if others and end is not None:
            left = (*kept.left, (min(others), max(others)))
            _write(folder, Kept(Head(*end), None, left, back=_back(db)))


def sign(folder: DataFolder, db: Database, key: SigningKey) -> None:
    """Sign the present head; one that this log contradicts stays as a proof."""
    with contextlib.suppress(AppError):
        kept = _settled(folder, db)
        end = checks.log_head(db, _heads_of(kept))
        known = kept.signed and (kept.signed.n, kept.signed.key)
        if not end or not end[0] or known == (end[0], key.public):
            return
        office = OfficePublic.load(folder.identity).office
        head = Head(*end, office, key.public, key.sign(_said(office, *end)))
        seen = Head(*end)
        _write(folder, msgspec.structs.replace(kept, seen=seen, signed=head, back=_back(db)))


def _back(db: Database) -> str:
    with db.read() as tx:
        return next((audit.hash_at(tx, one.n) for one in reversed(_backs(tx))), "")


def _backs(tx: Tx) -> list[Entry]:
    return sorted((e for event in BACK for e in audit.entries(tx, event)), key=lambda e: e.n)


def contradicted(folder: DataFolder, tx: Tx) -> list[int]:
    """Return the lines whose heads, kept here and truly signed, this log contradicts.

    AppError where what was kept cannot be read, or bears another signature.
    """
    kept = _read(folder)
    if kept.signed and not _is_ours(folder, kept.signed):
        raise StoreError(_FOREIGN, code="damaged")
    if kept.going:
        return []
    return [n for n, digest in _heads_of(kept) if audit.hash_at(tx, n) != digest]


def unknown_backs(folder: DataFolder, tx: Tx, before: int) -> list[Entry]:
    """Return the goings back up to line ``before`` that this PC did not know of, oldest first."""
    found = [one for one in _backs(tx) if one.n <= before]
    known = _read(folder).back
    at = [place for place, one in enumerate(found, 1) if audit.hash_at(tx, one.n) == known]
    return found[at[-1] :] if at else found


def accept(folder: DataFolder, db: Database, first: int) -> None:
    """Leave the heads of the log as it was from line ``first`` on behind: a person accepted it.

    The line that says so is in the log already, and its head is the one kept from here on.
    StoreError where that cannot be written: then the doubt stays.
    """
    kept, end = _read(folder), checks.log_head(db)
    if end is not None:
        left = (*kept.left, (first, max(n for n, _ in _heads_of(kept))))
        _write(folder, Kept(Head(*end), None, left, back=_back(db)))


def _settled(folder: DataFolder, db: Database) -> Kept:
    """Return what is kept, once a going back that was cut off is brought to its end."""
    if _read(folder).going:
        _went_back(folder, db)
    return _read(folder)


def _heads_of(kept: Kept) -> list[tuple[int, str]]:
    return [(head.n, head.hash) for head in (kept.seen, kept.signed) if head]


def doubts(folder: DataFolder, tx: Tx) -> list[Wrong]:
    """Return what the heads kept outside say against the log."""
    try:
        return list(_doubts_of(tx, _read(folder), folder))
    except AppError:
        return [Wrong(_UNREADABLE)]


def is_left(folder: DataFolder, n: int) -> bool:
    """Whether a going back left this line of an earlier log behind."""
    return any(first <= n <= last for first, last in _read(folder).left)


def _doubts_of(tx: Tx, kept: Kept, folder: DataFolder) -> Iterator[Wrong]:
    last = kept.going or sys.maxsize
    seen, signed = kept.seen, kept.signed
    if seen and seen.n < last and audit.hash_at(tx, seen.n) != seen.hash:
        yield Wrong(_CUT.format(n=seen.n))
    if signed is None or signed.n >= last:
        return
    if not _is_ours(folder, signed):
        yield Wrong(_FOREIGN)
    elif audit.hash_at(tx, signed.n) != signed.hash:
        yield Wrong(_UNSIGNED.format(n=signed.n))


def _is_ours(folder: DataFolder, head: Head) -> bool:
    """Whether the office's working or recovery key made the signature."""
    public = OfficePublic.load(folder.identity)
    ours = head.office == public.office and head.key in (public.key, public.recovery_key)
    said = _said(head.office, head.n, head.hash)
    return ours and signing.verify(head.key, said, head.signature)


def _said(office: str, n: int, digest: str) -> bytes:
    return _PREFIX + f"{office}\n{n}\n{digest}".encode()


def _has_keys(folder: DataFolder) -> bool:
    return any((folder.identity / name).exists() for name in (PC_FILE, OFFICE_PUBLIC_FILE))


def _read(folder: DataFolder) -> Kept:
    path = folder.identity / FILE
    if not path.exists():
        return Kept()
    try:
        return msgspec.json.decode(key_files.read(path), type=Kept)
    except msgspec.DecodeError:
        raise key_files.damaged() from None


def _write(folder: DataFolder, kept: Kept) -> None:
    key_files.write(folder.identity / FILE, msgspec.json.encode(kept), replace=True)
    logs.note("log-head-kept", lines=kept.seen.n if kept.seen else 0)
