"""How far long work is, and ［中止］, while the page behind it waits."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QProgressBar, QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.jobs import Job
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class ProgressStrip(QFrame):
    """「受け取っています 7 / 21 地域」 and ［中止］; ``waiting`` widgets rest until it is over."""

    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "notice")
        self._job: Job | None = None
        self._waiting: tuple[QWidget, ...] = ()
        self._focus: QWidget | None = None
        self._what = self._unit = ""
        self._text = TextLabel()
        self._bar = QProgressBar(textVisible=False)
        self._stop = BigButton("中止", "close")
        self._stop.clicked.connect(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.GAP, theme.GAP, 2 * theme.GAP, theme.GAP)
        column.setSpacing(theme.GAP)
        column.addWidget(self._text)
        column.addWidget(self._bar)
        column.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def watch(self, job: Job, what: str, *waiting: QWidget, unit: str = "") -> None:
        """Show ``job`` until it ends; ``unit`` is what is counted, 地域 or 枚."""
        self._job, self._what, self._unit = job, what, unit
        self._focus = QApplication.focusWidget()
        self._waiting = waiting
        for widget in waiting:
            widget.setEnabled(False)
        self._stop.setEnabled(True)
        self._show_progress("", 0, 0)
        job.progressed.connect(self._show_progress)
        job.finished.connect(self._end)
        show_when(self, wanted=True)
        self._stop.setFocus()

    def release(self) -> None:
        """Let the page go on before the job says that it is over: now it may put the focus."""
        if self._job is not None:
            self._job.finished.disconnect(self._end)
            self._end()

    def _show_progress(self, text: str, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        count = f" {done} / {total} {self._unit}".rstrip() if total else ""
        self._text.setText((text or self._what) + count)
        self._bar.setAccessibleName(self._text.text())

    def _cancel(self) -> None:
        if self._job is not None:
            self._stop.setEnabled(False)
            self._text.setText("中止しています…")
            self._job.cancel()

    def _end(self) -> None:
        self._job = None
        for widget in self._waiting:
            widget.setEnabled(True)
        self._waiting = ()
        self.hide()
        if self._focus is not None:
            self._focus.setFocus()
        self._focus = None
        self.ended.emit()
