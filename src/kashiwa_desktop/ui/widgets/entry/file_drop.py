"""A place to drop files on, with a button for who does not drag."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.text_label import TextLabel

OURS = (".kssz", ".kssr", ".kssc", ".ksst")


def dropped_paths(data: QMimeData, endings: Sequence[str] = OURS) -> list[Path]:
    """Return the local files with one of ``endings``, and all folders, among what is dragged."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in endings or path.is_dir()]


class FileDrop(QFrame):
    """Takes files with certain endings, and folders; ``dropped`` gives a list of paths."""

    dropped = Signal(list)

    def __init__(
        self, text: str, endings: Sequence[str] = OURS, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._endings = tuple(endings)
        self.setProperty("panel", "drop")
        self.setAcceptDrops(True)
        self._files = BigButton("ファイルを選ぶ", "folder")
        self._folder = BigButton("フォルダーを選ぶ", "folder")
        row = FlowLayout()
        row.addWidget(self._files)
        row.addWidget(self._folder)
        column = QVBoxLayout(self)
        edge = 3 * theme.GAP
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(2 * theme.GAP)
        column.addWidget(TextLabel(text))
        column.addLayout(row)
        self._files.clicked.connect(self._choose_files)
        self._folder.clicked.connect(self._choose_folder)

    def files_only(self) -> None:
        """Offer no folders."""
        self._folder.hide()

    def folders_only(self) -> None:
        """Offer no files."""
        self._files.hide()
        self.setFocusProxy(self._folder)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData(), self._endings):
            event.acceptProposedAction()
            self._mark(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(over=False)
        event.acceptProposedAction()
        self.dropped.emit(dropped_paths(event.mimeData(), self._endings))

    def _mark(self, *, over: bool) -> None:
        self.setProperty("over", over)
        self.style().unpolish(self)
        self.style().polish(self)

    def _choose_files(self) -> None:
        pattern = " ".join(f"*{ending}" for ending in self._endings)
        chosen, _ = QFileDialog.getOpenFileNames(
            self, "ファイルを選ぶ", "", f"使えるファイル ({pattern})"
        )
        if chosen:
            self.dropped.emit([Path(name) for name in chosen])

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "フォルダーを選ぶ")
        if chosen:
            self.dropped.emit([Path(chosen)])
