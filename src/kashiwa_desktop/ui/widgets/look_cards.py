"""文字の大きさ and 画面の色: what changes how everything looks, at once."""

from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class TextSizeCard(SectionCard):
    """The five sizes of text."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("文字の大きさ", parent)
        self._look = look
        self._sizes = ChipBar("文字の大きさ")
        self._sizes.show_chips(theme.TEXT_SIZE_WORDS.items())
        keys = "Ctrl と + や - のキーでも、いつでも変えられます。"
        self.add(self._sizes, TextLabel(keys, "muted"))
        look.changed.connect(self.refresh)
        self._sizes.chosen.connect(self._take)

    def refresh(self) -> None:
        self._sizes.choose(self._look.text_size)

    def _take(self, size: object) -> None:
        if isinstance(size, int):
            self._look.show_text_size(size)


class ColoursCard(SectionCard):
    """Light, dark, high contrast."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("画面の色", parent)
        self._look = look
        self._themes = ChipBar("画面の色")
        self._themes.show_chips(theme.THEME_WORDS.items())
        self.add(self._themes)
        look.changed.connect(self.refresh)
        self._themes.chosen.connect(self._take)

    def refresh(self) -> None:
        self._themes.choose(self._look.theme_name)

    def _take(self, name: object) -> None:
        self._look.show_theme(str(name))
