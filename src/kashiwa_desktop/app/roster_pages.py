"""The pages of 名簿・設定 and 職員による入力: made here, joined to the office's window."""

from kashiwa_desktop.services.accounts import Accounts
from kashiwa_desktop.services.banking import Banking
from kashiwa_desktop.services.entering import Entering
from kashiwa_desktop.services.kept_forms import KeptForms
from kashiwa_desktop.services.money_settings import MoneySettings
from kashiwa_desktop.services.new_year import NewYear
from kashiwa_desktop.services.office_book import OfficeBook
from kashiwa_desktop.services.opening_table import OpeningTable
from kashiwa_desktop.services.roster import RosterService
from kashiwa_desktop.services.roster_tables import RosterTables
from kashiwa_desktop.services.setup import OfficeSetup
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.ui.district.entering_page import EnteringPage
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster_page import RosterPage
from kashiwa_desktop.ui.jobs import Jobs


def make_entering(store: Store, jobs: Jobs) -> EnteringPage:
    """Screen 26."""
    return EnteringPage(Entering(store), KeptForms(store, "sheet"), store.clock, jobs)


def make_desk(store: Store, place: str) -> RosterDesk:
    """Return the services behind 名簿・設定; ``place`` keeps the drafts of a page apart."""
    return RosterDesk(
        OfficeBook(store), RosterService(store), MoneySettings(store), RosterTables(store),
        OpeningTable(store), Accounts(store), Banking(store), NewYear(store), OfficeSetup(store),
        KeptForms(store, place),
    )  # fmt: skip


def make_roster(store: Store, jobs: Jobs) -> RosterPage:
    """Screen 27."""
    return RosterPage(make_desk(store, "roster"), jobs)
