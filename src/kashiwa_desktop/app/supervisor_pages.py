"""The supervisor's pages, made over one store: screens 40 to 43."""

from kashiwa_desktop.services.money.noticing import Noticing
from kashiwa_desktop.services.office.payment_settings import PaymentSettings
from kashiwa_desktop.services.papers.binder import Binder
from kashiwa_desktop.services.papers.year_papers import YearPapers
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.supervisor.batch_page import BatchPage
from kashiwa_desktop.ui.supervisor.noticing_page import NoticingPage
from kashiwa_desktop.ui.supervisor.office import office_of
from kashiwa_desktop.ui.supervisor.payments_page import PaymentsPage
from kashiwa_desktop.ui.supervisor.year_page import Papers, YearPage


def batch_page(store: Store, jobs: Jobs) -> BatchPage:
    return BatchPage(office_of(store), jobs)


def payments_page(store: Store, jobs: Jobs) -> PaymentsPage:
    return PaymentsPage(office_of(store), jobs)


def year_page(store: Store, jobs: Jobs) -> YearPage:
    return YearPage(Papers(YearPapers(store), Binder(store)), store.clock, jobs)


def noticing_page(store: Store, jobs: Jobs) -> NoticingPage:
    return NoticingPage(Noticing(store), PaymentSettings(store), store.clock, jobs)
