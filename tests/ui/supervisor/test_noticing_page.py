"""Screen 43: off by default; switched on it says at most five things and leads to them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import named
from ui.measure import complaints, settle


def _texts(page):
    return [label.text() for label in page.findChildren(TextLabel) if label.isVisible()]


def _switch(page, qtbot, rest):
    box = page.findChild(QCheckBox)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    rest()
    rest()
    settle()


def test_it_is_off_until_wanted(noticing_page, store):
    assert not noticing_page.findChild(QCheckBox).isChecked()
    assert not [b for b in noticing_page.findChildren(QPushButton)
                if b.isVisible() and b.accessibleName().endswith("を見る")]  # fmt: skip


def test_switched_on_it_stays_on(noticing_page, store, qtbot, rest):
    _switch(noticing_page, qtbot, rest)
    noticing_page.refresh()
    rest()
    assert noticing_page.findChild(QCheckBox).isChecked()
    _switch(noticing_page, qtbot, rest)
    assert not noticing_page.findChild(QCheckBox).isChecked()


def test_a_sentence_leads_to_its_screen(noticing_page, store, qtbot, rest):
    """April's sheets of the sample were made and never paid."""
    Printing(store).honorarium(Month(2026, 5), None, None)
    _switch(noticing_page, qtbot, rest)
    assert any("支払済みになっていない書類が" in text for text in _texts(noticing_page))
    with qtbot.waitSignal(noticing_page.wants) as wanted:
        qtbot.mouseClick(
            named(noticing_page, QPushButton, "支払一覧を見る"), Qt.MouseButton.LeftButton
        )
    assert wanted.args == [Way(Screen.PAYMENTS, "show_month", (Month(2026, 4),))]


@pytest.mark.parametrize("points", [12, 24])
def test_nothing_is_cut(noticing_page, look, qtbot, rest, points):
    _switch(noticing_page, qtbot, rest)
    look.show_text_size(points)
    settle()
    assert complaints(noticing_page) == []
