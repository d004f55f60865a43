"""詳しい設定 of 確認する: letter keys for who checks twenty months in a row; off until wanted."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui.widgets.entry.check_row import CheckRow
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.text_label import TextLabel

KEYS = "JKAR"


class LetterKeysCard(Fold):
    """``switched`` says whether the keys are wanted."""

    switched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("詳しい設定", parent)
        self._box = CheckRow("文字のキー", [("on", "文字のキーを使う(J・K・A・R)")])
        words = (
            "J: 次の人 K: 前の人 A: 承認して次へ R: 差し戻す。"
            "文字を書いているあいだと、変換しているあいだは働きません。"
        )
        self.add(self._box, TextLabel(words, "muted"))
        self._box.touched.connect(self._tell)

    def show_switch(self, *, on: bool) -> None:
        self._box.tick(["on"] if on else [])

    def _tell(self) -> None:
        self.switched.emit(bool(self._box.ticked()))
