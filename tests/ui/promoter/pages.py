"""The pages of these tests, with their real services."""

from kashiwa_desktop.app.register_pages import resource_page
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.setup import PromoterSetup
from kashiwa_desktop.services.records.attaching import Attaching
from kashiwa_desktop.services.records.homework import Homework
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.suggesting import Suggesting
from kashiwa_desktop.services.travel.home import Home
from kashiwa_desktop.ui.promoter.home.home_page import HomePage
from kashiwa_desktop.ui.promoter.record.record_page import RecordPage
from kashiwa_desktop.ui.promoter.welcome_page import WelcomePage


def record_page(store, jobs) -> RecordPage:
    return RecordPage(Recording(store), Closing(store), Suggesting(store), Attaching(store), jobs)


def home_page(store, jobs) -> HomePage:
    recording = Recording(store)
    return HomePage(Home(store), Homework(store, recording), Suggesting(store), recording, jobs)


__all__ = ["home_page", "page_named", "record_page", "resource_page", "welcome_page"]


def welcome_page(store, jobs, look) -> WelcomePage:
    return WelcomePage(PromoterSetup(store), jobs, look)


def page_named(name, store, jobs, look):
    """The page of a name; a page nobody shows must not be made."""
    if name == "welcome":
        return welcome_page(store, jobs, look)
    made = {"home": home_page, "record": record_page, "resource": resource_page}
    return made[name](store, jobs)
