"""Screen 37, 地域の資源(市域): what all areas have, on paper and in Excel; staff may write too."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kashiwa_desktop.domain.resource import FORMS, GATHERING
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.papers.printing import Printed
from kashiwa_desktop.services.records.recording import Done
from kashiwa_desktop.services.records.register_paper import RegisterPaper
from kashiwa_desktop.services.records.register_workbook import WrittenRegister
from kashiwa_desktop.services.records.registered import Shown
from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.ui.district.check.conflict_cards import ConflictCards
from kashiwa_desktop.ui.district.resources.city_desk import CityDesk, Seen, decide, look
from kashiwa_desktop.ui.district.resources.staff_resource import StaffResource
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.shortcuts import SingleKeys
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.kept_cards import KeptCards
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.side_by_side import SideBySide
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.paper.paper_preview import ChoosePrinter, PaperPreview
from kashiwa_desktop.ui.widgets.resource.kind_field import KEYS
from kashiwa_desktop.ui.widgets.resource.resource_card import ResourceCard
from kashiwa_desktop.ui.widgets.resource.resource_filter import ResourceFilter
from kashiwa_desktop.ui.widgets.resource.resource_table import ResourceTable
from kashiwa_desktop.ui.widgets.text_label import TextLabel

EVERYWHERE = ""
"""In the place of an area: all of them."""


class CityResourcePage(ScrollPage):
    """``changed`` says what was done, for the window's undo strip."""

    SCREEN, TITLE = 37, "地域の資源(市域)"

    changed = Signal(str)

    def __init__(self, desk: CityDesk, jobs: Jobs, choose: ChoosePrinter | None = None) -> None:
        super().__init__()
        self._desk, self._jobs, self._today = desk, jobs, desk.clock.today
        self._work = PageWork(self, jobs)
        self._rows: tuple[Shown, ...] = ()
        self._areas: Mapping[str, str] = {}
        self._wanted = ""
        self._stage, self._full = "list", False
        self._cards = KeptCards(desk.kept, jobs, _any, self._told)
        self._area = ChoiceBox("どの地域を見ますか")
        self._headline = TextLabel(role="heading")
        self._filter = ResourceFilter()
        self._table = ResourceTable(self.TITLE, self._today)
        self._card = ResourceCard()
        self._both = SideBySide(self._table, self._card, shares=(5, 3))
        self._conflicts = ConflictCards()
        self._staff = StaffResource(self, self._work, desk, jobs)
        self._preview = PaperPreview(self, self._work, choose)
        self._make_buttons()
        self._arrange_parts()
        self._connect()
        self._show_stage("list")

    @property
    def holds_unsaved(self) -> bool:
        """Whether something typed is neither recorded nor kept as a draft."""
        return self._staff.writing.holds_unsaved

    @property
    def stage(self) -> str:
        """What is in view: ``list``, ``form`` or ``paper``."""
        return self._stage

    def refresh(self) -> None:
        self._staff.form.set_today(self._today())
        if self._stage == "list":
            self._cards.show_without(None)
            job = self._jobs.start(partial(look, self._desk))  # holds up nothing that is pressed
            job.succeeded.connect(self._show)
            job.failed.connect(self.messages.show_error)

    def leave(self) -> None:
        if self._stage == "form" and not self._work.busy:
            self._staff.writing.put_aside(self._begin_nothing)

    def save(self) -> None:
        """Ctrl+S."""
        if self._stage == "form":
            self._staff.save()

    def search(self) -> None:
        if self._stage == "list":
            self._filter.words.setFocus()
            self._filter.words.selectAll()

    def print_paper(self) -> None:
        if self._stage == "paper":
            self._preview.send()
        elif self._stage == "list":
            self._make_paper()

    def go_back(self) -> None:
        """From form and paper to the list, from the list back; the draft stays."""
        if self._stage == "form":
            self._staff.writing.put_aside(self._show_list)
        elif self._stage == "paper":
            self._show_list()
        else:
            super().go_back()

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _show(self, seen: Seen) -> None:
        self._rows, self._areas = seen.rows, seen.areas
        choices = [(EVERYWHERE, "すべての地域"), *self._areas.items()]
        self._area.show_choices(choices)
        if self._area.current() is None:
            self._area.choose(EVERYWHERE)
        self._staff.show_areas(seen.areas, seen.names)
        self._conflicts.show_cards(seen.conflicts)
        self._show_rows()

    def _show_rows(self) -> None:
        here = self._here()
        self._filter.show_counts(here, self._today())
        picked = self._filter.pick(here, self._today())
        self._headline.setText(self._headline_words(here))
        self._table.show_areas(wanted=self._area.current() == EVERYWHERE)
        self._table.show_resources(picked)
        if self._wanted:
            self._table.choose_resource(self._wanted)
            self._wanted = ""
        if not picked:
            self._card.show_nothing("この中には、書いてあるものがありません。")
        for part in (self._print, self._excel):
            part.setEnabled(any(row.resource.lasts_on(self._today()) for row in self._rows))

    def _here(self) -> list[Shown]:
        """Return the resources of the area that is chosen."""
        area = self._area.current()
        return [row for row in self._rows if area in (EVERYWHERE, row.resource.area)]

    def _headline_words(self, rows: list[Shown]) -> str:
        there = [row.resource for row in rows if row.resource.lasts_on(self._today())]
        forms = Counter(r.form for r in there if r.kind == GATHERING)
        by_form = [f"{word} {forms[code]}" for code, word in FORMS.items() if forms[code]]
        told = f"{self._area.currentText()} {len(there)}件"
        return told + (f"(通いの場: {'・'.join(by_form)})" if by_form else "")

    def _show_details(self, row: Shown) -> None:
        whose = f"{row.whose}(職員が書きました)" if row.by_staff else row.whose
        more = [("だれの一覧ですか", whose)]
        self._card.show_resource(row, self._today(), row.area_name, more)

    # ── the form ───────────────────────────────────────────────────────────────────────────

    def _write_new(self) -> None:
        area = self._area.current()
        self._staff.write_new("" if area is None else str(area))
        self._show_form("地域の資源を、職員が書く")
        self._staff.focus_first()

    def _edit(self, record: str) -> None:
        self._staff.edit(self._row(record).resource)
        self._show_form("地域の資源を、職員が直す")
        self._staff.focus_name()

    def _open_row(self, row: Shown) -> None:
        self._edit(row.resource.id)

    def _open_draft(self, draft: str, fields: dict[str, Any]) -> None:
        self._staff.open_draft(draft, fields)
        self._show_form("地域の資源を、職員が書く")
        self._staff.focus_name()

    def _show_form(self, title: str) -> None:
        self.heading.setText(title)
        self._show_stage("form")
        self._show_top()

    def _tell_recorded(self, record: str, text: str) -> None:
        self._wanted = record
        self._filter.show_all()
        if self._area.current() != EVERYWHERE:
            self._area.choose(self._staff.area)  # it is seen where it went to
        self._show_list()
        self.changed.emit(text)

    def _begin_nothing(self) -> None:
        self._staff.begin_nothing()
        self._show_stage("list")

    def _show_list(self) -> None:
        self._begin_nothing()
        self.refresh()
        self._table.setFocus()

    def _choose_kind(self, key: str) -> None:
        if self._stage == "form":
            self._staff.form.kinds.choose_key(key)

    def _told(self, fields: Mapping[str, Any]) -> str:
        area = str(fields.get("area") or "")
        name = str(fields.get("name") or "").strip() or "(まだ名称のない資源)"
        return f"{self._areas.get(area, '')} {name}".strip()

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _confirm(self, record: str) -> None:
        self._do(self._register_of(record).confirm, record)

    def _end(self, record: str) -> None:
        self._do(self._register_of(record).end, record)

    def _begin_again(self, record: str) -> None:
        self._do(partial(self._register_of(record).edit, patch={"ended": None}), record)

    def _delete(self, record: str) -> None:
        self._do(self._register_of(record).delete, record)

    def _register_of(self, record: str) -> Registering:
        return self._desk.register.registering(self._row(record).resource.promoter)

    def _row(self, record: str) -> Shown:
        return next(row for row in self._rows if row.resource.id == record)

    def _resolve(self, record: str, head: str, reason: str) -> None:
        work = partial(decide, self._desk, record, head, reason)
        self._work.run(work, self._tell_decided, "決めています")

    def _tell_decided(self, _: object) -> None:
        self._conflicts.restore("")
        self.refresh()
        self.messages.say("決めました。推進員さんにも、次の返事で伝わります。")

    def _do(self, act: Callable[[str], Done], record: str) -> None:
        self._work.run(partial(_act, act, record), self._tell_done, "書きこんでいます")

    def _tell_done(self, done: Done) -> None:
        self._wanted = done.id
        self.refresh()
        self._table.setFocus()
        self.changed.emit(f"{done.text}。")

    def _make_paper(self, *, full: bool = False) -> None:
        """Make the list that is handed out, or in full for staff."""
        self._full = full
        whose = "職員用" if full else "配る一覧"
        title = f"地域の資源 {whose} {self._area.currentText()}"
        self._paper_name = f"{title}.pdf"
        area = self._area.current()
        code = None if area == EVERYWHERE else str(area)
        self._preview.make(title, partial(_make, self._desk.paper, code, full))

    def _make_public_paper(self) -> None:
        self._make_paper()

    def _make_other_paper(self) -> None:
        self._make_paper(full=not self._full)

    def _show_made_paper(self, _printed: Printed) -> None:
        other = "配る一覧を見る" if self._full else "職員用の一覧を見る"
        self._other.set_word(other)
        self._show_stage("paper")
        QTimer.singleShot(0, self._send, self._send.setFocus)

    def _keep_paper(self) -> None:
        self._preview.keep(self._paper_name)

    def _tell_printed(self, sheets: int) -> None:
        self.messages.say(f"{sheets}枚をプリンターに送りました。")

    def _write_excel(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            "市域版をExcelに出す",
            "地域の資源 市域版.xlsx",
            "Excelの表 (*.xlsx)",
        )
        if name:
            path = Path(name)
            path = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")
            work = partial(self._desk.register.excel, path)
            self._work.run(work, self._tell_excel, "Excelの形にしています")

    def _tell_excel(self, written: WrittenRegister) -> None:
        words = "%s に出しました。資源は%s件です。"
        self.messages.say(words % (written.file.name, f"{written.rows:,}"))

    # ── how it lies ────────────────────────────────────────────────────────────────────────

    def _show_stage(self, stage: str) -> None:
        self._stage = stage
        for name, parts in self._parts_of.items():
            for part in parts:
                show_when(part, wanted=name == stage)
        if stage != "form":
            self.heading.setText(self.TITLE)
        if stage != "list":
            self._cards.hide()
            self._conflicts.hide()
        show_when(self._leave, wanted=stage != "form")

    def _make_buttons(self) -> None:
        self._paper_name = ""
        self._new = BigButton("職員が書く", "plus", "main")
        self._print = BigButton("地域版を印刷する", "printer")
        self._excel = BigButton("市域版をExcelに出す", "save")
        self._save = BigButton("記録する", "pencil", "main", keys="Ctrl+S")
        self._close = BigButton("いったん閉じる(書きかけは残ります)")
        self._send = BigButton("印刷する", "printer", "main", keys="Ctrl+P")
        self._keep = BigButton("PDFで残す", "save")
        self._other = BigButton("職員用の一覧を見る", "list")
        self._leave = BigButton("もどる", "left")
        self._parts_of: dict[str, tuple[QWidget, ...]] = {
            "list": (
                self._area, self._headline, self._filter, self._both,
                self._new, self._print, self._excel,
            ),
            "form": (self._staff, self._save, self._close),
            "paper": (self._preview, self._send, self._keep, self._other),
        }  # fmt: skip

    def _arrange_parts(self) -> None:
        self._table.setMinimumWidth(1)
        self._area.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        self.add(self._cards, self._conflicts, FlowRow(self._area, self._headline), self._filter)
        self.add_filling(self._both)
        self.add(self._staff)
        self.add_filling(self._preview)
        self.action_bar.add(self._new, self._print, self._excel, self._save, self._close)
        self.action_bar.add(self._send, self._keep, self._other, self._leave)

    def _connect(self) -> None:
        self._area.chosen.connect(self._show_rows)
        self._filter.changed.connect(self._show_rows)
        self._table.chosen.connect(self._show_details)
        self._table.opened.connect(self._open_row)
        self._card.confirm_wanted.connect(self._confirm)
        self._card.edit_wanted.connect(self._edit)
        self._card.end_wanted.connect(self._end)
        self._card.begin_wanted.connect(self._begin_again)
        self._card.delete_wanted.connect(self._delete)
        self._conflicts.decided.connect(self._resolve)
        self._cards.opened.connect(self._open_draft)
        self._staff.writing.recorded.connect(self._tell_recorded)
        self._preview.made.connect(self._show_made_paper)
        self._preview.printed.connect(self._tell_printed)
        self._new.clicked.connect(self._write_new)
        self._print.clicked.connect(self._make_public_paper)
        self._excel.clicked.connect(self._write_excel)
        self._save.clicked.connect(self.save)
        self._close.clicked.connect(self.go_back)
        self._send.clicked.connect(self._preview.send)
        self._keep.clicked.connect(self._keep_paper)
        self._other.clicked.connect(self._make_other_paper)
        self._leave.clicked.connect(self.go_back)
        SingleKeys(self, KEYS).pressed.connect(self._choose_kind)


def _any(_fields: Mapping[str, Any]) -> bool:
    return True


def _act(act: Callable[[str], Done], record: str, _: Progress) -> Done:
    return act(record)


def _make(paper: RegisterPaper, area: str | None, full: bool, _: Progress) -> Printed:  # noqa: FBT001
    return paper.make(area, full=full)
