"""A table as high as its rows, for pages that scroll as a whole."""

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui.widgets.table.table_model import TableModel
from kashiwa_desktop.ui.widgets.table.table_view import TableView

Row = TypeVar("Row")


class WholeTable(TableView[Row], Generic[Row]):
    """Shows all its rows, or the first ``most``; so the page scrolls, and not the table in it."""

    def __init__(
        self,
        model: TableModel[Row],
        name: str,
        *,
        most: int = 100,
        parent: QWidget | None = None,
    ) -> None:
        self._most = most
        super().__init__(model, name, parent)
        model.modelReset.connect(self._grow)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def _grow(self) -> None:
        rows = min(self.model().rowCount(), self._most) * self.verticalHeader().defaultSectionSize()
        head = self.horizontalHeader().sizeHint().height()
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(rows + head + bar + 8)
