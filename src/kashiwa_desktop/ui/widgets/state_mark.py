"""A state is a shape and a word, never a colour alone.

The shapes are drawn: the fonts' own ✕ ◐ ↩ are thin, small or missing.
"""

from dataclasses import dataclass

from kashiwa_desktop.ui.widgets.text_label import Role


@dataclass(frozen=True, slots=True)
class StateMark:
    """How a state is shown: its shape (an icon), its word, and the text role of both."""

    icon: str
    word: str
    role: Role


def board_marks() -> dict[str, StateMark]:
    """Return the states of a month on the office's board (PRODUCT.md §4, screen 20)."""
    return {
        "missing": StateMark("shape_cross", "未提出", "danger"),
        "open": StateMark("shape_half", "受領(締め前)", "notice"),
        "received": StateMark("shape_square", "受領", "body"),
        "question": StateMark("shape_triangle", "確認あり", "notice"),
        "returned": StateMark("shape_return", "差戻し", "notice"),
        "approved": StateMark("shape_circle", "承認", "ok"),
        "empty": StateMark("shape_dash", "活動なし", "muted"),
        "suspended": StateMark("shape_dash", "休止", "muted"),
        "vacant": StateMark("shape_dash", "欠員", "muted"),
    }
