"""A table of what the office has, and one form at a time for what is to be done with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from kashiwa_desktop.services.office.office_book import Book
from kashiwa_desktop.ui.district.roster.settings_part import SettingsPart
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.value_entry import Spec
from kashiwa_desktop.ui.widgets.entry.value_form import ValueForm
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.table.table_model import Column, TableModel
from kashiwa_desktop.ui.widgets.table.whole_table import WholeTable
from kashiwa_desktop.ui.widgets.text_label import TextLabel

Row = Any
_MOST_ROWS = 4
NEW = "new"
"""The action that needs no row: choosing one leads away from it."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done: its word, its form, what fills it, and what saves it.

    ``fields`` fills the form from the book and the chosen row; ``save`` runs in the worker.
    """

    key: str
    word: str
    verb: str
    rows: Sequence[Sequence[Spec]]
    save: Callable[[dict[str, Any], Any], str]
    fields: Callable[[Book, Any], dict[str, Any]] = lambda _book, _row: {}
    needs_row: bool = True
    note: str = ""
    choices: Callable[[Book], dict[str, list[tuple[Any, str]]]] = lambda _book: {}


@dataclass(frozen=True, slots=True)
class Listing:
    """What a part lists; ``name`` says which row is meant, in a sentence."""

    title: str
    note: str
    columns: Sequence[Column[Any]]
    rows: Callable[[Book], Sequence[Row]]
    key: Callable[[Row], object]
    name: Callable[[Book, Row], str]


class ListPart(SettingsPart):
    """The chips say what may be done with the chosen row; Enter in the table goes to the form."""

    def __init__(self, listing: Listing, actions: Sequence[Action], book: Book) -> None:
        super().__init__()
        self._listing, self._book = listing, book
        self._actions = {action.key: action for action in actions}
        self._row_key: object = None
        self._model = TableModel[Any](listing.columns)
        self._table = WholeTable(self._model, listing.title, most=_MOST_ROWS)
        self._chips = ChipBar("すること", one_stop=True)
        self._chips.show_chips((action.key, action.word) for action in actions)
        self._which = TextLabel(role="strong")
        self._note = TextLabel(role="muted")
        self._forms = {a.key: ValueForm(a.rows, book.today) for a in actions}
        self._go = BigButton("保存する", "check", "main", keys="Ctrl+S")
        self._arrange()
        self._action = actions[0].key
        self._show_action(self._action)

    def show_book(self, book: Book) -> None:
        self._book = book
        rows = list(self._listing.rows(book))
        self._model.show_rows(rows)
        self._choose_again(rows)
        for key, action in self._actions.items():
            for name, choices in action.choices(book).items():
                self._forms[key].show_choices(name, choices)
        if not self.is_touched:
            self._fill()
        self._show_action(self._action)

    def typed(self) -> dict[str, Any]:
        values = self._forms[self._action].typed()
        return {"action": self._action, "row": str(self._row_key), "values": values}

    def open_draft(self, typed: dict[str, Any]) -> None:
        for row in self._model.rows:
            if str(self._listing.key(row)) == typed.get("row"):
                self._row_key = self._listing.key(row)
        self._show_action(str(typed.get("action")))
        self._forms[self._action].fill(typed.get("values") or {})
        self.is_touched = True

    def forget(self) -> None:
        super().forget()
        self._fill()

    def save(self) -> None:
        action, form = self._actions[self._action], self._forms[self._action]
        row = self._row()
        if action.needs_row and row is None:
            self._note.setText("先に、上の表からお選びください。")
            self._table.setFocus()
            return
        self.ask_to_save(form.check(), partial(action.save, form.values(), row))

    def field_named(self, name: str) -> FormField | None:
        return self._forms[self._action].in_view(name)

    def _row(self) -> Row | None:
        return next((r for r in self._model.rows if self._listing.key(r) == self._row_key), None)

    def _choose_again(self, rows: Sequence[Row]) -> None:
        """Keep the keyboard on the row it was on; begin with the first one."""
        keys = [self._listing.key(row) for row in rows]
        if self._row_key not in keys:
            self._row_key = keys[0] if keys else None
        if self._row_key is not None:
            self._table.blockSignals(True)  # noqa: FBT003 - Qt's signature
            self._table.choose(keys.index(self._row_key))
            self._table.blockSignals(False)  # noqa: FBT003

    def _take_row(self, row: Row) -> None:
        if self._listing.key(row) == self._row_key:
            return
        self._leave_typed()
        self._row_key = self._listing.key(row)
        others = [key for key in self._actions if key != NEW]
        if self._action == NEW and others:
            self._action = others[0]
        self._fill()
        self._show_action(self._action)

    def _take_action(self, key: object) -> None:
        if key == self._action:
            return
        self._leave_typed()
        self._show_action(str(key))
        self._fill()

    def _leave_typed(self) -> None:
        """What is typed becomes a card before another form takes its place."""
        if self.is_touched:
            self.put_aside.emit()
            self.is_touched = False

    def _open_form(self, _row: Row) -> None:
        self._forms[self._action].focus()

    def _fill(self) -> None:
        form = self._forms[self._action]
        form.blockSignals(True)  # noqa: FBT003 - Qt's signature
        form.fill(self._actions[self._action].fields(self._book, self._row()))
        form.blockSignals(False)  # noqa: FBT003
        self.is_touched = False

    def _show_action(self, key: str) -> None:
        self._action = key if key in self._actions else next(iter(self._actions))
        action = self._actions[self._action]
        self._chips.choose(self._action)
        for name, form in self._forms.items():
            show_when(form, wanted=name == self._action)
        row = self._row() if action.needs_row else None
        self._which.setText(self._listing.name(self._book, row) if row is not None else "")
        show_when(self._which, wanted=row is not None)
        self._note.setText(action.note)
        show_when(self._note, wanted=bool(action.note))
        self._go.set_word(action.verb)

    def _arrange(self) -> None:
        head = SectionCard(self._listing.title)
        if self._listing.note:
            head.add(TextLabel(self._listing.note, "muted"))
        head.add(self._table)
        below = SectionCard()
        show_when(self._chips, wanted=len(self._actions) > 1)
        below.add(self._chips, self._which, self._note, *self._forms.values())
        below.add_row(self._go)
        self.column.addWidget(head)
        self.column.addWidget(below)
        self._table.chosen.connect(self._take_row)
        self._table.opened.connect(self._open_form)
        self._chips.chosen.connect(self._take_action)
        self._go.clicked.connect(self.save)
        for form in self._forms.values():
            form.touched.connect(self.note_touch)
            form.left.connect(self.left)
