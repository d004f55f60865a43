"""地域の資源: the promoter's page (8) and the office's (37), each with what it works with."""

from typing import TYPE_CHECKING

from kashiwa_desktop.services.records.register_paper import RegisterPaper
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.ui.jobs import Jobs

if TYPE_CHECKING:
    from kashiwa_desktop.ui.district.resources.city_resource_page import CityResourcePage
    from kashiwa_desktop.ui.promoter.register.resource_page import ResourcePage


def resource_page(store: Store, jobs: Jobs) -> "ResourcePage":
    """Make 地域の資源 of a promoter."""
    from kashiwa_desktop.services.records.listing import Listing
    from kashiwa_desktop.services.records.registering import Registering
    from kashiwa_desktop.ui.promoter.register.resource_page import ResourceDesk, ResourcePage

    desk = ResourceDesk(Registering(store), Listing(store), RegisterPaper(store))
    return ResourcePage(desk, jobs)


def city_resource_page(store: Store, jobs: Jobs) -> "CityResourcePage":
    """Make 地域の資源(市域) of the office."""
    from kashiwa_desktop.services.kept_forms import KeptForms
    from kashiwa_desktop.services.office.roster import RosterService
    from kashiwa_desktop.services.records.city_register import CityRegister
    from kashiwa_desktop.services.records.deciding import Deciding
    from kashiwa_desktop.ui.district.resources.city_desk import CityDesk
    from kashiwa_desktop.ui.district.resources.city_resource_page import CityResourcePage

    desk = CityDesk(
        CityRegister(store), RegisterPaper(store), Deciding(store), RosterService(store),
        KeptForms(store, "register"), store.clock,
    )  # fmt: skip
    return CityResourcePage(desk, jobs)
