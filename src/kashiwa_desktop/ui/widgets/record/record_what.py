"""② 何を: chips of frequent activities, the four categories on keys 1–4, then their types."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from kashiwa_desktop.domain.category_hint import Example
from kashiwa_desktop.domain.code_list import SEED, SEED_WORDS, Words
from kashiwa_desktop.domain.entry import length_text
from kashiwa_desktop.domain.suggestion import Suggestion
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.example_button import ExampleButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.record.form_part import FormPart
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_CATEGORIES = SEED.codes("category")
KEYS = tuple(str(number) for number in range(1, len(_CATEGORIES) + 1))


class WhatPart(FormPart):
    """Category and type; ``suggested`` gives the chip that was pressed."""

    suggested = Signal(object)
    category_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.set_title("② 何を")
        self._suggestions: tuple[Suggestion, ...] = ()
        self._usual: dict[str, str] = {}
        self._category = ""
        self._words: Words = SEED_WORDS
        self._told: Sequence[Example] = ()
        self._chips = ChipBar("よく書く活動")
        self._filled = TextLabel(role="muted")
        self._chips_field = FormField("よく書く活動から選ぶ", self._chips)
        self._buttons = [
            ExampleButton(number, code, SEED_WORDS.category(code), SEED_WORDS.examples(code))
            for number, code in enumerate(_CATEGORIES, start=1)
        ]
        self._grid = QWidget()
        self._grid.setAccessibleName("区分")
        self._category_field = FormField("区分", self._grid)
        self._types = ChipBar("種別", one_stop=True)
        self._type_field = FormField("種別", self._types)
        self._guide = Fold("区分の見分け方")
        self._examples = TextLabel()
        self._arrange()
        self._connect()

    def offer(
        self, chips: Sequence[Suggestion], usual: dict[str, str], examples: Sequence[Example]
    ) -> None:
        """Show what is offered; what was chosen stays."""
        self._suggestions, self._usual = tuple(chips), usual
        self._chips.show_chips([(n, chip.title) for n, chip in enumerate(chips)])
        show_when(self._chips_field, wanted=bool(chips))
        self._told = examples
        self._examples.setText(_told(examples, self._words))

    def offer_words(self, words: Words) -> None:
        """Name categories and types as on the day of the record; what was chosen stays."""
        self._words = words
        for button in self._buttons:
            button.show_words(words.category(button.code), words.examples(button.code))
        self._examples.setText(_told(self._told, words))
        kind = self._types.current()
        self._show(self._category, "" if kind is None else str(kind))

    def choose_key(self, key: str) -> None:
        """Choose the category of a number key and go on to its types."""
        self._choose(_CATEGORIES[KEYS.index(key)])
        self._types.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take(self, category: str, kind: str) -> None:
        """Choose a category and a type."""
        self._show(category, kind)
        self.category_chosen.emit(category)
        self.touched.emit()

    def focus_first(self) -> None:
        """Put the keyboard where nothing is typed: on the first chip, or the first category."""
        first = self._chips.focusProxy() or self._buttons[0]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def category(self) -> str:
        return self._category

    def fill(self, fields: dict[str, Any]) -> None:
        self._show(fields.get("category") or "", fields.get("type") or "")
        self._chips.choose(None)
        self._filled.hide()

    def tell_filled(self, suggestion: Suggestion) -> None:
        """Say what a chip fills in besides what is seen."""
        parts = [f"場所「{suggestion.place}」"] if suggestion.place else []
        if suggestion.minutes:
            parts.append(f"長さ {length_text(suggestion.minutes)}")
        told = "%s も、いつもと同じにしました(「くわしく書く」で直せます)。"
        self._filled.setText(told % "・".join(parts) if parts else "")
        show_when(self._filled, wanted=bool(parts))

    def mark_chip(self, suggestion: Suggestion | None) -> None:
        """Show which chip filled the form."""
        known = suggestion in self._suggestions
        self._chips.choose(self._suggestions.index(suggestion) if known and suggestion else None)

    def typed(self) -> dict[str, Any]:
        return {"category": self.category() or None, "type": self._types.current()}

    def places(self) -> dict[str, FormField]:
        return {"category": self._category_field, "type": self._type_field}

    def _show(self, category: str, kind: str) -> None:
        self._category = category
        for button in self._buttons:
            button.setChecked(button.code == category)
        types = self._words.shown("type", [kind] if kind else (), category)
        self._types.show_chips(list(types.items()))
        self._types.choose(kind or None)
        show_when(self._type_field, wanted=bool(types))

    def _choose(self, category: str) -> None:
        kind = self._types.current() if category == self._category else None
        self.take(category, str(kind) if kind is not None else self._usual.get(category, ""))

    def _press(self) -> None:
        button = self.sender()
        if isinstance(button, ExampleButton):
            self._choose(button.code)

    def _suggest(self, number: object) -> None:
        if isinstance(number, int):
            self.suggested.emit(self._suggestions[number])

    def _arrange(self) -> None:
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.GAP)
        for place, button in enumerate(self._buttons):
            grid.addWidget(button, place // 2, place % 2)
            grid.setColumnStretch(place % 2, 1)
        self._grid.setFocusProxy(self._buttons[0])
        self._guide.add(self._examples)
        self.add(
            self._chips_field, self._filled, self._guide, self._category_field, self._type_field
        )
        self._chips_field.hide()
        self._filled.hide()
        self._type_field.hide()

    def _connect(self) -> None:
        self._chips.chosen.connect(self._suggest)
        self._types.chosen.connect(self.touched)
        for button in self._buttons:
            button.clicked.connect(self._press)


def _told(examples: Sequence[Example], words: Words) -> str:
    """Return the examples by category, one a line."""
    lines = []
    for code, category in words.choices("category").items():
        texts = [example.text for example in examples if example.category == code]
        if texts:
            lines.append("\n".join([f"■ {category}", *(f"　・{text}" for text in texts)]))
    return "\n".join(lines)
