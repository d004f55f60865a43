"""Screen 4: one page from top to bottom, because closing alone looks like handing over."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.months.closing import MonthView
from kashiwa_desktop.services.travel import sticks
from kashiwa_desktop.services.travel.handing_over import (
    HandingOver,
    MeetingAnswer,
    MonthInHand,
    TypedWords,
)
from kashiwa_desktop.services.travel.sending import Made
from kashiwa_desktop.services.travel.sticks import LOOK_MS, Sticks
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Question
from kashiwa_desktop.ui.promoter.submit.submit_check_card import SubmitCheckCard
from kashiwa_desktop.ui.promoter.submit.submit_close_card import SubmitCloseCard, is_empty
from kashiwa_desktop.ui.promoter.submit.submit_save_card import (
    LEAST_FREE,
    SubmitSaveCard,
    saved_words,
)
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.state_label import StateLabel
from kashiwa_desktop.ui.widgets.state_mark import StateMark
from kashiwa_desktop.ui.widgets.step_bar import StepBar
from kashiwa_desktop.ui.widgets.text_label import TextLabel

KEEP_MS = 1500
"""What is typed is kept at most so long after the first change (PRODUCT.md, screen 2)."""

REVEAL_MS = 50
"""Layouts within layouts need so long to come to rest."""


class SubmitPage(ScrollPage):
    """``month_changed`` says what moved."""

    SCREEN = 4
    TITLE = "提出する"

    month_changed = Signal(object)

    def __init__(
        self, handing_over: HandingOver, submitting: Submitting, sticks: Sticks, jobs: Jobs
    ) -> None:
        super().__init__()
        self._handing_over, self._submitting, self._sticks = handing_over, submitting, sticks
        self._jobs = jobs
        self._work = PageWork(self, jobs)
        self._month: Month | None = None
        self._shown: MonthInHand | None = None
        self._unkept = False
        self._bar = StepBar("前の月", "次の月")
        self._due = TextLabel()
        self._steps = SubmitSteps()
        self._check = SubmitCheckCard()
        self._close_card = SubmitCloseCard()
        self._save_card = SubmitSaveCard()
        self._print_card = SectionCard("④ 印刷する")
        self._print_words = TextLabel()
        self._close = BigButton("締める", "stamp", "main")
        self._save = BigButton("提出用をUSBメモリーに保存する", "stick", "main")
        self._print = BigButton("印刷する", "printer", "main")
        self._keep = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._look = QTimer(self, interval=LOOK_MS)
        self._reveal = QTimer(self, singleShot=True, interval=REVEAL_MS)
        self._part: QWidget = self._check
        self._stood: int | None = None
        self._arrange_cards()
        self._connect()

    @property
    def month(self) -> Month:
        """The month in view; the one that is due now until another was chosen."""
        if self._month is None:
            self._month = self._handing_over.month_offered()
        return self._month

    def show_month(self, month: Month) -> None:
        """Turn to a month; what was typed for the one before is kept."""
        self.leave()
        self._month = month
        self._save_card.tell_safe("")
        self.refresh()

    def refresh(self) -> None:
        self._keep_words()
        self._shown = shown = self._handing_over.show(self.month)
        running = Month.of(self._handing_over.today())
        self._bar.show_name(self.month.label(), more=self.month < running)
        self._due.setText(self._due_words(shown))
        self._steps.show_hand_over(shown)
        for card in (self._check, self._close_card, self._save_card):
            card.show_hand_over(shown)
        self._save_card.show_sticks(self._sticks.find())
        self._show_step(shown)

    def leave(self) -> None:
        self._keep_words()

    def print_paper(self) -> None:
        self.wants.emit(Way(Screen.PRINT, "show_month", (self.month,)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look.stop()

    # ── ② 締める ───────────────────────────────────────────────────────────────────────────

    def _ask_before_closing(self) -> None:
        shown = self._shown
        if shown is None or self._work.busy:
            return
        empty, words = is_empty(shown.view), self._words()
        if empty and not words.reason.strip():
            self._close_card.reason_field.block("ここをご記入ください")
            self.go_to_field(self._close_card.reason_field)
            return
        self._close_card.reason_field.clear_message()
        if ConfirmDialog.ask(self._closing_question(shown, empty=empty), self):
            close = self._handing_over.close_empty if empty else self._handing_over.close
            self._unkept = False
            self._work.run(
                partial(_close_month, close, self.month, words),
                self._show_closed,
                "締めています",
            )

    def _closing_question(self, shown: MonthInHand, *, empty: bool) -> Question:
        short = shown.view.month.short()
        version = next_version(shown.view)
        if empty:
            title = f"{short}を、活動がなかった月として締めますか"
            return Question(title, "締めたあとも、締める前に戻せます。", "締める")
        text = (
            f"{shown.view.counts.count}回の活動を第{version}版としてまとめます。"
            "締めたあとも、締める前に戻せます。"
        )
        return Question(f"{short}を締めますか", text, "締める")

    def _show_closed(self, view: MonthView) -> None:
        self._save_card.tell_safe("")
        self.refresh()
        self._reveal_soon(self._close_card.code)
        self._focus_next()
        self.month_changed.emit(view.month)

    def _reopen(self) -> None:
        self._work.run(
            partial(_reopen_month, self._handing_over, self.month),
            self._show_reopened,
            "戻しています",
        )

    def _show_reopened(self, view: MonthView) -> None:
        self._save_card.tell_safe("")
        self.refresh()
        self.messages.say(f"{view.month.short()}を締める前に戻しました。")
        self.month_changed.emit(view.month)

    # ── ③ 保存する ─────────────────────────────────────────────────────────────────────────

    def _save_to_stick(self) -> None:
        self._find_sticks()
        stick = self._save_card.stick()
        if self._shown is None or self._shown.step == 2:
            return
        if stick is None or stick.free < LEAST_FREE:
            self.reveal(self._save_card)
            return
        self._submit(stick.path, self._tell_saved_on_stick, on_stick=True)

    def _save_to_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "保存するフォルダーを選ぶ")
        if name:
            self._submit(sticks.chosen(name), self._tell_saved_in_folder, on_stick=False)

    def _submit(self, place: Path, then: Callable[[Made], None], *, on_stick: bool) -> None:
        self._save_card.tell_safe("")
        self._work.run(
            partial(
                _save_file, self._submitting, self._handing_over, (self.month, place, on_stick)
            ),
            then,
            "保存しています。USBメモリーを抜かないでください" if on_stick else "保存しています",
        )

    def _tell_saved_on_stick(self, made: Made) -> None:
        self._show_saved("✓ USBメモリーを抜いても大丈夫です")
        self.month_changed.emit(self.month)

    def _tell_saved_in_folder(self, made: Made) -> None:
        self._show_saved(f"✓ 保存しました: {made.file}")
        self.month_changed.emit(self.month)

    def _show_saved(self, text: str) -> None:
        self.refresh()
        self._save_card.tell_safe(text)
        self._reveal_soon(self._save_card.safe_frame)
        self._focus_next()

    def _ask_slip(self) -> None:
        self.wants.emit(Way(Screen.PRINT, "show_slip", (self.month,)))

    def _find_sticks(self) -> None:
        if not self._work.busy:
            self._save_card.show_sticks(self._sticks.find())
            self._show_buttons()

    # ── what was typed ─────────────────────────────────────────────────────────────────────

    def _words(self) -> TypedWords:
        return self._check.words(self._close_card.reason())

    def _note_typing(self) -> None:
        self._unkept = True
        if not self._keep.isActive():
            self._keep.start()

    def _keep_words(self) -> None:
        if self._unkept and self._month is not None:
            self._unkept = False
            self._handing_over.keep_words(self._month, self._words())

    def _take_answer(self, answer: MeetingAnswer) -> None:
        self._check.answer(answer)
        self._unkept = True
        self.refresh()

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _due_words(self, shown: MonthInHand) -> str:
        left = (shown.deadline - self._handing_over.today()).days
        day = wareki.long_date(shown.deadline)
        if shown.view.state not in ("open", "closed"):
            return f"提出の期限 {day}"
        if left > 0:
            return f"提出の期限 {day}・あと{left}日"
        if left == 0:
            return f"提出の期限 {day}・きょうです"
        return f"提出の期限 {day} をすぎています。いまからでも提出できます"

    def _show_step(self, shown: MonthInHand) -> None:
        for number, button in ((2, self._close), (3, self._save), (4, self._print)):
            show_when(button, wanted=shown.step == number)
        word = "活動がなかった月として締める"
        if not is_empty(shown.view):
            word = f"{shown.view.month.short()}を締める"
        self._close.set_word(word)
        closed = shown.view.is_closed
        self._print_words.setText(
            "月報(活動実績報告書)と、USBメモリーにそえる提出票です。印刷しなくても提出できます。"
            if closed
            else "締めると、月報(活動実績報告書)と提出票を印刷できます。"
        )
        for button in (self._print_plain, self._slip):
            button.setEnabled(closed)
        self._show_buttons()

    def _show_buttons(self) -> None:
        self._save.setEnabled(self._save_card.stick() is not None)

    def _focus_next(self) -> None:
        """Put the keyboard on the step that is next: the button of the last one is gone."""
        step = self._shown.step if self._shown else 2
        {2: self._close, 3: self._save, 4: self._print}[step].setFocus()

    def _reveal_soon(self, part: QWidget) -> None:
        """Scroll to a part once everything that just changed has found its place."""
        self._part, self._stood = part, None
        self._reveal.start()

    def _reveal_part(self) -> None:
        """Scroll to it, and again until it stays where it is: a busy PC lays out late."""
        self.reveal(self._part)
        stands = self._part.mapTo(self, self._part.rect().topLeft()).y()
        if stands != self._stood:
            self._stood = stands
            self._reveal.start()

    def _turn(self, by: int) -> None:
        self.show_month(self.month.next() if by > 0 else self.month.previous())

    def _arrange_cards(self) -> None:
        self._print_plain = BigButton("月報を印刷する", "printer")
        self._print_card.add(self._print_words)
        self._slip = BigButton("提出票を印刷する", "printer")
        self._print_card.add_row(self._print_plain, self._slip)
        for part in (self._bar, self._due, self._steps):
            self.add(part)
        self.add(self._check, self._close_card, self._save_card, self._print_card)
        self.action_bar.add(self._close, self._save, self._print)

    def _connect(self) -> None:
        self._bar.turned.connect(self._turn)
        self._check.wants.connect(self.wants)
        self._check.month_wanted.connect(self.show_month)
        self._check.answered.connect(self._take_answer)
        for card in (self._check, self._close_card):
            card.touched.connect(self._note_typing)
            card.left.connect(self._keep_words)
        self._close_card.reopen_wanted.connect(self._reopen)
        self._save_card.folder_wanted.connect(self._save_to_folder)
        self.lead(self._save_card.reply, Way(Screen.REPLY))
        self._save_card.again_wanted.connect(self._save_to_stick)
        self._save_card.stick_chosen.connect(self._show_buttons)
        self._close.clicked.connect(self._ask_before_closing)
        self._save.clicked.connect(self._save_to_stick)
        self._print.clicked.connect(self.print_paper)
        self._print_plain.clicked.connect(self.print_paper)
        self._slip.clicked.connect(self._ask_slip)
        self._keep.timeout.connect(self._keep_words)
        self._look.timeout.connect(self._find_sticks)
        self._reveal.timeout.connect(self._reveal_part)


def next_version(view: MonthView) -> int:
    """Return the version that closing now would make."""
    return view.version + 1 if view.is_closed and view.state != "closed" else view.version


def _close_month(
    close: Callable[[Month, TypedWords], MonthView], month: Month, words: TypedWords, _: Progress
) -> MonthView:
    return close(month, words)


def _reopen_month(handing_over: HandingOver, month: Month, _: Progress) -> MonthView:
    return handing_over.reopen(month)


def _save_file(
    submitting: Submitting,
    handing_over: HandingOver,
    what: tuple[Month, Path, bool],
    _: Progress,
) -> Made:
    month, place, on_stick = what
    made = submitting.submit(month, place)
    handing_over.note_place(month, on_stick=on_stick)
    return made


# How far a month is on its way: 記録しました, 保存しました, 届きました.
_SAVED = ("saved", "received", "returned", "approved")
_ARRIVED = ("received", "returned", "approved")


class SubmitSteps(QWidget):
    """Three states, each with a shape: ● reached, – not yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = [StateLabel(StateMark("shape_dash", "", "muted")) for _ in range(3)]
        row = FlowLayout(self, gap=3 * theme.GAP)
        for label in self._labels:
            row.addWidget(label)

    def show_hand_over(self, shown: MonthInHand) -> None:
        state, records = shown.view.state, shown.view.n
        if shown.view.changed_after_close or shown.has_answers:
            state = "closed"  # what came after the last file is neither saved nor there
        words = (
            (bool(records) or shown.view.is_closed, "記録しました", "記録はまだ"),
            (
                state in _SAVED,
                saved_words(self, shown) if state == "saved" else "保存しました",
                "保存はまだ",
            ),
            (state in _ARRIVED, "事務局に届きました", "届くのはまだ"),
        )
        for label, (reached, done, waiting) in zip(self._labels, words, strict=True):
            mark = ("shape_circle", done, "ok") if reached else ("shape_dash", waiting, "muted")
            label.show_state(StateMark(*mark))  # type: ignore[arg-type]
