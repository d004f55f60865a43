"""A window whose pages say where they want to go: one table makes them, back follows from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Signal

from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.main_window import MainWindow, Place
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.page import Page


class Back(Enum):
    """Where back leads that is no screen of its own."""

    ASKING = auto()
    """To the page that asked for this one; where none did, to the first of the rail."""
    FIRST = auto()
    NOWHERE = auto()


@dataclass(frozen=True, slots=True)
class Stop:
    """How a screen is made, where back leads from it, and its icon and word on the rail."""

    make: Callable[[], Page]
    back: Screen | Back = Back.ASKING
    icon: str = ""
    word: str = ""


class WayWindow(MainWindow):
    """Makes each page when it is first wanted; ``left`` gives a way that leads ``OUT`` of here."""

    OUT: ClassVar[frozenset[Screen]] = frozenset()

    left = Signal(object)

    def __init__(self, stops: Mapping[Screen, Stop], jobs: Jobs, look: Look) -> None:
        self._stops = stops
        self._made: dict[Screen, Page] = {}
        self._asked_by: dict[Page, Page] = {}
        self._on_rail = [screen for screen, stop in stops.items() if stop.word]
        places = [
            Place(stops[s].icon, stops[s].word, partial(self._made_of, s)) for s in self._on_rail
        ]
        super().__init__(places, jobs, look)

    def go(self, way: Way) -> Page | None:
        """Open the screen and ask of its page what the way says; None where it leads out."""
        if way.screen in self.OUT:
            self.left.emit(way)
            return None
        asking, page = self.page, self._made_of(way.screen)
        self._show(way.screen)
        if asking is not None and asking is not page:
            self._asked_by[page] = asking
        if way.act:
            getattr(page, way.act)(*way.given)
        return page

    def back(self) -> None:
        """Leave the page in view: to the screen its stop names, or to where it was asked for."""
        page = self.page
        if page is None:
            return
        to, asking = self._stops[Screen(page.SCREEN)].back, self.asked_by
        if isinstance(to, Screen):
            self._show(to)
        elif to is Back.ASKING and asking is not None:
            self._return_to(asking)
        elif to is not Back.NOWHERE:
            self._show(self.first)

    def _return_to(self, asking: Page) -> None:
        self.open_page(asking)

    @property
    def first(self) -> Screen:
        """The first place of the rail."""
        return self._on_rail[0]

    @property
    def asked_by(self) -> Page | None:
        """The page on which the one in view was asked for."""
        return self._asked_by.get(self.page) if self.page is not None else None

    def open_place(self, number: int) -> Page:
        """Open a place of the rail; nobody asked for it."""
        page = super().open_place(number)
        self._asked_by.pop(page, None)
        return page

    def _show(self, screen: Screen) -> None:
        if screen in self._on_rail:
            self.open_place(self._on_rail.index(screen))
        else:
            self.open_page(self._made_of(screen))

    def _made_of(self, screen: Screen) -> Page:
        if screen not in self._made:
            page = self._made[screen] = self._stops[screen].make()
            page.wants.connect(self.go)
            page.back_asked.connect(self.back)
        return self._made[screen]
