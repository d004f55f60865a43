"""A small invented world of one office and two promoters, and files made outside our writer."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from kashiwa_desktop.bundle import container, reader, writer
from kashiwa_desktop.crypto import sealing
from kashiwa_desktop.crypto.keys import RecoveryKey, office_id
from kashiwa_desktop.crypto.sealing import ReceivingKey
from kashiwa_desktop.crypto.signing import SigningKey
from kashiwa_desktop.domain import revision
from kashiwa_desktop.domain.revision import Author, Content, RecordKey
from ratios import least

F1 = Path(__file__).parents[1] / "data" / "bundles" / "f1"
SALT = "00" * 16
AT = "2026-10-14T10:05:00+09:00"
NAME = "試験 花子"


def _keys(name: str) -> tuple[SigningKey, ReceivingKey]:
    """The fixed TEST keys of that name; they protect nothing."""
    pair = json.loads((F1 / "test-keys.json").read_text("utf-8"))[name]
    return SigningKey.from_bytes(bytes.fromhex(pair["signing"])), ReceivingKey.from_text(
        pair["receiving"]
    )


def body_of(kind: str) -> dict[str, Any]:
    """Return a body that passes the schema of its type."""
    if kind == "activity":
        return activity()
    if kind == "keys":
        recipient = "age1" + "q" * 58
        key = {"key": "1" * 64, "recipient": recipient, "state": "present"}
        return {"office": "2" * 64, "keys": [key], "recovery_key": "3" * 64,
                "recovery_recipient": recipient}  # fmt: skip
    return {"kind": "area", "code": "01", "name": "見本"}


@dataclass
class World:
    """The keys of everybody, the lines they would write, and files crafted byte by byte."""

    office_signing: SigningKey
    office_receiving: ReceivingKey
    pc_signing: SigningKey
    pc_receiving: ReceivingKey
    recovery: RecoveryKey
    other: ReceivingKey = field(default_factory=ReceivingKey.generate)

    activity = staticmethod(lambda **changes: activity(**changes))

    @property
    def office(self) -> str:
        return office_id(self.office_signing.public)

    @property
    def listed(self) -> frozenset[str]:
        return frozenset({self.office_signing.public, self.recovery.signing.public})

    @property
    def at_office(self) -> reader.Expect:
        return reader.Expect(office=self.office)

    @property
    def at_pc(self) -> reader.Expect:
        return reader.Expect(office=self.office, promoter="P001", signers=self.listed)

    def line(self, promoter: str | None = "P001", **changes: Any) -> bytes:
        """One revision's line; an activity of the promoter unless changed."""
        kind = changes.pop("type", "activity")
        role = changes.pop("role", "office" if kind in revision.OFFICE_TYPES else "promoter")
        body = changes.pop("body", body_of(kind))
        key = RecordKey(promoter, kind, changes.pop("id", "0195c0de-0000-7000-8000-000000000001"))
        author = Author(self.pc_signing.device, role, promoter or "staff")
        parents = changes.pop("parents", ())
        content = Content(key, changes.pop("month", "2026-10"), body, **changes)
        return revision.make(content, parents, author, at=AT, salt=SALT).line

    def settings_line(self, **changes: Any) -> bytes:
        return self.line(None, **{"type": "settings", "month": None, **changes})

    def draft(self, kind: str, **changes: Any) -> writer.HeaderDraft:
        by_promoter = kind in ("submission", "transfer")
        receiving = self.pc_receiving if by_promoter else self.office_receiving
        values: dict[str, Any] = {
            "kind": kind,
            "promoter": "P001" if by_promoter else None,
            "recipient": receiving.recipient,
            "seq": 1,
            "previous": None,
            "office": self.office,
            "to_promoter": None if kind in ("submission", "setup", "journal") else "P001",
            "settings": "2026-04-01",
            "app": "test",
            "made_at": AT,
        }
        return writer.HeaderDraft(**{**values, **changes})

    def signer(self, kind: str) -> SigningKey:
        return self.pc_signing if kind in ("submission", "transfer") else self.office_signing

    def lines(self, kind: str) -> list[bytes]:
        return [self.settings_line()] if kind == "setup" else [self.line()]

    def built(self, kind: str, lines: list[bytes] | None = None, **changes: Any) -> writer.Built:
        lines = self.lines(kind) if lines is None else lines
        return writer.build(self.draft(kind, **changes), lines, self.signer(kind))

    def file(self, kind: str, lines: list[bytes] | None = None, **changes: Any) -> bytes:
        return writer.pack(self.built(kind, lines, **changes), self.recipients(kind))

    def recipients(self, kind: str) -> list[str]:
        keys = self.keys(kind)
        return [key.recipient for key in keys] + [self.recovery.recipient]

    def keys(self, kind: str) -> list[ReceivingKey]:
        to_office = kind in ("submission", "journal")
        return [self.office_receiving if to_office else self.pc_receiving]

    def expect(self, kind: str) -> reader.Expect:
        if kind == "submission":
            return self.at_office
        return self.at_pc

    def read(self, kind: str, data: bytes) -> reader.Contents:
        return reader.read(data, self.keys(kind), self.expect(kind))

    @cached_property
    def honest(self) -> bytes:
        """A file of 1,000 records, as an office gets them."""
        lines = sorted(self.line(body=activity(minutes=n)) for n in range(1000))
        return self.craft(body=b"".join(line + b"\n" for line in lines))

    @cached_property
    def honest_cost(self) -> float:
        """The processor time that such a file takes to be read: a floor for all others."""
        return least(lambda: self.read("submission", self.honest))

    def craft(
        self,
        kind: str = "submission",
        body: bytes | None = None,
        *,
        header: dict[str, Any] | None = None,
        signer: SigningKey | None = None,
        packed: bytes | None = None,
    ) -> bytes:
        """Make a file without our writer: any header fields, any body, well signed and sealed."""
        signer = signer or self.signer(kind)
        built = self.built(kind)
        fields = json.loads(built.plain.split(b"\n")[0])
        if body is None:
            body = built.plain.split(b"\n", 2)[2]
        fields |= {"body_sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body)}
        fields["count"] = body.count(b"\n")
        fields["from"] |= {"key": signer.public, "device": signer.device}
        fields = _merged(fields, header or {})
        first = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return self.close(first.encode("utf-8", "surrogatepass"), body, signer, packed, kind)

    def close(self, first, body, signer, packed, kind) -> bytes:
        """Sign a header line and put everything together."""
        signature = signer.sign(b"kashiwa-sasaeai bundle 1\n" + first).encode()
        plain = first + b"\n" + signature + b"\n" + body
        if kind == "setup":
            return plain
        return self.seal_packed(container.compress(plain) if packed is None else packed, kind)

    def seal_plain(self, plain: bytes, kind: str) -> bytes:
        return self.seal_packed(container.compress(plain), kind)

    def seal_packed(self, packed: bytes, kind: str) -> bytes:
        return sealing.seal(packed, self.recipients(kind))


def activity(**changes: Any) -> dict[str, Any]:
    """An activity's body as it travels."""
    body = {
        "area": "A01",
        "category": "community",
        "date": "2026-10-14",
        "title": f"{NAME}さんとの打合せ",
        "type": "briefing",
    }
    return {**body, **changes}


def _merged(fields: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    for name, value in changes.items():
        if isinstance(value, dict) and isinstance(fields.get(name), dict):
            fields[name] = _merged(fields[name], value)
        else:
            fields[name] = value
    return fields


@pytest.fixture(scope="session")
def world() -> World:
    office, pc = _keys("office"), _keys("pc")
    recovery = RecoveryKey.from_age_identity(_keys("recovery")[1].secret)
    return World(*office, *pc, recovery)
