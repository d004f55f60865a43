"""A plot with its numbers as a table under it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from kashiwa_desktop.domain.plot import Plot
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column, TableModel
from kashiwa_desktop.ui.widgets.table.whole_table import WholeTable

Draw = Callable[[Plot, float, float, Progress], bytes]
"""Makes the drawing of a plot, so many points wide, with type of so many points."""

_POINTS = 72 / 96  # of a pixel as layouts count them


@dataclass(frozen=True, slots=True)
class _Line:
    """One place of a plot with its numbers."""

    place: str
    values: tuple[int, ...]


class PlotCard(SectionCard):
    """Draws again when its width or the text size changes; ``failed`` gives an error.

    ``draw`` makes the drawing off the UI thread.
    """

    failed = Signal(object)

    def __init__(self, title: str, draw: Draw, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._title, self._drawing, self._jobs = title, draw, jobs
        self._plot: Plot | None = None
        self._asked: tuple[int, float] = (0, 0.0)
        self._figure = Figure(title)
        self._numbers = Fold("数字の表で見る")
        self._table: WholeTable[_Line] | None = None
        self._tabled: Plot | None = None
        self.add(self._figure, self._numbers)
        self._figure.redraw_wanted.connect(self._draw)
        self._numbers.toggled.connect(self._show_table)

    def show_plot(self, plot: Plot) -> None:
        """Show the numbers of a plot at once, its drawing as soon as it is made."""
        if plot == self._plot:
            return
        self._plot = plot
        self._asked = (0, 0.0)
        self._figure.setAccessibleDescription(_heard(plot))
        self._show_table(self._numbers.is_open)
        self._draw(self._figure.room)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._draw(self._figure.room)

    def _draw(self, room: int) -> None:
        size = float(QApplication.font().pointSize())
        if self._plot is None or room < 100 or self._asked == (room, size):
            return
        self._asked = (room, size)
        job = self._jobs.start(partial(self._drawing, self._plot, room * _POINTS, size))
        job.succeeded.connect(self._figure.show_bytes)
        job.failed.connect(self.failed)

    def _show_table(self, opened: bool) -> None:  # noqa: FBT001 - a slot
        """Make the table once somebody wants to see it: several at once would take long."""
        plot = self._plot
        if plot is None or not opened or self._tabled == plot:
            return
        self._tabled = plot
        if self._table is not None:
            self._table.hide()
            self._table.deleteLater()
        lines, names = _lines(plot)
        columns = [Column(plot.of, _place)]
        columns += [Column(name, _value(n), align=RIGHT) for n, name in enumerate(names)]
        model = TableModel[_Line](columns)
        model.show_rows(lines)
        self._table = WholeTable(model, f"{self._title}の表")
        self._numbers.add(self._table)
        opener = self._numbers.findChild(BigButton)
        if opener is not None:
            self.setTabOrder(opener, self._table)


def _place(line: _Line) -> str:
    return line.place


def _value(number: int) -> Callable[[_Line], str]:
    def text(line: _Line) -> str:
        return f"{line.values[number]:,}" if line.values[number] else "–"

    return text


def _lines(plot: Plot) -> tuple[list[_Line], list[str]]:
    """Return the lines of the table and the names of its columns of numbers."""
    if plot.form == "heat":  # as it is drawn
        return [_Line(s.name, tuple(s.values)) for s in plot.series], list(plot.places)
    rows = [s.values for s in plot.series] + ([plot.sums] if plot.has_sums else [])
    names = [s.name for s in plot.series] + (["計"] if plot.has_sums else [])
    lines = [_Line(place, tuple(row[n] for row in rows)) for n, place in enumerate(plot.places)]
    if plot.adds_up:
        lines.append(_Line("計", tuple(sum(row) for row in rows)))
    return lines, names


def _heard(plot: Plot) -> str:
    """Return the numbers in words, for who does not see the picture."""
    if plot.form == "heat":
        named = ((s.name, sum(s.values)) for s in plot.series)
        return "、".join(f"{name} {count}{plot.unit}" for name, count in named)
    rows = [s.values for s in plot.series]
    return "、".join(
        f"{place} {sum(row[n] for row in rows) if plot.stacked else rows[0][n]}{plot.unit}"
        for n, place in enumerate(plot.places)
    )


# A plot on the screen: the drawing that also goes on paper, as wide as there is room.
_PAUSE_MS = 80
_WAITING = 0.42  # height of the empty place as a part of its width


class Figure(QWidget):
    """Shows a PDF of one page on white; ``redraw_wanted`` gives the width in pixels it has.

    ``say`` is what is heard in its place: a picture alone says nothing to the ear.
    """

    redraw_wanted = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._points = QSize()
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._image = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    @property
    def drawn(self) -> bool:
        return not self._points.isEmpty()

    @property
    def room(self) -> int:
        """Pixels in width that a drawing may take."""
        return max(self.width() - 2 * theme.GAP, 1)

    def show_bytes(self, data: bytes) -> None:
        """Show a drawing; ValueError when it is no PDF."""
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        if self._document.error() != QPdfDocument.Error.None_:
            raise ValueError(f"not a PDF: {self._document.error().name}")
        self._points = self._document.pagePointSize(0).toSize()
        self._image = QImage()
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if not self.drawn:
            return round(width * _WAITING)
        inner = max(width - 2 * theme.GAP, 1)
        return round(inner * self._points.height() / self._points.width()) + 2 * theme.GAP

    def sizeHint(self) -> QSize:
        width = max(self.width(), 320)
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._image = QImage()
            self._pause.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)  # like the paper, in every theme
        if self.drawn:
            painter.drawImage(theme.GAP, theme.GAP, self._picture())

    def _picture(self) -> QImage:
        dots = self.devicePixelRatioF()
        width = round(self.room * dots)
        if self._image.width() != width:
            height = round(width * self._points.height() / self._points.width())
            self._image = self._document.render(0, QSize(width, height))
            self._image.setDevicePixelRatio(dots)
        return self._image

    def _ask(self) -> None:
        self.redraw_wanted.emit(self.room)
