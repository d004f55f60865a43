"""Taking everything out of a layout, before what is shown is made anew."""

from PySide6.QtWidgets import QLayout


def empty(layout: QLayout) -> None:
    """Take out and delete what stands in ``layout``; it is out of sight at once."""
    while (place := layout.takeAt(0)) is not None:
        old = place.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
