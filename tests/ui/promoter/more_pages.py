"""The other pages of these tests: list, submission, print, review, settings, import."""

from kashiwa_desktop.services.office.office_here import OfficeHere
from kashiwa_desktop.services.office.people_here import PeopleHere
from kashiwa_desktop.services.papers.blank_papers import BlankPapers
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.records.importing import Importing
from kashiwa_desktop.services.records.listing import Listing
from kashiwa_desktop.services.records.looking_back import LookingBack
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.tidying import Tidying
from kashiwa_desktop.services.records.writing_out import WritingOut
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.looking_into import LookingInto
from kashiwa_desktop.services.travel.handing_over import HandingOver
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.ui.promoter.list.list_page import ListPage
from kashiwa_desktop.ui.promoter.old_table.import_page import ImportPage
from kashiwa_desktop.ui.promoter.print_page import PrintPage
from kashiwa_desktop.ui.promoter.review_page import ReviewPage
from kashiwa_desktop.ui.promoter.settings_page import PcServices, SettingsPage
from kashiwa_desktop.ui.promoter.submit.submit_page import SubmitPage


def list_page(store, jobs) -> ListPage:
    return ListPage(Recording(store), Listing(store), Tidying(store), WritingOut(store), jobs)


def submit_page(store, jobs, media) -> SubmitPage:
    """``media`` is a folder in which every folder is a stick."""
    sticks = Sticks([media], lambda _place: True)
    return SubmitPage(HandingOver(store), Submitting(store), sticks, jobs)


def print_page(store, jobs, choose=None) -> PrintPage:
    return PrintPage(Printing(store), BlankPapers(store), jobs, choose)


def review_page(store, jobs) -> ReviewPage:
    return ReviewPage(LookingBack(store), jobs)


def settings_page(store, jobs, look) -> SettingsPage:
    services = PcServices(
        Keeping(store), LookingInto(store), PeopleHere(store.folder), OfficeHere(store),
    )  # fmt: skip
    return SettingsPage(look, services, Tidying(store), jobs)


def import_page(store, jobs) -> ImportPage:
    return ImportPage(Importing(store), jobs)
