"""新しい版: which one works here, and looking for a newer one by hand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop import __version__
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class UpdateCard(SectionCard):
    """``look_wanted``: what is found is offered above the page; ``tell`` says the rest."""

    look_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("新しい版", parent)
        self._told = TextLabel(role="strong")
        self._look = BigButton("USBメモリーに新しい版があるか見る", "stick")
        self.add(TextLabel(f"いまの版は {__version__} です。", "muted"), self._told)
        self.add_row(self._look)
        self._look.clicked.connect(self.look_wanted)
        self.tell("")

    def tell(self, text: str) -> None:
        """Say what came of looking; '' for nothing."""
        self._told.setText(text)
        show_when(self._told, wanted=bool(text))
