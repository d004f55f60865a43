"""Opening the records of a folder: alone, looked over, and with a way back where they are damaged.

RELIABILITY.md §5.1: the lock comes before the store, and a check before the window.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QApplication, QFileDialog

from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.errors import AppError, PlaceError
from kashiwa_desktop.paths import DataFolder, default_data_dir
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.main_window import LEAST_HEIGHT, LEAST_WIDTH, MainWindow, Place
from kashiwa_desktop.ui.promoter.recovery_page import RecoveryPage
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.widgets.page import Page, ScrollPage

translate = QCoreApplication.translate


class RecoveryWindow(MainWindow):
    """The only page while the records cannot be opened; ``recovered`` with what to say next."""

    recovered = Signal(str)

    def __init__(
        self, error: AppError, folder: DataFolder, clock: Clock, jobs: Jobs, look: Look
    ) -> None:
        from kashiwa_desktop.services.safety.recovering import Recovering

        self._error, self._folder, self._worker = error, folder, jobs
        self._recovering = Recovering(folder, clock)
        self.said: str | None = None
        super().__init__([Place("warning", self.tr("記録を開けません"), self._make)], jobs, look)
        self.support_asked.connect(self._save_support)
        self.open_place(0)

    def _make(self) -> Page:
        page = RecoveryPage(self._error, self._recovering, self._worker)
        page.recovered.connect(self._end)
        return page

    def _end(self, text: str) -> None:
        self.said = text
        self.recovered.emit(text)
        self.close()

    def _save_support(self) -> None:
        from kashiwa_desktop.app.support import write_support

        title, name = self.tr("サポート用の情報を保存"), "kashiwa-support.zip"
        chosen, _ = QFileDialog.getSaveFileName(self, title, name, "ZIP (*.zip)")
        if not chosen or not isinstance(self.page, ScrollPage):
            return
        try:
            written = write_support(self._folder, Path(chosen))
        except OSError as error:
            self.page.messages.show_error(error)
        else:
            self.page.messages.say(self.tr("%s に保存しました。") % written.name)


def make_folder(desk: Desk) -> None:
    """Make the folder before its lock is taken; PlaceError where that is impossible."""
    with _in_words(desk):
        desk.folder.create()


@contextmanager
def _in_words(desk: Desk) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        text = f"記録の場所を開けません: {desk.folder.root}"
        raise PlaceError(text, code="cannot_open") from error


def opened(
    desk: Desk, app: QApplication, look: Look, damage: AppError | None = None
) -> tuple[Store | None, str]:
    """Return the store and what to say about it; None where the person left without one.

    ``damage`` was found while the window was open: then the way back comes first.
    """
    said = ""
    while True:
        if damage is None:
            try:
                return _looked_over(desk), said
            except AppError as error:
                damage = error
        desk.let_go()
        if damage.code != "damaged" or desk.database:
            tell_why_not(app, look, damage)
            return None, ""
        again = _way_back(desk, app, look, damage)
        if again is None:
            return None, ""
        said, damage = again, None


def _looked_over(desk: Desk) -> Store:
    from kashiwa_desktop.services.safety.keeping import Keeping

    store = desk.store()
    Keeping(store).look_over()
    return store


def _way_back(desk: Desk, app: QApplication, look: Look, error: AppError) -> str | None:
    jobs = Jobs()
    window = RecoveryWindow(error, desk.folder, desk.clock, jobs, look)
    window.resize(LEAST_WIDTH, LEAST_HEIGHT)
    window.show()
    app.exec()
    jobs.end()
    window.deleteLater()
    return window.said


def tell_why_not(app: QApplication, look: Look, error: AppError, word: str = "") -> bool:
    """Show in words why nothing can be opened, until the person closes the window.

    Returns whether he pressed the button with ``word`` instead.
    """
    from kashiwa_desktop.app.welcome_window import StoppedPage

    jobs, pressed = Jobs(), []
    place = Place("warning", StoppedPage.TITLE, lambda: StoppedPage(error, word))
    window = MainWindow([place], jobs, look)
    page = window.open_place(0)
    if isinstance(page, StoppedPage):
        page.acted.connect(lambda: pressed.append(word))
        page.acted.connect(window.close)
    window.resize(LEAST_WIDTH, LEAST_HEIGHT)
    window.show()
    app.exec()
    jobs.end()
    window.deleteLater()
    return bool(pressed)


def in_right_place(desk: Desk, app: QApplication, look: Look) -> bool:
    """Whether the records may be opened where they lie, or the person let them be brought here."""
    from kashiwa_desktop.services.safety import right_place

    try:
        with _in_words(desk):
            right_place.refuse_wrong(desk.folder, shared=desk.database is not None)
    except PlaceError as error:
        if error.code != "wrong_place":
            raise
        here = DataFolder(default_data_dir())
        word = translate("opening", "このパソコンの中で開く")
        if not tell_why_not(app, look, error, word):
            return False
        right_place.refuse_wrong(here)
        right_place.bring_here(desk.folder, here)
        desk.use(here)
    return True
