"""④ 確かめる: what every line would become, and what is to be looked at."""

from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.code_list import CodeLists
from kashiwa_desktop.domain.day import as_day, is_day
from kashiwa_desktop.services.records.importing import ImportPlan, PlannedLine
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.state_mark import StateMark
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column, TableModel
from kashiwa_desktop.ui.widgets.table.whole_table import WholeTable
from kashiwa_desktop.ui.widgets.text_label import TextLabel

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
