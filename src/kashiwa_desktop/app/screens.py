"""Every screen of a role as a picture, with the sample world and its fixed clock."""

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from kashiwa_desktop.app.office_pages import (
    BATCH,
    BOARD,
    CHECK,
    INTAKE,
    PAYMENTS,
    ROSTER,
    TOTALS,
    TROUBLE,
    YEAR,
    OfficeWindow,
)
from kashiwa_desktop.app.opening import RecoveryWindow
from kashiwa_desktop.app.promoter_pages import (
    LIST,
    NEW_RECORD,
    SETTINGS,
    SUBMIT,
    PromoterWindow,
)
from kashiwa_desktop.app.staff_window import StaffWindow
from kashiwa_desktop.app.starting import start_qt
from kashiwa_desktop.app.welcome_window import WelcomeWindow
from kashiwa_desktop.bundle import place
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.sample import office_day
from kashiwa_desktop.sample.office_day import OfficeDay
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.office.payment_settings import PaymentSettings
from kashiwa_desktop.services.safety.keeping import DAMAGED, Keeping
from kashiwa_desktop.ui.district.intake.intake_page import IntakePage
from kashiwa_desktop.ui.district.intake.meeting_page import MeetingPage
from kashiwa_desktop.ui.district.returns.return_page import ReturnPage
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.main_window import MainWindow
from kashiwa_desktop.ui.office.start_page import StartPage
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.ways import Screen, Way

ROLES = ("promoter", "district", "supervisor")
AREAS = 21
_PATIENCE = 60
"""Seconds a page may take to come to rest; a longer wait is a bug."""

_PAPERS, _PAPER_SECONDS = (6,), 1.0
"""Screens with a paper on them: Qt draws its pages in the background and does not say when."""

Show = Callable[[], object]


def draw(
    out: Path,
    role: str | None,
    text_size: int,
    theme: str,
    size: tuple[int, int],
    areas: int = AREAS,
) -> list[Path]:
    """Write ``NN.png`` of every screen of ``role`` (None: of all); ``size`` in logical pixels."""
    place.new_folder(out)
    _app, look = start_qt(on_screen=False)
    look.show_theme(theme)
    look.show_text_size(text_size)
    with tempfile.TemporaryDirectory() as folder:
        day = office_day.build(Path(folder) / "day", areas)
        return draw_day(day, look, out, (role,) if role else ROLES, size)


def draw_day(
    day: OfficeDay, look: Look, out: Path, roles: tuple[str, ...], size: tuple[int, int]
) -> list[Path]:
    """Draw the screens of a made day."""
    jobs = Jobs()
    drawn: list[Path] = []
    for role in roles:
        for window, number, show in _SCREENS[role](day, jobs, look):
            if not window.isVisible():
                window.resize(*size)
                window.show()
            show()
            _rest(jobs, _PAPER_SECONDS if number in _PAPERS else 0)
            file = out / f"{number:02d}.png"
            window.grab().save(str(file))
            drawn.append(file)
    jobs.shut_down()
    return drawn


Shot = tuple[MainWindow, int, Show]


def _promoter(day: OfficeDay, jobs: Jobs, look: Look) -> Iterator[Shot]:
    empty = DataFolder(day.root / "nobody")
    with office_day.opened(empty, office_day.PROMOTER_DAY) as store:
        first = WelcomeWindow(store, jobs, look)
        yield first, 0, _nothing
        _close(first, jobs)
    with office_day.opened(day.promoter, office_day.PROMOTER_DAY) as store:
        window = PromoterWindow(store, jobs, look)
        yield window, 1, _nothing
        yield window, 2, lambda: _begin_record(window)
        yield window, 3, lambda: window.open_place(LIST)
        yield window, 4, lambda: window.open_place(SUBMIT)
        yield (
            window,
            6,
            lambda: window.go(Way(Screen.PRINT, "show_month", (office_day.MONTH.previous(),))),
        )
        yield window, 7, lambda: window.go(Way(Screen.REVIEW))
        yield window, 8, lambda: window.go(Way(Screen.RESOURCES))
        yield window, 9, lambda: window.open_place(SETTINGS)
        yield window, 10, lambda: window.go(Way(Screen.IMPORT))
        _close(window, jobs)
    with office_day.opened(day.replied, office_day.PROMOTER_DAY) as store:
        window = PromoterWindow(store, jobs, look)
        yield window, 5, lambda: window.go(Way(Screen.REPLY))
        yield window, 11, lambda: window.go(Way(Screen.MOVING))
        yield window, 12, lambda: window.go(Way(Screen.PREDECESSOR))
        _close(window, jobs)
    for before in (timedelta(days=1), timedelta(hours=7)):
        with office_day.opened(day.promoter, office_day.PROMOTER_DAY - before) as store:
            Keeping(store).back_up("start" if before.days == 0 else "close")
    wrong, when = StoreError(DAMAGED, code="damaged"), Clock(office_day.PROMOTER_DAY)
    recovery = RecoveryWindow(wrong, day.promoter, when, jobs, look)
    yield recovery, 19, _nothing
    _close(recovery, jobs)


def _begin_record(window: PromoterWindow) -> None:
    window.go(NEW_RECORD)


def _district(day: OfficeDay, jobs: Jobs, look: Look) -> Iterator[Shot]:
    with office_day.opened(day.office) as store:
        window = OfficeWindow(store, jobs, look)
        yield window, 20, lambda: window.open_place(BOARD)
        yield window, 21, lambda: _check_inbox(window, day, jobs)
        yield window, 22, lambda: window.open_place(CHECK)
        yield window, 23, lambda: _open_returns(window, day)
        yield window, 24, lambda: window.open_place(TOTALS)
        yield window, 25, lambda: window.go(Way(Screen.EXCEL))
        yield window, 26, lambda: window.go(Way(Screen.ENTERING))
        yield window, 27, lambda: window.open_place(ROSTER)
        yield window, 28, lambda: window.open_place(TROUBLE)
        yield window, 29, lambda: window.go(Way(Screen.KEYS))
        yield window, 30, lambda: window.go(Way(Screen.DISPOSAL))
        yield window, 31, lambda: window.go(Way(Screen.HANDOVER))
        yield window, 33, lambda: _begin_meeting(window, jobs)
        yield window, 34, lambda: window.go(Way(Screen.LOG))
        yield window, 35, lambda: window.go(Way(Screen.ADVANCED))
        yield window, 37, lambda: window.go(Way(Screen.CITY_RESOURCES))
        _close(window, jobs)
        for name, role in office_day.COLLEAGUES:
            Accounts(store).add(name, role)
        staff = StaffWindow(store, jobs, look)
        yield staff, 36, _nothing
        _close(staff, jobs)
    empty = DataFolder(day.root / "new_office")
    with office_day.opened(empty) as store:
        first = WelcomeWindow(store, jobs, look)
        yield first, 32, lambda: _begin_office(first)
        _close(first, jobs)


def _begin_office(window: WelcomeWindow) -> None:
    window.go(Way(Screen.START))
    if isinstance(window.page, StartPage):
        window.page.begin_new()


def _begin_meeting(window: OfficeWindow, jobs: Jobs) -> None:
    page = window.go(Way(Screen.MEETING))
    _rest(jobs)
    if isinstance(page, MeetingPage):
        page.begin()


def _open_returns(window: OfficeWindow, day: OfficeDay) -> None:
    folder = day.root / "returns"
    folder.mkdir(exist_ok=True)
    page = window.go(Way(Screen.RETURNS, "show_month", (office_day.MONTH,)))
    if isinstance(page, ReturnPage):
        page.use_folder(folder)


def _check_inbox(window: OfficeWindow, day: OfficeDay, jobs: Jobs) -> None:
    page = window.open_place(INTAKE)
    if isinstance(page, IntakePage):
        page.open_with(day.passphrase)
        _rest(jobs)
        page.check_files([day.inbox])


def _supervisor(day: OfficeDay, jobs: Jobs, look: Look) -> Iterator[Shot]:
    with office_day.opened(day.office) as store:
        window = OfficeWindow(store, jobs, look)
        window.show_role("supervisor")
        yield window, 40, lambda: window.open_place(BATCH)
        yield window, 41, lambda: window.open_place(PAYMENTS)
        yield window, 42, lambda: window.open_place(YEAR)
        PaymentSettings(store).show_noticing(wanted=True)
        yield window, 43, lambda: window.go(Way(Screen.NOTICING))
        _close(window, jobs)


def _nothing() -> None:
    """Show what comes up by itself."""


def _close(window: MainWindow, jobs: Jobs) -> None:
    jobs.shut_down()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _rest(jobs: Jobs, seconds: float = 0) -> None:
    """Wait until no work runs and nothing wants to be painted any more, at least ``seconds``."""
    until = time.monotonic() + _PATIENCE
    least = time.monotonic() + seconds
    quiet = 0
    while quiet < 3 or time.monotonic() < least:
        QApplication.processEvents()
        QApplication.sendPostedEvents()
        quiet = 0 if jobs.busy else quiet + 1
        if jobs.busy and time.monotonic() > until:
            raise TimeoutError("a page did not come to rest")
    QApplication.processEvents()


_SCREENS: dict[str, Callable[[OfficeDay, Jobs, Look], Iterator[Shot]]] = {
    "promoter": _promoter,
    "district": _district,
    "supervisor": _supervisor,
}
