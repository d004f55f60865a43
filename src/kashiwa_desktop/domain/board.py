"""The office's board: what state one area's month is in (PRODUCT.md screen 20)."""

from collections.abc import Iterable
from dataclasses import dataclass

STATES = {
    "missing": ("✕", "未提出"),
    "open": ("◐", "受領(締め前)"),
    "question": ("▲", "確認あり"),
    "received": ("■", "受領"),
    "returned": ("↩", "差戻し"),
    "approved": ("●", "承認"),
    "suspended": ("–", "休止"),
    "vacant": ("–", "欠員"),
}
RECEIVED = frozenset({"received", "question", "returned", "approved"})
MISSING = frozenset({"missing", "open"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One promoter's (or vacant area's) month on the board."""

    state: str
    empty: bool = False
    late: bool = False
    changed_after_close: int = 0
    changed_after_approval: int = 0
    conflicts: int = 0
    code: str | None = None

    @property
    def word(self) -> str:
        """Shape and word together: a state is never shown by colour alone."""
        if self.empty and self.state == "received":
            return "–活動なし"
        return "".join(STATES[self.state])

    def fields(self) -> dict[str, object]:
        return {
            "state": self.state,
            "empty": self.empty,
            "late": self.late,
            "changed_after_close": self.changed_after_close,
            "changed_after_approval": self.changed_after_approval,
            "conflicts": self.conflicts,
            "code": self.code,
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """How many are expected, here, in time, approved, returned, missing."""

    expected: int = 0
    received: int = 0
    on_time: int = 0
    approved: int = 0
    returned: int = 0
    missing: int = 0


def summary(cells: Iterable[Cell]) -> Summary:
    """Sum up; ``suspended`` and ``vacant`` are not expected, ``missing`` includes ``open``."""
    expected = [c for c in cells if c.state not in ("suspended", "vacant")]
    return Summary(
        expected=len(expected),
        received=sum(c.state in RECEIVED for c in expected),
        on_time=sum(c.state in RECEIVED and not c.late for c in expected),
        approved=sum(c.state == "approved" for c in expected),
        returned=sum(c.state == "returned" for c in expected),
        missing=sum(c.state in MISSING for c in expected),
    )
