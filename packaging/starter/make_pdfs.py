"""Print the pages of this folder: one PDF for each, drawn by Qt with the program's own font.

``python packaging/starter/make_pdfs.py [FOLDER]`` in a checkout; ``make release`` does it too.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMarginsF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
)

HERE = Path(__file__).resolve().parent
FONT = HERE.parents[1] / "resources" / "fonts" / "BIZUDPGothic-Regular.ttf"
BOLD = FONT.with_name("BIZUDPGothic-Bold.ttf")
_MARGINS = QMarginsF(20, 15, 15, 15)
"""Millimetres; there is room for filing holes at the left."""
_POINTS, _LINE, _PICTURE, _DOTS, _SCREEN = 10.5, 115, 0.42, 300, 96


class _Page(QTextDocument):
    """A page as it is printed: its pictures stand beside nothing, its commands are never cut."""

    def __init__(self, file: Path, writer: QPdfWriter) -> None:
        super().__init__()
        self._folder = file.parent
        self.documentLayout().setPaintDevice(writer)
        paper = writer.pageLayout().paintRectPixels(writer.resolution())
        self.setPageSize(QSizeF(paper.width(), paper.height()))
        self.setDocumentMargin(0)
        family = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(FONT)))
        QFontDatabase.addApplicationFont(str(BOLD))
        font = QFont(family)
        font.setPointSizeF(_POINTS)
        self.setDefaultFont(font)
        self.setMarkdown(file.read_text(encoding="utf-8"))
        self._space_out()

    def loadResource(self, kind: int, name: QUrl) -> object:  # noqa: N802 - Qt's name
        if kind != self.ResourceType.ImageResource.value:
            return None
        image = QImage(str(self._folder / name.toString()))
        if image.isNull():
            raise FileNotFoundError(name.toString())
        width = int(self.pageSize().width() * _PICTURE)
        image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(_DOTS / _SCREEN)
        return image

    def _space_out(self) -> None:
        """Give lines room, let long commands go on in the next line, and give tables lines."""
        cursor = QTextCursor(self)
        cursor.select(QTextCursor.SelectionType.Document)
        form = QTextBlockFormat()
        form.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setNonBreakableLines(False)
        cursor.mergeBlockFormat(form)
        for frame in self.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                lines = frame.format()
                lines.setBorder(1)
                lines.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                lines.setBorderCollapse(True)
                lines.setCellPadding(3)
                frame.setFormat(lines)


def make(file: Path, out: Path) -> Path:
    """Print one page; returns its PDF."""
    made = out / f"{file.stem}.pdf"
    writer = QPdfWriter(str(made))
    writer.setTitle(file.stem)
    writer.setResolution(_DOTS)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Portrait, _MARGINS, QPageLayout.Unit.Millimeter)
    )
    _Page(file, writer).print_(writer)
    return made


def main(out: Path) -> None:
    """Print them all."""
    application = QGuiApplication.instance() or QGuiApplication([])
    out.mkdir(parents=True, exist_ok=True)
    for file in sorted(HERE.glob("[1-8]-*.md")):
        print(make(file, out))
    assert application is not None


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("out/starter"))
