"""Every way a page wants to go has a stop in the table of its window, and a page that answers."""

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest

import kashiwa_desktop
from kashiwa_desktop.app.office_pages import OfficeWindow
from kashiwa_desktop.app.promoter_pages import PromoterWindow
from kashiwa_desktop.app.welcome_window import WelcomeWindow
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.sample import office_day
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.page import Page

SOURCE = Path(kashiwa_desktop.__file__).parent
ROW = re.compile(r"^\| (\d+) \| [^|]+ \| `([\w/]+)\.py`", re.M)
LISTED = {int(number): file for number, file in ROW.findall(
    (Path(__file__).parents[2] / "docs" / "screens.md").read_text("utf-8"))}  # fmt: skip
WINDOWS = {
    "promoter": (PromoterWindow, WelcomeWindow),
    "district": (OfficeWindow,),
    "supervisor": (OfficeWindow,),
    "office": (OfficeWindow, WelcomeWindow),
}


def ways(role):
    """Return (screen, act, how much is given) of each way that a role's pages name."""
    for file in sorted((SOURCE / "ui" / role).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Way":
                if len(node.args) > 1:
                    given = len(node.args[2].elts) if len(node.args) > 2 else 0
                    yield Screen[node.args[0].attr], node.args[1].value, given
            elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Screen":
                yield Screen[node.attr], "", 0


def page_of(screen):
    """Return the class of a screen's page, as docs/screens.md has it."""
    module = importlib.import_module(f"kashiwa_desktop.{LISTED[screen].replace('/', '.')}")
    return next(
        kind for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Page) and getattr(kind, "SCREEN", None) == screen
    )  # fmt: skip


@pytest.fixture
def windows(day, store, jobs, look, qtbot):
    """One window of each kind, by its class."""
    with (
        office_day.opened(day.promoter, office_day.PROMOTER_DAY) as promoter,
        office_day.opened(DataFolder(day.root / "nobody")) as nobody,
    ):
        made = [
            PromoterWindow(promoter, jobs, look),
            OfficeWindow(store, jobs, look),
            WelcomeWindow(nobody, jobs, look),
        ]
        for one in made:
            qtbot.addWidget(one)
        yield {type(one): one for one in made}
        jobs.shut_down()


def test_the_screens_are_those_of_the_list():
    assert {screen.value for screen in Screen} == set(LISTED)
    assert all(page_of(screen) for screen in Screen)


def test_every_way_has_a_stop_in_the_table_of_its_window(windows):
    found = 0
    for role, kinds in WINDOWS.items():
        known = {s for kind in kinds for s in (*windows[kind]._stops, *kind.OUT)}
        for screen, _act, _given in ways(role):
            found += 1
            assert screen in known, f"{role}: nothing makes {screen.name}"
    assert found > 40


@pytest.mark.parametrize("role", WINDOWS)
def test_every_page_answers_what_a_way_asks_of_it(role):
    for screen, act, given in ways(role):
        if act:
            method = getattr(page_of(screen), act)
            inspect.signature(method).bind(None, *range(given))


def test_every_stop_makes_the_page_of_its_screen(windows, rest):
    for window in windows.values():
        for screen, stop in window._stops.items():
            assert screen == window.go(Way(screen)).SCREEN
            rest()
            if isinstance(stop.back, Screen):
                assert stop.back in window._stops


def test_esc_follows_the_trail_back(windows, rest):
    window = windows[PromoterWindow]
    for way in (Way(Screen.SETTINGS), Way(Screen.REVIEW), Way(Screen.RESOURCES)):
        window.page.wants.emit(way)
        rest()
    trail = []
    for _ in range(4):
        window._go_back()
        rest()
        trail.append(window.page.SCREEN)
    assert trail == [Screen.REVIEW, Screen.SETTINGS, Screen.HOME, Screen.HOME]


def test_a_place_opened_from_the_rail_was_asked_for_by_nobody(windows, rest):
    window = windows[OfficeWindow]
    ask = Way(Screen.CHECK, "show_month", (office_day.MONTH, "P001"))
    for opened_again, back in ((False, Screen.TOTALS), (True, Screen.BOARD)):
        window.go(Way(Screen.TOTALS))
        rest()
        window.page.wants.emit(ask)
        rest()
        if opened_again:
            window.open_place(window._on_rail.index(Screen.CHECK))
            rest()
        window._go_back()
        rest()
        assert back == window.page.SCREEN
