"""The window: rail, pages, screen number, and a farewell that waits for the work to end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from kashiwa_desktop.paths import resource
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.jobs import Job, Jobs
from kashiwa_desktop.ui.shortcuts import WindowKeys
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.widgets.entry.file_drop import dropped_paths
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import Page
from kashiwa_desktop.ui.widgets.progress_strip import ProgressStrip
from kashiwa_desktop.ui.widgets.rail import Rail
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from kashiwa_desktop.ui.widgets.undo_strip import UndoStrip
from kashiwa_desktop.ui.widgets.update_strip import UpdateStrip

LEAST_WIDTH, LEAST_HEIGHT = 1092, 614
PREPARE_MS = 250
"""Between two pages that are made ahead of time: whoever clicks meanwhile is served at once."""


@dataclass(frozen=True, slots=True)
class Place:
    """A button of the rail and the page behind it, made when it is first opened."""

    icon: str
    word: str
    make: Callable[[], Page]


class MainWindow(QMainWindow):
    """Shows one page at a time; knows no records and decides nothing.

    ``update_asked``: look for a newer version; what it gives hears in words where there is none.
    """

    help_asked = Signal(int)
    new_asked = Signal()
    undo_asked = Signal()
    support_asked = Signal()
    files_dropped = Signal(list)
    update_asked = Signal(object)

    def __init__(self, places: Sequence[Place], jobs: Jobs, look: Look) -> None:
        super().__init__()
        self._places, self._jobs, self._look = tuple(places), jobs, look
        self._pages: dict[int, Page] = {}
        self._to_prepare: list[int] = []
        self._closing = False
        self._has_warned = False
        self._keep_geometry: Callable[[str], None] | None = None
        self._rail = Rail()
        self._stack = QStackedWidget()
        self._band = TextLabel(role="band")
        self._screen = TextLabel(role="small", wrap=False)
        self._note = TextLabel(role="small", wrap=False)
        self.undo_strip = UndoStrip()
        self.update_strip = UpdateStrip()
        self.progress_strip = ProgressStrip()
        self.setAcceptDrops(True)
        self.setWindowIcon(QIcon(str(resource("icons/product.svg"))))
        self._arrange()
        self._connect()
        self.show_person("", "")

    def show_person(self, name: str, area: str) -> None:
        """Put person and area into the title."""
        title = "地域支えあい活動記録"
        if name:
            title += f" – {name}({area})" if area else f" – {name}"
        self.setWindowTitle(title)

    def show_band(self, text: str) -> None:
        """Show the orange band, 「練習中」 or 「試験用」; empty text hides it."""
        self._band.setText(text)
        show_when(self._band, wanted=bool(text))

    def show_note(self, text: str) -> None:
        """Say something quiet at the lower left, such as the time of the last 予備の写し."""
        self._note.setText(text)

    def remember_geometry(self, kept: str, keep: Callable[[str], None]) -> None:
        """Stand where the window stood last; ``keep`` gets the new place when it closes."""
        self._keep_geometry = keep
        if not (kept and self.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii")))):
            self.resize(LEAST_WIDTH, LEAST_HEIGHT)

    def open_place(self, number: int) -> Page:
        """Open a place of the rail, counted from 0."""
        page = self._place(number)
        self.open_page(page)
        return page

    def prepare_places(self, numbers: Sequence[int]) -> None:
        """Make pages one by one while nothing happens: opening one for the first time is quick.

        Only those that are used daily: each page that exists takes part in a change of text size.
        """
        self._to_prepare = list(numbers)
        timer = QTimer(self, interval=PREPARE_MS)
        timer.timeout.connect(self._prepare_next)
        timer.start()

    def _prepare_next(self) -> None:
        left = [number for number in self._to_prepare if number not in self._pages]
        timer = self.sender()
        if not left and isinstance(timer, QTimer):
            timer.stop()
        elif left and not self._jobs.busy and not self._closing:
            page = self._place(left[0])
            self._take_in(page)
            for part in (page, *page.findChildren(QWidget)):
                part.ensurePolished()

    def _place(self, number: int) -> Page:
        if number not in self._pages:
            self._pages[number] = self._places[number].make()
        return self._pages[number]

    def _take_in(self, page: Page) -> None:
        if self._stack.indexOf(page) < 0:
            page.support_asked.connect(self.support_asked)
            self._stack.addWidget(page)

    def open_page(self, page: Page) -> None:
        """Show a page, whether it is on the rail or not."""
        before = self.page
        if before is not None and before is not page:
            before.leave()
        self._take_in(page)
        page.refresh()
        self._stack.setCurrentWidget(page)
        numbers = [number for number, other in self._pages.items() if other is page]
        self._rail.show_place(numbers[0] if numbers else None)
        self._screen.setText(f"画面 {page.SCREEN}")

    @property
    def page(self) -> Page | None:
        """The page in view."""
        page = self._stack.currentWidget()
        return page if isinstance(page, Page) else None

    def watch(self, job: Job, what: str, unit: str = "") -> None:
        """Show a long job; the page and the rail wait until it is over."""
        self.progress_strip.watch(job, what, self._stack, self._rail, unit=unit)

    def keep_now(self) -> None:
        """Keep what was typed and wait until it is on the disk; nothing is asked."""
        if self.page is not None:
            self.page.leave()
        self._jobs.shut_down()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._closing and self.page is not None:
            self.page.leave()
        if self._jobs.busy:
            event.ignore()
            self._wait_before_closing()
            return
        if self._stays_for_what_is_unsaved():
            event.ignore()
            return
        if self._keep_geometry is not None:
            self._keep_geometry(self.saveGeometry().toBase64().toStdString())
        self._jobs.shut_down()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files_dropped.emit(dropped_paths(event.mimeData()))

    def _wait_before_closing(self) -> None:
        if not self._closing:
            self._closing = True
            self._stack.setEnabled(False)
            self._rail.setEnabled(False)
            self.show_note("書き込みが終わると閉じます。そのままお待ちください")
            self._jobs.became_idle.connect(self.close, Qt.ConnectionType.QueuedConnection)

    def _stays_for_what_is_unsaved(self) -> bool:
        """Show once, before closing, what could be kept nowhere; the next closing goes through."""
        pages = [self._stack.widget(place) for place in range(self._stack.count())]
        holding = [p for p in pages if isinstance(p, Page) and p.holds_unsaved]
        if self._has_warned or not holding:
            return False
        self._has_warned = True
        if self._closing:
            self._closing = False
            self._jobs.became_idle.disconnect(self.close)
        self._stack.setEnabled(True)
        self._rail.setEnabled(True)
        self.show_note("書いたものを残せませんでした。もう一度閉じると、消えてしまいます")
        self.open_page(holding[0])
        return True

    def _ask_for_help(self) -> None:
        self.help_asked.emit(self.page.SCREEN if self.page else 0)

    def _save(self) -> None:
        if self.page is not None:
            self.page.save()

    def _find(self) -> None:
        if self.page is not None:
            self.page.search()

    def _print(self) -> None:
        if self.page is not None:
            self.page.print_paper()

    def _go_back(self) -> None:
        if self.page is not None:
            self.page.go_back()

    def _ask_for_undo(self) -> None:
        self.undo_strip.clear()
        self.undo_asked.emit()

    def _connect(self) -> None:
        self._rail.chosen.connect(self.open_place)
        self.undo_strip.undo_asked.connect(self.undo_asked)
        keys = WindowKeys(self)
        keys.help_asked.connect(self._ask_for_help)
        keys.new_asked.connect(self.new_asked)
        keys.save_asked.connect(self._save)
        keys.undo_asked.connect(self._ask_for_undo)
        keys.find_asked.connect(self._find)
        keys.print_asked.connect(self._print)
        keys.back_asked.connect(self._go_back)
        keys.bigger_asked.connect(self._look.enlarge)
        keys.smaller_asked.connect(self._look.shrink)
        keys.normal_asked.connect(self._look.reset_text_size)

    def _arrange(self) -> None:
        for place in self._places:
            self._rail.add(place.icon, place.word)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.GAP // 2)
        for part in (self.update_strip, self.undo_strip, self.progress_strip):
            right.addWidget(part)
        right.addWidget(self._stack, 1)
        right.addLayout(self._foot())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._rail)
        middle.addLayout(right, 1)
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._band)
        whole.addLayout(middle, 1)
        centre = QWidget()
        centre.setLayout(whole)
        self.setCentralWidget(centre)
        self._band.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._band.hide()

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * theme.GAP, 0, 2 * theme.GAP, theme.GAP // 2)
        foot.addWidget(self._note, 1)
        foot.addWidget(self._screen)
        return foot
