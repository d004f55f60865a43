"""受付フォルダー: a folder that is watched, if the office wants one; it only ever offers."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel

ChooseFolder = Callable[[QWidget], str]


class InboxCard(Fold):
    """``chosen`` gives the folder to watch, None for none; ``choose`` is given by tests."""

    chosen = Signal(object)

    def __init__(self, choose: ChooseFolder | None = None, parent: QWidget | None = None) -> None:
        super().__init__("受付フォルダー(使わなくてもかまいません)", parent)
        self._choose = choose or self._ask
        self._state = TextLabel()
        self._pick = BigButton("フォルダーを選ぶ", "folder")
        self._stop = BigButton("見るのをやめる", "close")
        text = (
            "メールなどで届いた提出用を入れておくフォルダーを決めておくと、"
            "新しいファイルが入ったときに、ここでお知らせします。自動では受け取りません。"
        )
        self.add(TextLabel(text), self._state, FlowRow(self._pick, self._stop))
        self._pick.clicked.connect(self._pick_folder)
        self._stop.clicked.connect(self._leave)

    def show_folder(self, folder: Path | None) -> None:
        """Show which folder is watched."""
        if folder is None:
            self._state.setText("いまは、どのフォルダーも見ていません。")
        elif folder.is_dir():
            self._state.setText(f"見ているフォルダー: {folder}")
        else:
            self._state.setText(f"フォルダーが見つかりません: {folder}")
        show_when(self._stop, wanted=folder is not None)

    def _pick_folder(self) -> None:
        found = self._choose(self)
        if found:
            self.chosen.emit(Path(found))

    def _leave(self) -> None:
        self.chosen.emit(None)

    def _ask(self, parent: QWidget) -> str:
        return QFileDialog.getExistingDirectory(parent, "受付フォルダーを選ぶ")
