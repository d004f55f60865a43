"""The pages of 名簿・設定 and 職員による入力: made here, joined to the office's window."""

from collections.abc import Callable

from kashiwa_desktop.services.entering import Entering
from kashiwa_desktop.services.kept_forms import KeptForms
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.ui.district.entering_page import EnteringPage
from kashiwa_desktop.ui.jobs import Jobs

Tell = Callable[[str], object]


def make_entering(store: Store, jobs: Jobs) -> EnteringPage:
    """Screen 26."""
    return EnteringPage(Entering(store), KeptForms(store, "sheet"), store.clock, jobs)
