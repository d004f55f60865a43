"""The sheets of one line: what became of each; reprinted, cancelled before payment, corrected."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.services.money.payments_desk import Line, SheetState
from kashiwa_desktop.ui.supervisor.payments_table import yen_text
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column, TableModel
from kashiwa_desktop.ui.widgets.table.whole_table import WholeTable
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class SheetsCard(SectionCard):
    """``again_wanted`` gives a number, ``cancel_wanted`` a number and why, the others nothing."""

    make_wanted = Signal()
    again_wanted = Signal(str)
    cancel_wanted = Signal(str, str)
    check_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._note = TextLabel()
        self._rows = TableModel[SheetState](
            [
                Column("発行番号", _number),
                Column("種類", _kind),
                Column("差引額", _net, align=RIGHT),
                Column("発行日", _issued),
                Column("印刷", _printed),
                Column("いまの状態", _state),
            ]
        )
        self._table = WholeTable(self._rows, "この方の書類")
        self._make = BigButton("書類を作る", "printer")
        self._again = BigButton("選んだ書類を再印刷する", "printer")
        self._check = BigButton("この月の記録を見る", "check")
        self._cancel = Fold("選んだ書類を取り消したいとき")
        self._why = TextLine()
        self._field = FormField(
            "取り消す理由",
            self._why,
            required=True,
            hint="番号は欠番として残ります。作り直すと、新しい番号になります。",
        )
        self._go = BigButton("この書類を取り消す", "undo")
        self._fill()
        self._connect()

    def show_line(self, title: str, line: Line) -> None:
        """Show the sheets of one line; what can be done follows from them."""
        self.set_title(title)
        self._rows.show_rows(line.sheets)
        show_when(self._table, wanted=bool(line.sheets))
        self._table.choose(len(line.sheets) - 1)
        self._note.setText(self._words(line))
        paid = any(s.paid for s in line.sheets)
        show_when(self._make, wanted=line.todo in ("issue", "again"))
        self._make.set_word(self._make_word(line.todo, paid=paid))
        self._why.clear()
        self._field.clear_message()
        self._cancel.open(opened=False)
        self._show_possible()

    def _words(self, line: Line) -> str:
        paid = any(s.paid for s in line.sheets)
        if line.todo == "issue":
            return "書類はまだ作っていません。"
        if line.todo == "again" and paid:
            return "支払のあとに、承認がやり直されています。差額の書類を作れます。"
        if line.todo == "again":
            return "書類のあとに、承認がやり直されています。作り直すと番号が変わります。"
        if line.todo == "approve":
            return (
                f"支払済みですが、いまは承認がありません({line.payment.exception})。記録を確かめて承認すると、"
                "ちがいがあったときは、差額の書類を作れます。"
            )
        if paid:
            return (
                "支払済みの書類は取り消せません。ちがっていたときは、記録を直して承認し直すと、"
                "追給・戻入・訂正報告書を作れます。"
            )
        return "支払う前なら、取り消して作り直せます。"

    def _make_word(self, todo: str, *, paid: bool) -> str:
        if todo == "again":
            return "追給・戻入・訂正報告書を作る" if paid else "書類を作り直す"
        return "書類を作る"

    def _show_possible(self, _row: object = None) -> None:
        sheet = self._table.current_row()
        show_when(self._again, wanted=sheet is not None)
        show_when(self._cancel, wanted=sheet is not None and sheet.is_open)

    def _ask_again(self) -> None:
        sheet = self._table.current_row()
        if sheet is not None:
            self.again_wanted.emit(sheet.number)

    def _ask_cancel(self) -> None:
        sheet, why = self._table.current_row(), self._why.text_so_far().strip()
        if sheet is None:
            return
        if not why:
            self._field.block()
            self._field.focus()
            return
        self.cancel_wanted.emit(sheet.number, why)

    def _fill(self) -> None:
        self._cancel.add(self._field, self._go)
        self.add(self._note, self._table)
        self.add_row(self._make, self._again, self._check)
        self.add(self._cancel)

    def _connect(self) -> None:
        self._table.chosen.connect(self._show_possible)
        self._make.clicked.connect(self.make_wanted)
        self._again.clicked.connect(self._ask_again)
        self._check.clicked.connect(self.check_wanted)
        self._go.clicked.connect(self._ask_cancel)


def _number(sheet: SheetState) -> str:
    return sheet.number


def _kind(sheet: SheetState) -> str:
    kind = sheet.kind or "請求書・支払明細書"
    return f"{kind}({sheet.cites} の)" if sheet.cites else kind


def _net(sheet: SheetState) -> str:
    return yen_text(sheet.net)


def _issued(sheet: SheetState) -> str:
    return f"{sheet.issued.month}/{sheet.issued.day}"


def _printed(sheet: SheetState) -> str:
    return "済" if sheet.is_printed else "まだ"


def _state(sheet: SheetState) -> str:
    if sheet.void:
        return f"取り消し({sheet.void})"
    if sheet.paid is not None:
        day = sheet.paid.paid_on.replace("-", ".")
        return f"支払済み {day} {sheet.paid.method} {sheet.paid.voucher}".rstrip()
    return "未払い" if sheet.is_open else "－"
