"""The pages of these tests, with their real services."""

from kashiwa_desktop.services.attaching import Attaching
from kashiwa_desktop.services.closing import Closing
from kashiwa_desktop.services.home import Home
from kashiwa_desktop.services.homework import Homework
from kashiwa_desktop.services.recording import Recording
from kashiwa_desktop.services.setup import PromoterSetup
from kashiwa_desktop.services.suggesting import Suggesting
from kashiwa_desktop.ui.promoter.home_page import HomePage
from kashiwa_desktop.ui.promoter.record_page import RecordPage
from kashiwa_desktop.ui.promoter.welcome_page import WelcomePage


def record_page(store, jobs) -> RecordPage:
    return RecordPage(Recording(store), Closing(store), Suggesting(store), Attaching(store), jobs)


def home_page(store, jobs) -> HomePage:
    recording = Recording(store)
    return HomePage(Home(store), Homework(store, recording), Suggesting(store), recording, jobs)


def welcome_page(store, jobs, look) -> WelcomePage:
    return WelcomePage(PromoterSetup(store), jobs, look)


def page_named(name, store, jobs, look):
    """The page called ``welcome``, ``home`` or ``record``; a page nobody shows must not be made."""
    if name == "welcome":
        return welcome_page(store, jobs, look)
    return {"home": home_page, "record": record_page}[name](store, jobs)
