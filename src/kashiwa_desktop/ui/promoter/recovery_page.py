"""Screen 19, 記録を開けません: what happened, that nothing is lost yet, and the ways on."""

from functools import partial

from PySide6.QtCore import Signal

from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.safety.recovering import Recovered, Recovering, WholeCopy
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Question
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.copies_card import copy_words
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.text_label import TextLabel

AT_ONCE = 3


class RecoveryPage(ScrollPage):
    """``recovered`` comes once there is a store again that can be opened, with what to say then."""

    SCREEN, TITLE = 19, "記録を開けません"

    recovered = Signal(str)

    def __init__(self, error: AppError, recovering: Recovering, jobs: Jobs) -> None:
        super().__init__()
        self._error, self._recovering = error, recovering
        self._work = PageWork(self, jobs)
        self._is_newer = error.code == "too_new"
        self._wanted = AT_ONCE
        self._copies: list[WholeCopy] = []
        self._said = TextLabel()
        self._list = ProblemList()
        self._more = BigButton("もっと前の写しを見る", "down")
        self._anew = BigButton("はじめから始める", "plus")
        self._support = BigButton("サポート用の情報を保存", "save")
        self._close = BigButton("このまま閉じる", "close")
        self._arrange_cards()
        self._connect()

    def refresh(self) -> None:
        """Look for copies that are whole; nothing is changed by it."""
        self._work.run(
            partial(_whole, self._recovering, self._wanted),
            self._show,
            "予備の写しを確かめています",
        )

    def _show(self, copies: list[WholeCopy]) -> None:
        self._copies = copies
        self._list.show_problems(map(self._row_of, copies))
        none = (
            "使える予備の写しがありません。はじめから始めて、設定ファイルを読み込み、"
            "事務局からの返事を読み込むと、提出した記録は戻ります。先に事務局にお電話ください。"
        )
        some = "いちばん上(いちばん新しい写し)をお選びください。"
        self._said.setText(some if copies else none)
        show_when(self._more, wanted=len(copies) == self._wanted)
        show_when(self._anew, wanted=not copies and not self._is_newer)
        self._list.focus_first()

    def _row_of(self, one: WholeCopy) -> ProblemItem:
        text = f"{copy_words(one.name, self._recovering.clock.today())} の写し"
        if one.unread:
            return ProblemItem(f"{text}: {one.unread}", ((one, "もう一度読む"),))
        return ProblemItem(text, ((one, "この時点に戻す"),), "ok")

    def _show_more(self) -> None:
        self._wanted += 2 * AT_ONCE
        self.refresh()

    def _ask(self, one: object) -> None:
        if not isinstance(one, WholeCopy):
            return
        if one.unread:
            self.refresh()
            return
        when = copy_words(one.name, self._recovering.clock.today())
        text = (
            "こわれた記録は消さずにとっておき、その中で読めるものも一緒に戻します。"
            "写しのあとに書いたものは、戻ったか確かめてください。"
        )
        if self._is_newer:
            text = (
                "新しい版で書いた記録は消さずにとっておき、この版で読めるものも一緒に戻します。"
                "写しのあとに書いたものは、戻ったか確かめてください。"
            )
        question = Question(f"{when} の時点に戻しますか", text + one.mark, "この時点に戻す")
        if ConfirmDialog.ask(question, self):
            work = partial(_put_back, self._recovering, one)
            self._work.run(work, partial(self._tell, when), "戻しています")

    def _tell(self, when: str, done: Recovered) -> None:
        text = f"{when} の時点に戻しました。"
        if done.brought:
            text += f"そのあとの記録も{done.brought}件戻りました。"
        if done.is_office:
            text += "続けて「困ったとき・安全」で、事務局の記録を作り直してください。"
        self.recovered.emit(text)

    def _ask_anew(self) -> None:
        text = "こわれた記録は消さずにとっておきます。記録のない状態から始まります。"
        word = "はじめから始める"
        if ConfirmDialog.ask(Question("はじめから始めますか", text, word), self):
            work = partial(_begin_anew, self._recovering)
            self._work.run(work, self._tell_anew, "用意しています")

    def _tell_anew(self, _result: object) -> None:
        self.recovered.emit("はじめから始めました。設定ファイルを読み込んでください。")

    def _leave_window(self) -> None:
        self.window().close()

    def _arrange_cards(self) -> None:
        kept = "いまの記録のファイルは、そのままとってあります。何も消していません。"
        if self._error.values.get("gone"):
            kept = "残っているものは、そのままです。何も消していません。"
        what = ProblemList()  # it stays in sight, whatever else is said
        what.show_problems([ProblemItem(f"{self._error.text}\n{kept}", (), "danger")])
        back = SectionCard("予備の写しから戻す")
        back.add(self._said, self._list)
        back.add_row(self._more, self._anew)
        call = SectionCard("ご心配なとき")
        words = "このまま閉じて、事務局にお電話ください。画面の番号は19です。"
        call.add(TextLabel(words))
        call.add_row(self._support)
        self.add(what, back, call)
        self.action_bar.add(self._close)
        show_when(self._more, wanted=False)
        show_when(self._anew, wanted=False)

    def _connect(self) -> None:
        self._list.acted.connect(self._ask)
        self._more.clicked.connect(self._show_more)
        self._anew.clicked.connect(self._ask_anew)
        self._support.clicked.connect(self.support_asked)
        self._close.clicked.connect(self._leave_window)


def _whole(recovering: Recovering, most: int, progress: Progress) -> list[WholeCopy]:
    return recovering.whole_copies(most, progress)


def _put_back(recovering: Recovering, one: WholeCopy, _: Progress) -> Recovered:
    return recovering.put_back(one.name.file)


def _begin_anew(recovering: Recovering, _: Progress) -> object:
    return recovering.begin_anew()
