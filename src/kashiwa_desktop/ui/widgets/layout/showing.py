"""Showing and hiding a widget that may not stand anywhere yet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def show_when(widget: QWidget, *, wanted: bool) -> None:
    """Show or hide ``widget``; one without a parent would come up as a window of its own.

    Such a widget is only told that nothing keeps it hidden: it shows with its parent.
    """
    if wanted and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, on=False)
    else:
        widget.setVisible(wanted)
