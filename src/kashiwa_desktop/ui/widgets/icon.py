"""The program's own icons, drawn sharp at any size in the colour of a role."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kashiwa_desktop.paths import resource
from kashiwa_desktop.ui import theme


@cache
def _source(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text(encoding="utf-8")


def paint_icon(painter: QPainter, name: str, where: QRectF, colour: QColor) -> None:
    """Draw the icon ``name`` (a file of resources/icons without its ending) into ``where``."""
    svg = _source(name).replace("currentColor", colour.name())
    QSvgRenderer(QByteArray(svg.encode())).render(painter, where)


def icon(name: str, role: str = "text") -> QIcon:
    """Icon for the few places of Qt that take nothing else: the window, menus, table cells.

    In a chosen row it has the colour of the words beside it.
    """
    ink = theme.colour(role if role in theme.ROLES else "text").name()
    return _icon(name, ink, theme.colour("on_selected").name())


@cache
def _icon(name: str, colour: str, chosen: str) -> QIcon:
    made = QIcon()
    for side in (16, 24, 32, 48, 64, 128):
        made.addPixmap(_pixmap(name, side, colour))
        made.addPixmap(_pixmap(name, side, chosen), QIcon.Mode.Selected)
    return made


def _pixmap(name: str, side: int, colour: str) -> QPixmap:
    pixmap = QPixmap(QSize(side, side))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, name, QRectF(0, 0, side, side), QColor(colour))
    painter.end()
    return pixmap
