"""How everything looks: roles of colour, five text sizes, one rhythm of space, one stylesheet.

Pages and widgets take sizes and colours from here only. Every text role stands at 7:1 or better
on each ground it is used on (``TEXT_PAIRS``, computed by a test).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from string import Template

from PySide6.QtCore import QDir, QLibraryInfo, QLocale, QObject, Qt, QTranslator, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from kashiwa_desktop.paths import resource
from kashiwa_desktop.settings import TEXT_SIZES

GAP = 8
"""Pixels of the rhythm: every space is a multiple of it."""
TARGET = 44
"""Smallest side in pixels of anything that can be pressed."""
MAIN_TARGET = 56
"""Smallest height in pixels of a main action and of a rail button."""
RING = 3
"""Pixels of the focus ring."""
RADIUS = 6

TEXT_SIZE_WORDS = dict(zip(TEXT_SIZES, ("標準", "やや大", "大", "特大", "最大"), strict=True))
SYSTEM = "system"
THEME_WORDS = {
    "light": "明るい", "dark": "暗い", "contrast": "くっきり(黒地)", SYSTEM: "パソコンに合わせる",
}  # fmt: skip

FAMILIES = ["BIZ UDPGothic", "VL PGothic"]
"""The reading font, and the one that has the rare characters of names."""

_FONT_FILES = ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf", "VL-PGothic-Regular.ttf")

_SCALE = {"title": 1.45, "heading": 1.15, "number": 1.8, "small": 0.9}


@dataclass(frozen=True, slots=True)
class Theme:
    """The colour of each role; names say what it is used for, never what it looks like."""

    ground: str
    surface: str
    rail: str
    text: str
    muted: str
    border: str
    line: str
    accent: str
    accent_pressed: str
    on_accent: str
    selected: str
    on_selected: str
    danger: str
    danger_ground: str
    notice: str
    notice_ground: str
    ok: str
    ok_ground: str
    band: str
    on_band: str
    focus: str
    marks: str


THEMES = {
    "light": Theme(
        ground="#f5f4f0", surface="#ffffff", rail="#e6ecf2",
        text="#1a1a1a", muted="#454545", border="#6b6b6b", line="#cbc8c0",
        accent="#0b4a7a", accent_pressed="#07365a", on_accent="#ffffff",
        selected="#d3e4f4", on_selected="#0a2a43",
        danger="#8c1010", danger_ground="#fce9e7", notice="#553a00", notice_ground="#fff2cc",
        ok="#0c4a2b", ok_ground="#e2f2e6", band="#ffb74d", on_band="#1a1a1a",
        focus="#c24a00", marks="on_light",
    ),
    "dark": Theme(
        ground="#17191d", surface="#23262c", rail="#101216",
        text="#f4f4f4", muted="#d4d4d4", border="#9c9c9c", line="#4a4f59",
        accent="#a6d0ff", accent_pressed="#cfe5ff", on_accent="#06213a",
        selected="#27435e", on_selected="#ffffff",
        danger="#ffc4be", danger_ground="#401512", notice="#ffe08a", notice_ground="#392d05",
        ok="#b5ebc5", ok_ground="#10301d", band="#ffb74d", on_band="#1a1a1a",
        focus="#ffb454", marks="on_dark",
    ),
    "contrast": Theme(
        ground="#000000", surface="#000000", rail="#000000",
        text="#ffffff", muted="#ffffff", border="#ffffff", line="#ffffff",
        accent="#ffff00", accent_pressed="#ffffa0", on_accent="#000000",
        selected="#ffffff", on_selected="#000000",
        danger="#ffb0b0", danger_ground="#000000", notice="#ffff00", notice_ground="#000000",
        ok="#8dffab", ok_ground="#000000", band="#ffb74d", on_band="#000000",
        focus="#00ffff", marks="on_dark",
    ),
}  # fmt: skip

TEXT_PAIRS = (
    *((text, ground) for text in ("text", "muted", "danger", "notice", "ok", "accent")
      for ground in ("ground", "surface")),
    ("text", "rail"), ("muted", "rail"), ("accent", "rail"),
    ("on_accent", "accent"), ("on_accent", "accent_pressed"), ("on_selected", "selected"),
    ("danger", "danger_ground"), ("notice", "notice_ground"), ("ok", "ok_ground"),
    ("text", "danger_ground"), ("text", "notice_ground"), ("text", "ok_ground"),
    ("muted", "danger_ground"), ("muted", "notice_ground"), ("muted", "ok_ground"),
    ("on_band", "band"),
)  # fmt: skip
"""Which text role may stand on which ground."""


class Look(QObject):
    """The look that is on now: the only place that dresses the application."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.theme_name = "light"
        self.text_size = TEXT_SIZES[0]
        QDir.setSearchPaths("marks", [str(resource("icons"))])
        app.setStyle("Fusion")
        load_fonts()
        _speak_japanese(app)
        self._dress()
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    def show_theme(self, name: str) -> None:
        """Change to ``light``, ``dark`` or ``contrast``, or to what the system has just then."""
        self._show(name, self.text_size)

    def show_text_size(self, points: int) -> None:
        """Change to one of the five sizes."""
        self._show(self.theme_name, points)

    def enlarge(self) -> None:
        self._step(+1)

    def shrink(self) -> None:
        self._step(-1)

    def reset_text_size(self) -> None:
        self.show_text_size(TEXT_SIZES[0])

    def _step(self, by: int) -> None:
        place = TEXT_SIZES.index(self.text_size) + by
        if 0 <= place < len(TEXT_SIZES):
            self.show_text_size(TEXT_SIZES[place])

    def _show(self, name: str, points: int) -> None:
        if points not in TEXT_SIZES:
            raise ValueError(f"not one of the text sizes: {points}")
        if (name, points) == (self.theme_name, self.text_size):
            return
        self.theme_name, self.text_size = name, points
        self._dress()
        self.changed.emit()

    def _worn_name(self) -> str:
        if self.theme_name != SYSTEM:
            return self.theme_name
        is_dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if is_dark else "light"

    def _follow_system(self) -> None:
        if self.theme_name == SYSTEM and _worn is not THEMES[self._worn_name()]:
            self._dress()
            self.changed.emit()

    def _dress(self) -> None:
        hints, scheme = self._app.styleHints(), Qt.ColorScheme
        if self.theme_name == SYSTEM:
            hints.unsetColorScheme()
        else:  # whatever the system says
            hints.setColorScheme(scheme.Light if self.theme_name == "light" else scheme.Dark)
        theme = _put_on(THEMES[self._worn_name()])
        with _nothing_collected():
            self._app.setFont(QFont(FAMILIES, self.text_size))
            self._app.setPalette(_palette(theme))
            self._app.setStyleSheet(stylesheet(theme, self.text_size))


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """While Qt goes through all widgets none may be taken apart: that would end the program."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


ROLES = frozenset(field.name for field in fields(Theme))

_worn = THEMES["light"]


def _put_on(theme: Theme) -> Theme:
    global _worn  # what paints itself asks for colours while painting
    _worn = theme
    return theme


def colour(role: str) -> QColor:
    """Colour of a role in the theme that is on now."""
    return QColor(getattr(_worn, role))


def points(role: str, text_size: int) -> float:
    """Size in points of ``title``, ``heading``, ``number``, ``small`` or body text."""
    return max(11.0, text_size * _SCALE.get(role, 1.0))


def load_fonts() -> None:
    """Make the shipped fonts known to Qt; a missing one is a bug of the build."""
    have = QFontDatabase.families()
    if all(family in have for family in FAMILIES):
        return
    for name in _FONT_FILES:
        if QFontDatabase.addApplicationFont(str(resource(f"fonts/{name}"))) < 0:
            raise RuntimeError(f"font cannot be used: {name}")


def _speak_japanese(app: QApplication) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.Japanese, QLocale.Country.Japan))
    translator = QTranslator(app)
    where = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not translator.load("qtbase_ja", where):
        raise RuntimeError("qtbase_ja is missing")
    app.installTranslator(translator)


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for where, what in (
        (role.Window, theme.ground), (role.WindowText, theme.text),
        (role.Base, theme.surface), (role.AlternateBase, theme.ground), (role.Text, theme.text),
        (role.Button, theme.surface), (role.ButtonText, theme.text),
        (role.ToolTipBase, theme.surface), (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.muted), (role.BrightText, theme.danger),
        (role.Highlight, theme.selected), (role.HighlightedText, theme.on_selected),
        (role.Link, theme.accent), (role.LinkVisited, theme.accent), (role.Accent, theme.accent),
        (role.Mid, theme.line), (role.Dark, theme.border), (role.Shadow, theme.border),
    ):  # fmt: skip
        palette.setColor(where, QColor(what))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(theme.muted))
    return palette


def stylesheet(theme: Theme, text_size: int) -> str:
    """Build the one stylesheet of the program for a theme and a text size in points."""
    sizes = {f"{role}_pt": f"{points(role, text_size):.1f}pt" for role in _SCALE}
    mark = round(text_size * 1.9)
    lengths = {
        "ring": RING, "radius": RADIUS, "gap": GAP, "target": TARGET,
        "field": TARGET - 16, "row": TARGET - 6,
        "mark": mark, "half": (mark + 4) // 2, "tip": round(text_size * 1.2),
    }  # fmt: skip
    return Template(_STYLE).substitute(asdict(theme), **sizes, **lengths)


# Boxes: the ring replaces border and part of the padding, so that focus never moves anything.
_STYLE = """
QMainWindow, QDialog { background: $ground; }
QToolTip { background: $surface; color: $text; border: 1px solid $border; padding: ${gap}px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: $title_pt; font-weight: bold; }
QLabel[role="heading"] { font-size: $heading_pt; font-weight: bold; }
QLabel[role="number"] { font-size: $number_pt; font-weight: bold; }
QLabel[role="strong"] { font-weight: bold; }
QLabel[role="small"] { font-size: $small_pt; color: $muted; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="danger"] { color: $danger; font-weight: bold; }
QLabel[role="notice"] { color: $notice; }
QLabel[role="ok"] { color: $ok; }
QLabel[role="band"] { background: $band; color: $on_band; font-weight: bold; font-size: $small_pt;
  padding: 4px 16px; }

QFrame[panel="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[panel="danger"] { background: $danger_ground; border: 2px solid $danger;
  border-radius: ${radius}px; }
QFrame[panel="notice"] { background: $notice_ground; border: 2px solid $notice;
  border-radius: ${radius}px; }
QFrame[panel="ok"] { background: $ok_ground; border: 2px solid $ok; border-radius: ${radius}px; }
QFrame[panel="bar"] { background: $surface; border: 0; border-top: 1px solid $line; }
QFrame[panel="rail"] { background: $rail; border: 0; border-right: 1px solid $line; }
QFrame[panel="drop"] { background: $surface; border: 2px dashed $border; border-radius: 8px; }
QFrame[panel="drop"][over="true"] { background: $selected; border: 3px solid $accent; }

QLineEdit { placeholder-text-color: $muted; }
QLineEdit, QComboBox, QSpinBox { background: $surface; color: $text; border: 1px solid $border;
  border-radius: ${radius}px; padding: 7px 9px; min-height: ${field}px;
  selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit { background: $surface; color: $text; border: 1px solid $border;
  border-radius: ${radius}px; padding: 5px 7px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { border: ${ring}px solid $focus;
  padding: 5px 7px; }
QPlainTextEdit:focus { border: ${ring}px solid $focus; padding: 3px 5px; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled, QLineEdit:read-only {
  background: $ground; color: $muted; border: 1px dashed $border; }
QLineEdit[blocked="true"], QPlainTextEdit[blocked="true"], QComboBox[blocked="true"] {
  border: 2px solid $danger; padding: 6px 8px; background: $danger_ground; }
QLineEdit[blocked="true"]:focus, QPlainTextEdit[blocked="true"]:focus {
  border: ${ring}px solid $focus; padding: 5px 7px; }
QComboBox::drop-down { width: ${target}px; border: 0; }
QComboBox::down-arrow { image: url(marks:$marks/down.svg); width: ${mark}px; height: ${mark}px; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $border;
  selection-background-color: $selected; selection-color: $on_selected; outline: 0; }
QComboBox QAbstractItemView::item { min-height: ${target}px; padding: 0 ${gap}px; }

QPushButton { background: $surface; color: $text; border: 1px solid $border;
  border-radius: ${radius}px; padding: 2px; }
QPushButton:hover { background: $selected; color: $on_selected; }
QPushButton:pressed { background: $selected; color: $on_selected; }
QPushButton:checked { background: $selected; color: $on_selected; border: 2px solid $accent;
  padding: 1px; }
QPushButton:disabled { background: $ground; color: $muted; border: 1px dashed $border; }
QPushButton[kind="main"] { background: $accent; color: $on_accent;
  border: ${ring}px solid transparent; background-clip: padding; padding: 0; }
QPushButton[kind="main"]:hover, QPushButton[kind="main"]:pressed { background: $accent_pressed;
  color: $on_accent; background-clip: padding; }
QPushButton[kind="main"]:disabled { background: $ground; color: $muted;
  border: 1px dashed $border; padding: 2px; }
QPushButton[kind="quiet"], QPushButton[kind="rail"] { background: transparent; color: $text;
  border: ${ring}px solid transparent; padding: 0; }
QPushButton[kind="quiet"]:hover, QPushButton[kind="rail"]:hover { background: $selected;
  color: $on_selected; }
QPushButton[kind="rail"]:checked { background: $accent; color: $on_accent;
  border: ${ring}px solid transparent; background-clip: padding; padding: 0; }
QPushButton:checked:disabled, QPushButton[kind="rail"]:checked:disabled { background: $ground;
  color: $muted; border: 2px solid $muted; padding: 1px; }
QPushButton:focus, QPushButton[kind="main"]:focus, QPushButton[kind="quiet"]:focus,
QPushButton[kind="rail"]:focus, QPushButton[kind="rail"]:checked:focus,
QPushButton:checked:focus { border: ${ring}px solid $focus; padding: 0; }

QCheckBox, QRadioButton { spacing: ${gap}px; min-height: ${row}px; color: $text;
  border: ${ring}px solid transparent; border-radius: ${radius}px; padding: 0 4px; }
QCheckBox:focus, QRadioButton:focus { border: ${ring}px solid $focus; }
QCheckBox:disabled, QRadioButton:disabled { color: $muted; }
QCheckBox::indicator, QRadioButton::indicator { width: ${mark}px; height: ${mark}px;
  background: $surface; border: 2px solid $border; border-radius: 4px; }
QRadioButton::indicator { border-radius: ${half}px; }
QCheckBox::indicator:checked { image: url(marks:$marks/check.svg); border-color: $text; }
QRadioButton::indicator:checked { image: url(marks:$marks/dot.svg); border-color: $text; }

QAbstractScrollArea[plain="true"] { background: transparent; border: 0; }
QWidget[plain="true"] { background: transparent; }
QTableView { background: $surface; alternate-background-color: $ground; color: $text;
  gridline-color: $line; border: 1px solid $border; padding: 2px; outline: 0;
  selection-background-color: $selected; selection-color: $on_selected; }
QTableView:focus { border: ${ring}px solid $focus; padding: 0; }
QTableView::item { padding: 4px ${gap}px; }
QTableView::item:selected { background: $selected; color: $on_selected; }
QHeaderView { background: $ground; border: 0; }
QHeaderView::section { background: $ground; color: $text; font-weight: bold; border: 0;
  border-bottom: 2px solid $border; border-right: 1px solid $line; padding: 6px ${gap}px; }
QHeaderView::section:vertical { border-bottom: 1px solid $line; }
QHeaderView::up-arrow { image: url(marks:$marks/up.svg); width: ${tip}px; height: ${tip}px; }
QHeaderView::down-arrow { image: url(marks:$marks/down.svg); width: ${tip}px; height: ${tip}px; }
QTableCornerButton::section { background: $ground; border: 0; }

QMenu { background: $surface; color: $text; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 10px 28px; }
QMenu::item:selected { background: $selected; color: $on_selected; }
QMenu::item:disabled { color: $muted; }
QProgressBar { background: $ground; border: 1px solid $border; border-radius: ${radius}px;
  min-height: 20px; max-height: 20px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }

QScrollBar { background: $ground; border: 0; }
QScrollBar:vertical { width: 20px; }
QScrollBar:horizontal { height: 20px; }
QScrollBar::handle { background: $border; border-radius: 7px; margin: 3px; }
QScrollBar::handle:vertical { min-height: ${target}px; }
QScrollBar::handle:horizontal { min-width: ${target}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
