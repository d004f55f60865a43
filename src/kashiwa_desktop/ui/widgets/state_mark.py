"""A state is a shape and a word, never a colour alone.

The shapes are drawn: the fonts' own ✕ ◐ ↩ are thin, small or missing.
"""

from dataclasses import dataclass

from kashiwa_desktop.domain.board import STATES
from kashiwa_desktop.ui.widgets.text_label import Role


@dataclass(frozen=True, slots=True)
class StateMark:
    """How a state is shown: its shape (an icon), its word, and the text role of both."""

    icon: str
    word: str
    role: Role


def board_marks() -> dict[str, StateMark]:
    """Return the states of a month on the office's board (PRODUCT.md §4, screen 20)."""
    shapes: dict[str, tuple[str, Role]] = {
        "missing": ("shape_cross", "danger"), "open": ("shape_half", "notice"),
        "received": ("shape_square", "body"), "question": ("shape_triangle", "notice"),
        "returned": ("shape_return", "notice"), "approved": ("shape_circle", "ok"),
        "suspended": ("shape_dash", "muted"), "vacant": ("shape_dash", "muted"),
    }  # fmt: skip
    marks = {
        state: StateMark(icon, STATES[state][1], role) for state, (icon, role) in shapes.items()
    }
    return marks | {"empty": StateMark("shape_dash", "活動なし", "muted")}
