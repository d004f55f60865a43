"""Screen 5, 事務局からの返事: what came, what is asked, what arrived, what is still to be sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.travel.receiving import ENDINGS, Receiving, files_in
from kashiwa_desktop.services.travel.replying import Replying, ReplyView
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.promoter.reply.ask_card import AskCard
from kashiwa_desktop.ui.promoter.reply.reply_words import (
    PREDECESSOR,
    arrival_item,
    done_words,
    found_item,
    receipt_item,
    refused_item,
)
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.file_drop import FileDrop
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.text_label import TextLabel

KEEP_MS = 1500
"""What is typed is kept at most so long after the first change (PRODUCT.md, screen 2)."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What became of the files that were to be read, and where everything stands after it."""

    items: tuple[ProblemItem, ...]
    view: ReplyView


class ReplyPage(ScrollPage):
    """``arrived`` comes after reading."""

    SCREEN = 5
    TITLE = "事務局からの返事"

    arrived = Signal()

    def __init__(self, replying: Replying, receiving: Receiving, jobs: Jobs) -> None:
        super().__init__()
        self._replying, self._receiving, self._jobs = replying, receiving, jobs
        self._work = PageWork(self, jobs)
        self._view: ReplyView | None = None
        self._waiting: list[Path] = []
        self._again = ""
        self._unkept = False
        self._last = TextLabel(role="muted")
        self._found = ProblemList()
        self._news = ProblemList()
        self._ask = AskCard()
        self._sent = TextLabel(role="strong")
        self._done = ProblemList()
        self._done_fold = Fold("済んだもの・お返事したもの")
        self._receipts = ProblemList()
        self._receipt_card = SectionCard("事務局に届いたかどうか")
        self._drop = FileDrop(
            "事務局からもらったファイル(名前の終わりが .kssr)をここに置いてください",
            ENDINGS,
        )
        self._submit = BigButton("提出する", "plane", "main")
        self._choose = BigButton("返事のファイルを読み込む", "folder")
        self._keep = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._arrange_cards()
        self._connect()

    def refresh(self) -> None:
        self.leave()
        self._work.run(partial(_look, self._replying), self._show, "調べています")

    def leave(self) -> None:
        """Keep what was begun as an answer."""
        if self._unkept:
            self._unkept = False
            question, text = self._ask.typed()
            self._jobs.start(partial(_keep, self._replying, question, text))

    def show_found(self, paths: Sequence[Path]) -> None:
        """Offer what lies on a stick; none takes the offer back."""
        self._found.show_problems([found_item(paths)] if paths else [])

    def take_files(self, paths: Sequence[Path]) -> None:
        """Read files (and those in folders) that were dropped, chosen or double-clicked."""
        folders = [path for path in paths if path.is_dir()]
        self._waiting += [path for path in paths if path not in folders]
        self._waiting += files_in(folders)
        if folders and not self._waiting:
            self.messages.say("このフォルダーに、事務局からのファイルはありません。")
        self._read_waiting()

    def _read_waiting(self) -> None:
        if not self._waiting or self._work.busy:
            return  # what runs now comes back here at its end
        self.leave()
        paths, self._waiting = self._waiting, []
        work = partial(_read, self._receiving, self._replying, paths)
        self._work.run(work, self._show_read, "読み込んでいます")

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _show_read(self, read: _Read) -> None:
        self._news.show_problems(read.items)
        self._found.show_problems([])
        self._show(read.view)
        self._show_top()
        self.arrived.emit()

    def _show(self, view: ReplyView, told: str = "") -> None:
        self._view = view
        self._last.setText(self._last_words(view))
        show_when(self._drop, wanted=view.last is None)
        self._show_asked(view, told)
        self._receipts.show_problems(map(receipt_item, view.receipts))
        show_when(self._receipt_card, wanted=bool(view.receipts))
        self._show_to_send(view)

    def _show_asked(self, view: ReplyView, told: str = "") -> None:
        asked = [one for one in view.asked if one.is_open or one.id == self._again]
        self._ask.show_asked(asked, self._again, told)
        done = [one for one in view.asked if not one.is_open]
        self._done.show_problems(
            ProblemItem(done_words(one), self._again_action(one.id, one.settled), "ok")
            for one in reversed(done)
        )
        show_when(self._done_fold, wanted=bool(done))

    def _again_action(self, name: str, settled: bool) -> tuple[tuple[object, str], ...]:  # noqa: FBT001
        return () if settled else ((name, "返事を変える"),)

    def _show_to_send(self, view: ReplyView) -> None:
        month = None if view.open else view.to_send
        show_when(self._submit, wanted=month is not None)
        show_when(self._sent, wanted=month is not None)
        if month is None:
            return
        if month in view.changed:
            self._submit.set_word(f"{month.short()}の次の版を提出する")
            text = "%sは、締めたあとに内容が変わりました。次の版を提出してください。"
        else:
            self._submit.set_word(f"お返事を提出する({month.short()})")
            text = "%sについてのお返事は、まだ事務局に届いていません。提出すると届きます。"
        self._sent.setText(text % month.short())

    def _last_words(self, view: ReplyView) -> str:
        if view.last is None:
            return "事務局からの返事は、まだ読み込んでいません。"
        words = f"いちばん新しい返事は {wareki.long_date(view.last)} に作られたものです。"
        if view.settings_on is not None:
            words += f"設定は {wareki.long_date(view.settings_on)} のものです。"
        return words

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _answer(self, question: str, text: str, agrees: object) -> None:
        answer = partial(self._replying.answer, question, text, agrees=agrees)  # type: ignore[arg-type]
        self._do(answer, "お返事を書きました。")

    def _decide(self, record: str, head: str) -> None:
        decide = partial(self._replying.decide, record, head)
        self._do(decide, "この内容に決めました。")

    def _leave_to_office(self, record: str) -> None:
        leave = partial(self._replying.leave, record)
        self._do(leave, "事務局に確認することにしました。記録は2つとも残っています。")

    def _do(self, do: Callable[[], object], told: str) -> None:
        self._unkept = False
        self._work.run(
            partial(_act, do, self._replying),
            partial(self._tell_done, told),
            "書きこんでいます",
        )

    def _tell_done(self, told: str, view: ReplyView) -> None:
        self._again = ""
        self._news.show_problems([])  # read long ago; what is asked next stands in its place
        if view.open:
            self._show(view, told + "次はこちらです。")
            self._ask.focus()
            self._show_top()  # a question with its whole record is higher than the window
            return
        self._show(view)
        if view.to_send is not None:
            told += "これで全部です。提出すると、事務局に届きます。"
        self.messages.say(told)
        (self._choose if view.to_send is None else self._submit).setFocus()

    def _answer_again(self, name: object) -> None:
        if self._view is not None:
            self._again = str(name)
            self._news.show_problems([])
            self._show_asked(self._view)
            self._ask.focus()
            self._show_top()

    def _act_on_news(self, key: object) -> None:
        if key == PREDECESSOR:
            self.wants.emit(Way(Screen.PREDECESSOR))

    def _take_found(self, paths: tuple[Path, ...]) -> None:
        self.take_files(paths)

    def _ask_submit(self) -> None:
        if self._view is not None and self._view.to_send is not None:
            self.wants.emit(Way(Screen.SUBMIT, "show_month", (self._view.to_send,)))

    def _choose_files(self) -> None:
        pattern = " ".join(f"*{ending}" for ending in ENDINGS)
        names, _ = QFileDialog.getOpenFileNames(
            self,
            "返事のファイルを選ぶ",
            "",
            f"事務局からのファイル ({pattern})",
        )
        if names:
            self.take_files([Path(name) for name in names])

    def _note_typing(self) -> None:
        self._unkept = True
        if not self._keep.isActive():
            self._keep.start()

    def _arrange_cards(self) -> None:
        self._drop.files_only()
        self._done_fold.add(self._done)
        self._receipt_card.add(self._receipts)
        self.add(self._found, self._news, self._ask, self._sent)
        self.add(self._drop, self._receipt_card, self._done_fold, self._last)
        self.action_bar.add(self._submit, self._choose)
        for part in (self._found, self._news, self._sent, self._receipt_card, self._done_fold):
            part.hide()

    def _connect(self) -> None:
        self._work.ended.connect(self._read_waiting)
        self._keep.timeout.connect(self.leave)
        self._drop.dropped.connect(self.take_files)
        self._found.acted.connect(self._take_found)
        self._news.acted.connect(self._act_on_news)
        self._done.acted.connect(self._answer_again)
        self._ask.answered.connect(self._answer)
        self._ask.decided.connect(self._decide)
        self._ask.left_to_office.connect(self._leave_to_office)
        self._ask.wants.connect(self.wants)
        self._ask.touched.connect(self._note_typing)
        self._ask.walked.connect(self.leave)
        self._submit.clicked.connect(self._ask_submit)
        self._choose.clicked.connect(self._choose_files)


def _look(replying: Replying, _: Progress) -> ReplyView:
    return replying.show()


def _keep(replying: Replying, question: str, text: str, _: Progress) -> None:
    replying.keep_draft(question, text)


def _act(do: Callable[[], object], replying: Replying, _: Progress) -> ReplyView:
    do()
    return replying.show()


def _read(
    receiving: Receiving, replying: Replying, paths: Sequence[Path], progress: Progress
) -> _Read:
    """Read files one after the other, settings first: they may name the key of the others."""
    items, arrivals = [], []
    ordered = sorted(paths, key=lambda path: path.suffix.lower() != ".kssc")
    for done, path in enumerate(ordered):
        progress.step("", done, len(ordered))
        try:
            arrivals.append(receiving.take(path))
        except AppError as error:
            items.append(refused_item(path.name, error.text))
    found = [arrival_item(arrival) for arrival in arrivals]
    return _Read((*found, *items), replying.show())
