"""The window of a data folder: of the role its store has, with its look, its work, its farewell."""

import contextlib
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from kashiwa_desktop import logs
from kashiwa_desktop.app import opening, support
from kashiwa_desktop.app.preferences import Preferences
from kashiwa_desktop.app.single import SingleStart
from kashiwa_desktop.app.starting import start_qt
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.errors import AppError, StoreError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services.safety import clock_watch
from kashiwa_desktop.services.safety.looking_into import Trial
from kashiwa_desktop.services.store import Store, facts, open_folder
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.main_window import MainWindow
from kashiwa_desktop.ui.messages import Message, is_first_of_its_kind
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.ways import Way
from kashiwa_desktop.ui.widgets.page import ScrollPage

if TYPE_CHECKING:
    from kashiwa_desktop.app.after_update import AfterUpdate
    from kashiwa_desktop.app.update_desk import UpdateDesk
    from kashiwa_desktop.services.safety.updating import Came, Ready

_log = logging.getLogger("kashiwa_desktop")

COPY_AFTER_MS = 10_000
"""After the start: what the person does first goes before the day's copy."""

UPDATE_AFTER_MS = 2_000
"""After the start, for the same reason: sticks may take a moment to answer."""


def open_window(desk: Desk, files: Sequence[Path] = ()) -> int:
    """Open the window of the desk's data folder; returns the exit status when it is closed.

    ``files`` were double-clicked and are read in it. The process does not stay in the folder it
    was started from: a stick that somebody works in cannot be taken out.
    """
    app, look = start_qt()
    try:
        if not opening.in_right_place(desk, app, look):
            return 1
        opening.make_folder(desk)
    except AppError as error:
        opening.tell_why_not(app, look, error, desk.folder)
        return 1
    with logs.kept_in(desk.folder.log), contextlib.chdir(desk.folder.root.absolute()):
        return _open_alone(app, look, desk, files)


def _open_alone(app: QApplication, look: Look, desk: Desk, files: Sequence[Path]) -> int:
    single = SingleStart(desk.folder.root)
    try:
        if not single.begin(files):
            return 0
    except AppError as error:
        opening.tell_why_not(app, look, error, desk.folder)
        return 1
    try:
        return _run_until_closed(app, look, desk, single, files)
    finally:
        single.end()


def _run_until_closed(
    app: QApplication, look: Look, desk: Desk, single: SingleStart, files: Sequence[Path]
) -> int:
    """Run the window; where it finds the records damaged, go the way back and run it again."""
    damage: AppError | None = None
    while True:
        store, said = opening.opened(desk, app, look, damage)
        if store is None:
            return 1
        status, damage = _run(app, Desktop(store, look, said), single, files)
        if damage is None:
            return status


def _run(
    app: QApplication, desktop: "Desktop", single: SingleStart, files: Sequence[Path]
) -> tuple[int, AppError | None]:
    app.commitDataRequest.connect(desktop.keep_now)
    with logs.crash_notes(desktop.folder.log) as last_crash:
        single.raise_asked.connect(desktop.come_up)
        single.files_given.connect(desktop.take_files)
        with logs.bugs_caught(desktop.bug.emit):
            desktop.begin(last_crash)
            desktop.take_files(files)
            status = app.exec()
        single.raise_asked.disconnect(desktop.come_up)
        single.files_given.disconnect(desktop.take_files)
        app.commitDataRequest.disconnect(desktop.keep_now)
        if desktop.damage is None:
            single.end()  # who starts again meanwhile gets a window at once
            desktop.copy_what_changed()
        desktop.end()
    desktop.put_in(app)
    return status, desktop.damage


class Desktop(QObject):
    """Holds the window that is open, and opens another when role or person change."""

    bug = Signal(object)

    def __init__(self, store: Store, look: Look, said: str = "") -> None:
        """``said`` is what the first window has to tell."""
        super().__init__()
        self._store, self._look, self._said = store, look, said
        self.folder = store.folder
        self.damage: AppError | None = None
        self._jobs = Jobs(self)
        self._preferences = Preferences(store.folder.settings_file, look)
        self._seen: set[str] = set()
        self._opened = [store]
        self._real: Store | None = None
        self._asks_staff = False
        self._check: AfterUpdate | None = None
        self._checks_itself = False
        self._updates: UpdateDesk | None = None
        self._to_put_in: Ready | None = None
        self.window: MainWindow | None = None
        self.bug.connect(self._tell_bug, Qt.ConnectionType.QueuedConnection)
        self._jobs.unheard.connect(self._take_unheard)
        self._copy_timer = QTimer(self, singleShot=True, interval=COPY_AFTER_MS)
        self._copy_timer.timeout.connect(self._copy)
        self._update_timer = QTimer(self, singleShot=True, interval=UPDATE_AFTER_MS)
        self._update_timer.timeout.connect(self._begin_updates)

    def begin(self, last_crash: str = "") -> None:
        """Open the first window; a crash of the last time is told once."""
        self._open()
        self._copy_timer.start()
        self._update_timer.start()
        clock = self._store.clock
        wrong = clock_watch.notice(self._store, clock_watch.installed() if clock.is_real else None)
        if wrong:
            advice = "記録はこのまま続けられます。右下の日付と時刻をご確認ください。"
            self._say(Message(wrong, advice, tone="notice"))
        if self._store.db.closed_for:
            self._say(Message(self._store.db.closed_for, tone="notice"))
        if self._said:
            self._say(Message(self._said, tone="ok"))
        page = self.window.page if self.window else None
        if last_crash and isinstance(page, ScrollPage):
            page.messages.show_message(
                Message(
                    "前回は、思いがけず途中で終わりました。",
                    "記録と書きかけは残っています。そのままお使いください。",
                    details=last_crash,
                    tone="notice",
                    is_bug=True,
                )
            )

    def end(self) -> None:
        """Let go of everything once the window is closed."""
        self._copy_timer.stop()
        self._update_timer.stop()
        self._jobs.end()
        if self._check is not None:
            self._check.stop()
        for store in self._opened[1:]:
            store.close()

    def copy_what_changed(self) -> None:
        """Make a 予備の写し at the end; where that fails, the next start tries again and tells."""
        from kashiwa_desktop.services.safety.copying import Copying

        for store in self._opened:
            try:
                Copying(store).at_close()
            except AppError as error:
                _log.warning("copy-failed", exc_info=error)

    def put_in(self, app: QApplication) -> None:
        """Let the setup of a newer version run: it waits until this program has ended."""
        from kashiwa_desktop.services.safety.updating import Updating

        if self._to_put_in is None:
            return
        try:
            Updating(self._store).start(self._to_put_in)
        except AppError as error:
            opening.tell_why_not(app, self._look, error, self.folder)

    def take_files(self, files: Sequence[Path]) -> None:
        """Read files that were double-clicked, as if they had been dropped on the window."""
        if self.window is not None and files:
            self.window.files_dropped.emit(list(files))

    def keep_now(self, _session: object = None) -> None:
        """The PC is about to be shut down: what was typed is kept before Windows ends us."""
        if self.window is not None:
            self.window.keep_now()

    def come_up(self) -> None:
        """A second start wants to see the window."""
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.raise_()
            self.window.activateWindow()

    def _open(self, *, welcome: bool = True) -> None:
        before = self.window
        window = self._make(welcome=welcome)
        window.help_asked.connect(self._help)
        window.support_asked.connect(self._save_support)
        window.update_asked.connect(self._look_for_update)
        self._updates = None
        trial = "試験用" if self._store.is_trial else ""
        window.show_band("練習中" if self._real is not None else trial)
        self._preferences.place(window)
        if before is not None:
            window.setGeometry(before.geometry())
        self.window = window
        window.show()
        if before is not None:
            before.close()
            before.deleteLater()

    def _make(self, *, welcome: bool) -> MainWindow:
        """Make the window of the store's role; the pages of the other role are never loaded."""
        with self._store.db.read() as tx:
            role = facts(tx).role
        if role == "office":
            return self._make_office(welcome=welcome)
        if role == "" and welcome:
            from kashiwa_desktop.app.welcome_window import WelcomeWindow

            first = WelcomeWindow(self._store, self._jobs, self._look)
            first.begun.connect(self._end_welcome)
            first.practice_wanted.connect(self._practise)
            first.office_begun.connect(self._open)
            return first
        from kashiwa_desktop.app.promoter_pages import LIST, RECORD, PromoterWindow

        window = PromoterWindow(
            self._store, self._jobs, self._look, practising=self._real is not None
        )
        window.left.connect(self._open_elsewhere)
        window.person_wanted.connect(self._change_person)
        window.practice_wanted.connect(self._practise)
        window.wiped.connect(self._begin_anew, Qt.ConnectionType.QueuedConnection)
        window.prepare_places((RECORD, LIST))
        return window

    def _open_elsewhere(self, _way: Way) -> None:
        """はじめての設定: the one way that leads out of the promoter's window."""
        self._open()

    def _make_office(self, *, welcome: bool) -> MainWindow:
        """Make the office's window; whoever has a name there says first who he is."""
        from kashiwa_desktop.app.office_pages import OfficeWindow
        from kashiwa_desktop.app.staff_window import StaffWindow
        from kashiwa_desktop.services.office.accounts import Accounts

        if welcome and (self._asks_staff or Accounts(self._store).must_choose()):
            ask = StaffWindow(self._store, self._jobs, self._look, asked=self._asks_staff)
            ask.chosen.connect(self._take_staff)
            ask.left.connect(self._end_welcome)
            self._asks_staff = False
            return ask
        window = OfficeWindow(self._store, self._jobs, self._look)
        window.left.connect(self._ask_staff)
        return window

    def _ask_staff(self, _way: Way) -> None:
        """どなたが使いますか: the one way that leads out of the office's window."""
        self._asks_staff = True
        self._open()

    def _take_staff(self, name: str) -> None:
        self._store = self._store.working_as(name)
        self._open(welcome=False)

    def _end_welcome(self) -> None:
        self._open(welcome=False)

    def _change_person(self, folder: DataFolder) -> None:
        self._jobs.shut_down()
        self._store = open_folder(folder, self._store.clock, self._store.chance)
        self._opened.append(self._store)
        self._open()

    def _begin_anew(self) -> None:
        """The person left and his records went: another person of this PC, or the first start."""
        from kashiwa_desktop.services.office.people_here import PeopleHere

        here = self._store.folder
        others = [p.folder for p in PeopleHere(here).everyone() if p.folder.root != here.root]
        place = self._opened.index(self._store)
        self._change_person(others[0] if others else here)
        self._opened[place] = self._store  # the one that went is not to be copied at the end

    def _help(self, screen: int) -> None:
        from kashiwa_desktop.ui.widgets.manual_window import ManualWindow

        if self.window is not None:
            open_before = self.window.findChild(ManualWindow)
            manual = open_before or ManualWindow(self.window)
            manual.show_screen(screen)

    def _practise(self) -> None:
        """Go to the practice store, or back from it; the real records are never opened there."""
        if self._real is not None:
            self._store, self._real = self._real, None
            self._open()
            return
        from kashiwa_desktop.sample.practice import open_practice

        job = self._jobs.start(partial(open_practice, self._store.folder, self._store.clock))
        job.succeeded.connect(self._begin_practice)
        job.failed.connect(self._take_unheard)
        if self.window is not None:
            self.window.watch(job, "練習の用意をしています")

    def _begin_practice(self, store: Store) -> None:
        self._real, self._store = self._store, store
        self._opened.append(store)
        self._open()

    def _copy(self) -> None:
        """Make the day's first 予備の写し, once the person has begun."""
        from kashiwa_desktop.services.safety.copying import Copying

        self._check_itself()
        job = self._jobs.start(Copying(self._store).at_start)
        job.succeeded.connect(self._tell_copied)
        job.failed.connect(self._take_failed_copy)

    def _begin_updates(self) -> None:
        self._tell_version()
        self._look_for_update()

    def _tell_version(self) -> None:
        """Say what became of a new version; one that is new here checks itself once, later."""
        from kashiwa_desktop.services.safety.updating import Updating

        came = Updating(self._store).came()
        self._checks_itself = bool(came.before)
        if came.wanted:
            self._say(came_words(came))

    def _look_for_update(self, told: Callable[[str], object] | None = None) -> None:
        """Look for a newer version; never while practising."""
        from kashiwa_desktop.app.update_desk import UpdateDesk

        if self.window is None or self._real is not None:
            return
        if self._updates is None:
            self._updates = UpdateDesk(self.window, self._store, self._jobs, Sticks())
            self._updates.ready.connect(self._make_way)
        self._updates.look_again(told)

    def _make_way(self, ready: "Ready") -> None:
        """Close for the setup: everything is saved, and what is written is kept."""
        self._to_put_in = ready
        if self.window is not None:
            self.window.close()

    def _check_itself(self) -> None:
        """Where another version worked here before, let this one check itself once."""
        if not self._checks_itself or self._check is not None:
            return
        from kashiwa_desktop.app.after_update import AfterUpdate

        self._check = AfterUpdate(self)
        self._check.failed.connect(self._tell_not_well)
        self._check.begin()

    def _tell_not_well(self) -> None:
        from kashiwa_desktop.app.after_update import DETAILS, WORDS

        self._say(Message(WORDS, details=DETAILS, tone="danger"))

    def _tell_copied(self, made: datetime | None) -> None:
        if made is not None and self.window is not None:
            day = "%s月%s日 %s:%02d"
            when = day % (made.month, made.day, made.hour, made.minute)
            self.window.show_note(f"予備の写し: {when}")
        self._try_a_copy()

    def _try_a_copy(self) -> None:
        """Go back to one 予備の写し beside the store, once a month."""
        from kashiwa_desktop.services.safety.trying_out import TryingOut

        job = self._jobs.start(TryingOut(self._store).when_due)
        job.succeeded.connect(self._tell_tried)
        job.failed.connect(self._take_unheard)

    def _tell_tried(self, trial: Trial | None) -> None:
        if trial is None or trial.whole:
            return
        made = trial.copy.made_at
        words = (
            "%s月%s日 %s:%02d の予備の写しに、試しに戻したところ、戻せませんでした。"
            "いまの記録はそのままです。「困ったとき」で［いま写しを作る］を押してください。"
        )
        when = (made.month, made.day, made.hour, made.minute)
        self._say(Message(words % when, tone="notice"))

    def _take_failed_copy(self, error: BaseException) -> None:
        """A damaged store is not worked on: the window makes way for the way back."""
        own = self._store.folder == self.folder and self._store.db.path is not None
        if own and isinstance(error, StoreError) and error.code == "damaged":
            _log.warning("damaged", exc_info=error)
            self.damage = error
            if self.window is not None:
                self.window.close()
        else:
            self._take_unheard(error)

    def _say(self, message: Message) -> None:
        page = self.window.page if self.window else None
        if isinstance(page, ScrollPage):
            page.messages.show_message(message)

    def _take_unheard(self, error: BaseException) -> None:
        if not isinstance(error, AppError):
            _log.error("bug", exc_info=error)
        self._tell_bug(error)

    def _tell_bug(self, error: BaseException) -> None:
        page = self.window.page if self.window else None
        if isinstance(page, ScrollPage) and is_first_of_its_kind(error, self._seen):
            page.messages.show_error(error, kept=True)

    def _save_support(self) -> None:
        if self.window is not None:
            support.ask_where(self.window, self._store.folder)


def came_words(came: "Came") -> Message:
    """Say what became of the version that was being put in."""
    if came.is_in:
        text = "新しい版 %s になりました。記録はそのままです。"
        return Message(text % came.now, tone="ok")
    text = "新しい版 %s は入りませんでした。いままでの版(%s)のまま使えます。記録もそのままです。"
    todo = "もう一度［入れる］を押しても入らないときは、事務局にお電話ください。"
    return Message(text % (came.wanted, came.now), todo, tone="notice")
