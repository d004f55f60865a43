"""How the sheets of a month come out: with a cover, and safe on a printer that uses both sides."""

from PySide6.QtWidgets import QCheckBox, QWidget

from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class PrintChoices(SectionCard):
    """Both are on until switched off: two people on one sheet of paper would be an accident."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._cover = QCheckBox("表紙を付ける")
        self._duplex = QCheckBox("両面でも1人1枚にする")
        cover = TextLabel("枚数を数えるための一覧です。", "muted")
        duplex = TextLabel("両面印刷のために、間に白紙が入ります。", "muted")
        for box in (self._cover, self._duplex):
            box.setChecked(True)
        self.add_row(self._cover, cover)
        self.add_row(self._duplex, duplex)

    @property
    def cover(self) -> bool:
        return self._cover.isChecked()

    @property
    def duplex(self) -> bool:
        return self._duplex.isChecked()
