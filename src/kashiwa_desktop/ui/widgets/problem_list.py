"""Findings in sentences, each with the one step that settles it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.emptying import empty
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.tab_order import restore_tab_order
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_SHAPES = {"danger": "▲", "notice": "●", "ok": "■"}
_SHORT_WORD = 10
"""Letters of a button's word up to which it stands beside the text, not below it."""


@dataclass(frozen=True, slots=True)
class ProblemItem:
    """One finding; ``actions`` are (key, word) pairs shown as buttons beside it."""

    text: str
    actions: tuple[tuple[object, str], ...] = ()
    tone: Literal["danger", "notice", "ok"] = "notice"


class ProblemList(QWidget):
    """Shows findings below each other; ``acted`` gives the key of the button that was pressed."""

    acted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP)
        self._keys: dict[BigButton, object] = {}

    def show_problems(self, items: Iterable[ProblemItem]) -> None:
        """Replace what is shown; nothing at all hides the list."""
        self._empty()
        for item in items:
            self._column.addWidget(self._row(item))
        show_when(self, wanted=self._column.count() > 0)
        restore_tab_order(self)

    def focus_first(self) -> None:
        """Put the focus on the first button, where there is one."""
        if self._keys:
            next(iter(self._keys)).setFocus()

    def _empty(self) -> None:
        self._keys.clear()
        empty(self._column)

    def _row(self, item: ProblemItem) -> QFrame:
        row = QFrame()
        row.setProperty("panel", item.tone)
        line: QBoxLayout
        text = TextLabel(f"{_SHAPES[item.tone]} {item.text}")
        if len(item.actions) == 1 and len(item.actions[0][1]) <= _SHORT_WORD:
            line = QHBoxLayout(row)
            line.addWidget(text, 1)
            line.addWidget(self._button(*item.actions[0]))
        else:
            line = QVBoxLayout(row)
            line.addWidget(text)
            buttons = FlowLayout()
            for key, word in item.actions:
                buttons.addWidget(self._button(key, word))
            line.addLayout(buttons)
        line.setContentsMargins(2 * theme.GAP, theme.GAP, 2 * theme.GAP, theme.GAP)
        return row

    def _button(self, key: object, word: str) -> BigButton:
        button = BigButton(word)
        self._keys[button] = key
        button.clicked.connect(self._act)
        return button

    def _act(self) -> None:
        button = self.sender()
        if isinstance(button, BigButton) and button in self._keys:
            self.acted.emit(self._keys[button])
