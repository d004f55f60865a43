"""The table of files that were checked or taken in, in words."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.travel.intake import FileOutcome
from kashiwa_desktop.ui.widgets.state_mark import StateMark
from kashiwa_desktop.ui.widgets.table.table_model import Column, TableModel
from kashiwa_desktop.ui.widgets.table.table_view import TableView

translate = QCoreApplication.translate

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
    came = translate("intake", "受け取りました") if done else translate("intake", "取り込めます")
    return {
        "new": StateMark("shape_circle", came, "ok"),
        "newer": StateMark("shape_circle", translate("intake", "新しい版"), "ok"),
        "same": StateMark("shape_square", translate("intake", "受け取り済み"), "muted"),
        "waiting": StateMark("shape_triangle", translate("intake", "確認待ち"), "notice"),
        "refused": StateMark("shape_cross", translate("intake", "取り込めません"), "danger"),
    }


class IntakeTable(TableView[IntakeRow]):
    """Result, sender, months, what is new, and the file."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self._files = TableModel[IntakeRow](
            [
                Column(self.tr("結果"), self._word, mark=self._mark),
                Column(self.tr("推進員"), _title),
                Column(self.tr("月"), _months),
                Column(self.tr("内容"), self._contents),
                Column(self.tr("ファイル"), _file_name),
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
        parts = [self.tr("新しい記録など %s件") % one.new]
        if one.resources:
            parts.append(self.tr("地域の資源 %s件") % one.resources)
        if one.late:
            parts.append(self.tr("締めのあと変更(%s)") % one.late)
        if one.conflicts:
            parts.append(self.tr("ちがいのある記録 %s件") % one.conflicts)
        return "・".join(parts)


def _title(row: IntakeRow) -> str:
    return row.who or "–"


def _months(row: IntakeRow) -> str:
    """Return 「10月分」, or up to which month the file reaches: it carries all before it."""
    found = [Month.parse(text) for text in row.outcome.months]
    if not found:
        return "–"
    last = max(found).short()
    return last if len(found) == 1 else translate("intake", "%sまで") % last


def _file_name(row: IntakeRow) -> str:
    return row.file_name
