"""The mark of this PC beside a 予備の写し: a sum that lies there anyone can make again, this not.

RELIABILITY.md §6.10. The mark is made with a key in ``identity/``, which no copy holds. A copy that
says it is of this PC and is not what this PC wrote is refused. One of another PC, of a time before
the key, or from before there were marks stays usable, and is named as what it is: losing a key must
never make a copy useless.
"""

import hmac
import secrets
from hashlib import sha256
from pathlib import Path

from kashiwa_desktop.crypto import key_files
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.storage import copies

KEY_FILE = "copies.key"
OURS, OTHERS, NONE = "this_pc", "other_pc", "none"
WORDS = {
    OURS: "",
    OTHERS: "この写しの印は、いまのこのパソコンのかぎのものではありません"
    "(ほかのパソコンの写しか、かぎを作り直す前の写しです)。中身はすべて確かめてあります。",
    NONE: "この写しには、このパソコンの印がありません(前の版の写しか、印が消されています)。"
    "中身はすべて確かめてあります。",
}
"""What is said of a copy with the mark of another PC, or with none."""


def beside(path: Path) -> Path:
    """Return where the fingerprint of a copy lies."""
    return path.with_suffix(".sha256")


def written(folder: DataFolder, path: Path) -> bytes:
    """Return what is to lie beside a copy: its SHA-256, and this PC's mark."""
    digest = copies.file_digest(path)
    key = _key(folder, make=True)
    return f"{digest}\n{_mark(key, digest)}\n".encode() if key else f"{digest}\n".encode()


def judge(folder: DataFolder | None, path: Path) -> str:
    """Return whose mark a copy has; StoreError (damaged) where sum or mark do not fit it."""
    kept = beside(path)
    if not kept.exists():
        return NONE
    digest = copies.file_digest(path)
    said = kept.read_bytes().decode("ascii", "replace").split("\n")
    if said[0].strip() != digest:
        raise StoreError(copies.DAMAGED, code="damaged")
    mark = said[1].strip() if len(said) > 1 else ""
    if not mark:
        return NONE
    key = _key(folder) if folder else b""
    if not key or mark.split(" ")[0] != _name(key):
        return OTHERS
    if not hmac.compare_digest(mark, _mark(key, digest)):
        raise StoreError(copies.DAMAGED, code="damaged")
    return OURS


def _mark(key: bytes, digest: str) -> str:
    return f"{_name(key)} {hmac.digest(key, digest.encode(), 'sha256').hex()}"


def _name(key: bytes) -> str:
    """Return by which name a key is known, so that a mark of another one is no broken mark."""
    return sha256(b"kashiwa-sasaeai copies 1\n" + key).hexdigest()[:16]


def _key(folder: DataFolder, *, make: bool = False) -> bytes:
    """Return this PC's key for copies, b'' where there is none (yet), or none that can be read."""
    path = folder.identity / KEY_FILE
    try:
        if make and not path.exists():
            key_files.make_folder(folder.identity)
            key_files.write(path, secrets.token_hex(32).encode())
        return key_files.read(path).strip()
    except StoreError:
        return b""
