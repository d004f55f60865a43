"""What 名簿・設定ファイル (27) and 詳しい設定 (35) share: big choices, one form at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office.office_book import Book
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster.settings_part import SettingsPart
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.draft_keeper import DraftKeeper
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.kept_cards import KeptCards
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.tab_order import restore_tab_order
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork


@dataclass(frozen=True, slots=True)
class Section:
    """One of the big choices and the part behind it, made when it is first opened."""

    key: str
    word: str
    make: Callable[[RosterDesk, Book], SettingsPart]


class BookPage(ScrollPage):
    """``changed`` gives the sentence for the strip, ``undo_wanted`` asks for the way back."""

    changed = Signal(str)
    undo_wanted = Signal()

    def __init__(self, desk: RosterDesk, sections: Sequence[Section], jobs: Jobs) -> None:
        super().__init__()
        self._desk = desk
        self._sections = {section.key: section for section in sections}
        self._work = PageWork(self, jobs)
        self._book: Book | None = None
        self._parts: dict[str, SettingsPart] = {}
        self._drafts: dict[str, str | None] = {}
        self._key = sections[0].key
        self._begun = ""
        self._to_say = ""
        self._chips = ChipBar("何を見ますか", one_stop=True)
        self._chips.show_chips((section.key, section.word) for section in sections)
        self._cards = KeptCards(desk.kept, jobs, self._belongs, self._told)
        self._keeper = DraftKeeper(desk.kept, jobs, self._typed, self)
        self._undo = BigButton("元に戻す", "undo")
        self._holder = QWidget()
        self._inside = QVBoxLayout(self._holder)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self.add(self._chips, self._cards, self._holder)
        self.action_bar.add(self._undo)
        self._chips.chosen.connect(self.open_section)
        self._cards.opened.connect(self._open_draft)
        self._keeper.failed.connect(self._show_failure)
        self._work.ended.connect(self._catch_up)
        self._undo.clicked.connect(self.undo_wanted)
        self._waiting: Callable[[], object] | None = None
        self._keeper.begin()

    @property
    def part(self) -> SettingsPart | None:
        """The part in view."""
        return self._parts.get(self._key)

    @property
    def holds_unsaved(self) -> bool:
        """Whether something typed could not be kept."""
        return not self._keeper.is_kept

    def refresh(self) -> None:
        look = partial(_look, self._desk)
        if not self._work.run(look, self._show, "名簿と設定を開いています"):
            self._waiting = self.refresh

    def leave(self) -> None:
        self._keeper.keep()

    def save(self) -> None:
        QGuiApplication.inputMethod().commit()
        if self.part is not None:
            self.part.save()

    def open_section(self, key: object) -> None:
        """Show one of the big choices; what is typed elsewhere stays there."""
        self._keeper.keep()
        self._drafts[self._key] = self._keeper.draft
        self._key = str(key)
        self.messages.clear()
        self._show_part()

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _show(self, book: Book) -> None:
        self._book = book
        last = book.last_change
        self._undo.set_word(f"元に戻す({last})" if last else "元に戻す")
        self._undo.setEnabled(last is not None)
        self._show_part()
        if self._to_say:
            self.messages.say(self._to_say)
            self._to_say = ""

    def _show_part(self) -> None:
        if self._book is None:
            return
        self._chips.choose(self._key)
        if self._key not in self._parts:
            self._parts[self._key] = self._made(self._sections[self._key])
        for key, part in self._parts.items():
            show_when(part, wanted=key == self._key)
        self._parts[self._key].show_book(self._book)
        if self._begun != self._key or not self._parts[self._key].is_touched:
            self._keeper.begin(self._drafts.get(self._key))
            self._begun = self._key
        self._cards.show_without(self._keeper.draft)

    def _made(self, section: Section) -> SettingsPart:
        assert self._book is not None
        part = section.make(self._desk, self._book)
        self._inside.addWidget(part)
        restore_tab_order(self._holder)
        part.wanted.connect(self._run)
        part.look_wanted.connect(self._look_up)
        part.blocked.connect(self._go_to)
        part.touched.connect(self._keeper.note_change)
        part.left.connect(self._keep)
        part.put_aside.connect(self._put_aside)
        return part

    # ── what is typed ──────────────────────────────────────────────────────────────────────

    def _typed(self) -> dict[str, Any]:
        part = self.part
        if part is None or not part.is_touched:
            return {"section": self._key, "typed": {}}
        return {"section": self._key, "typed": part.typed()}

    def _keep(self) -> None:
        self._keeper.keep()

    def _put_aside(self) -> None:
        """What is typed becomes a card; the form begins anew."""
        job = self._keeper.set_aside()
        self._drafts[self._key] = None
        if job is None:
            QTimer.singleShot(0, self._show_cards)  # once the form has begun anew
        else:
            job.finished.connect(self._show_cards)

    def _show_cards(self) -> None:
        self._keeper.begin(None)
        self._cards.show_without(None)

    def _open_draft(self, name: str, fields: dict[str, Any]) -> None:
        part = self.part
        if part is not None:
            part.open_draft(fields.get("typed") or {})
            self._keeper.begin(name)
            self._cards.show_without(name)

    def _belongs(self, fields: dict[str, Any]) -> bool:
        return fields.get("section") == self._key and bool(fields.get("typed"))

    def _told(self, _fields: dict[str, Any]) -> str:
        return self._sections[self._key].word

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _run(self, work: Callable[[], str]) -> None:
        self._keeper.pause()
        draft = self._keeper.draft
        save = partial(_save, self._desk, work, draft)
        words = "保存しています"
        if not self._work.run(save, self._tell_saved, words, handled=self._said_at_field):
            self._waiting = partial(self._run, work)

    def _said_at_field(self, error: BaseException) -> bool:
        """Say at its field what keeps it from being saved, where the field is in view."""
        name = error.values.get("field") if isinstance(error, AppError) else None
        field = self.part.field_named(str(name)) if self.part is not None and name else None
        if field is None or not isinstance(error, AppError):
            return False
        field.block(error.text)
        self.go_to_field(field)
        return True

    def _tell_saved(self, text: str) -> None:
        part = self.part
        if part is not None:
            part.is_touched = False
            part.forget()
        self._drafts[self._key] = None
        self._keeper.begin(None)
        self.changed.emit(text)
        self.refresh()

    def _look_up(self, work: Callable[[Progress], object]) -> None:
        if not self._work.run(work, self._take_found, "調べています"):
            self._waiting = partial(self._look_up, work)

    def _take_found(self, found: object) -> None:
        if isinstance(found, str):
            self._to_say = found
            self.refresh()
        elif self.part is not None:
            self.part.show_found(found)

    def _catch_up(self) -> None:
        """What came while other work ran is done now."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def _go_to(self, field: FormField) -> None:
        self.go_to_field(field)

    def _show_failure(self, error: BaseException) -> None:
        if self.messages.isHidden():
            self.messages.show_error(error, kept=True)


def _look(desk: RosterDesk, progress: Progress) -> Book:
    progress.step("", 0, 0)
    return desk.book.look()


def _save(desk: RosterDesk, work: Callable[[], str], draft: str | None, _progress: Progress) -> str:
    text = work()
    if draft is not None:
        desk.kept.drop_draft(draft)
    return text
