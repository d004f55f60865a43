"""Screen 8, 地域の資源: what there is in the area, how sure that is, and the form to write it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.resource import Resource
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.papers.printing import Printed
from kashiwa_desktop.services.records.listing import Listing
from kashiwa_desktop.services.records.recording import Done
from kashiwa_desktop.services.records.register_paper import RegisterPaper
from kashiwa_desktop.services.records.registered import Shown
from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.services.records.tidying import KEPT_DAYS
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Message
from kashiwa_desktop.ui.promoter.list.record_table import day_words
from kashiwa_desktop.ui.promoter.paper import Paper
from kashiwa_desktop.ui.shortcuts import SingleKeys
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.kept_cards import KeptCards
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.side_by_side import SideBySide
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.resource.kind_field import KEYS
from kashiwa_desktop.ui.widgets.resource.resource_card import ResourceCard
from kashiwa_desktop.ui.widgets.resource.resource_filter import ResourceFilter
from kashiwa_desktop.ui.widgets.resource.resource_form import ResourceForm
from kashiwa_desktop.ui.widgets.resource.resource_table import ResourceTable
from kashiwa_desktop.ui.widgets.resource.resource_writing import ResourceWriting
from kashiwa_desktop.ui.widgets.text_label import TextLabel

MOST_LINKED = 3
"""Activities beside a resource; all of them are found on 一覧."""


@dataclass(frozen=True, slots=True)
class ResourceDesk:
    """What the page works with: the register, the activities that name a resource, the paper."""

    registering: Registering
    listing: Listing
    paper: RegisterPaper


_Read = tuple[Sequence[Shown], dict[str, str], Sequence[Resource]]


class ResourcePage(ScrollPage):
    """``changed`` says what was done, for the window's undo strip."""

    SCREEN, TITLE = 8, "地域の資源"

    changed = Signal(str)

    def __init__(self, desk: ResourceDesk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs, self._here = desk, jobs, desk.registering
        self._work = PageWork(self, jobs)
        self._rows: Sequence[Shown] = ()
        self._areas: dict[str, str] = {}
        self._deleted: Sequence[Resource] = ()
        self._wanted = ""
        self._goes_on = self._is_writing = False
        self._cards = KeptCards(self._here, jobs, _any, _told)
        self._filter = ResourceFilter()
        self._table = ResourceTable(self.TITLE, self._here.today)
        self._card = ResourceCard()
        self._both = SideBySide(self._table, self._card, shares=(3, 2))
        self._nothing = TextLabel()
        self._trash = ProblemList()
        self._trash_fold = Fold(f"消した資源({KEPT_DAYS}日のあいだ戻せます)")
        self._trash_fold.add(self._trash)
        self._form = ResourceForm(self._here.today())
        self._writing = ResourceWriting(self, self._work, self._form, self._here, jobs)
        self._writing.write_in(self._here)
        self._make_buttons()
        self._arrange_parts()
        self._connect()
        self._show_stage(writing=False)

    @property
    def holds_unsaved(self) -> bool:
        """Whether something typed is neither recorded nor kept as a draft."""
        return self._writing.holds_unsaved

    @property
    def is_writing(self) -> bool:
        """Whether the form is in view."""
        return self._is_writing

    def refresh(self) -> None:
        self._form.set_today(self._here.today())
        self._cards.show_without(self._writing.draft)
        job = self._jobs.start(partial(_look, self._here))  # holds up nothing that is pressed
        job.succeeded.connect(self._show)
        job.failed.connect(self.messages.show_error)

    def leave(self) -> None:
        if self._is_writing and not self._work.busy:
            self._writing.put_aside(self._begin_nothing)

    def save(self) -> None:
        """Ctrl+S."""
        if self._is_writing:
            self._goes_on = False
            self._writing.save()

    def search(self) -> None:
        if not self._is_writing:
            self._filter.words.setFocus()
            self._filter.words.selectAll()

    def print_paper(self) -> None:
        if self._is_writing:
            return
        there = [row for row in self._rows if row.resource.lasts_on(self._here.today())]
        if all(row.inherited for row in there):
            left = "前任者のものは、引き継ぐと一覧に載ります。"
            none = "一覧に出す資源が、まだありません。"
            self.messages.show_message(Message(left if there else none, tone="notice"))
            return
        title = "地域の資源 一覧"
        paper = Paper(title, f"{title}.pdf", partial(_paper, self._desk.paper))
        self.wants.emit(Way(Screen.PRINT, "show_paper", (paper,)))

    def go_back(self) -> None:
        """From the form to the list, from the list back; the draft stays."""
        if self._is_writing:
            self._writing.put_aside(self._show_list)
        else:
            super().go_back()

    def write_new(self) -> None:
        """Open the form for a new resource."""
        self._writing.begin({})
        self._show_form("地域の資源を書く")
        self._form.focus_first()

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _show(self, read: _Read) -> None:
        self._rows, self._areas, self._deleted = read
        self._trash.show_problems(
            ProblemItem(f"{one.label} {one.name}", ((one.id, "戻す"),), "ok")
            for one in self._deleted
        )
        self._form.show_areas(self._areas)
        self._table.show_areas(wanted=len(self._areas) > 1)
        self._all.set_word(f"前任者の{len(self._left())}件をすべて引き継ぐ")
        self._filter.show_counts(self._rows, self._here.today())
        self._show_rows()

    def _show_rows(self) -> None:
        picked = self._filter.pick(self._rows, self._here.today())
        self._table.show_resources(picked)
        if self._wanted:
            self._table.choose_resource(self._wanted)
            self._wanted = ""
        if not picked:
            self._card.show_nothing("見つかりませんでした。")
        self._nothing.setText(self._nothing_words())
        self._show_stage(writing=self._is_writing)

    def _nothing_words(self) -> str:
        return (
            "まだ1つも書いてありません。知っているサロンや通いの場を、まず1つ書いてみましょう。\n"
            "書いたものは一覧にして印刷でき、事務局にも届きます。"
        )

    def _show_details(self, row: Shown) -> None:
        self._card.show_resource(row, self._here.today(), self._area_of(row))
        name = row.resource.name
        if len(name) > 1 and not row.inherited:
            job = self._jobs.start(partial(_named_in, self._desk.listing, name))
            job.succeeded.connect(partial(self._show_linked, row.resource.id))

    def _show_linked(self, record: str, found: tuple[Sequence[Activity], int]) -> None:
        row = self._table.current_row()
        activities, count = found
        if row is None or row.resource.id != record or not count:
            return
        label = f"名前の出てくる活動 {count}件"
        texts = [f"{day_words(a)} {a.title}" for a in activities]
        named = [(label, "\n".join(texts))]
        self._card.show_resource(row, self._here.today(), self._area_of(row), named)

    def _area_of(self, row: Shown) -> str:
        return row.area_name if len(self._areas) > 1 else ""

    # ── the form ───────────────────────────────────────────────────────────────────────────

    def _edit(self, record: str) -> None:
        self._writing.begin_editing(record)
        self._show_form("地域の資源を直す")
        self._form.focus_name()

    def _open(self, row: Shown) -> None:
        if not row.inherited:
            self._edit(row.resource.id)

    def _open_draft(self, draft: str, fields: dict[str, Any]) -> None:
        self._writing.begin_draft(draft, fields)
        correcting = bool(fields.get("record"))
        title = "地域の資源を直す" if correcting else "地域の資源を書く"
        self._show_form(title)
        self._form.focus_name()

    def _show_form(self, title: str) -> None:
        self.heading.setText(title)
        correcting = self._writing.record is not None
        word = "直して記録する" if correcting else "記録する"
        self._save.set_word(word)
        self._show_stage(writing=True)
        self._show_top()

    def _show_list(self) -> None:
        self._begin_nothing()
        self.refresh()
        self._table.setFocus()

    def _begin_nothing(self) -> None:
        self._writing.begin({})
        self.heading.setText(self.TITLE)
        self._show_stage(writing=False)

    def _tell_recorded(self, record: str, text: str) -> None:
        if self._goes_on:
            self.write_new()
        else:
            self._wanted = record
            self._filter.show_all()
            self._show_list()
        self.changed.emit(text)

    def _save_and_go_on(self) -> None:
        self._goes_on = True
        self._writing.save()

    def _choose_kind(self, key: str) -> None:
        if self._is_writing:
            self._form.kinds.choose_key(key)

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _confirm(self, record: str) -> None:
        self._do(partial(self._here.confirm, record))

    def _end(self, record: str) -> None:
        self._do(partial(self._here.end, record))

    def _begin_again(self, record: str) -> None:
        self._do(partial(self._here.edit, record, {"ended": None}))

    def _delete(self, record: str) -> None:
        self._do(partial(self._here.delete, record))

    def _bring_back(self, record: object) -> None:
        self._do(partial(self._here.bring_back, str(record)))

    def _take_over(self, record: str) -> None:
        self._do(partial(self._here.take_over, record))

    def _take_over_all(self) -> None:
        self._do(partial(self._here.take_over_all, [row.resource.id for row in self._left()]))

    def _left(self) -> list[Shown]:
        return [row for row in self._rows if row.inherited and row.resource.area in self._areas]

    def _do(self, act: Callable[[], Done]) -> None:
        self._work.run(partial(_act, act), self._tell_done, "書きこんでいます")

    def _tell_done(self, done: Done) -> None:
        self._wanted = done.id
        self.refresh()
        self._table.setFocus()
        self.changed.emit(f"{done.text}。")

    # ── how it lies ────────────────────────────────────────────────────────────────────────

    def _show_stage(self, *, writing: bool) -> None:
        self._is_writing = writing
        there = bool(self._rows)
        for part in self._of_form:
            show_when(part, wanted=writing)
        for part in self._of_list:
            show_when(part, wanted=not writing)
        for part in (self._filter, self._both, self._print):
            show_when(part, wanted=there and not writing)
        show_when(self._all, wanted=len(self._left()) > 1 and not writing)
        show_when(self._nothing, wanted=not there and not writing)
        show_when(self._trash_fold, wanted=bool(self._deleted) and not writing)
        if writing:
            self._cards.hide()

    def _make_buttons(self) -> None:
        self._new = BigButton("地域の資源を書く", "plus", "main")
        self._print = BigButton("地域版の一覧を印刷する", "printer")
        self._back = BigButton("もどる", "left")
        self._all = BigButton("前任者のものをすべて引き継ぐ", "people")
        self._save = BigButton("記録する", "pencil", "main", keys="Ctrl+S")
        self._save_on = BigButton("記録して次を書く", "plus")
        self._close = BigButton("いったん閉じる(書きかけは残ります)")
        self._of_form: tuple[QWidget, ...] = (self._form, self._save, self._save_on, self._close)
        self._of_list: tuple[QWidget, ...] = (self._new, self._back)

    def _arrange_parts(self) -> None:
        self._table.setMinimumWidth(1)
        self.add(self._cards, self._nothing, self._filter, FlowRow(self._all))
        self.add_filling(self._both)
        self.add(self._trash_fold, self._form)
        self.action_bar.add(self._new, self._print, self._back)
        self.action_bar.add(self._save, self._save_on, self._close)

    def _connect(self) -> None:
        self._filter.changed.connect(self._show_rows)
        self._table.chosen.connect(self._show_details)
        self._table.opened.connect(self._open)
        self._card.confirm_wanted.connect(self._confirm)
        self._card.edit_wanted.connect(self._edit)
        self._card.end_wanted.connect(self._end)
        self._card.begin_wanted.connect(self._begin_again)
        self._card.delete_wanted.connect(self._delete)
        self._card.take_over_wanted.connect(self._take_over)
        self._trash.acted.connect(self._bring_back)
        self._cards.opened.connect(self._open_draft)
        self._writing.recorded.connect(self._tell_recorded)
        self._new.clicked.connect(self.write_new)
        self._print.clicked.connect(self.print_paper)
        self._back.clicked.connect(self.go_back)
        self._all.clicked.connect(self._take_over_all)
        self._save.clicked.connect(self.save)
        self._save_on.clicked.connect(self._save_and_go_on)
        self._close.clicked.connect(self.go_back)
        SingleKeys(self, KEYS).pressed.connect(self._choose_kind)


def _any(_fields: dict[str, Any]) -> bool:
    return True


def _told(fields: dict[str, Any]) -> str:
    return str(fields.get("name") or "").strip() or "(まだ名称のない資源)"


def _look(here: Registering, _: Progress) -> _Read:
    return here.list(ended=True), here.areas(), here.deleted()


def _named_in(listing: Listing, name: str, _: Progress) -> tuple[Sequence[Activity], int]:
    found = listing.search(name)
    return found.records[:MOST_LINKED], found.count


def _paper(paper: RegisterPaper, _: Progress) -> Printed:
    return paper.make()


def _act(act: Callable[[], Done], _: Progress) -> Done:
    return act()
