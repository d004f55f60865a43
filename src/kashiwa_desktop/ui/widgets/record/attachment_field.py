"""添えてある資料: files chosen or dropped, taken off and put back; and how many are on paper."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from kashiwa_desktop.domain import attachment, entry
from kashiwa_desktop.domain.attachment import KINDS, Attachment
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.file_drop import dropped_paths
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.read_line import ReadLine
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.record.attachment_rows import AttachmentRows
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from kashiwa_desktop.ui.widgets.undo_strip import UndoStrip


class AttachmentField(QWidget):
    """``files_chosen`` gives paths to be taken in, ``open_wanted`` an ``Attachment``.

    Until ``offer_files`` it asks only for a number: the office's form has nowhere to put files.
    """

    touched = Signal()
    left = Signal()
    files_chosen = Signal(list)
    open_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files: list[Attachment] = []
        self._before: list[Attachment] = []
        self._rows = AttachmentRows(removable=True)
        self._strip = UndoStrip()
        self._choose = BigButton("資料を選ぶ", "folder")
        self._papers = ReadLine(entry.parse_count, str, "紙の資料の数")
        self.papers_field = FormField("ほかに紙の資料があれば、その数", self._papers)
        self._hint = TextLabel(
            "資料はこのパソコンだけに残ります。事務局には数だけが伝わり、予備の写しにも入りません",
            "muted",
        )
        self.setFocusProxy(self._papers)
        self._arrange()
        self._connect()

    def offer_files(self) -> None:
        """Let files be chosen and dropped; somebody listens to ``files_chosen``."""
        for part in (self._hint, self._choose):
            show_when(part, wanted=True)
        self._choose.setAccessibleDescription(self._hint.text())
        self.setFocusProxy(self._choose)
        self.setAcceptDrops(True)

    @property
    def files(self) -> list[Attachment]:
        return list(self._files)

    def fill(self, fields: dict[str, Any]) -> None:
        """Show the files of a record or a draft; a record gives the sum, a draft what was typed."""
        self._strip.clear()
        self._files = attachment.read_all(fields.get("files"))
        papers = fields.get("papers")
        if "papers" not in fields:
            total = fields.get("attachments") or 0
            papers = max(0, total - len(self._files)) if isinstance(total, int) else total
        self._papers.put(papers or None)
        self._rows.show_files(self._files)

    def typed(self) -> dict[str, Any]:
        """Return what a draft keeps."""
        rows = [one.row() for one in self._files]
        return {"files": rows, "papers": self._papers.text_so_far()}

    def count(self) -> int:
        """Return how many there are in all: only this number travels."""
        return len(self._files) + (self._papers.value() or 0)

    @property
    def is_unreadable(self) -> bool:
        return self._papers.is_unreadable

    def add(self, files: Sequence[Attachment]) -> None:
        """Show files that were taken in."""
        self._strip.clear()
        self._show([*self._files, *files])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData(), KINDS):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        paths = [path for path in dropped_paths(event.mimeData(), KINDS) if not path.is_dir()]
        if paths:
            self.files_chosen.emit(paths)

    def _show(self, files: Sequence[Attachment]) -> None:
        self._files = list(files)
        self._rows.show_files(self._files)
        self.touched.emit()
        self.left.emit()

    def _take_off(self, one: Attachment) -> None:
        self._before = self.files
        self._show([other for other in self._files if other != one])
        self._strip.tell(f"「{one.name}」を外しました。")
        self._choose.setFocus()

    def _put_back(self) -> None:
        self._show(self._before)
        self._choose.setFocus()

    def _ask_for_files(self) -> None:
        pattern = " ".join(f"*{ending}" for ending in KINDS)
        chosen, _ = QFileDialog.getOpenFileNames(
            self, "資料を選ぶ", "", f"文書・写真・録音 ({pattern})"
        )
        if chosen:
            self.files_chosen.emit([Path(name) for name in chosen])

    def _arrange(self) -> None:
        buttons = FlowLayout()
        buttons.addWidget(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        for part in (self._hint, self._choose):
            part.hide()
        column.addWidget(self._hint)
        column.addWidget(self._rows)
        column.addWidget(self._strip)
        column.addLayout(buttons)
        column.addWidget(self.papers_field)

    def _connect(self) -> None:
        self._rows.opened.connect(self.open_wanted)
        self._rows.removed.connect(self._take_off)
        self._strip.undo_asked.connect(self._put_back)
        self._choose.clicked.connect(self._ask_for_files)
        self._papers.touched.connect(self.touched)
        self._papers.left.connect(self.left)
