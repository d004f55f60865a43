"""Opening the records of a folder: alone, looked over, and with a way back where they are damaged.

RELIABILITY.md §5.1: the lock comes before the store, and a check before the window.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication

from kashiwa_desktop.app import support
from kashiwa_desktop.app.log_place import log_place, note_why
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.errors import AppError, PlaceError
from kashiwa_desktop.paths import DataFolder, default_data_dir
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.main_window import LEAST_HEIGHT, LEAST_WIDTH, MainWindow, Place
from kashiwa_desktop.ui.promoter.recovery_page import RecoveryPage
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.look_cards import TextSizeCard
from kashiwa_desktop.ui.widgets.page import Page, ScrollPage
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class RecoveryWindow(MainWindow):
    """The only page while the records cannot be opened; ``recovered`` with what to say next."""

    recovered = Signal(str)

    def __init__(
        self, error: AppError, folder: DataFolder, clock: Clock, jobs: Jobs, look: Look
    ) -> None:
        from kashiwa_desktop.services.safety.recovering import Recovering

        self._error, self._folder, self._worker = error, folder, jobs
        self._recovering = Recovering(folder, clock, error.code)
        self.said: str | None = None
        super().__init__([Place("warning", "記録を開けません", self._make)], jobs, look)
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
        support.ask_where(self, self._folder)


class StoppedWindow(MainWindow):
    """The only page where nothing can be opened: why not, and every way on that is left.

    ``pressed`` once the person chose the one thing to do instead.
    """

    def __init__(self, error: Exception, word: str, folder: DataFolder, look: Look) -> None:
        self._error, self._word, self._folder = error, word, folder
        self.pressed, self._worker = False, Jobs()
        place = Place("warning", StoppedPage.TITLE, self._make)
        super().__init__([place], self._worker, look)
        self.support_asked.connect(self._save_support)
        self.open_place(0)

    def _make(self) -> Page:
        page = StoppedPage(self._error, self._word, log_place(self._folder), self._look)
        page.acted.connect(self._press)
        return page

    def _press(self) -> None:
        self.pressed = True
        self.close()

    def _save_support(self) -> None:
        support.ask_where(self, self._folder)

    def end(self) -> None:
        self._worker.end()
        self.deleteLater()


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
        if not _leads_back(desk, app, look, damage):
            return None, ""
        again = _way_back(desk, app, look, damage)
        if again is None:
            return None, ""
        said, damage = again, None


def _leads_back(desk: Desk, app: QApplication, look: Look, error: AppError) -> bool:
    """Tell why not; whether a copy may take the place of the store.

    From a store of a newer version only who presses so goes back: mostly the program is to be
    brought up to date.
    """
    if error.code == "damaged" and not desk.database:
        return True
    word = ""
    if error.code == "too_new" and not desk.database:
        from kashiwa_desktop.services.safety.recovering import Recovering

        if Recovering(desk.folder, desk.clock).has_older():
            word = "前の版の記録に戻す"
    return tell_why_not(app, look, error, desk.folder, word)


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


def tell_why_not(
    app: QApplication, look: Look, error: Exception, folder: DataFolder, word: str = ""
) -> bool:
    """Show in words why nothing can be opened, until the person closes the window.

    Returns whether he pressed the button with ``word`` instead.
    """
    note_why(error, folder)
    window = StoppedWindow(error, word, folder, look)
    window.resize(LEAST_WIDTH, LEAST_HEIGHT)
    window.show()
    app.exec()
    window.end()
    return window.pressed


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
        word = "このパソコンの中で開く"
        if not tell_why_not(app, look, error, desk.folder, word):
            return False
        right_place.refuse_wrong(here)
        right_place.bring_here(desk.folder, here)
        desk.use(here)
    return True


# What is left where nothing can be opened: why, whom to show what, and text one can read.
class StoppedPage(ScrollPage):
    """Says in words why the records cannot be opened, and closes.

    ``word`` is on a button for the one thing to do instead; ``acted`` comes when it is pressed.
    From a newer version nobody is led back: closing is the main thing there.
    """

    SCREEN, TITLE = 0, "記録を開けません"

    acted = Signal()

    def __init__(self, error: Exception, word: str, log: Path, look: Look) -> None:
        super().__init__()
        self.messages.show_error(error)
        sizes = TextSizeCard(look)
        sizes.refresh()
        self.add(self._support(log, by_message=not isinstance(error, AppError)), sizes)
        back = getattr(error, "code", "") == "too_new"
        if word:
            act = BigButton(word, "undo" if back else "house", "plain" if back else "main")
            act.clicked.connect(self.acted)
            self.action_bar.add(act)
        close = BigButton("閉じる", "close", "plain" if word and not back else "main")
        close.clicked.connect(self._close)
        self.action_bar.add(close)

    def _support(self, log: Path, *, by_message: bool) -> SectionCard:
        """Say where the log is; the message of a bug offers the file for support by itself."""
        card = SectionCard("サポートに電話するとき")
        card.add(TextLabel(f"動作の記録(名前は入っていません): {log}", "muted"))
        if not by_message:
            save = BigButton("サポート用の情報を保存", "save")
            save.clicked.connect(self.support_asked)
            card.add(save)
        return card

    def _close(self) -> None:
        self.window().close()
