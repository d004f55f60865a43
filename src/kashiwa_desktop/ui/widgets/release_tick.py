"""「新しい版 0.3.0 もUSBメモリーに入れる」, beside what is handed out, and who needs it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from kashiwa_desktop.domain.release import NAMES, Release
from kashiwa_desktop.services.office.releasing import Behind
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_NAMED = 8


class ReleaseTick(QWidget):
    """Hidden where no setup file is kept here; ticked while somebody still has an older version."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = False
        self.box = QCheckBox()
        self._behind = TextLabel(role="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.box)
        column.addWidget(self._behind)
        self.box.clicked.connect(self._note_choice)
        self.hide()

    @property
    def is_wanted(self) -> bool:
        return not self.isHidden() and self.box.isChecked()

    def show_release(self, at_hand: Sequence[Release], behind: Sequence[Behind]) -> None:
        """Show what would be laid beside; the person's own choice stays."""
        versions = "・".join(dict.fromkeys(one.version for one in at_hand))
        self.box.setText(f"新しい版 {versions} もUSBメモリーに入れる")
        if not self._asked:
            self.box.setChecked(bool(behind))
        self._behind.setText(behind_words(behind))
        show_when(self, wanted=bool(at_hand))

    def _note_choice(self) -> None:
        self._asked = True


def behind_words(behind: Sequence[Behind]) -> str:
    """Say who still has an older version."""
    if not behind:
        return "前の版のままの方はいません(届いたファイルで分かる範囲です)。"
    names = "、".join(f"{one.name}({one.app})" for one in behind[:_NAMED])
    more = f"ほか{len(behind) - _NAMED}人" if len(behind) > _NAMED else ""
    text = "前の版のままの方(%s人): %s"
    return text % (len(behind), "、".join(filter(None, (names, more))))


def release_words(found: Sequence[Release]) -> str:
    """Say what is handed out now."""
    if not found:
        return "いま配っている版はありません。"
    told = "、".join(f"{one.version}({NAMES[one.system]})" for one in found)
    return f"いま配る版: {told}"
