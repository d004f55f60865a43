"""What kind of resource it is: large buttons with an example each, and the form of a 通いの場."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kashiwa_desktop.domain.resource import FORMS, GATHERING, KINDS
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.example_button import ExampleButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.layout.showing import show_when

KEYS = tuple(str(number) for number in range(1, len(KINDS) + 1))
NO_FORM = ""
_LEAST_EM = 12
"""Letters that a button needs beside others; in a narrower window fewer stand in a row."""
_MOST_ACROSS = 3


def examples() -> dict[str, str]:
    """Return one line for each kind: an older person chooses by example, not by term."""
    return {
        "salon": "月1回、お茶とおしゃべり",
        "gathering": "歩いて行ける所で、定期的な介護予防",
        "exercise": "ラジオ体操、ウォーキング",
        "mutual_aid": "ごみ出し・買い物などの手伝い",
        "circle": "手芸、囲碁、合唱など趣味の会",
        "watching": "配達や訪問のときの声かけ",
        "neighbourhood": "町会、自治会、自主防災の組",
    }


class KindField(QWidget):
    """``touched`` with every choice; ``kind`` and ``form`` are codes, '' for none."""

    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lines = examples()
        self._kind = ""
        self._buttons = [
            ExampleButton(number, code, word, (lines[code],))
            for number, (code, word) in enumerate(KINDS.items(), start=1)
        ]
        self._grid = _Grid(self._buttons)
        self._forms = ChipBar("型", one_stop=True)
        self._forms.show_chips([*FORMS.items(), (NO_FORM, "分からない")])
        self.kind_field = FormField("種類", self._grid, required=True)
        self.form_field = FormField("通いの場の型", self._forms)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GAP)
        column.addWidget(self.kind_field)
        column.addWidget(self.form_field)
        for button in self._buttons:
            button.clicked.connect(self._press)
        self._forms.chosen.connect(self.touched)
        self.choose("", NO_FORM)

    @property
    def kind(self) -> str:
        return self._kind

    @property
    def form(self) -> str:
        """The form of a 通いの場; it stays chosen while another kind is looked at."""
        return str(self._forms.current())

    def choose(self, kind: str, form: str) -> None:
        """Show these as chosen; emits nothing. A kind of a newer version stays as it is."""
        self._kind = kind
        for button in self._buttons:
            button.setChecked(button.code == kind)
        self._forms.choose(form)
        show_when(self.form_field, wanted=kind == GATHERING)

    def choose_key(self, key: str) -> None:
        """Choose the kind of a number key."""
        button = self._buttons[KEYS.index(key)]
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        button.click()

    def focus_first(self) -> None:
        """Put the keyboard on the kind that is chosen, or on the first one."""
        chosen = next((b for b in self._buttons if b.code == self._kind), self._buttons[0])
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def _press(self) -> None:
        button = self.sender()
        if isinstance(button, ExampleButton):
            self.choose(button.code, self.form)
            self.touched.emit()


class _Grid(QWidget):
    """The buttons in rows of equal width, fewer across where the window is narrow."""

    def __init__(self, buttons: list[ExampleButton]) -> None:
        super().__init__()
        self._buttons, self._across = buttons, 0
        self._box = QGridLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.GAP)
        self.setFocusProxy(buttons[0])
        self._lay(_MOST_ACROSS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        least = _LEAST_EM * self.fontMetrics().horizontalAdvance("あ")
        self._lay(max(1, min(_MOST_ACROSS, self.width() // least)))

    def _lay(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for place, button in enumerate(self._buttons):
            self._box.addWidget(button, place // across, place % across)
        for column in range(_MOST_ACROSS):
            self._box.setColumnStretch(column, 1 if column < across else 0)
