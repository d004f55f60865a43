"""Screen 29: the office's 合言葉 and keys, and the promoters' PCs, each as a short guided page."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.office import key_work
from kashiwa_desktop.ui.office.guide import Guide, KeyServices, WordsField, handle_recovery
from kashiwa_desktop.ui.office.new_words import NewWords
from kashiwa_desktop.ui.office.pc_guides import PcsGuide, WaitingGuide
from kashiwa_desktop.ui.office.recovery_field import RecoveryField
from kashiwa_desktop.ui.office.recovery_guides import PaperGuide, RebuildGuide, TryRecoveryGuide
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.paper.paper_preview import ChoosePrinter, PaperPreview
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class KeysPage(ScrollPage):
    """A list of what can be done; one guide at a time takes its place."""

    SCREEN, TITLE = 29, "かぎとパソコン"

    def __init__(
        self, services: KeyServices, jobs: Jobs, choose: ChoosePrinter | None = None
    ) -> None:
        super().__init__()
        self._services = services
        self._work = PageWork(self, jobs)
        self._open: Guide | None = None
        self._previewing = False
        self._buttons: dict[BigButton, Guide] = {}
        self._groups: list[SectionCard] = []
        self._due = TextLabel(role="notice")
        self._preview = PaperPreview(self, self._work, choose)
        self._print = BigButton("印刷する", "printer", "main", keys="Ctrl+P")
        self._keep = BigButton("PDFで残す(USBメモリーへ)", "save")
        self._return = BigButton("一覧にもどる", "left")
        self._leave = BigButton("もどる", "left")
        self._add_guides()
        self.add_filling(self._preview)
        self.action_bar.add(self._print, self._keep, self._return, self._leave)
        self._connect()
        self._show(None)

    @property
    def guide(self) -> Guide | None:
        """The guide in view, None while the list is."""
        return self._open

    def refresh(self) -> None:
        if self._open is None:
            self._show(None)

    def open_guide(self, kind: type[Guide]) -> None:
        """Show a guide at once, as another page asks for it."""
        self._show(next(g for g in self._buttons.values() if isinstance(g, kind)))

    def open_rebuild(self) -> None:
        """Show how the office's records are made again."""
        self.open_guide(RebuildGuide)

    def leave(self) -> None:
        """Nothing secret stays on a page that is left."""
        self._preview.forget()
        self._show(None)

    def go_back(self) -> None:
        if self._open is not None:
            self.messages.clear()
            self._show(None)
        else:
            super().go_back()

    def print_paper(self) -> None:
        if self._previewing:
            self._preview.send()

    def _show(self, guide: Guide | None, *, previewing: bool = False) -> None:
        before, self._open, self._previewing = self._open, guide, previewing
        for card in self._groups:
            show_when(card, wanted=guide is None)
        for one in self._buttons.values():
            show_when(one, wanted=one is guide and not previewing)
        for part in (self._preview, self._print, self._keep):
            show_when(part, wanted=previewing)
        show_when(self._return, wanted=guide is not None)
        show_when(self._leave, wanted=guide is None)
        last = self._services.drill.last() if guide is None else None
        show_when(self._due, wanted=last is not None and last.is_due)
        for opened in (before, guide):
            if opened is not None and not previewing:
                opened.begin()  # nothing typed stays in the one that was left
        QTimer.singleShot(0, self, self._focus)  # after the progress strip gave the focus back

    def _focus(self) -> None:
        target: QWidget = (
            self._print if self._previewing else self._open or next(iter(self._buttons))
        )
        if self.isVisible():
            target.setFocus()

    def _open_pressed(self) -> None:
        button = self.sender()
        if isinstance(button, BigButton):
            self.messages.clear()
            self._show(self._buttons[button])

    def _tell(self, text: str) -> None:
        if isinstance(self._open, PcsGuide | WaitingGuide):
            self.messages.say(text)
            return
        self._show(None)
        self.messages.say(text)

    def _make_paper(self, text: str) -> None:
        self._preview.make_secret(
            "予備のかぎの紙", partial(key_work.paper, self._services, text),
            handled=self._handle,
        )  # fmt: skip

    def _handle(self, error: BaseException) -> bool:
        guide = self._open
        return isinstance(guide, PaperGuide) and handle_recovery(guide.recovery, error)

    def _show_paper(self, _: object) -> None:
        self._show(self._open, previewing=True)

    def _keep_paper(self) -> None:
        self._preview.keep("予備のかぎ.pdf")

    def _add_guides(self) -> None:
        services, work = self._services, self._work
        self._due.setText(
            "予備のかぎを1年以上確かめていません。下の［予備のかぎを確かめる］をどうぞ。"
        )
        self.add(self._due)
        self._group(
            "合言葉(パスワード。人に教えません)",
            (ChangeWordsGuide(services, work), "pencil"),
            (ForgottenGuide(services, work), "question"),
        )
        self._group(
            "推進員さんのパソコン",
            (PcsGuide(services, work), "list"),
            (WaitingGuide(services, work), "inbox"),
        )
        self._group(
            "予備のかぎ(封筒に入れて金庫へ)",
            (TryRecoveryGuide(services, work), "check"),
            (PaperGuide(services, work), "printer"),
        )
        self._group(
            "めったに使わないもの",
            (RenewGuide(services, work), "stamp"),
            (RebuildGuide(services, work), "folder"),
        )
        for guide in self._buttons.values():
            self.add(guide)

    def _group(self, title: str, *guides: tuple[Guide, str]) -> None:
        card = SectionCard(title)
        buttons = []
        for guide, icon in guides:
            button = BigButton(guide.heading.text(), icon)
            button.clicked.connect(self._open_pressed)
            guide.told.connect(self._tell)
            self._buttons[button] = guide
            buttons.append(button)
        card.add_row(*buttons)
        self._groups.append(card)
        self.add(card)

    def _connect(self) -> None:
        for guide in self._buttons.values():
            if isinstance(guide, PaperGuide):
                guide.paper_wanted.connect(self._make_paper)
        self._preview.made.connect(self._show_paper)
        self._print.clicked.connect(self._preview.send)
        self._keep.clicked.connect(self._keep_paper)
        self._return.clicked.connect(self.go_back)
        self._leave.clicked.connect(self.go_back)


# Guides about the 合言葉 and the office's keys: changed, forgotten, renewed, stolen.
def _hand_out() -> str:
    return "次に、［設定ファイルを作る］で新しい設定ファイルを作り、推進員さんに渡してください。"


class ChangeWordsGuide(Guide):
    """合言葉を替える."""

    def __init__(self, services: KeyServices, work: PageWork) -> None:
        what = (
            "職員が替わったときや、だれかに知られたかもしれないときに替えます。"
            "かぎは同じままなので、推進員さんに渡すものはありません。"
        )
        super().__init__("合言葉を替える", what, services, work)
        self._old = WordsField("いまの合言葉")
        self._new = NewWords()
        self.add(self._old, self._new)
        self._go_button("合言葉を替える")
        self.setFocusProxy(self._old.widget)

    def begin(self) -> None:
        self._old.clear()
        self._new.clear()

    def _go(self) -> None:
        new = self._new.take()
        old = self._old.take() if new else ""
        if new and old:
            work = partial(key_work.change_words, self._services, old, new)
            what = "合言葉を替えています"
            self._work.run(work, self._tell, what, handled=self._old.handle)

    def _tell(self, _: object) -> None:
        self.told.emit("合言葉を替えました。古い合言葉では、もう開きません。")


class ForgottenGuide(Guide):
    """合言葉を忘れた: the envelope opens the office again."""

    def __init__(self, services: KeyServices, work: PageWork) -> None:
        what = (
            "金庫の封筒(予備のかぎ)で、事務局を開けるようにします。封筒は2人で開け、"
            "開けた日と名前を紙に書いてください。記録は失われません。"
        )
        super().__init__("合言葉を忘れた", what, services, work)
        self._recovery, self._new = RecoveryField(), NewWords()
        self.add(self._recovery, self._new)
        self._go_button("新しい合言葉で開けるようにする")
        self.setFocusProxy(self._recovery)

    def begin(self) -> None:
        self._recovery.clear()
        self._new.clear()

    def _go(self) -> None:
        text = self._recovery.text()
        new = self._new.take() if text else ""
        if new:
            work = partial(key_work.recover, self._services, text, new)
            handled = partial(handle_recovery, self._recovery)
            self._work.run(work, self._tell, "かぎを作っています", handled=handled)

    def _tell(self, _: object) -> None:
        self.begin()
        text = (
            "新しい合言葉で開けるようになりました。いま届いているファイルは、このまま画面を"
            "閉じる前に［受け取る］で受け取ってください(予備のかぎで開きます)。"
        )
        self.told.emit(f"{text}\n{_hand_out()}")


class RenewGuide(Guide):
    """かぎを新しくする: as a precaution, or because the PC or the key was stolen."""

    def __init__(self, services: KeyServices, work: PageWork) -> None:
        what = "事務局のかぎを新しいものに替えます。これまでに届いたファイルは、そのまま読めます。"
        super().__init__("かぎを新しくする", what, services, work)
        self._why = ChipBar("新しくする理由")
        self._why.show_chips([("plain", "念のため新しくする"), ("stolen", "盗まれたかもしれない")])
        self._told_why = TextLabel(role="muted")
        self._old = WordsField("いまの合言葉")
        self._recovery, self._new = RecoveryField(), NewWords()
        self.add(self._why, self._told_why, self._old, self._recovery, self._new)
        self._go_button("かぎを新しくする")
        self.setFocusProxy(self._why)
        self._why.chosen.connect(self._show_why)

    def begin(self) -> None:
        self._old.clear()
        self._recovery.clear()
        self._new.clear()
        self._why.choose("plain")
        self._show_why("plain")

    def _show_why(self, why: object) -> None:
        stolen = why == "stolen"
        self._told_why.setText(
            (
                "前のかぎで作られたものは、設定ファイルを受け取った推進員さんのパソコンから順に、"
                "受け付けられなくなります。封筒の予備のかぎと、新しい合言葉が要ります。"
            )
            if stolen
            else "合言葉は同じままです。"
        )
        for part in (self._recovery, self._new):
            show_when(part, wanted=stolen)

    def _go(self) -> None:
        stolen = self._why.current() == "stolen"
        text = self._recovery.text() if stolen else ""
        new = self._new.take() if text else ""
        if stolen and not new:
            return
        old = self._old.take()
        if not old:
            return
        renew = partial(key_work.renew, self._services, old)
        revoke = partial(key_work.revoke, self._services, (old, new, text))
        self._work.run(
            revoke if stolen else renew,
            self._tell,
            "かぎを作っています",
            handled=self._handle,
        )

    def _handle(self, error: BaseException) -> bool:
        return self._old.handle(error) or handle_recovery(self._recovery, error)

    def _tell(self, _: object) -> None:
        self.begin()
        self.told.emit(f"事務局のかぎを新しくしました。\n{_hand_out()}")
