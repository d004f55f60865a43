"""表で入れる・出す: a table is looked at line by line before a line of it is written."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office.office_book import Book
from kashiwa_desktop.services.office.roster_tables import TablePreview
from kashiwa_desktop.services.office.table_file import COLUMNS
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster.settings_part import SettingsPart
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.file_drop import FileDrop
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.text_label import TextLabel

OPENING = "opening"
_MOST_PROBLEMS = 20


class TablesPart(SettingsPart):
    """What is taken in can be taken back; what is written out is only said."""

    def __init__(self, desk: RosterDesk, _book: Book) -> None:
        super().__init__()
        self._desk = desk
        self._file: Path | None = None
        self._kind = ChoiceBox("どの表ですか")
        self._kind.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        self._kind.show_choices(
            [
                ("appointments", "人と委嘱"), ("contacts", "電話と住所"),
                ("proxies", "代理"), ("areas", "地域"),
                ("places", "圏域・包括・近隣センター"),
                ("statistics", "地域の人口など"),
                ("ceilings", "通いの場の補助の上限"), (OPENING, "期首の回数"),
            ]
        )  # fmt: skip
        self._kind.choose("appointments")
        self._columns = TextLabel(role="small")
        self._drop = FileDrop("入れる表(CSV)をここに置いてください", (".csv", ".json"))
        self._drop.files_only()
        self._seen = TextLabel(role="strong")
        self._problems = ProblemList()
        self._go = BigButton("この表を取り込む", "inbox", "main")
        self._out = BigButton("いまの表を書き出す", "save")
        self._arrange_cards()
        self._show_kind()
        self.clear()

    def show_book(self, book: Book) -> None:
        """Nothing of the book stands here."""

    def open_file(self, path: Path) -> None:
        """Look a table through; nothing is written."""
        self._file = path
        kind = str(self._kind.current())
        self.look_wanted.emit(partial(_look, self._desk, kind, path))

    def show_found(self, seen: TablePreview) -> None:
        """Say what it would do, and which lines need a look first."""
        good = seen.rows - len(seen.problems)
        words = "%s: %s行のうち %s行を取り込めます。%s件が変わります。"
        name = self._file.name if self._file else ""
        self._seen.setText(words % (name, seen.rows, good, seen.changed))
        items = [
            ProblemItem(text if text.startswith("表の") else f"{n}行目: {text}")
            for n, text in seen.problems[:_MOST_PROBLEMS]
        ]
        more = len(seen.problems) - len(items)
        if more > 0:
            items.append(ProblemItem(f"ほかに {more}行あります。"))
        if seen.problems:
            told = "表を直して、もう一度置いてください。まだ何も変わっていません。"
            items.append(ProblemItem(told, (), "danger"))
        self._problems.show_problems(items)
        show_when(self._seen, wanted=True)
        show_when(self._go, wanted=not seen.problems and seen.rows > 0)
        if self._go.isVisibleTo(self):
            self._go.setFocus()

    def clear(self) -> None:
        """No table has been looked at."""
        self._file = None
        for part in (self._seen, self._go):
            part.hide()
        self._problems.show_problems([])

    def forget(self) -> None:
        super().forget()
        self.clear()

    def write_to(self, path: Path) -> None:
        """Write the present table out."""
        kind = str(self._kind.current())
        self.look_wanted.emit(partial(_write, self._desk, kind, path))

    def _take_in(self) -> None:
        if self._file is not None:
            kind = str(self._kind.current())
            self.ask_to_save(None, partial(_read, self._desk, kind, self._file))

    def _ask_where(self) -> None:
        name = f"{self._kind.currentText()}.csv"
        chosen, _ = QFileDialog.getSaveFileName(self, "書き出す場所", name, "CSV (*.csv)")
        if chosen:
            self.write_to(Path(chosen))

    def _open_first(self, paths: Sequence[Path]) -> None:
        files = [path for path in paths if path.is_file()]
        if files:
            self.open_file(files[0])

    def _show_kind(self, _kind: object = None) -> None:
        kind = str(self._kind.current())
        columns = "from,to,area,category,type,count,days,minutes,attendees"
        columns = columns if kind == OPENING else ",".join(COLUMNS[kind])
        self._columns.setText(f"1行目の見出し: {columns.replace(',', ', ')}")
        show_when(self._out, wanted=kind != OPENING)
        self.clear()

    def _arrange_cards(self) -> None:
        card = SectionCard("表で入れる・出す")
        note = "取り込む前に、1行ずつ調べてお見せします。空いている行は変わりません。"
        card.add(TextLabel(note, "muted"), FormField("どの表ですか", self._kind))
        card.add(self._columns, self._drop, self._seen, self._problems)
        card.add_row(self._go, self._out)
        self.column.addWidget(card)
        self._kind.chosen.connect(self._show_kind)
        self._drop.dropped.connect(self._open_first)
        self._go.clicked.connect(self._take_in)
        self._out.clicked.connect(self._ask_where)


def _look(desk: RosterDesk, kind: str, path: Path, _progress: Progress) -> Any:
    if kind == OPENING:
        rows = len(desk.opening.look(path))
        return TablePreview(rows, 1 if rows else 0)
    return desk.tables.preview(kind, path)


def _read(desk: RosterDesk, kind: str, path: Path) -> str:
    if kind == OPENING:
        return f"期首の回数を{len(desk.opening.read(path))}行取り込みました。"
    return f"表を取り込み、{desk.tables.read(kind, path)}件を変えました。"


def _write(desk: RosterDesk, kind: str, path: Path, _progress: Progress) -> str:
    return f"{desk.tables.write(kind, path)}行を書き出しました: {path.name}"
