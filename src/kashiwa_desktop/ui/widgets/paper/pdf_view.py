"""The paper itself on the screen: the PDF as it will be printed, sharp at any scale, on white."""

from PySide6.QtCore import QBuffer, QByteArray, QPointF, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.paper.page_strip import PageStrip
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
