"""Screen 27: areas, people, rules, and the settings file that hands them out."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office.new_year import Choice, Going, NewYear
from kashiwa_desktop.services.office.office_book import Book
from kashiwa_desktop.services.travel import sticks
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.district.roster import code_part, people_part, places_part, rule_parts
from kashiwa_desktop.ui.district.roster.book_page import BookPage, Section
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster.settings_part import SettingsPart
from kashiwa_desktop.ui.district.roster.tables_part import TablesPart
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.tab_order import restore_tab_order
from kashiwa_desktop.ui.widgets.release_tick import ReleaseTick
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class RosterPage(BookPage):
    """From here 職員による入力, 詳しい設定 and 操作の記録 are opened."""

    SCREEN, TITLE = 27, "名簿・設定ファイル"

    def __init__(self, desk: RosterDesk, jobs: Jobs) -> None:
        super().__init__(desk, self._all_sections(), jobs)
        self._entering = BigButton("職員による入力", "pencil")
        self._advanced = BigButton("詳しい設定", "list")
        self._log = BigButton("操作の記録", "list")
        others = SectionCard("ほかの画面")
        others.add_row(self._entering, self._advanced, self._log)
        self.add(others)
        self.lead(self._entering, Way(Screen.ENTERING))
        self.lead(self._advanced, Way(Screen.ADVANCED))
        self.lead(self._log, Way(Screen.LOG))

    def _all_sections(self) -> list[Section]:
        return [
            Section("people", "人と委嘱", people_part.make),
            Section("areas", "地域", places_part.make_areas),
            Section("places", "圏域・包括・センター", places_part.make_places),
            Section("rates", "月額", rule_parts.make_rates),
            Section("deadline", "締切", rule_parts.make_deadline),
            Section("meeting", "定例会の日", rule_parts.make_meeting),
            Section("papers", "書類", rule_parts.make_papers),
            Section("chairs", "宛名", rule_parts.make_chairs),
            Section("codes", "区分・種別", code_part.make_codes),
            Section("examples", "区分の例", rule_parts.make_examples),
            Section("opening", "期首の回数", rule_parts.make_opening),
            Section("tables", "表で入れる・出す", TablesPart),
            Section("year", "新しい年度", NewYearPart),
            Section("file", "設定ファイルを作る", SetupFilePart),
        ]


# 設定ファイルを作る: signed with the office's key, and who has to get it.
NAME = "設定ファイル"


class SetupFilePart(SettingsPart):
    """The 合言葉 is asked for each time, and kept nowhere."""

    def __init__(self, desk: RosterDesk, _book: Book) -> None:
        super().__init__()
        self._desk = desk
        self._date = TextLabel()
        self._who = TextLabel(role="strong")
        self._line = TextLine()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._field = FormField("合言葉(パスワード。人に教えません)", self._line, required=True)
        self._tick = ReleaseTick()
        self._go = BigButton("設定ファイルを作る", "save", "main")
        card = SectionCard("設定ファイルを作る")
        words = (
            "名簿と設定を推進員のパソコンに渡すファイルです。入るのは番号と氏名、地域、月額、締切などで、"
            "電話・住所・休止の理由・口座は入りません。返事のファイルにも同じ設定が入ります。"
        )
        card.add(TextLabel(words, "muted"), self._date, self._who, self._field)
        card.add(self._tick)
        card.add_row(self._go)
        self.column.addWidget(card)
        self._go.clicked.connect(self._ask_where)

    def show_book(self, book: Book) -> None:
        day = date.fromisoformat(book.settings_date) if book.settings_date else None
        told = wareki.long_date(day, weekday=False) if day else ""
        self._date.setText(f"いまの設定の日付: {told}")
        names = "、".join(name for _, name in book.late)
        words = f"前の設定のままの方({len(book.late)}人): {names}"
        self._who.setText(words if book.late else "みなさんに、いまの設定が渡っています。")
        at_hand = self._desk.releasing.at_hand()
        self._tick.show_release(at_hand, self._desk.releasing.behind() if at_hand else ())

    def forget(self) -> None:
        super().forget()
        self._line.clear()

    def write_to(self, place: Path) -> None:
        """Write the file; the field is emptied at once."""
        keyword = self._line.text()
        self._line.clear()
        beside = self._tick.is_wanted
        self.look_wanted.emit(partial(_make, self._desk, keyword, place, with_release=beside))

    def _ask_where(self) -> None:
        if not self._line.text():
            self._field.block()
            self.blocked.emit(self._field)
            return
        self._field.clear_message()
        # not asked whether to replace: a file that travels never takes the place of another
        chosen, _ = QFileDialog.getSaveFileName(
            self, "設定ファイルを作る場所", f"{NAME}.kssc", f"{NAME} (*.kssc)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if chosen:
            self.write_to(sticks.chosen(chosen))


def _make(
    desk: RosterDesk, keyword: str, place: Path, progress: Progress, *, with_release: bool
) -> str:
    made = desk.setup.setup_file(place, desk.setup.unlock(keyword))
    text = f"設定ファイルを作りました: {made.file.name}"
    if not with_release:
        return text
    try:
        desk.releasing.lay(made.file.parent, progress)
    except AppError as error:
        return f"{text}。新しい版のファイルは入れていません。{error.text}"
    return f"{text}。新しい版のファイルも入っています。"


# 新しい年度: who goes on, who leaves and why, in one list and one step.
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
