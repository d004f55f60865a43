"""What changed: since the version before, or since the approval; each line says old and new."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.services.months.changes_since import Changed
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_MOST = 30


class ChangesCard(SectionCard):
    """Hidden while nothing changed; ``title`` has a place for the number."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._words = title
        self._lines = TextLabel()
        self.add(self._lines)
        self.hide()

    def show_changes(self, changes: Sequence[Changed]) -> None:
        self.set_title(self._words % len(changes))
        lines = [self._line(one) for one in changes[:_MOST]]
        if len(changes) > _MOST:
            lines.append(f"ほか {len(changes) - _MOST}件")
        self._lines.setText("\n".join(lines))
        show_when(self, wanted=bool(changes))

    def _line(self, one: Changed) -> str:
        where = "この月全体"
        if one.day is not None:
            where = f"{wareki.long_date(one.day)} 「{one.title}」"
        nothing = "(なし)"
        old, new = (text or nothing for text in (one.before, one.after))
        return f"・{where} {one.what}: {old} → {new}"
