"""Fixtures of the supervisor's screens."""

import pytest
from PySide6.QtPrintSupport import QPrinter

import office_day_world
from kashiwa_desktop.services.binder import Binder
from kashiwa_desktop.services.noticing import Noticing
from kashiwa_desktop.services.payment_settings import PaymentSettings
from kashiwa_desktop.services.year_papers import YearPapers
from kashiwa_desktop.ui.supervisor.batch_page import BatchPage
from kashiwa_desktop.ui.supervisor.noticing_page import NoticingPage
from kashiwa_desktop.ui.supervisor.office import office_of
from kashiwa_desktop.ui.supervisor.payments_page import PaymentsPage
from kashiwa_desktop.ui.supervisor.year_page import Papers, YearPage
from ui.measure import show_at

WIDTH, HEIGHT = 880, 586


@pytest.fixture
def day(tmp_path):
    return office_day_world.copied(tmp_path)


@pytest.fixture
def store(day):
    with office_day_world.office(day) as one:
        yield one


@pytest.fixture
def rest(qtbot, jobs):
    """Wait until no work is left."""

    def wait():
        qtbot.waitUntil(lambda: not jobs.busy, timeout=30_000)

    return wait


@pytest.fixture
def come_up(qtbot, rest):
    """Show a page as the window does, and wait until it is at rest."""

    def show(page):
        qtbot.addWidget(page)
        show_at(qtbot, page, WIDTH, HEIGHT)
        page.activateWindow()
        page.refresh()
        rest()
        return page

    return show


@pytest.fixture
def paper_file(tmp_path):
    return tmp_path / "paper.pdf"


@pytest.fixture
def choose(paper_file):
    """A printer that prints into a file."""

    def printer(_parent):
        one = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        one.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        one.setOutputFileName(str(paper_file))
        return one

    return printer


@pytest.fixture
def office(store):
    return office_of(store)


@pytest.fixture
def batch_page(office, jobs, come_up, choose):
    return come_up(BatchPage(office, jobs, choose))


@pytest.fixture
def payments_page(office, jobs, come_up, choose):
    return come_up(PaymentsPage(office, jobs, choose))


@pytest.fixture
def year_page(store, jobs, come_up, choose):
    return come_up(YearPage(Papers(YearPapers(store), Binder(store)), store.clock, jobs, choose))


@pytest.fixture
def noticing_page(store, jobs, come_up):
    settings = PaymentSettings(store)
    return come_up(NoticingPage(Noticing(store), settings, store.clock, jobs))
