"""Zones (圏域), support centres (包括), community centres (近隣センター), and when they hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

KINDS = {"zone": "圏域", "support_center": "地域包括支援センター", "center": "近隣センター"}
BEGINNING = date(2015, 4, 1)
"""The programme began with fiscal year H27: what has no first day holds from then on."""


@dataclass(frozen=True, slots=True)
class Place:
    """One zone, support centre or community centre; ``of`` names the zones or areas it serves."""

    kind: str
    code: str
    name: str
    kana: str = ""
    order: int = 0
    of: tuple[str, ...] = ()
    phone: str = ""
    first: date = BEGINNING
    last: date | None = None

    def body(self) -> dict[str, Any]:
        """Return the settings record of this place."""
        return {
            "kind": "place",
            "place": self.kind,
            "code": self.code,
            "name": self.name,
            "kana": self.kana,
            "order": self.order,
            "of": list(self.of),
            "phone": self.phone,
            "from": self.first.isoformat(),
            "to": self.last.isoformat() if self.last else None,
        }


def places(bodies: Iterable[dict[str, Any]]) -> tuple[Place, ...]:
    """Read the settings records of kind ``place``, by kind, order and code."""
    found = [_read(b) for b in bodies if b.get("kind") == "place"]
    return tuple(sorted(found, key=lambda p: (p.kind, p.order, p.code)))


def _read(body: dict[str, Any]) -> Place:
    return Place(
        kind=body["place"],
        code=body["code"],
        name=body["name"],
        kana=body.get("kana", ""),
        order=body.get("order", 0),
        of=tuple(body.get("of", ())),
        phone=body.get("phone", ""),
        first=date.fromisoformat(body.get("from") or BEGINNING.isoformat()),
        last=date.fromisoformat(body["to"]) if body.get("to") else None,
    )
