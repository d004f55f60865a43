"""One record in full beside the list, with what can be done with it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.activity import FIELDS, Activity, as_body
from kashiwa_desktop.domain.attachment import Attachment
from kashiwa_desktop.domain.entry import length_text
from kashiwa_desktop.domain.field import said
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.labelled_lines import LabelledLines
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.record.attachment_rows import AttachmentRows


class RecordCard(SectionCard):
    """Shows a record; ``wants`` leads to it or its copy, ``delete_wanted`` gives its id."""

    wants = Signal(object)
    delete_wanted = Signal(str)
    open_wanted = Signal(object)

    def __init__(self, area_name: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._area_name = area_name
        self._record = ""
        self._lines = LabelledLines()
        self._files = AttachmentRows()
        self._edit = BigButton("直す", "pencil")
        self._copy = BigButton("同じ内容で新しく書く", "copy")
        self._delete = BigButton("消す", "trash")
        self.add_row(self._edit, self._delete, self._copy)  # in sight however long the record is
        self.body.addLayout(self._lines)
        self.body.addWidget(self._files)
        self.body.addStretch(1)
        self._files.opened.connect(self.open_wanted)
        self._edit.clicked.connect(self._ask_edit)
        self._copy.clicked.connect(self._ask_copy)
        self._delete.clicked.connect(self._ask_delete)
        self.show_nothing("")

    def show_record(
        self, activity: Activity, note: str = "", files: Sequence[Attachment] = ()
    ) -> None:
        """Show a record, its 自分用メモ and its 添付."""
        self._record = activity.id
        self.set_title(activity.title)
        lines = record_lines(activity, self._area_name(activity.area), note)
        self._lines.show_lines([*lines, *attached_lines(activity, len(files))])
        self._files.show_files(files)
        self._show_buttons(wanted=True)

    def show_nothing(self, text: str) -> None:
        """Show that there is no record to be shown."""
        self._record = ""
        self.set_title("")
        self._lines.show_lines([("", text)] if text else [])
        self._files.show_files([])
        self._show_buttons(wanted=False)

    def _show_buttons(self, *, wanted: bool) -> None:
        for button in (self._edit, self._copy, self._delete):
            show_when(button, wanted=wanted)

    def _ask_edit(self) -> None:
        self.wants.emit(Way(Screen.RECORD, "edit", (self._record,)))

    def _ask_copy(self) -> None:
        self.wants.emit(Way(Screen.RECORD, "copy", (self._record,)))

    def _ask_delete(self) -> None:
        self.delete_wanted.emit(self._record)


def record_lines(a: Activity, area: str, note: str = "") -> list[tuple[str, str]]:
    """Return (label, text) of everything a record says, what is empty left out."""
    above = ("date", "start", "end", "minutes", "title", "attachments")
    table = [field for field in FIELDS if field.name not in above]
    lines = [("", f"{wareki.long_date(a.date)} {times(a)}".strip())]
    lines += said(table, as_body(a), lambda _code: area, a.words)
    lines.append(("自分用メモ(提出されません)", note))
    return [(label, text) for label, text in lines if text.strip()]


def attached_lines(a: Activity, here: int) -> list[tuple[str, str]]:
    """Return (label, text) of what is attached: of files that lie here, the rows below tell."""
    if not a.attachments:
        return []
    text = f"{a.attachments}点"
    if 0 < here < a.attachments:
        text += f"(下の{here}点のほかは、紙など)"
    elif not here:
        text += "(紙など。このパソコンにはありません)"
    return [("添えてある資料", text)]


def times(a: Activity) -> str:
    """Return 「13:30–15:00(1時間30分)」, or what of it is known."""
    span = f"{a.start}–{a.end}" if a.start and a.end else (a.start or "")
    length = "" if a.minutes is None else length_text(a.minutes)
    return f"{span}({length})" if span and length else span or length
