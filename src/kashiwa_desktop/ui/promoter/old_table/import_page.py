"""Screen 10: an old Excel or CSV table becomes records, once every line was seen."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.code_list import SEED, CodeLists
from kashiwa_desktop.domain.day import as_day, is_day
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.old_sheet import Kind, Layout, OldSheet, unknown_kinds
from kashiwa_desktop.services.records.importing import ENDINGS, Importing, ImportPlan, PlannedLine
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.promoter.old_table.import_columns import ImportColumns
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.file_drop import FileDrop
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.layout.emptying import empty
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.state_mark import StateMark
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column, TableModel
from kashiwa_desktop.ui.widgets.table.whole_table import WholeTable
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class ImportPage(ScrollPage):
    """``changed`` says what was done, for the undo strip; Esc leaves without writing anything."""

    SCREEN = 10
    TITLE = "前の表を取り込む"

    changed = Signal(str)

    def __init__(self, importing: Importing, jobs: Jobs) -> None:
        super().__init__()
        self._importing = importing
        self._work = PageWork(self, jobs)
        self._sheets: list[OldSheet] = []
        self._plan: ImportPlan | None = None
        self._stale = False
        self._drop = FileDrop("前の表(Excel・CSV)をここに置いてください", ENDINGS)
        self._drop.files_only()
        self._name = TextLabel(role="strong")
        self._other = BigButton("別の表を選ぶ", "folder")
        self._which = ChoiceBox("どの表ですか")
        self._which.setSizeAdjustPolicy(
            ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._which_field = FormField("どの表ですか", self._which)
        self._columns = ImportColumns(Month.of(importing.today()))
        self._kinds = ImportKinds()
        self._preview = ImportPreview()
        self._go = BigButton("取り込む", "inbox", "main")
        self._back = BigButton("やめる", "close")
        self._arrange_cards()
        self._drop.dropped.connect(self._open_first)
        self._which.chosen.connect(self._take_sheet)
        self._columns.changed.connect(self._plan_again)
        self._kinds.changed.connect(self._plan_again)
        self._work.ended.connect(self._catch_up)
        self._other.clicked.connect(self._begin_again)
        self._go.clicked.connect(self._take_in)
        self._back.clicked.connect(self.go_back)
        self._show_step()

    def open_file(self, path: Path) -> None:
        """Read a table; also for files dropped on the window."""
        self._name.setText(path.name)
        self._work.run(partial(self._importing.open, path), self._show_sheets, "表を読んでいます")

    def go_back(self) -> None:
        self._begin_again()
        super().go_back()

    def _open_first(self, paths: Sequence[Path]) -> None:
        files = [path for path in paths if path.is_file()]
        if files:
            self.open_file(files[0])

    def _show_sheets(self, sheets: list[OldSheet]) -> None:
        self._sheets = sheets
        fullest = max(range(len(sheets)), key=lambda n: len(sheets[n].rows))
        self._which.show_choices(
            (n, f"{sheet.name}({len(sheet.rows)}行)") for n, sheet in enumerate(sheets)
        )
        self._which.choose(fullest)
        self._take_sheet(fullest)

    def _take_sheet(self, number: object) -> None:
        if isinstance(number, int):
            sheet = self._sheets[number]
            self._kinds.begin()
            areas = self._importing.areas()
            self._columns.show_layout(sheet, self._importing.propose(sheet), areas)
            self._plan_again()

    def _sheet(self) -> OldSheet | None:
        number = self._which.current()
        return self._sheets[number] if isinstance(number, int) else None

    def _layout(self) -> Layout:
        now = self._columns.layout_now()
        return Layout(now.head, now.columns, now.month, now.area, self._kinds.answers)

    def _plan_again(self) -> None:
        sheet = self._sheet()
        if sheet is None:
            return
        self._stale = not self._work.run(
            partial(self._importing.plan, sheet, self._layout()),
            self._show_plan,
            "表を確かめています",
            "行",
        )

    def _catch_up(self) -> None:
        """A choice was made while the table was being looked at: look again."""
        if self._stale:
            self._plan_again()

    def _show_plan(self, plan: ImportPlan) -> None:
        self._plan = plan
        unknown = unknown_kinds([one.line for one in plan.lines])
        self._kinds.show_unknown(unknown, plan.codes)
        self._preview.show_plan(plan)
        self._show_step()

    def _take_in(self) -> None:
        if self._plan is not None:
            self._work.run(
                partial(self._importing.take_in, self._plan),
                self._tell_taken_in,
                "取り込んでいます",
            )

    def _tell_taken_in(self, text: str) -> None:
        self._begin_again()
        self.messages.say(text)
        self.changed.emit(text)

    def _begin_again(self) -> None:
        self._sheets, self._plan = [], None
        self._which.show_choices([])
        self._kinds.begin()
        self._show_step()

    def _show_step(self) -> None:
        opened = bool(self._sheets)
        show_when(self._drop, wanted=not opened)
        for part in (self._name, self._other):
            show_when(part, wanted=opened)
        show_when(self._which_field, wanted=len(self._sheets) > 1)
        show_when(self._columns, wanted=opened)
        show_when(self._preview, wanted=opened and self._plan is not None)
        count = self._plan.count("new") if self._plan else 0
        self._go.set_word(f"{count}件を取り込む" if count else "取り込む")
        self._go.setEnabled(count > 0)

    def _arrange_cards(self) -> None:
        file = SectionCard("① 表を選ぶ")
        words = "書き込む前に、1行ずつ確かめられます。取り込んだあとも、まとめて元に戻せます。"
        file.add(TextLabel(words, "muted"), self._drop)
        file.add_row(self._name, self._other)
        file.add(self._which_field)
        self.add(file, self._columns, self._kinds, self._preview)
        self.action_bar.add(self._go, self._back)


# ③ 区分を合わせる: what the old table's own names of categories mean here.
MOST = 20


class ImportKinds(SectionCard):
    """Hidden while every name is known; ``changed`` comes with each answer."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("③ 区分を合わせる", parent)
        self._boxes: dict[str, ChoiceBox] = {}
        self._answers: dict[str, Kind] = {}
        self._fields = QVBoxLayout()
        self._fields.setSpacing(2 * theme.GAP)
        words = "表に書かれた区分が、どの区分・種別にあたるかをお選びください。"
        self.add(TextLabel(words, "muted"))
        self.body.addLayout(self._fields)
        self.hide()

    @property
    def answers(self) -> Mapping[str, Kind]:
        return dict(self._answers)

    def begin(self) -> None:
        """Forget the answers: another table is looked at."""
        self._answers.clear()
        self._empty()
        self.hide()

    def show_unknown(self, names: Sequence[str], codes: CodeLists = SEED) -> None:
        """Ask about these names; those already asked about stay, so that an answer can change."""
        for name in names:
            if name not in self._boxes and len(self._boxes) < MOST:
                self._fields.addWidget(self._field(name, codes))
        show_when(self, wanted=bool(self._boxes))

    def _field(self, name: str, codes: CodeLists) -> FormField:
        box = ChoiceBox()
        box.show_choices(_choices(codes))
        box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.chosen.connect(self._take)
        self._boxes[name] = box
        label = f"「{name}」は" if name else "区分が書かれていない行は"
        return FormField(label, box)

    def _empty(self) -> None:
        self._boxes.clear()
        empty(self._fields)

    def _take(self, _key: object) -> None:
        for name, box in self._boxes.items():
            chosen = box.current()
            if isinstance(chosen, tuple) and len(chosen) == 2:
                self._answers[name] = chosen
        self.changed.emit()


def _choices(codes: CodeLists) -> list[tuple[Kind, str]]:
    """Return every type there ever was: an old table has old ones."""
    words = codes.on(date.max)
    return [(kind, words.kind(*kind, " – ")) for kind in codes.types()]


# ④ 確かめる: what every line would become, and what is to be looked at.
MOST_PROBLEMS = 12
_ROWS = 8
_LONGEST = 20


class ImportPreview(SectionCard):
    """A table of all lines, or only of those in one state."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("④ 確かめる", parent)
        self._plan = ImportPlan(())
        self._sentence = TextLabel(role="strong")
        self._chips = ChipBar("どの行を見るか")
        self._model = TableModel[PlannedLine](
            [
                Column("行", _number, sort_by=_line_number, align=RIGHT),
                Column("どうなるか", _state_word, mark=_mark),
                Column("日付", _day),
                Column("内容", _title),
            ]
        )
        self._table = WholeTable(self._model, "取り込む行", most=_ROWS)
        self._told = TextLabel()
        self._table.chosen.connect(self._tell)
        self._chips.chosen.connect(self._show_lines)
        self._problems = TextLabel(role="notice")
        self.add(self._sentence, self._problems, self._chips, self._table, self._told)

    def show_plan(self, plan: ImportPlan) -> None:
        self._plan = plan
        new, same, problem = (plan.count(s) for s in ("new", "same", "problem"))
        words = [f"取り込める行 {new}件"]
        if same:
            words.append(f"もう記録がある行 {same}件")
        if problem:
            words.append(f"このままでは取り込めない行 {problem}件")
        self._sentence.setText(" ・ ".join(words))
        self._problems.setText("\n".join(problem_lines(plan)))
        show_when(self._problems, wanted=bool(problem))
        chips = [("", "すべて"), ("problem", "取り込めない行")]
        self._chips.show_chips(chips if problem else [])
        self._chips.choose("")
        self._show_lines("")

    def _show_lines(self, state: object) -> None:
        self._model.show_rows(one for one in self._plan.lines if state in ("", one.state))
        self._table.choose(0)
        self._told.setText(self._told.text() if self._model.rows else "")

    def _tell(self, one: PlannedLine) -> None:
        title = " ".join(str(one.line.given.get("title", "")).split())
        words = f"{one.line.number}行目 {title}"
        lines = (words, _kind(one, self._plan.codes), one.text)
        self._told.setText("\n".join(text for text in lines if text))


def _number(one: PlannedLine) -> str:
    return str(one.line.number)


def _line_number(one: PlannedLine) -> int:
    return one.line.number


def _state_word(one: PlannedLine) -> str:
    return _mark(one).word


def _mark(one: PlannedLine) -> StateMark:
    if one.state == "new":
        return StateMark("shape_circle", "取り込む", "ok")
    if one.state == "same":
        return StateMark("shape_dash", "もうある", "muted")
    return StateMark("shape_triangle", "取り込めない", "notice")


def _day(one: PlannedLine) -> str:
    text = one.line.given.get("date", "")
    if not is_day(text):
        return ""
    day = as_day(text)
    return f"{wareki.short_era_year(day)}.{day.month}.{day.day}({wareki.WEEKDAYS[day.weekday()]})"


def _kind(one: PlannedLine, codes: CodeLists) -> str:
    given = one.line.given
    if "type" not in given:
        return one.line.kind_words
    words = codes.on(as_day(given.get("date", "")))
    return words.kind(given["category"], given["type"], " – ")


def _title(one: PlannedLine) -> str:
    text = " ".join(str(one.line.given.get("title", "")).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def problem_lines(plan: ImportPlan) -> list[str]:
    """Return 「7行目 見守りの相談: 区分をお選びください。」 of the lines that cannot go in."""
    found = [one for one in plan.lines if one.state == "problem"]
    lines = [f"▲ {one.line.number}行目 {_title(one)}: {one.text}" for one in found[:MOST_PROBLEMS]]
    if len(found) > MOST_PROBLEMS:
        lines.append(f"ほかに{len(found) - MOST_PROBLEMS}行")
    return lines
