"""The hand of who works in the office: every click is counted, and pictures are taken if wanted.

With ``KASHIWA_STORY=folder`` the stories leave their pictures there for ``docs/manual``.
"""

import os
from pathlib import Path

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton

from app.test_reply_story import LEFT, ReplyHand
from desks import file_printer
from kashiwa_desktop.app import office_pages, promoter_pages
from kashiwa_desktop.app.window import Desktop
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.store import open_folder
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.paper import paper_preview
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_world import WORDS, moment
from ui.measure import settle

KEYWORD = "合言葉(パスワード。人に教えません)"
SIZE = (1092, 614)


class StoryHand(ReplyHand):
    """Does with the mouse what a story tells, at the smallest size of the window."""

    def __init__(self, qtbot, look, root):
        super().__init__(qtbot, look, root)
        self.clicks, self.drops, self.asked = 0, 0, []

    def open_at(self, town, at, name="P001", staff=""):
        self.close()
        store = open_folder(town.folder(name), Clock(moment(at)), Chance(), staff)
        self._store, self._desktop = store, Desktop(store, self._look)
        self._desktop.begin()
        self.window.resize(*SIZE)
        self.come_up()

    def open_office(self, town, at, staff):
        self.open_at(town, at, "office", staff)

    def click(self, widget, spot=None):
        super().click(widget, spot)
        self.clicks += 1

    def drop(self, file):
        super().drop(file)
        self.drops += 1

    def drop_on_window(self, file):
        super().drop_on_window(file)
        self.drops += 1

    def choose(self, name, word):
        super().choose(name, word)
        self.clicks += 1  # the words in the list
        self.come_up()  # as a window manager does when a list closes

    def press_first(self, name):
        """Press the uppermost of several buttons of one name."""
        shown = self.window.page.findChildren(QAbstractButton)
        same = [w for w in shown if w.isVisible() and w.accessibleName() == name]
        self.click(min(same, key=lambda w: w.mapTo(self.window, w.rect().topLeft()).y()))
        self.rest()

    def give_keyword(self):
        """The 合言葉, once for all pages of the day."""
        self.write_in(KEYWORD, WORDS, TextLine)
        self.press("開く")

    def agree(self, name, picture=""):
        """Press a button that asks first, keep what was asked, and agree."""
        before = len(self.asked)

        def answer(dialog):
            settle()
            self.asked.append("\n".join(w.text() for w in dialog.findChildren(TextLabel)))
            if picture:
                self.picture(picture, dialog)
            self._qtbot.mouseClick(dialog.go, LEFT)
            self.clicks += 1

        self.when_asked(answer)
        self.press(name)
        self.wait(lambda: len(self.asked) > before)
        self.come_up()  # as a window manager does when a dialog closes
        return self.asked[-1]

    def picture(self, name, dialog=None):
        """Keep what is in view, a dialog over it, if pictures are wanted."""
        folder = os.environ.get("KASHIWA_STORY")
        if not folder:
            return
        self._qtbot.wait(1_000)  # Qt draws the pages of a paper in the background
        image = self.window.grab()
        if dialog is not None:
            with QPainter(image) as painter:
                spot = self.window.rect().center() - dialog.rect().center()
                painter.drawPixmap(spot, dialog.grab())
                painter.drawRect(dialog.rect().translated(spot))
        assert image.save(str(Path(folder) / f"{name}.png"))


def every_folder_is_a_stick(monkeypatch, place):
    """Let all windows find the folders in ``place`` as sticks."""
    place.mkdir()
    for module in (office_pages, promoter_pages):
        monkeypatch.setattr(module, "Sticks", lambda: Sticks([place], lambda _place: True))
    return place


def printer_into(monkeypatch, file):
    """Let the system's dialog be answered with a printer that prints into a file."""

    monkeypatch.setattr(paper_preview, "has_printer", lambda: True)
    monkeypatch.setattr(paper_preview, "choose_printer", lambda _parent: file_printer(file))
    return file
