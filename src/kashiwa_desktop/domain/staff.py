"""Accounts of the office's staff (職員): who works here, from when to when, in which role.

They count only where the office switched them on (``Office.accounts``); they never leave the
office store, not even in a settings file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

ROLES = {"district": "地区担当", "supervisor": "管理者"}


@dataclass(frozen=True, slots=True)
class Member:
    """One member of staff; ``name`` is what ``--as`` and the log say."""

    name: str
    role: str
    first: date
    last: date | None = None

    def active_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def may(self, role: str | None) -> bool:
        """Whether this role is enough: a supervisor may do what district staff may."""
        return role in (None, "district", self.role)


def members(bodies: Iterable[dict[str, Any]]) -> tuple[Member, ...]:
    """Read the settings records of kind ``staff``, by name."""
    found = [
        Member(
            b["name"],
            b["role"],
            date.fromisoformat(b["from"]),
            date.fromisoformat(b["to"]) if b.get("to") else None,
        )
        for b in bodies
        if b.get("kind") == "staff"
    ]
    return tuple(sorted(found, key=lambda m: m.name))
