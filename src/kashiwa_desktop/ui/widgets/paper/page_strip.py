"""Small pictures of all pages beside a paper; a click turns to that page."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFrame, QListView, QWidget

from kashiwa_desktop.ui import theme

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
