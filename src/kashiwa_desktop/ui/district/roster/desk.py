"""The services behind 名簿・設定, held together for the work that runs off the UI thread."""

from dataclasses import dataclass

from kashiwa_desktop.services.kept_forms import KeptForms
from kashiwa_desktop.services.money.banking import Banking
from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.new_year import NewYear
from kashiwa_desktop.services.office.office_book import OfficeBook
from kashiwa_desktop.services.office.opening_table import OpeningTable
from kashiwa_desktop.services.office.payment_settings import PaymentSettings
from kashiwa_desktop.services.office.releasing import Releasing
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.office.roster_tables import RosterTables
from kashiwa_desktop.services.office.setup import OfficeSetup


@dataclass(frozen=True, slots=True)
class RosterDesk:
    """Everything that writes into the office's book, and ``book``, which reads it."""

    book: OfficeBook
    roster: RosterService
    money: MoneySettings
    tables: RosterTables
    opening: OpeningTable
    accounts: Accounts
    banking: Banking
    new_year: NewYear
    setup: OfficeSetup
    payments: PaymentSettings
    kept: KeptForms
    releasing: Releasing
