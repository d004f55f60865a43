"""One resource in full beside the list, with what can be done with it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.services.records.registered import Shown
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.labelled_lines import LabelledLines
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.resource.resource_words import lines_of
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class ResourceCard(SectionCard):
    """Every wish gives the id of the resource; of a predecessor's only 引き継ぐ is offered."""

    confirm_wanted = Signal(str)
    edit_wanted = Signal(str)
    end_wanted = Signal(str)
    begin_wanted = Signal(str)
    delete_wanted = Signal(str)
    take_over_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._record = ""
        self._note = TextLabel(role="muted")
        self._lines = LabelledLines()
        self._confirm = BigButton("確かめました(きょう)", "check")
        self._edit = BigButton("直す", "pencil")
        self._end = BigButton("終わりにする", "close")
        self._begin = BigButton("もう一度はじめる", "undo")
        self._delete = BigButton("消す", "trash")
        self._take_over = BigButton("引き継ぐ", "people")
        self._wishes = {
            self._confirm: self.confirm_wanted,
            self._edit: self.edit_wanted,
            self._end: self.end_wanted,
            self._begin: self.begin_wanted,
            self._delete: self.delete_wanted,
            self._take_over: self.take_over_wanted,
        }
        self.add_row(*self._wishes)  # in sight however much there is to read
        self.body.addWidget(self._note)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)
        for button in self._wishes:
            button.clicked.connect(self._ask)
        self.show_nothing("")

    def show_resource(
        self, row: Shown, today: date, area: str = "", more: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Show a resource; ``more`` are further lines, such as the activities that name it."""
        r = row.resource
        self._record = r.id
        self.set_title(r.name)
        self._tell(row)
        self._lines.show_lines([*lines_of(r, today, area), *more])
        if row.inherited:
            self._offer(self._take_over)
        elif r.lasts_on(today):
            again = [self._begin] if r.ended is not None else []  # an end that was announced
            self._offer(self._confirm, self._edit, self._end, self._delete, *again)
        else:
            self._offer(self._begin, self._edit, self._delete)

    def show_nothing(self, text: str) -> None:
        """Show that there is no resource to be shown."""
        self._record = ""
        self.set_title("")
        show_when(self._note, wanted=False)
        self._lines.show_lines([("", text)] if text else [])
        self._offer()

    def _tell(self, row: Shown) -> None:
        text = ""
        if row.inherited:
            text = "前任者から: 引き継ぐと、あなたの一覧に入ります。"
        elif row.resource.conflict:
            text = "▲ 内容にちがいがあります。まだ決まっていません。"
        self._note.setText(text)
        show_when(self._note, wanted=bool(text))

    def _offer(self, *buttons: BigButton) -> None:
        for button in self._wishes:
            show_when(button, wanted=button in buttons)

    def _ask(self) -> None:
        button = self.sender()
        if isinstance(button, BigButton) and self._record:
            self._wishes[button].emit(self._record)
