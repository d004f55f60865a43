"""Pages of the whole office (28 to 32), made of their services."""

from kashiwa_desktop.services.beginning import Beginning
from kashiwa_desktop.services.bringing_back import BringingBack
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.office.start_page import StartPage


def start_page(store: Store, jobs: Jobs) -> StartPage:
    """事務局の用意, on an empty data folder."""
    return StartPage(Beginning(store), BringingBack(store), jobs)
