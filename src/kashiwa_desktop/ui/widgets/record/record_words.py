"""③ 内容(ひとこと): the one line that must be written, with two quiet helps below it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kashiwa_desktop.domain import category_hint
from kashiwa_desktop.domain.category_hint import Example
from kashiwa_desktop.domain.code_list import SEED_WORDS, Words
from kashiwa_desktop.domain.wording import personal_hints
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.record.form_part import FormPart
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class PersonalHint(QFrame):
    """A yellow hint about words that look personal; it never holds anybody up."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "notice")
        self._text = TextLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.GAP, theme.GAP, 2 * theme.GAP, theme.GAP)
        column.addWidget(self._text)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def look_at(self, *texts: str) -> None:
        """Show the hint where one of the texts looks personal."""
        found = list(dict.fromkeys(name for text in texts for name in personal_hints(text)))
        told = (
            "● %sのようなものが書かれています。なくても通じるときは、お書きにならないでください"
            "(このままでも記録できます)。"
        )
        self._text.setText(told % "・".join(found) if found else "")
        show_when(self, wanted=bool(found))


class WordsPart(FormPart):
    """The title of the record; ``category_taken`` when a suggested category was accepted.

    ``helped`` when a hint or a suggestion came up below the line.
    """

    category_taken = Signal(str, str)
    helped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title("③ 内容(ひとこと)")
        self._examples: Sequence[Example] = ()
        self._words: Words = SEED_WORDS
        self._category = ""
        self._found: Example | None = None
        self._line = TextLine("内容(ひとこと)")
        hint = "例: 包括と情報交換、カフェ立ち上げの打合せ"
        self._field = FormField("どんな活動でしたか", self._line, hint=hint)
        self._personal = PersonalHint()
        self._reason = TextLabel(role="notice")
        self._take = BigButton("")
        self._arrange()
        self._line.touched.connect(self._look)
        self._line.touched.connect(self.touched)
        self._line.left.connect(self.left)
        self._take.clicked.connect(self._take_category)

    def set_examples(self, examples: Sequence[Example]) -> None:
        self._examples = examples
        self._look()

    def offer_words(self, words: Words) -> None:
        """Name categories as on the day of the record."""
        self._words = words
        self._look()

    def set_category(self, category: str) -> None:
        """Say which category is chosen: only another one is suggested."""
        self._category = category
        self._look()

    def fill(self, fields: dict[str, Any]) -> None:
        self._line.setText(fields.get("title") or "")
        self._category = fields.get("category") or ""
        self._look()

    def typed(self) -> dict[str, Any]:
        return {"title": self._line.text_so_far()}

    def places(self) -> dict[str, FormField]:
        return {"title": self._field}

    def _look(self) -> None:
        helped = self._helps()
        self._find_help()
        if self._helps() - helped:
            self.helped.emit()

    def _helps(self) -> set[object]:
        return {part for part in (self._personal, self._reason) if not part.isHidden()}

    def _find_help(self) -> None:
        text = self._line.text_so_far()
        self._personal.look_at(text)
        found = category_hint.suggest(text, self._examples)
        self._found = found if found is not None and found.category != self._category else None
        show_when(self._reason, wanted=self._found is not None)
        show_when(self._take, wanted=self._found is not None)
        if self._found is not None:
            label = self._words.category(self._found.category)
            told = "● 区分は「%s」かもしれません。%s。例: %s"
            self._reason.setText(told % (label, self._found.reason, self._found.text))
            self._take.set_word(f"「{label}」にする")

    def _take_category(self) -> None:
        if self._found is not None:
            self.category_taken.emit(self._found.category, self._found.type)

    def _arrange(self) -> None:
        self.add(self._field, self._personal, self._reason)
        self.add_row(self._take)
        self._reason.hide()
        self._take.hide()
