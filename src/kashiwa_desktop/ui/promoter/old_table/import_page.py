"""Screen 10: an old Excel or CSV table becomes records, once every line was seen."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.old_sheet import Layout, OldSheet, unknown_kinds
from kashiwa_desktop.services.records.importing import ENDINGS, Importing, ImportPlan
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.promoter.old_table.import_columns import ImportColumns
from kashiwa_desktop.ui.promoter.old_table.import_kinds import ImportKinds
from kashiwa_desktop.ui.promoter.old_table.import_preview import ImportPreview
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.file_drop import FileDrop
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
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
