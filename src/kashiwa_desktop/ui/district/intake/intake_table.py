"""The table of files that were checked or taken in, in words."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.travel.intake import FileOutcome
from kashiwa_desktop.ui.widgets.state_mark import StateMark
from kashiwa_desktop.ui.widgets.table.table_model import Column, TableModel
from kashiwa_desktop.ui.widgets.table.table_view import TableView

COMES_IN = ("new", "newer")


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """One file with the name of who sent it."""

    outcome: FileOutcome
    who: str

    @property
    def file_name(self) -> str:
        return Path(self.outcome.file).name

    @property
    def title(self) -> str:
        """Who sent it, or the file's name where nobody knows."""
        return self.who or self.file_name


def intake_marks(*, done: bool) -> dict[str, StateMark]:
    """Return shape and word of each outcome; ``done`` once it was taken in."""
    came = "受け取りました" if done else "取り込めます"
    return {
        "new": StateMark("shape_circle", came, "ok"),
        "newer": StateMark("shape_circle", "新しい版", "ok"),
        "same": StateMark("shape_square", "受け取り済み", "muted"),
        "waiting": StateMark("shape_triangle", "確認待ち", "notice"),
        "refused": StateMark("shape_cross", "取り込めません", "danger"),
    }


class IntakeTable(TableView[IntakeRow]):
    """Result, sender, months, what is new, and the file."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self._files = TableModel[IntakeRow](
            [
                Column("結果", self._word, mark=self._mark),
                Column("推進員", _title),
                Column("月", _months),
                Column("内容", self._contents),
                Column("ファイル", _file_name),
            ]
        )
        self._done = False
        super().__init__(self._files, name, parent)

    def show_files(self, rows: list[IntakeRow], *, done: bool) -> None:
        """Replace what is shown."""
        self._done = done
        self._files.show_rows(rows)
        self.choose(0)

    def _mark(self, row: IntakeRow) -> StateMark:
        return intake_marks(done=self._done)[row.outcome.state]

    def _word(self, row: IntakeRow) -> str:
        return self._mark(row).word

    def _contents(self, row: IntakeRow) -> str:
        one = row.outcome
        if one.state not in COMES_IN:
            return ""
        parts = [f"新しい記録など {one.new}件"]
        if one.resources:
            parts.append(f"地域の資源 {one.resources}件")
        if one.late:
            parts.append(f"締めのあと変更({one.late})")
        if one.conflicts:
            parts.append(f"ちがいのある記録 {one.conflicts}件")
        return "・".join(parts)


def _title(row: IntakeRow) -> str:
    return row.who or "–"


def _months(row: IntakeRow) -> str:
    """Return 「10月分」, or up to which month the file reaches: it carries all before it."""
    found = [Month.parse(text) for text in row.outcome.months]
    if not found:
        return "–"
    last = max(found).short()
    return last if len(found) == 1 else f"{last}まで"


def _file_name(row: IntakeRow) -> str:
    return row.file_name
