"""Tab goes in reading order, also to widgets that were made later than those below them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def restore_tab_order(changed: QWidget) -> None:
    """Let Tab follow the layouts around ``changed``, in which widgets were added or moved."""
    order = list(_in_order(_surroundings(changed)))
    for first, second in pairwise(order):
        QWidget.setTabOrder(first, second)
    _bring_along(changed, order)


def _bring_along(changed: QWidget, order: Sequence[QWidget]) -> None:
    """Put what hands the focus on before its stops: left behind, it draws Tab back to them.

    Qt moves such a widget alone only while it has no proxy.
    """
    proxy = changed.focusProxy()
    for before, stop in pairwise(order):
        if proxy is not None and changed.isAncestorOf(stop):
            changed.setFocusProxy(None)  # type: ignore[arg-type]
            QWidget.setTabOrder(before, changed)
            changed.setFocusProxy(proxy)
            return


def _surroundings(widget: QWidget) -> QWidget:
    """Return what scrolls with ``widget``, else the topmost widget around it."""
    here = widget
    while (parent := here.parentWidget()) is not None:
        if isinstance(parent.parentWidget(), QScrollArea):
            return here
        here = parent
    return here


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None:
        yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner = item.layout() if item is not None else None
        widget = item.widget() if item is not None else None
        if inner is not None:
            yield from _in_layout(inner)
        elif widget is not None:
            yield from _in_order(widget)
