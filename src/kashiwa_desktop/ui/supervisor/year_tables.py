"""The two tables of screen 42: months of service, and people in both kinds of year."""

from kashiwa_desktop.services.papers.year_papers import MoneyLine, PersonLine
from kashiwa_desktop.ui.supervisor.payments_table import yen_text
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column

yen = yen_text


def month_columns() -> list[Column[MoneyLine]]:
    return [
        Column("活動した月", _label),
        Column("件数", _number, align=RIGHT),
        Column("支給額", _gross, align=RIGHT),
        Column("源泉徴収", _withheld, align=RIGHT),
        Column("差引", _net, align=RIGHT),
        Column("支払済み", _paid, align=RIGHT),
        Column("支払った日", _paid_on),
    ]


def person_columns(fiscal: str, calendar: str) -> list[Column[PersonLine]]:
    """Return the columns, named after the fiscal and the calendar year."""
    paid = "%s に支払"
    kept = "%s の源泉"
    return [
        Column("氏名", _name),
        Column("地域", _area),
        Column(fiscal, _fiscal, align=RIGHT),
        Column(paid % calendar, _calendar, align=RIGHT),
        Column(kept % calendar, _calendar_withheld, align=RIGHT),
    ]


def _label(line: MoneyLine) -> str:
    return line.label


def _number(line: MoneyLine) -> str:
    return f"{line.number}件" if line.number else "－"


def _gross(line: MoneyLine) -> str:
    return yen_text(line.gross) if line.number else "－"


def _withheld(line: MoneyLine) -> str:
    return yen_text(line.withheld) if line.number else "－"


def _net(line: MoneyLine) -> str:
    return yen_text(line.net) if line.number else "－"


def _paid(line: MoneyLine) -> str:
    return yen_text(line.paid) if line.number else "－"


def _paid_on(line: MoneyLine) -> str:
    return line.paid_on or "－"


def _name(line: PersonLine) -> str:
    return line.name


def _area(line: PersonLine) -> str:
    return line.area


def _fiscal(line: PersonLine) -> str:
    return yen_text(line.fiscal)


def _calendar(line: PersonLine) -> str:
    return yen_text(line.calendar)


def _calendar_withheld(line: PersonLine) -> str:
    return yen_text(line.calendar_withheld)
