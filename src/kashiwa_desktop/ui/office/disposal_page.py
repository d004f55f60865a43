"""Screen 30: what is due to go, what is kept about a name, and the record of what went."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer

from kashiwa_desktop.services.printed import Printed
from kashiwa_desktop.services.safety.disposing import Found
from kashiwa_desktop.services.safety.erasing import Erased
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Question
from kashiwa_desktop.ui.office import disposal_work
from kashiwa_desktop.ui.office.disposal_cards import DecideCard, DueCard, FindCard, RecordCard
from kashiwa_desktop.ui.office.disposal_work import Decision, DisposalServices, Shown
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.paper.paper_preview import ChoosePrinter, PaperPreview

DUE, FIND, RECORD = "due", "find", "record"


class DisposalPage(ScrollPage):
    """Three parts, one at a time; a decision takes the place of the part it came from."""

    SCREEN, TITLE = 30, "廃棄と開示"

    def __init__(
        self, services: DisposalServices, jobs: Jobs, choose: ChoosePrinter | None = None
    ) -> None:
        super().__init__()
        self._services = services
        self._work = PageWork(self, jobs)
        self._decision: Decision | None = None
        self._text, self._found = "", list[Found]()
        self._previewing = False
        self._parts = ChipBar("廃棄と開示")
        self._due, self._find, self._record = DueCard(), FindCard(), RecordCard()
        self._decide = DecideCard()
        self._preview = PaperPreview(self, self._work, choose)
        self._print = BigButton("印刷する", "printer", "main", keys="Ctrl+P")
        self._keep = BigButton("PDFで残す", "save")
        self._leave = BigButton("もどる", "left")
        self._arrange_cards()
        self._connect()
        self._show()

    def refresh(self) -> None:
        self._work.run(partial(disposal_work.look, self._services), self._show_all, "調べています")

    def leave(self) -> None:
        """What was found of a person does not stay on a page that is left."""
        self._found, self._text = [], ""
        self._find.clear()
        self._decide.words.clear()
        self._preview.forget()

    def go_back(self) -> None:
        if self._previewing:
            self._previewing = False
        elif self._decision is not None:
            self._decision = None
        else:
            super().go_back()
            return
        self._show()

    def print_paper(self) -> None:
        if self._previewing:
            self._preview.send()

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _show_all(self, shown: Shown) -> None:
        due, years, disposals = shown
        self._due.show_due(due, years)
        self._record.show_disposals(disposals, with_words=not self._services.ring.is_open)
        self._show()
        QTimer.singleShot(0, self._parts, self._parts.setFocus)

    def _show(self) -> None:
        deciding, previewing = self._decision is not None, self._previewing
        listed = not deciding and not previewing
        part = self._parts.current()
        show_when(self._parts, wanted=listed)
        for name, card in ((DUE, self._due), (FIND, self._find), (RECORD, self._record)):
            show_when(card, wanted=listed and part == name)
        show_when(self._decide, wanted=deciding and not previewing)
        for widget in (self._preview, self._print, self._keep):
            show_when(widget, wanted=previewing)

    def _take_part(self, _: object) -> None:
        self.messages.clear()
        self._show()

    # ── a decision ─────────────────────────────────────────────────────────────────────────

    def _ask_year(self, year: object) -> None:
        if isinstance(year, int):
            self._ask(Decision(year, None), f"{year}年度の活動の文を、すべて廃棄します。")

    def _ask_record(self, found: object) -> None:
        if isinstance(found, Found):
            what = f"{found.whose} の記録の文を消します。\n{found.text[:80]}"
            self._ask(Decision(None, found), what)

    def _ask(self, decision: Decision, what: str) -> None:
        self._decision = decision
        self._decide.ask(what, with_words=not self._services.ring.is_open)
        self._show()
        QTimer.singleShot(0, self._decide, self._decide.setFocus)

    def _confirm(self) -> None:
        if self._decision is None:
            return
        words = "" if self._services.ring.is_open else self._decide.words.take()
        if not (words or self._services.ring.is_open):
            return
        question = Question(
            "廃棄しますか",
            "消した文は、どこからも戻せません。日付・区分・回数は残ります。",
            "廃棄する",
        )
        if ConfirmDialog.ask(question, self):
            before = self._decision
            decision = Decision(before.year, before.record, self._decide.by, self._decide.why)
            work = partial(disposal_work.dispose, self._services, decision, words)
            what = "記録と保管したファイルから消しています"
            self._work.run(work, self._tell_erased, what, handled=self._decide.words.handle)

    def _tell_erased(self, done: Erased) -> None:
        self._decision = None
        self._find.clear()
        self._parts.choose(RECORD)
        lines = [f"{done.records}件の記録の文を消しました(版 {done.revisions}件)。"]
        if done.replaced:
            lines.append(f"保管したファイル {len(done.replaced)}個を作り直しました。")
        if done.copies:
            lines.append(f"予備の写し {len(done.copies)}個には、まだ残っています。")
        self._reload("\n".join(lines))

    def _reload(self, text: str = "") -> None:
        self._work.run(
            partial(disposal_work.look, self._services),
            partial(self._show_and_say, text),
            "調べています",
        )

    def _show_and_say(self, text: str, shown: Shown) -> None:
        self._show_all(shown)
        if text:
            self.messages.say(text)

    # ── the rest ───────────────────────────────────────────────────────────────────────────

    def _set_years(self, years: int) -> None:
        work = partial(disposal_work.set_years, self._services, years)
        self._work.run(work, self._tell_years, "書いています")

    def _tell_years(self, _: object) -> None:
        self._reload("保存期間を変えました。")

    def _search(self, text: str) -> None:
        self._text = text
        work = partial(disposal_work.find, self._services, text)
        self._work.run(work, self._show_found, "さがしています")

    def _show_found(self, found: list[Found]) -> None:
        self._found = found
        self._find.show_found(self._text, found)

    def _prove(self) -> None:
        ring = self._services.ring
        words = "" if ring.is_open else self._record.words.take()
        if words or ring.is_open:
            work = partial(disposal_work.trace, self._services, words)
            what = "保管したファイルを開いて確かめています"
            self._work.run(work, self._record.show_trace, what, handled=self._record.words.handle)

    def _clear_copies(self) -> None:
        question = Question(
            "予備の写しからも消しますか",
            "新しい写しを作ってから、廃棄した文の入った古い写しを消します。",
            "古い写しを消す",
        )
        if ConfirmDialog.ask(question, self):
            work = partial(disposal_work.clear, self._services)
            self._work.run(work, self._tell_cleared, "新しい写しを作っています")

    def _tell_cleared(self, count: int) -> None:
        self._reload(f"古い写し {count}個を消しました。")

    def _make_record(self) -> None:
        work = partial(disposal_work.record_paper, self._services)
        self._preview.make("廃棄の記録", work)

    def _make_list(self) -> None:
        work = partial(disposal_work.list_paper, self._services, self._text, self._found)
        self._preview.make("保管しているものの一覧", work)

    def _show_made(self, _: Printed | None) -> None:
        self._previewing = True
        self._show()
        QTimer.singleShot(0, self._print, self._print.setFocus)

    def _keep_paper(self) -> None:
        name = "一覧.pdf" if self._parts.current() == FIND else "廃棄の記録.pdf"
        self._preview.keep(name)

    def _arrange_cards(self) -> None:
        self._parts.show_chips(
            [
                (DUE, "保存期間がすぎたもの"),
                (FIND, "名前や言葉でさがす(開示請求)"),
                (RECORD, "廃棄の記録"),
            ]
        )
        self._parts.choose(DUE)
        self.add(self._parts, self._due, self._find, self._record, self._decide)
        self.add_filling(self._preview)
        self.action_bar.add(self._print, self._keep, self._leave)

    def _connect(self) -> None:
        pairs: tuple[tuple[Any, Callable[..., object]], ...] = (
            (self._parts.chosen, self._take_part),
            (self._due.year_chosen, self._ask_year),
            (self._due.years_set, self._set_years),
            (self._find.searched, self._search),
            (self._find.erase_wanted, self._ask_record),
            (self._find.paper_wanted, self._make_list),
            (self._decide.decided, self._confirm),
            (self._decide.given_up, self.go_back),
            (self._record.proof_wanted, self._prove),
            (self._record.clear_wanted, self._clear_copies),
            (self._record.paper_wanted, self._make_record),
            (self._preview.made, self._show_made),
            (self._print.clicked, self._preview.send),
            (self._keep.clicked, self._keep_paper),
            (self._leave.clicked, self.go_back),
        )
        for signal, slot in pairs:
            signal.connect(slot)
