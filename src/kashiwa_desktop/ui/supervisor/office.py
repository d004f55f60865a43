"""What the supervisor's pages work with."""

from dataclasses import dataclass

from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.checking.staff_entries import StaffEntries
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.money.payments_desk import PaymentsDesk
from kashiwa_desktop.services.money.transfer_desk import TransferDesk
from kashiwa_desktop.services.office.log_doubts import LogDoubts
from kashiwa_desktop.services.office.payment_settings import PaymentSettings
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.papers.month_papers import MonthPapers
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.store import Store


@dataclass(frozen=True, slots=True)
class Office:
    """The services of the supervisor's pages."""

    reviewing: Reviewing
    printing: Printing
    roster: RosterService
    clock: Clock
    desk: PaymentsDesk
    paying: Paying
    entries: StaffEntries
    settings: PaymentSettings
    transfers: TransferDesk
    papers: MonthPapers
    log_doubts: LogDoubts


def office_of(store: Store) -> Office:
    """Return the services over one store."""
    return Office(
        Reviewing(store),
        Printing(store),
        RosterService(store),
        store.clock,
        PaymentsDesk(store),
        Paying(store),
        StaffEntries(store),
        PaymentSettings(store),
        TransferDesk(store),
        MonthPapers(store),
        LogDoubts(store),
    )
