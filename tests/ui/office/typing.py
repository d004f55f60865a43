"""Typing into fields by the name they are known by, and what a page says."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import named


def write(qtbot, page, field, text):
    """Type text into the field of that name; nothing typed before stays."""
    line = named(page, QLineEdit, field)
    line.setFocus()
    line.clear()
    if text.isascii():
        qtbot.keyClicks(line, text)
    else:
        line.insert(text)  # an input method does not press keys


def write_area(page, field, text):
    named(page, QPlainTextEdit, field).setPlainText(text)


def said(page, text):
    return any(text in one.text() for one in page.findChildren(TextLabel) if one.isVisible())


def spoken(recovery):
    """The recovery key as it stands on its paper."""
    return "\n".join(" ".join(words) for words in recovery.words())
