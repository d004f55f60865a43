"""パソコンの引っ越し and 前任者の記録 in the promoter's window."""

from kashiwa_desktop.services.office.setup import PromoterSetup
from kashiwa_desktop.services.records.homework import Homework
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.travel.moving import Moving
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.services.travel.succeeding import Leaving, Predecessors
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.promoter.moving.moving_page import MovingPage, MovingServices
from kashiwa_desktop.ui.promoter.moving.predecessor_page import PredecessorPage


def moving_page(store: Store, sticks: Sticks, jobs: Jobs) -> MovingPage:
    services = MovingServices(Moving(store), PromoterSetup(store), Leaving(store))
    return MovingPage(services, sticks, jobs)


def predecessor_page(store: Store, recording: Recording, jobs: Jobs) -> PredecessorPage:
    return PredecessorPage(Predecessors(store), Homework(store, recording), jobs)
