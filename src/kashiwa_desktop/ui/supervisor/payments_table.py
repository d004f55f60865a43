"""The table of screen 41: one row an appointment; columns of tax only where it is withheld."""

from kashiwa_desktop.services.money.payments_desk import Line
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column


def columns(*, withholds: bool) -> list[Column[Line]]:
    """Return the columns of the list, in the order of the paper."""
    tax = [
        Column("源泉徴収", _withheld, sort_by=_withheld_yen, align=RIGHT),
        Column("差引", _net, sort_by=_net_yen, align=RIGHT),
    ]
    return [
        Column("地域", _area),
        Column("氏名(フリガナ)", _name, sort_by=_kana),
        Column("金額", _yen, sort_by=_native_yen, align=RIGHT),
        *(tax if withholds else []),
        Column("前月との差", _difference, align=RIGHT),
        Column("いまの状態", state_of),
        Column("印刷", _printed),
        Column("承認日", _approved),
        Column("照合番号", _code),
        Column("事由", _exception),
    ]


def state_of(line: Line) -> str:
    """Return in one word how far the payment is."""
    if line.todo == "issue":
        return "書類はまだ"
    if line.todo == "again":
        return "作り直し"
    if line.todo == "approve" and line.payment.paid:
        day = line.payment.paid
        return f"支払済み {day.month}/{day.day}(承認なし)"
    if line.payment.paid and not line.open_net:
        day = line.payment.paid
        return f"支払済み {day.month}/{day.day}"
    return "未払い" if line.sheets else "支払なし"


def yen_text(yen: int) -> str:
    """Write yen as everywhere on screen; below zero as on paper."""
    return f"△{-yen:,}円" if yen < 0 else f"{yen:,}円"


def _area(line: Line) -> str:
    return line.payment.area


def _name(line: Line) -> str:
    one = line.payment
    return f"{one.name}({one.kana})" if one.kana else one.name


def _kana(line: Line) -> str:
    return line.payment.kana


def _yen(line: Line) -> str:
    return yen_text(line.payment.yen)


def _native_yen(line: Line) -> int:
    return line.payment.yen


def _withheld(line: Line) -> str:
    return yen_text(line.payment.withheld)


def _withheld_yen(line: Line) -> int:
    return line.payment.withheld


def _net(line: Line) -> str:
    return yen_text(line.payment.net)


def _net_yen(line: Line) -> int:
    return line.payment.net


def _difference(line: Line) -> str:
    difference = line.payment.difference
    if difference is None:
        return "前月なし"
    if difference == 0:
        return "なし"
    return f"+{difference:,}円" if difference > 0 else yen_text(difference)


def _approved(line: Line) -> str:
    day = line.payment.approved
    return f"{day.month}/{day.day}" if day else ""


def _code(line: Line) -> str:
    return line.payment.check_code


def _printed(line: Line) -> str:
    return "済" if line.payment.printed else "まだ"


def _exception(line: Line) -> str:
    return line.payment.exception
