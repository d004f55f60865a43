"""［支払済みにする］: which, when, how and by which voucher; what is paid is locked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.services.holidays import holiday_name
from kashiwa_desktop.services.money.payments_desk import Line
from kashiwa_desktop.ui.supervisor.payments_table import yen_text
from kashiwa_desktop.ui.widgets.entry.check_row import CheckRow
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.date_entry import DateEntry
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.text_label import TextLabel


@dataclass(frozen=True, slots=True)
class EnteredPayment:
    """What is to be marked as paid; ``net`` in yen, all sheets together.

    ``numbers`` are the sheets; ``although_transferred`` once it was asked about the transfer file.
    """

    promoters: tuple[str, ...]
    net: int
    on: date
    method: str
    voucher: str
    numbers: tuple[str, ...] = ()
    although_transferred: bool = False


class PayCard(SectionCard):
    """``touched`` comes with every change of what is chosen."""

    touched = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("支払済みにする", parent)
        self._today = today
        self._lines: dict[str, list[Line]] = {}
        self._hint = TextLabel(
            "実際に支払ったあとに押してください。支払済みにした書類は、取り消せません。",
            "muted",
        )
        self._rows = CheckRow("支払ったもの")
        self._day = DateEntry(today, holiday_name, "支払った日")
        self._method = ChoiceBox("支払の方法")
        methods = ("振込", "現金", "窓口払い", "その他")
        self._method.show_choices((word, word) for word in methods)
        self._method.choose(methods[0])
        self._voucher = TextLine()
        self._fields = {
            "rows": FormField("支払ったもの", self._rows),
            "day": FormField("支払った日", self._day, required=True),
            "method": FormField("支払の方法", self._method),
            "voucher": FormField("伝票番号", self._voucher),
        }
        self.setFocusProxy(self._day)
        self.add(self._hint, *self._fields.values())
        self._rows.touched.connect(self.touched)

    def show_lines(self, lines: Sequence[Line], day: date | None, voucher: str) -> None:
        """Offer what can be paid, all of it chosen; ``day`` is the planned day of payment."""
        self._lines = {}
        for line in lines:
            self._lines.setdefault(line.promoter, []).append(line)
        self._rows.show_choices((who, _words(mine)) for who, mine in self._lines.items())
        self._rows.tick(self._lines)
        self._day.set_day(min(day, self._today) if day else self._today)
        self._voucher.setText(voucher)
        self._clear()

    @property
    def count(self) -> int:
        """How many sheets are chosen."""
        return sum(s.is_open for line in self._chosen() for s in line.sheets)

    def payment(self) -> EnteredPayment | None:
        """Return what was filled in; None where something is missing, and say what at its field."""
        self._clear()
        day = self._day.day()
        if not self._rows.ticked():
            self._fields["rows"].block("支払ったものを1つ以上お選びください")
            self._rows.setFocus()
            return None
        if day is None or day > self._today:
            text = "" if day is None else "きょうより先の日です。支払った日をご確認ください"
            self._fields["day"].block(text)
            self._fields["day"].focus()
            return None
        net = sum(line.open_net for line in self._chosen())
        method = str(self._method.current())
        voucher = self._voucher.text_so_far().strip()
        numbers = tuple(s.number for line in self._chosen() for s in line.sheets if s.is_open)
        return EnteredPayment(tuple(self._rows.ticked()), net, day, method, voucher, numbers)

    def _chosen(self) -> list[Line]:
        return [line for who in self._rows.ticked() for line in self._lines[who]]

    def _clear(self) -> None:
        for field in self._fields.values():
            field.clear_message()


def _words(mine: Sequence[Line]) -> str:
    areas = "・".join(line.payment.area for line in mine)
    net = sum(line.open_net for line in mine)
    return f"{areas} {mine[0].payment.name} {yen_text(net)}"
