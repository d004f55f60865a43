"""The table of resources: what each is, how sure that is, when and where, and of which area."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from kashiwa_desktop.services.records.registered import Shown
from kashiwa_desktop.ui.widgets.resource.resource_words import checked_mark
from kashiwa_desktop.ui.widgets.state_mark import StateMark
from kashiwa_desktop.ui.widgets.table.table_model import Column, TableModel
from kashiwa_desktop.ui.widgets.table.table_view import TableView

AREA = 0


class ResourceTable(TableView[Shown]):
    """Rows of ``Shown``; the first column names the area and is hidden where there is only one."""

    def __init__(self, name: str, today: Callable[[], date], parent: QWidget | None = None) -> None:
        self._today = today
        self._rows = TableModel[Shown](
            [
                Column("地域", _area_of),
                Column("名称", self._name_of),
                Column("確認日", self._checked_of, _checked_on, mark=self._mark_of),
                Column("種類", _label_of),
                Column("いつ", _day_of),
                Column("どこで", _place_of),
            ]
        )
        super().__init__(self._rows, name, parent)
        self.allow_sorting()
        self.show_areas(wanted=False)

    def show_areas(self, *, wanted: bool) -> None:
        self.setColumnHidden(AREA, not wanted)

    def show_resources(self, rows: Sequence[Shown]) -> None:
        """Replace the rows; the one that was in view stays so while it is still there."""
        before = self.current_row()
        self._rows.show_rows(rows)
        self.choose_resource(before.resource.id if before else "")

    def choose_resource(self, record: str) -> None:
        """Put the keyboard on a resource, or on the first one where it is not shown."""
        numbers = [n for n, row in enumerate(self._rows.rows) if row.resource.id == record]
        self.choose(numbers[0] if numbers else 0)

    def shown(self) -> tuple[Shown, ...]:
        """Return the rows in the order in which they stand."""
        return self._rows.rows

    def _name_of(self, row: Shown) -> str:
        name = row.resource.name
        return f"【前任者から】{name}" if row.inherited else name

    def _mark_of(self, row: Shown) -> StateMark:
        return checked_mark(row.resource, self._today())

    def _checked_of(self, row: Shown) -> str:
        return self._mark_of(row).word


def _area_of(row: Shown) -> str:
    return row.area_name


def _label_of(row: Shown) -> str:
    return row.resource.label


def _checked_on(row: Shown) -> str:
    return row.resource.checked.isoformat() if row.resource.checked else ""


def _day_of(row: Shown) -> str:
    return row.resource.day


def _place_of(row: Shown) -> str:
    return row.resource.place
