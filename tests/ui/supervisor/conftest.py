"""Fixtures of the supervisor's screens."""

import pytest

from kashiwa_desktop.services.money.noticing import Noticing
from kashiwa_desktop.services.office.payment_settings import PaymentSettings
from kashiwa_desktop.services.papers.binder import Binder
from kashiwa_desktop.services.papers.year_papers import YearPapers
from kashiwa_desktop.ui.supervisor.batch_page import BatchPage
from kashiwa_desktop.ui.supervisor.noticing_page import NoticingPage
from kashiwa_desktop.ui.supervisor.office import office_of
from kashiwa_desktop.ui.supervisor.payments_page import PaymentsPage
from kashiwa_desktop.ui.supervisor.year_page import Papers, YearPage


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
