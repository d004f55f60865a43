"""A plot on the screen: the drawing that also goes on paper, as wide as there is room."""

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QSizePolicy, QWidget

from kashiwa_desktop.ui import theme

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
