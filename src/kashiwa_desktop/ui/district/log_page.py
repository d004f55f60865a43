"""Screen 34: who did what when, with what stood there before and after."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.office.log_trail import LogFilter, LogLine, LogTrail
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.value_entry import Spec
from kashiwa_desktop.ui.widgets.entry.value_form import ValueForm
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column, TableModel
from kashiwa_desktop.ui.widgets.table.table_view import TableView
from kashiwa_desktop.ui.widgets.text_label import TextLabel

EVERYBODY = ""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the worker brings."""

    asked: LogFilter
    names: tuple[str, ...]
    lines: tuple[LogLine, ...]


class LogPage(ScrollPage):
    """One line at a time is opened: its before and after stand below the list."""

    SCREEN, TITLE = 34, "操作の記録"

    def __init__(self, trail: LogTrail, clock: Clock, jobs: Jobs) -> None:
        super().__init__()
        self._trail = trail
        self._work = PageWork(self, jobs)
        self._asked = LogFilter()
        self._waiting: Callable[[], object] | None = None
        self._filter = ValueForm(
            [
                [Spec("who", "職員", "choice"), Spec("first", "いつから", "day"),
                 Spec("last", "いつまで", "day")],
            ],
            clock.today(),
        )  # fmt: skip
        self._find = BigButton("この条件で見る", "search")
        self._model = TableModel[LogLine](
            [
                Column("番号", lambda x: str(x.n), align=RIGHT),
                Column("日時", lambda x: x.at),
                Column("職員", lambda x: x.who),
                Column("したこと", lambda x: x.what),
                Column("だれの・いつの", lambda x: x.about),
            ]
        )
        self._table = TableView(self._model, "操作の記録")
        self._changes = TableModel[Any](
            [
                Column("項目", lambda c: c.field),
                Column("前", lambda c: c.before, tip=lambda c: c.before),
                Column("あと", lambda c: c.after, tip=lambda c: c.after),
            ]
        )
        self._details = SectionCard("前とあと")
        self._none = TextLabel(role="muted")
        self._before_after = TableView(self._changes, "前とあと")
        self._out = BigButton("表(CSV)に書き出す", "save")
        self._paper = BigButton("PDFで残す", "printer")
        self._back = BigButton("名簿に戻る", "left")
        self._arrange_parts()
        self._connect()

    def refresh(self) -> None:
        look = partial(_look, self._trail, self._asked)
        if not self._work.run(look, self._show, "記録を読んでいます"):
            self._waiting = self.refresh

    def search(self) -> None:
        self._fold.open()
        self._filter.focus()

    def write_table(self, path: Path) -> None:
        """Write the lines in view as CSV."""
        work = partial(_write, self._trail, self._asked, path)
        self._work.run(work, self.messages.say, "書き出しています")

    def write_paper(self, path: Path) -> None:
        """Write the lines in view as a paper."""
        work = partial(_print, self._trail, self._asked, path)
        self._work.run(work, self.messages.say, "PDFを作っています")

    def _show(self, seen: _Seen) -> None:
        names = [(EVERYBODY, "すべての職員"), *((name, name) for name in seen.names)]
        self._filter.show_choices("who", names)
        if self._filter.values()["who"] is None:
            self._filter.fill({**self._filter.typed(), "who": EVERYBODY})
        self._model.show_rows(seen.lines)
        self._table.choose(0)

    def _ask(self) -> None:
        first = self._filter.check()
        if first is not None:
            self.go_to_field(first)
            return
        values = self._filter.values()
        self._asked = LogFilter(values["who"] or None, values["first"], values["last"])
        self.refresh()

    def _open(self, line: LogLine) -> None:
        work = partial(_line, self._trail, line.n)
        if not self._work.run(work, self._show_changes, "記録を読んでいます"):
            self._waiting = partial(self._open, line)

    def _show_changes(self, line: LogLine | None) -> None:
        changes = line.changes if line else ()
        self._details.set_title(f"前とあと: {line.what if line else ''}")
        self._changes.show_rows(changes)
        self._none.setText("この操作には、前とあとの内容がありません。")
        show_when(self._none, wanted=not changes)
        show_when(self._before_after, wanted=bool(changes))

    def _catch_up(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def _ask_where(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, "書き出す場所", "操作の記録.csv", "CSV (*.csv)"
        )
        if chosen:
            self.write_table(Path(chosen))

    def _ask_paper(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, "PDFを残す場所", "操作の記録.pdf", "PDF (*.pdf)"
        )
        if chosen:
            self.write_paper(Path(chosen))

    def _arrange_parts(self) -> None:
        card = Fold("職員や日にちで選ぶ")
        card.add(self._filter, FlowRow(self._find))
        self._fold = card
        self._details.add(self._none, self._before_after)
        self.add(card)
        self.add_filling(self._table)
        self.add(self._details)
        self.action_bar.add(self._out, self._paper, self._back)

    def _connect(self) -> None:
        self._find.clicked.connect(self._ask)
        self._table.chosen.connect(self._open)
        self._table.opened.connect(self._open)
        self._work.ended.connect(self._catch_up)
        self._out.clicked.connect(self._ask_where)
        self._paper.clicked.connect(self._ask_paper)
        self._back.clicked.connect(self.go_back)


def _look(trail: LogTrail, asked: LogFilter, progress: Progress) -> _Seen:
    progress.step("", 0, 0)
    return _Seen(asked, tuple(trail.everybody()), tuple(trail.lines(asked)))


def _line(trail: LogTrail, n: int, _progress: Progress) -> LogLine | None:
    return trail.line(n)


def _write(trail: LogTrail, asked: LogFilter, path: Path, _progress: Progress) -> str:
    return f"{trail.write_table(asked, path)}行を書き出しました: {path.name}"


def _print(trail: LogTrail, asked: LogFilter, path: Path, _progress: Progress) -> str:
    return f"{trail.paper(asked, path).pages}ページのPDFにしました: {path.name}"
