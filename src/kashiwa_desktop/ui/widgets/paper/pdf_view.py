"""The paper itself on the screen: the PDF as it will be printed, sharp at any scale, on white."""

from PySide6.QtCore import (
    QAbstractListModel,
    QBuffer,
    QByteArray,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_ZOOM_STEP = 1.25
_ZOOM_LEAST, _ZOOM_MOST = 0.25, 5.0


class PdfView(QWidget):
    """Preview with 「1 / 21 ページ」 and zoom; the file is read into memory and not held open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._view = QPdfView(document=self._document)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setAccessibleName("印刷の見本")
        self._view.setPageSpacing(2 * theme.GAP)
        self._strip = PageStrip(self._document)
        self._count = TextLabel(wrap=False)
        self._before = BigButton("前のページ", "up", icon_only=True)
        self._after = BigButton("次のページ", "down", icon_only=True)
        self._smaller = BigButton("小さく", "minus")
        self._bigger = BigButton("大きく", "plus")
        self._whole = BigButton("1枚全体")
        self._wide = BigButton("幅に合わせる")
        self._arrange()
        self._connect()
        self._show_place()

    @property
    def pages(self) -> int:
        return self._document.pageCount()

    def show_bytes(self, data: bytes) -> None:
        """Show a PDF that lies in memory; ``ValueError`` when it is none."""
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        if self._document.error() != QPdfDocument.Error.None_:
            raise ValueError(f"not a PDF: {self._document.error().name}")
        self._strip.show_pages()
        show_when(self._strip, wanted=self.pages > 1)
        self._show_place()

    def page(self) -> int:
        """Return the page in view, from 1."""
        return self._view.pageNavigator().currentPage() + 1

    def show_page(self, number: int) -> None:
        """Turn to a page, counted from 1."""
        if 1 <= number <= self.pages:
            self._view.pageNavigator().jump(number - 1, QPointF())

    def _turn_back(self) -> None:
        self.show_page(self.page() - 1)

    def _turn_on(self) -> None:
        self.show_page(self.page() + 1)

    def _enlarge(self) -> None:
        self._zoom(_ZOOM_STEP)

    def _shrink(self) -> None:
        self._zoom(1 / _ZOOM_STEP)

    def _zoom(self, by: float) -> None:
        now = self._factor()
        self._view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._view.setZoomFactor(min(max(now * by, _ZOOM_LEAST), _ZOOM_MOST))

    def _factor(self) -> float:
        if self._view.zoomMode() == QPdfView.ZoomMode.Custom or not self.pages:
            return self._view.zoomFactor()
        size = self._document.pagePointSize(max(0, self.page() - 1))
        dots = self._view.logicalDpiX() / 72
        room = self._view.viewport().size()
        wide = room.width() / (size.width() * dots)
        if self._view.zoomMode() == QPdfView.ZoomMode.FitToWidth:
            return wide
        return min(wide, room.height() / (size.height() * dots))

    def _fit_width(self) -> None:
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def _fit_page(self) -> None:
        self._view.setZoomMode(QPdfView.ZoomMode.FitInView)

    def _show_place(self) -> None:
        self._count.setText(f"{self.page()} / {self.pages} ページ" if self.pages else "")
        self._strip.show_page(self.page())
        self._before.setEnabled(self.page() > 1)
        self._after.setEnabled(self.page() < self.pages)

    def _arrange(self) -> None:
        tools = FlowLayout()
        for part in (self._before, self._count, self._after, self._smaller, self._bigger,
                     self._wide, self._whole):  # fmt: skip
            tools.addWidget(part)
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(tools)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self._strip)
        row.addWidget(self._view, 1)
        column.addLayout(row, 1)
        self._strip.hide()
        self._view.setMinimumHeight(4 * theme.MAIN_TARGET)

    def _connect(self) -> None:
        self._before.clicked.connect(self._turn_back)
        self._after.clicked.connect(self._turn_on)
        self._smaller.clicked.connect(self._shrink)
        self._bigger.clicked.connect(self._enlarge)
        self._whole.clicked.connect(self._fit_page)
        self._wide.clicked.connect(self._fit_width)
        self._strip.picked.connect(self.show_page)
        self._view.pageNavigator().currentPageChanged.connect(self._show_place)


# Small pictures of all pages beside a paper; a click turns to that page.
_WIDE, _TALL = 66, 93
_FINER = 3
"""How much finer a page is drawn before it is made small: thin lines stay thin."""
Index = QModelIndex | QPersistentModelIndex


class _Pages(QAbstractListModel):
    """The pages of a document; a picture is drawn when it is first seen, and kept."""

    def __init__(self, document: QPdfDocument, parent: QWidget) -> None:
        super().__init__(parent)
        self._document, self._widget = document, parent
        self._drawn: dict[int, QPixmap] = {}
        self._count = 0

    def show_pages(self) -> None:
        self.beginResetModel()
        self._drawn, self._count = {}, self._document.pageCount()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        number = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{number + 1}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{number + 1}ページ"
        if role == Qt.ItemDataRole.DecorationRole:
            if number not in self._drawn:
                self._drawn[number] = self._draw(number)
            return self._drawn[number]
        return None

    def _draw(self, number: int) -> QPixmap:
        density = self._widget.devicePixelRatioF()
        size = QSize(round(_WIDE * density), round(_TALL * density))
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.white)
        fine = self._document.render(number, size * _FINER)
        smooth = Qt.TransformationMode.SmoothTransformation
        painter = QPainter(picture)
        painter.drawImage(0, 0, fine.scaled(size, mode=smooth))
        painter.setPen(Qt.GlobalColor.gray)
        painter.drawRect(0, 0, size.width() - 1, size.height() - 1)
        painter.end()
        picture.setDevicePixelRatio(density)
        return picture


class PageStrip(QListView):
    """``picked`` gives a page, counted from 1; only what is in view is drawn."""

    picked = Signal(int)

    def __init__(self, document: QPdfDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = _Pages(document, self)
        self.setModel(self._pages)
        self.setAccessibleName("ページの一覧")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIconSize(QSize(_WIDE, _TALL))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit()
        self.selectionModel().currentChanged.connect(self._pick)

    def show_pages(self) -> None:
        """Show the pages of the document that was loaded."""
        self._pages.show_pages()

    def show_page(self, number: int) -> None:
        """Mark a page, counted from 1, without turning to it."""
        index = self._pages.index(number - 1)
        if index.isValid() and index != self.currentIndex():
            blocked = self.blockSignals(True)  # noqa: FBT003 - Qt's signature
            self.selectionModel().currentChanged.disconnect(self._pick)
            self.setCurrentIndex(index)
            self.selectionModel().currentChanged.connect(self._pick)
            self.blockSignals(blocked)

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        digits = self.fontMetrics().horizontalAdvance("0000")
        bar = self.verticalScrollBar().sizeHint().width()
        self.setFixedWidth(_WIDE + digits + bar + 2 * theme.GAP)

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(index.row() + 1)
