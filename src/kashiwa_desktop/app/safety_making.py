"""The pages of the whole office (28 to 32), each made of its services."""

from kashiwa_desktop.services.office.beginning import Beginning
from kashiwa_desktop.services.office.enrolling import Enrolling
from kashiwa_desktop.services.office.office_here import OfficeHere
from kashiwa_desktop.services.office.releasing import Releasing
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.papers.council_papers import CouncilPapers
from kashiwa_desktop.services.safety.bringing_back import BringingBack
from kashiwa_desktop.services.safety.disposing import Disposing
from kashiwa_desktop.services.safety.guarding import Guarding
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.safety.looking_into import LookingInto
from kashiwa_desktop.services.safety.outside_copies import OutsideCopies
from kashiwa_desktop.services.safety.rebuilding import Rebuilding
from kashiwa_desktop.services.safety.recovery_drill import RecoveryDrill
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.services.travel.succeeding import Succeeding
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.office.disposal_page import DisposalPage
from kashiwa_desktop.ui.office.disposal_work import DisposalServices
from kashiwa_desktop.ui.office.guide import KeyServices
from kashiwa_desktop.ui.office.handover_page import HandoverPage
from kashiwa_desktop.ui.office.handover_work import HandoverServices
from kashiwa_desktop.ui.office.keys_page import KeysPage
from kashiwa_desktop.ui.office.start_page import StartPage
from kashiwa_desktop.ui.office.trouble_page import OfficePcServices, TroublePage
from kashiwa_desktop.ui.theme import Look


def start_page(store: Store, jobs: Jobs) -> StartPage:
    """事務局の用意, on an empty data folder."""
    return StartPage(Beginning(store), BringingBack(store), jobs)


def trouble_page(store: Store, jobs: Jobs, look: Look) -> TroublePage:
    """困ったとき・安全."""
    services = OfficePcServices(
        Keeping(store),
        LookingInto(store),
        OutsideCopies(store),
        OfficeHere(store),
        Releasing(store),
    )
    return TroublePage(look, services, jobs)


def keys_page(store: Store, jobs: Jobs, ring: KeyRing) -> KeysPage:
    """かぎとパソコン."""
    services = KeyServices(
        ring=ring,
        guarding=Guarding(store),
        drill=RecoveryDrill(store),
        enrolling=Enrolling(store),
        rebuilding=Rebuilding(store),
        roster=RosterService(store),
        archive=store.folder.archive,
    )
    return KeysPage(services, jobs)


def handover_page(
    store: Store, jobs: Jobs, ring: KeyRing, sticks: Sticks | None = None
) -> HandoverPage:
    """引継ぎ."""
    papers = CouncilPapers(store)
    services = HandoverServices(ring, Succeeding(store), papers, sticks or Sticks())
    return HandoverPage(services, jobs)


def disposal_page(store: Store, jobs: Jobs, ring: KeyRing) -> DisposalPage:
    """廃棄と開示."""
    return DisposalPage(DisposalServices(store, Disposing(store), ring), jobs)
