"""このソフトについて: version, whose work it rests on, and the licences in full."""

from importlib import metadata

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kashiwa_desktop import __version__
from kashiwa_desktop.paths import resource
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.text_label import TextLabel

PARTS = (
    "PySide6", "SQLAlchemy", "alembic", "reportlab", "openpyxl", "XlsxWriter", "platformdirs",
    "cryptography", "pyrage", "msgspec", "jpholiday", "fonttools", "segno",
)  # fmt: skip
_FONTS = (
    "fonts/fonts-morisawa-bizud-gothic.copyright.txt",
    "fonts/fonts-morisawa-bizud-mincho.copyright.txt",
    "fonts/fonts-vlgothic.copyright.txt",
)


class AboutCard(SectionCard):
    """The licences are read when they are opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("このソフトについて", parent)
        self._text = QPlainTextEdit(readOnly=True)
        self._text.setAccessibleName("ライセンス")
        self._text.setTabChangesFocus(True)
        self._text.setMinimumHeight(320)
        self._fold = Fold("使っている部品とライセンス")
        self._fold.add(self._text)
        self.add(TextLabel(f"地域支えあい活動記録 {__version__} 版"), self._fold)
        self._fold.toggled.connect(self._read)

    def _read(self, opened: bool) -> None:  # noqa: FBT001 - a signal's value
        if opened and not self._text.toPlainText():
            parts = "\n".join(part_line(name) for name in PARTS)
            fonts = [resource(name).read_text(encoding="utf-8") for name in _FONTS]
            self._text.setPlainText("\n\n".join([parts, *fonts]))


def part_line(name: str) -> str:
    """Return 「PySide6 6.11.2 – LGPL …」 of an installed part; only its name where not known."""
    try:
        found = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return name
    licence = next((found[key] for key in ("License-Expression", "License") if key in found), "")
    line = licence.strip().split("\n")[0][:120]
    return f"{name} {found['Version']}" + (f" – {line}" if line else "")
