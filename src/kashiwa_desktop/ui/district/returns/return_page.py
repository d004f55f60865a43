"""Screen 23: 事務局からの返事 for one or for all, what each says, written, read back, on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.release import Release
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import CancelledError, Progress
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.office.releasing import Behind, Releasing
from kashiwa_desktop.services.papers.asking_papers import AskingPapers
from kashiwa_desktop.services.papers.office_papers import OfficePapers
from kashiwa_desktop.services.printed import Printed
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.travel.return_letters import (
    STOPPED,
    ReturnLetter,
    ReturnLetters,
    Written,
)
from kashiwa_desktop.services.travel.sticks import LOOK_MS, Sticks
from kashiwa_desktop.ui.district.returns.place_card import PlaceCard
from kashiwa_desktop.ui.district.returns.return_table import ReturnTable
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Message
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.keyword_card import KeywordCard
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.paper.paper_preview import ChoosePrinter, PaperPreview
from kashiwa_desktop.ui.widgets.release_tick import ReleaseTick
from kashiwa_desktop.ui.widgets.step_bar import StepBar
from kashiwa_desktop.ui.widgets.text_label import TextLabel


@dataclass(frozen=True, slots=True)
class ReturnDesk:
    """The services of the page; the key ring is shared with 受け取る."""

    letters: ReturnLetters
    ring: KeyRing
    asking: AskingPapers
    papers: OfficePapers
    sticks: Sticks
    clock: Clock
    releasing: Releasing


class ReturnPage(ScrollPage):
    """``made`` comes when files were written."""

    SCREEN = 23
    TITLE = "返事のファイル"

    made = Signal()

    def __init__(self, desk: ReturnDesk, jobs: Jobs, choose: ChoosePrinter | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._work = PageWork(self, jobs)
        self._month = Month.of(desk.clock.today()).previous()
        self._letters: tuple[ReturnLetter, ...] = ()
        self._paper = ""
        self._asks_wanted = False
        self._bar = StepBar("前の月", "次の月")
        self._headline = TextLabel(role="heading")
        hint = "返事に事務局の印をつけるのに使います。閉じるまで、もうお聞きしません。"
        self._keyword = KeywordCard(hint)
        self._place = PlaceCard()
        self._tick = ReleaseTick()
        self._table = ReturnTable("返事を作る人")
        self._contents = TextLabel()
        self._note = TextLabel(
            "返事には、いつもその推進員さんの分がすべて入ります。ほかの人の分は入りません。",
            "muted",
        )
        self._requests = BigButton("確認のお願いを印刷する", "printer")
        self._receipts = BigButton("受領票を印刷する", "printer")
        self._duplex = QCheckBox("両面でも1人1枚にする")
        self._duplex.setChecked(True)
        self._preview = PaperPreview(self, self._work, choose)
        self._due = BigButton("返事を作る", "stick", "main")
        self._one = BigButton("選んだ1人分を作る", "stick")
        self._all = BigButton("全員分を作る", "stick")
        self._print = BigButton("印刷する", "printer", "main", keys="Ctrl+P")
        self._keep = BigButton("PDFで残す", "save")
        self._leave = BigButton("もどる", "left")
        self._look = QTimer(self, interval=LOOK_MS)
        self._papers = FlowRow(self._requests, self._receipts, self._duplex)
        self._head = FlowRow(self._bar, self._headline)
        self._fill()
        self._connect()
        self._show_stage(paper=False)

    def show_month(self, month: Month) -> None:
        """Turn to a month: whose promoters are listed, and which slips are printed."""
        self._month = month
        self.refresh()

    def show_asks(self, month: Month) -> None:
        """Turn to a month and show its お聞きすること, to be printed."""
        self.show_month(month)
        self.print_asks()

    def show_last_month(self) -> None:
        """Turn to the month that is handed in now."""
        self.show_month(Month.of(self._desk.clock.today()).previous())

    def refresh(self) -> None:
        self._bar.show_name(
            self._month.label(), more=self._month < Month.of(self._desk.clock.today())
        )
        self._place.show_sticks(self._desk.sticks.find())
        if not self._on_paper:
            work = partial(_letters, self._desk, self._month)
            self._work.run(work, self._show_seen, "返事の中身を調べています")

    def open_with(self, keyword: str) -> None:
        """Open the office's keys with the 合言葉."""
        self._work.run(
            partial(_open, self._desk.ring, keyword),
            self._show_open,
            "合言葉を確かめています",
            handled=self._handle_wrong,
        )

    def use_folder(self, folder: Path) -> None:
        """Write into this folder."""
        self._place.use_folder(folder)

    def print_paper(self) -> None:
        if self._on_paper:
            self._preview.send()

    def go_back(self) -> None:
        if self._on_paper:
            self._show_stage(paper=False)
            self.refresh()
        else:
            super().go_back()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look.stop()

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    @property
    def letters(self) -> tuple[ReturnLetter, ...]:
        """The returns that are listed."""
        return self._letters

    @property
    def _on_paper(self) -> bool:
        return not self._preview.isHidden()

    def _show_seen(self, seen: "_Seen") -> None:
        if seen.month != self._month:
            self.refresh()  # the month was turned meanwhile
            return
        self._tick.show_release(seen.at_hand, seen.behind)
        self._show(seen.letters)
        if self._asks_wanted:
            self.print_asks()

    def _show(self, letters: Sequence[ReturnLetter]) -> None:
        chosen = self._table.current_row()
        self._letters = tuple(letters)
        self._table.rows.show_rows(self._letters)
        names = [one.promoter for one in self._letters]
        if chosen is not None and chosen.promoter in names:
            self._table.choose(names.index(chosen.promoter))
        else:
            self._table.choose(0)
        due = sum(one.is_due for one in self._letters)
        words = f"新しいことのある人は {due}人です。"
        self._headline.setText(words if due else "新しいことのある人はいません。")
        self._due.set_word(f"{due}人分の返事を作る")
        self._show_buttons()

    def _show_buttons(self) -> None:
        ready = self._desk.ring.is_open and self._place.place is not None
        can = [one for one in self._letters if one.has_pc]
        self._due.setEnabled(ready and any(one.is_due for one in can))
        chosen = self._table.current_row()
        self._one.setEnabled(ready and chosen is not None and chosen.has_pc)
        self._contents.setText("" if chosen is None else self._contents_words(chosen))
        self._all.setEnabled(ready and bool(can))
        show_when(self._keyword, wanted=not self._desk.ring.is_open and not self._on_paper)

    def _contents_words(self, one: ReturnLetter) -> str:
        """Say whole what the table may have to cut."""
        who = f"{one.areas} {one.name}"
        if not one.news:
            return f"{who}さんの返事: 新しく入ることはありません。"
        return f"{who}さんの返事に新しく入ること: {'・'.join(one.news)}"

    def _show_stage(self, *, paper: bool) -> None:
        listing = (
            self._head, self._place, self._table, self._contents, self._note, self._papers,
        )  # fmt: skip
        reading = (self._preview, self._print, self._keep, self._leave)
        parts: list[tuple[QWidget, bool]] = [(part, not paper) for part in listing]
        parts += [(part, not paper) for part in (self._due, self._one, self._all)]
        parts += [(part, paper) for part in reading]
        for part, wanted in parts:
            show_when(part, wanted=wanted)
        self._show_buttons()

    def _show_open(self, _keys: object) -> None:
        self._show_buttons()
        (self._due if self._due.isEnabled() else self._table).setFocus()

    def _handle_wrong(self, error: BaseException) -> bool:
        if isinstance(error, AppError):
            self._keyword.show_wrong(error.text)
            QTimer.singleShot(0, self._keyword.setFocus)  # after the strip gave the focus back
            return True
        return False

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _write_due(self) -> None:
        self._write([one.promoter for one in self._letters if one.is_due])

    def _write_all(self) -> None:
        self._write([one.promoter for one in self._letters if one.has_pc])

    def _write_one(self) -> None:
        row = self._table.current_row()
        if row is not None and row.has_pc:
            self._write([row.promoter])

    def _write(self, promoters: Sequence[str]) -> None:
        place = self._place.place
        if place is None or not promoters:
            return
        self._place.tell_safe("")
        on_stick = self._place.stick is not None
        self._work.run(
            partial(
                _write,
                self._desk,
                tuple(promoters),
                place,
                self._month,
                with_release=self._tick.is_wanted,
            ),
            partial(self._tell_written, on_stick=on_stick),
            "保存しています。USBメモリーを抜かないでください" if on_stick else "保存しています",
            "人",
        )

    def _tell_written(
        self, done: tuple[Written, Sequence[ReturnLetter], str], *, on_stick: bool
    ) -> None:
        written, letters, not_laid = done
        self._show(letters)
        count = len(written.made)
        if count:
            text = f"✓ {count}人分を保存し、読み直して確かめました。"
            if self._tick.is_wanted and not not_laid:
                text += "新しい版のファイルも入っています。"
            if on_stick:
                text += "USBメモリーを抜いても大丈夫です"
            self._place.tell_safe(text)
            self.reveal(self._place.safe_frame)
            self.made.emit()
        if written.left:
            names = {one.promoter: f"{one.areas} {one.name}" for one in letters}
            lines = [f"{names.get(x.promoter, x.promoter)}: {x.reason}" for x in written.left]
            text = f"作っていない返事が{len(written.left)}件あります。"
            self.messages.show_message(Message(text, "\n".join(lines[:5]), tone="notice"))
        elif not_laid:
            text = "新しい版のファイルは入れていません。返事は保存しました。"
            self.messages.show_message(Message(text, not_laid, tone="notice"))

    def _print_requests(self) -> None:
        title = f"確認のお願い {self._month.label()}分"
        self._paper = "確認のお願い_%s.pdf"
        both = self._duplex.isChecked()
        make = partial(_requests, self._desk.asking, self._month, duplex=both)
        self._preview.make(title, make)

    def print_asks(self) -> None:
        """Show お聞きすること of the month, at once or after what is being looked up."""
        self._asks_wanted = self._work.busy
        if self._asks_wanted:
            return
        title = f"お聞きすること {self._month.label()}分"
        self._paper = "お聞きすること_%s.pdf"
        self._preview.make(title, partial(_asks, self._desk.asking, self._month))

    def _print_receipts(self) -> None:
        title = f"受領票 {self._month.label()}分"
        self._paper = "受領票_%s.pdf"
        both = self._duplex.isChecked()
        make = partial(_receipts, self._desk.papers, self._month, duplex=both)
        self._preview.make(title, make)

    def _show_paper(self, _printed: object) -> None:
        self._show_stage(paper=True)
        QTimer.singleShot(0, self._print.setFocus)  # after the progress gave the focus back

    def _tell_printed(self, _sheets: int) -> None:
        self.go_back()
        self.messages.say("プリンターに送りました。")

    def _keep_file(self) -> None:
        self._preview.keep(self._paper % self._month)

    def _find_sticks(self) -> None:
        if not self._work.busy and not self._on_paper:
            self._place.show_sticks(self._desk.sticks.find())

    def _turn(self, by: int) -> None:
        self.show_month(self._month.next() if by > 0 else self._month.previous())

    def _choose_row(self, _row: object) -> None:
        self._show_buttons()

    def _fill(self) -> None:
        self._place.add(self._tick)
        self.add(self._head, self._keyword, self._place, self._table)
        self.add(self._contents, self._note, self._papers)
        self.add_filling(self._preview)
        self.action_bar.add(self._due, self._one, self._all, self._print, self._keep, self._leave)

    def _connect(self) -> None:
        self._bar.turned.connect(self._turn)
        self._keyword.given.connect(self.open_with)
        self._place.changed.connect(self._show_buttons)
        self._table.chosen.connect(self._choose_row)
        self._due.clicked.connect(self._write_due)
        self._one.clicked.connect(self._write_one)
        self._all.clicked.connect(self._write_all)
        self._requests.clicked.connect(self._print_requests)
        self._receipts.clicked.connect(self._print_receipts)
        self._preview.made.connect(self._show_paper)
        self._preview.printed.connect(self._tell_printed)
        self._print.clicked.connect(self._preview.send)
        self._keep.clicked.connect(self._keep_file)
        self._leave.clicked.connect(self.go_back)
        self._look.timeout.connect(self._find_sticks)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the worker brings: the returns of a month, and what could lie beside them."""

    month: Month
    letters: Sequence[ReturnLetter]
    at_hand: Sequence[Release]
    behind: Sequence[Behind]


def _letters(desk: ReturnDesk, month: Month, progress: Progress) -> _Seen:
    progress.step("", 0, 0)
    at_hand = desk.releasing.at_hand()
    behind = desk.releasing.behind() if at_hand else ()
    return _Seen(month, desk.letters.letters(month), at_hand, behind)


def _open(ring: KeyRing, keyword: str, progress: Progress) -> object:
    progress.step("", 0, 0)
    return ring.open(keyword)


def _write(
    desk: ReturnDesk,
    promoters: tuple[str, ...],
    place: Path,
    month: Month,
    progress: Progress,
    *,
    with_release: bool,
) -> tuple[Written, list[ReturnLetter], str]:
    """Write the returns; the third is why the setup file was not laid beside them, '' if it was."""
    written = desk.letters.write(promoters, place, desk.ring.keys, progress)
    not_laid = ""
    if with_release and written.made:
        try:
            desk.releasing.lay(place, progress)
        except AppError as error:
            not_laid = error.text
        except CancelledError:
            not_laid = STOPPED
    return written, desk.letters.letters(month), not_laid


def _requests(papers: AskingPapers, month: Month, progress: Progress, *, duplex: bool) -> Printed:
    progress.step("", 0, 0)
    return papers.requests(month, None, None, duplex=duplex)


def _asks(papers: AskingPapers, month: Month, progress: Progress) -> Printed:
    progress.step("", 0, 0)
    return papers.asks(month, None, None)


def _receipts(papers: OfficePapers, month: Month, progress: Progress, *, duplex: bool) -> Printed:
    progress.step("", 0, 0)
    return papers.received(month, None, None, duplex=duplex)
