"""The look: contrast, sizes, the focus ring, the fonts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTableView,
    QToolTip,
)

from kashiwa_desktop.ui import theme
from ui.measure import LEAST_CONTRAST, contrast, tofu


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize(("ink", "ground"), theme.TEXT_PAIRS)
def test_every_text_role_stands_at_seven_to_one(name, ink, ground):
    worn = theme.THEMES[name]
    assert contrast(getattr(worn, ink), getattr(worn, ground)) >= LEAST_CONTRAST


@pytest.mark.parametrize("name", theme.THEMES)
def test_ring_and_borders_can_be_seen(name):
    worn = theme.THEMES[name]
    for ground in (worn.ground, worn.surface, worn.rail):
        assert contrast(worn.focus, ground) >= 3
        assert contrast(worn.border, ground) >= 3
        assert contrast(worn.accent, ground) >= 3


@pytest.mark.parametrize("size", theme.TEXT_SIZES)
def test_a_text_size_reaches_every_widget(look, qtbot, size):
    kinds = (QLineEdit, QComboBox, QPushButton, QCheckBox, QRadioButton, QTableView, QMenu,
             QPlainTextEdit)  # fmt: skip
    before = [kind() for kind in kinds]
    for widget in before:
        qtbot.addWidget(widget)
        widget.ensurePolished()
    look.show_text_size(size)
    after = [kind() for kind in kinds]
    for widget in (*before, *after):
        qtbot.addWidget(widget)
        widget.ensurePolished()
        assert widget.font().pointSizeF() == size, widget
    header = before[5].horizontalHeader()
    header.ensurePolished()
    assert header.font().pointSizeF() == size
    assert QApplication.font("QMessageBox").pointSizeF() == size
    assert QToolTip.font().pointSizeF() == size


@pytest.mark.parametrize("size", theme.TEXT_SIZES)
@pytest.mark.parametrize("kind", [QLineEdit, QComboBox, QCheckBox, QRadioButton])
def test_fields_are_large_enough_at_every_size(look, qtbot, kind, size):
    look.show_text_size(size)
    widget = kind()
    qtbot.addWidget(widget)
    widget.ensurePolished()
    assert max(widget.minimumHeight(), widget.minimumSizeHint().height()) >= theme.TARGET


def test_steps_stop_at_both_ends(look):
    for _ in range(9):
        look.enlarge()
    assert look.text_size == 24
    for _ in range(9):
        look.shrink()
    assert look.text_size == 12
    look.enlarge()
    look.reset_text_size()
    assert look.text_size == 12
    with pytest.raises(ValueError):
        look.show_text_size(13)


def test_light_whatever_the_system_says(look, qapp):
    assert look.theme_name == "light"
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == theme.THEMES["light"].ground
    look.show_theme("dark")
    assert qapp.styleHints().colorScheme() in (Qt.ColorScheme.Dark, Qt.ColorScheme.Unknown)
    assert theme.colour("text").name() == theme.THEMES["dark"].text


def test_the_look_tells_when_it_changes_and_only_then(look, qtbot):
    with qtbot.waitSignal(look.changed):
        look.show_theme("contrast")
    with qtbot.assertNotEmitted(look.changed):
        look.show_theme("contrast")


def test_fonts_are_ours_and_know_rare_names(qapp):
    assert QFontInfo(qapp.font()).family() == "BIZ UDPGothic"
    assert tofu("髙﨑𠮷辻󠄀濵德神渚ｶﾀｶﾅ①～●◐▲✕↩■–○【】「」", qapp.font()) == []
    assert tofu("\U0010fffd", qapp.font()) == ["\U0010fffd"]


def test_standard_dialogs_speak_japanese(qtbot):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.buttons()[0].text() == "キャンセル"


def test_sizes_have_words():
    assert list(theme.TEXT_SIZE_WORDS.values()) == ["標準", "やや大", "大", "特大", "最大"]


def test_the_colours_follow_the_system_when_asked_and_only_then(look, qapp, qtbot):
    hints, scheme = qapp.styleHints(), Qt.ColorScheme
    look.show_theme("system")
    assert look.theme_name == "system"
    worn = "dark" if hints.colorScheme() == scheme.Dark else "light"
    assert theme.colour("text").name() == theme.THEMES[worn].text
    for wanted, name in ((scheme.Dark, "dark"), (scheme.Light, "light")):
        hints.setColorScheme(wanted)  # as the system does at dusk
        if hints.colorScheme() == wanted:
            assert theme.colour("text").name() == theme.THEMES[name].text
    look.show_theme("contrast")
    hints.setColorScheme(scheme.Light)
    assert theme.colour("text").name() == theme.THEMES["contrast"].text


def test_screens_of_125_and_150_percent_are_not_rounded(qapp):
    wanted = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    assert qapp.highDpiScaleFactorRoundingPolicy() == wanted
