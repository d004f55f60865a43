"""A state is a shape and a word, never a colour alone.

The shapes are drawn: the fonts' own ✕ ◐ ↩ are thin, small or missing.
"""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from kashiwa_desktop.ui.widgets.text_label import Role

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class StateMark:
    """How a state is shown: its shape (an icon), its word, and the text role of both."""

    icon: str
    word: str
    role: Role


def board_marks() -> dict[str, StateMark]:
    """Return the states of a month on the office's board (PRODUCT.md §4, screen 20)."""
    return {
        "missing": StateMark("shape_cross", translate("states", "未提出"), "danger"),
        "open": StateMark("shape_half", translate("states", "受領(締め前)"), "notice"),
        "received": StateMark("shape_square", translate("states", "受領"), "body"),
        "question": StateMark("shape_triangle", translate("states", "確認あり"), "notice"),
        "returned": StateMark("shape_return", translate("states", "差戻し"), "notice"),
        "approved": StateMark("shape_circle", translate("states", "承認"), "ok"),
        "empty": StateMark("shape_dash", translate("states", "活動なし"), "muted"),
        "suspended": StateMark("shape_dash", translate("states", "休止"), "muted"),
        "vacant": StateMark("shape_dash", translate("states", "欠員"), "muted"),
    }


def month_marks() -> dict[str, StateMark]:
    """Return the states of a promoter's own month (PRODUCT.md §8, ``month show``)."""
    return {
        "open": StateMark("shape_half", translate("states", "記録中"), "body"),
        "closed": StateMark("shape_square", translate("states", "締めました"), "body"),
        "saved": StateMark(
            "shape_square", translate("states", "保存しました(まだ届いていません)"), "notice"
        ),
        "received": StateMark("shape_circle", translate("states", "事務局に届きました"), "ok"),
        "returned": StateMark("shape_return", translate("states", "確認のお願い"), "notice"),
        "approved": StateMark("shape_circle", translate("states", "承認されました"), "ok"),
    }
