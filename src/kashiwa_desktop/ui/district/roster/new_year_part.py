"""新しい年度: who goes on, who leaves and why, in one list and one step."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office.new_year import Choice, Going, NewYear
from kashiwa_desktop.services.office.office_book import Book
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster.settings_part import SettingsPart
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.tab_order import restore_tab_order
from kashiwa_desktop.ui.widgets.text_label import TextLabel

STAYS, LEAVES = "stays", "leaves"


class GoingRow(QWidget):
    """One person: goes on, or leaves with a reason."""

    touched = Signal()

    def __init__(self, going: Going) -> None:
        super().__init__()
        self.going = going
        words = f"{going.area} {going.name}"
        self._choice = ChoiceBox(f"{words}さんの4月から")
        stays = "続ける(新しい委嘱を作る)" if going.renews else "続ける"
        self._choice.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        self._choice.show_choices([(STAYS, stays), (LEAVES, "3月31日で終わる")])
        self._choice.choose(STAYS)
        self._reason = TextLine(f"{words}さんの終わりの理由")
        self._field = FormField("理由(退任など)", self._reason, required=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(FlowRow(TextLabel(words, "strong", wrap=False), self._choice))
        column.addWidget(self._field)
        self._field.hide()
        self._choice.chosen.connect(self._show_reason)
        self._reason.touched.connect(self.touched)

    def choice(self) -> Choice:
        stays = self._choice.current() == STAYS
        return Choice(self.going.appointment, stays, "" if stays else self._reason.text().strip())

    def typed(self) -> list[Any]:
        return [self._choice.current(), self._reason.text_so_far()]

    def put(self, typed: Sequence[Any]) -> None:
        """Put back what a draft kept."""
        self._choice.choose(typed[0])
        self._reason.setText(typed[1])
        show_when(self._field, wanted=typed[0] == LEAVES)

    def blocking(self) -> FormField | None:
        """Return the field of the reason where it is missing."""
        self._field.clear_message()
        made = self.choice()
        if made.stays or made.reason:
            return None
        self._field.block()
        return self._field

    def _show_reason(self, _key: object) -> None:
        show_when(self._field, wanted=self._choice.current() == LEAVES)
        self.touched.emit()


class NewYearPart(SettingsPart):
    """Who holds an appointment on 31 March, looked up each time."""

    def __init__(self, desk: RosterDesk, book: Book) -> None:
        super().__init__()
        self._desk = desk
        month = Month.of(book.today)
        self._year = month.fiscal_year + 1 if month.number != 4 else month.fiscal_year
        self._rows: list[GoingRow] = []
        self._list = SectionCard(f"{self._year}年度(4月から)の名簿")
        words = (
            "3月31日に委嘱のある方です。終わる方だけ「3月31日で終わる」を選び、理由をお書きください。"
            "新しい方は、このあと「人と委嘱」の［新しい委嘱］で加えます。"
        )
        self._list.add(TextLabel(words, "muted"))
        self._holder = QWidget()
        self._inside = QVBoxLayout(self._holder)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(theme.GAP)
        self._list.add(self._holder)
        self._go = BigButton("この名簿にする", "check", "main", keys="Ctrl+S")
        self._list.add_row(self._go)
        self.column.addWidget(self._list)
        self._go.clicked.connect(self.save)

    def show_book(self, book: Book) -> None:
        if not self.is_touched:
            self.look_wanted.emit(partial(_plan, self._desk.new_year, self._year))

    def show_found(self, plan: Sequence[Going]) -> None:
        """Show one row for each appointment."""
        for row in self._rows:
            self._inside.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [GoingRow(going) for going in plan]
        for row in self._rows:
            row.touched.connect(self.note_touch)
            self._inside.addWidget(row)
        self._go.setEnabled(bool(self._rows))
        restore_tab_order(self._holder)

    def typed(self) -> dict[str, Any]:
        return {row.going.appointment: row.typed() for row in self._rows}

    def open_draft(self, typed: dict[str, Any]) -> None:
        for row in self._rows:
            if row.going.appointment in typed:
                row.put(typed[row.going.appointment])
        self.is_touched = True

    def save(self) -> None:
        missing = [field for row in self._rows if (field := row.blocking()) is not None]
        choices = [row.choice() for row in self._rows]
        first = missing[0] if missing else None
        self.ask_to_save(first, partial(_turn, self._desk.new_year, self._year, choices))


def _plan(new_year: NewYear, year: int, _progress: Progress) -> list[Going]:
    return new_year.plan(year)


def _turn(new_year: NewYear, year: int, choices: Sequence[Choice]) -> str:
    done = new_year.turn(year, choices, [])
    text = f"{year}年度の名簿にしました(続ける {done.going_on}人、終わる {done.ended}人)。"
    if done.vacant:
        text += f"欠員になる地域: {'・'.join(done.vacant)}。"
    return f"{text}設定ファイルを作って、みなさんに渡してください。"
