"""Making a travelling file: sorted lines, a signed header, one gzip member, age (BUNDLE.md §2).

A file is read back by the reader's own checks before it is sealed, so nothing leaves this PC that
the other side would refuse.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kashiwa_desktop.bundle import contents
from kashiwa_desktop.bundle import header as headers
from kashiwa_desktop.bundle.container import MAX_FILE, compress, split
from kashiwa_desktop.bundle.header import Header
from kashiwa_desktop.crypto import sealing
from kashiwa_desktop.crypto.signing import SigningKey
from kashiwa_desktop.domain import canonical
from kashiwa_desktop.errors import FileRefusedError, RefusedError

_TOO_LARGE: Final = (
    "ファイルが大きすぎて作れません(25 MB、20万行まで)。何も書いていません。"
    "サポートに電話してください。"
)
UNFIT: Final = (
    "ファイルを作れませんでした。何も書いていません。決まりに合わない記録があります。"
    "「困ったとき」の［送れない記録を調べる］(命令では heal)で直せます。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderDraft:
    """What the maker says of a file; key, device, count, size and hash are worked out."""

    kind: str
    promoter: str | None
    recipient: str
    seq: int
    previous: str | None
    office: str
    to_promoter: str | None = None
    settings: str | None
    app: str
    made_at: str
    restored: bool = False
    log: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """A signed file before gzip and age; ``plain`` is what ``age -d | gunzip`` shows."""

    plain: bytes
    bundle_id: str
    header: Header
    count: int


def build(draft: HeaderDraft, lines: Iterable[bytes], signer: SigningKey) -> Built:
    """Sign the lines (revisions without feeds, any order, repeats fall away); RefusedError."""
    ordered = sorted(set(lines))
    body = b"".join(line + b"\n" for line in ordered)
    first = canonical.encode(_fields(draft, body, len(ordered), signer))
    signature = signer.sign(headers.signed_bytes(first)).encode()
    plain = first + b"\n" + signature + b"\n" + body
    try:
        parts = split(plain, sealed=draft.kind != "setup")
        header = contents.read_header(parts)
        contents.check_signature(parts, header)
        contents.check_body(parts, header)
        contents.read_contents(parts, header)
    except FileRefusedError as error:
        raise _not_made(error) from error
    return Built(plain, hashlib.sha256(first).hexdigest(), header, len(ordered))


def pack(built: Built, recipients: Sequence[str]) -> bytes:
    """Return the bytes of the file, sealed to ``recipients``; a setup stays plain for everyone."""
    if built.header.kind == "setup":
        data = built.plain
    else:
        data = sealing.seal(compress(built.plain), recipients)
    if len(data) > MAX_FILE:
        raise RefusedError(_TOO_LARGE, code="too_large")
    return data


def _fields(draft: HeaderDraft, body: bytes, count: int, signer: SigningKey) -> dict[str, Any]:
    to: dict[str, Any] = {"office": headers.EVERY_OFFICE}
    if draft.kind != "setup":
        to = {"office": draft.office, "promoter": draft.to_promoter}
    log = {"log": {"n": draft.log[0], "hash": draft.log[1]}} if draft.log else {}
    return {
        **log,
        "format": headers.FORMAT,
        "requires": ["core1"],
        "kind": draft.kind,
        "from": {
            "promoter": draft.promoter,
            "device": signer.device,
            "key": signer.public,
            "recipient": draft.recipient,
            "seq": draft.seq,
            "previous": draft.previous,
            "restored": draft.restored,
        },
        "to": to,
        "settings": draft.settings,
        "app": draft.app,
        "made_at": draft.made_at,
        "count": count,
        "bytes": len(body),
        "body_sha256": hashlib.sha256(body).hexdigest(),
    }


def _not_made(error: FileRefusedError) -> RefusedError:
    if error.code == "too_large":
        return RefusedError(_TOO_LARGE, code="too_large")
    if error.values.get("reason") == "line":
        return RefusedError(UNFIT, code=error.code, **error.values)
    return RefusedError(
        f"ファイルを作れませんでした。何も書いていません。{error.text}",
        code=error.code,
        **error.values,
    )
