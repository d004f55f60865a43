"""Screen 32: an office begins, step by step, or the one of the old PC comes back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from kashiwa_desktop.domain.people import Area
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.services.office.beginning import Beginning, Prepared
from kashiwa_desktop.services.safety.bringing_back import BringingBack, BroughtBack, Remains
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.office import start_work
from kashiwa_desktop.ui.office.new_words import NewWords
from kashiwa_desktop.ui.office.recovery_field import RecoveryField
from kashiwa_desktop.ui.office.start_cards import (
    NameCard,
    NumberCard,
    ProofCard,
    RecoveryCard,
    WayCard,
)
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.file_drop import FileDrop
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.secret_line import SecretLine
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.paper.paper_preview import ChoosePrinter, PaperPreview
from kashiwa_desktop.ui.widgets.text_label import TextLabel

WAY, NAME, WORDS, KEY, PAPER, PROOF, OPEN, BACK, DONE = range(9)
_BEFORE = {NAME: WAY, WORDS: NAME, PAPER: KEY, PROOF: KEY, OPEN: PROOF, BACK: WAY}


class StartPage(ScrollPage):
    """``begun`` when there is an office and the person wants to go on."""

    SCREEN, TITLE = 32, "事務局の用意"

    begun = Signal()

    def __init__(
        self,
        beginning: Beginning,
        bringing_back: BringingBack,
        jobs: Jobs,
        choose: ChoosePrinter | None = None,
    ) -> None:
        super().__init__()
        self._beginning, self._bringing_back = beginning, bringing_back
        self._work = PageWork(self, jobs)
        self._prepared: Prepared | None = None
        self.step = WAY
        self._way, self._name, self._words = WayCard(), NameCard(), NewWords()
        self._words_card = SectionCard("② 合言葉を決める")
        self._words_card.add(self._words)
        self._words_card.setFocusProxy(self._words)
        self._key, self._proof, self._open = RecoveryCard(), ProofCard(), OpenCard()
        self._back_card, self._number = BringBackCard(), NumberCard()
        self._preview = PaperPreview(self, self._work, choose)
        self._next = BigButton("次へ", "right", "main")
        self._print = BigButton("印刷する", "printer", "main", keys="Ctrl+P")
        self._keep = BigButton("PDFで残す(USBメモリーへ)", "save")
        self._return = BigButton("もどる", "left")
        self._cards: dict[int, QWidget] = {
            WAY: self._way, NAME: self._name, WORDS: self._words_card, KEY: self._key,
            PAPER: self._preview, PROOF: self._proof, OPEN: self._open, BACK: self._back_card,
            DONE: self._number,
        }  # fmt: skip
        self._arrange_cards()
        self._connect()
        self._show_areas(None, beginning.areas())
        self._show(WAY)

    def begin_new(self) -> None:
        """Go to the first step of a new office."""
        self._show(NAME)

    def go_back(self) -> None:
        before = _BEFORE.get(self.step)
        if before is not None:
            self._show(before)
        elif self.step == WAY:
            super().go_back()

    def print_paper(self) -> None:
        if self.step == PAPER:
            self._preview.send()
        elif self.step == KEY:
            self._make_paper()

    # ── steps ──────────────────────────────────────────────────────────────────────────────

    def _show(self, step: int) -> None:
        self.step = step
        for number, card in self._cards.items():
            show_when(card, wanted=number == step)
        words = {
            WORDS: "かぎを作る", KEY: "紙にしました。次へ",
            PROOF: "確かめる", OPEN: "開けるか確かめる",
            BACK: "事務局を戻す", DONE: "事務局の画面へ",
        }  # fmt: skip
        self._next.set_word(words.get(step, "次へ"))
        show_when(self._next, wanted=step not in (WAY, PAPER))
        for button in (self._print, self._keep):
            show_when(button, wanted=step == PAPER)
        show_when(self._return, wanted=step in _BEFORE)
        show_when(self.action_bar, wanted=step != WAY)
        show_when(self.heading, wanted=step != PAPER)
        QTimer.singleShot(0, self, self._focus)  # after the progress strip gave the focus back

    def _focus(self) -> None:
        targets: dict[int, QWidget] = {
            WAY: self._way.new, KEY: self._key.paper, PAPER: self._print, DONE: self._next
        }  # fmt: skip
        targets.get(self.step, self._cards[self.step]).setFocus()

    def _go_on(self) -> None:
        steps: dict[int, Callable[[], object]] = {
            NAME: self._end_name, WORDS: self._make_keys, KEY: self._ask_words,
            PROOF: self._end_proof, OPEN: self._finish, BACK: self._bring_back,
            DONE: self.begun.emit,
        }  # fmt: skip
        self.messages.clear()
        steps[self.step]()

    def _begin_back(self) -> None:
        self._show(BACK)

    def _end_name(self) -> None:
        if self._name.name() and self._name.areas:
            self._show(NAME if self._work.busy else WORDS)

    def _make_keys(self) -> None:
        words = self._words.take()
        if words:
            work = partial(
                start_work.prepare, self._beginning, self._name.name(), self._name.areas, words
            )
            self._work.run(work, self._show_key, "かぎを作っています(数秒かかります)")

    def _show_key(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self._key.show_key(prepared)
        self._proof.ask(prepared.places)
        self._show(KEY)

    def _make_paper(self) -> None:
        if self._prepared is not None:
            work = partial(start_work.paper, self._beginning, self._prepared)
            self._preview.make_secret("予備のかぎの紙", work)

    def _ask_words(self) -> None:
        self._show(PROOF)

    def _end_proof(self) -> None:
        if self._prepared is not None and self._proof.is_right(self._prepared):
            self._show(OPEN)

    def _finish(self) -> None:
        words = self._open.take()
        if words and self._prepared is not None:
            work = partial(start_work.finish, self._beginning, self._prepared, words)
            what = "ディスクから読み直して、開けるか確かめています"
            self._work.run(work, self._tell_begun, what, handled=self._handle_wrong)

    def _tell_begun(self, number: str) -> None:
        self._prepared = None
        self._key.forget()
        self._preview.forget()
        told = "合言葉でも予備のかぎでも開けることを確かめ、事務局の記録を作りました。"
        self._number.tell(number, told)
        self._show(DONE)

    # ── the old office ─────────────────────────────────────────────────────────────────────

    def _look(self, folder: Path) -> None:
        work = partial(start_work.look, self._bringing_back, folder)
        self._work.run(work, self._show_remains, "フォルダーを調べています")

    def _show_remains(self, remains: Remains) -> None:
        self._back_card.show_remains(remains)
        QTimer.singleShot(0, self._back_card, self._back_card.recovery.setFocus)

    def _bring_back(self) -> None:
        card = self._back_card
        if card.remains is None:
            self.messages.say("先にフォルダーをお選びください。")
            return
        typed = card.recovery.text()
        words = card.words.take() if typed else ""
        if words:
            work = partial(
                start_work.bring_back, self._bringing_back, card.remains, (words, typed),
                stolen=card.stolen.isChecked(),
            )  # fmt: skip
            what = "事務局を戻しています"
            self._work.run(work, self._tell_back, what, "個", handled=self._handle_recovery)

    def _tell_back(self, found: BroughtBack) -> None:
        self._back_card.recovery.clear()
        lines = ["事務局の記録を戻しました。新しい合言葉で開けます。"]
        if found.copy:
            lines.append(f"{found.copy.name[:10]} の予備の写しを戻しました。")
        if found.rebuilt:
            counts = (found.rebuilt.read, found.rebuilt.new)
            lines.append("保管したファイル {}個を読み、記録 {}件を加えました。".format(*counts))
            lines += [f"・{u.file} {u.text}" for u in found.rebuilt.unread]
        lines.append("新しい設定ファイルを作り、推進員さんに渡してください。")
        self._number.tell(found.number, "\n".join(lines))
        self._show(DONE)

    # ── the rest ───────────────────────────────────────────────────────────────────────────

    def _read_areas(self, file: object) -> None:
        path = file if isinstance(file, Path) else None
        work = partial(start_work.areas, self._beginning, path)
        self._work.run(work, partial(self._show_areas, path), "地域の表を読んでいます")

    def _show_areas(self, file: Path | None, areas: list[Area]) -> None:
        self._name.show_areas(areas, file)

    def _handle_wrong(self, error: BaseException) -> bool:
        if isinstance(error, AppError) and error.code == "wrong_passphrase":
            self._open.show_wrong(error.text)
            return True
        return False

    def _handle_recovery(self, error: BaseException) -> bool:
        if isinstance(error, AppError) and error.code in ("bad_key", "other_recovery_key"):
            self._back_card.recovery.show_wrong(error.text)
            return True
        return False

    def _keep_paper(self) -> None:
        self._preview.keep("予備のかぎ.pdf")

    def _show_paper(self, _printed: object) -> None:
        self._show(PAPER)

    def _arrange_cards(self) -> None:
        for step, card in self._cards.items():
            (self.add_filling if step == PAPER else self.add)(card)
        self.action_bar.add(self._next, self._print, self._keep, self._return)

    def _connect(self) -> None:
        self._way.new_wanted.connect(self.begin_new)
        self._way.back_wanted.connect(self._begin_back)
        self._name.table_chosen.connect(self._read_areas)
        self._key.paper_wanted.connect(self._make_paper)
        self._back_card.folder_chosen.connect(self._look)
        self._preview.made.connect(self._show_paper)
        self._next.clicked.connect(self._go_on)
        self._print.clicked.connect(self._preview.send)
        self._keep.clicked.connect(self._keep_paper)
        self._return.clicked.connect(self.go_back)


# The 合言葉 once more, before anything is entrusted to it.
class OpenCard(SectionCard):
    """``take`` gives what was typed; the keys are read from the disk again with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("⑤ 本当に開けるかの確かめ", parent)
        what = (
            "かぎをディスクから読み直し、合言葉と予備のかぎの両方で、ためしのファイルを開きます。"
            "開けてはじめて、事務局の記録を作ります。"
        )
        self._line = SecretLine()
        self._field = FormField(
            "さきほど決めた合言葉(パスワード。人に教えません)", self._line, required=True
        )
        self.add(TextLabel(what), self._field)
        self.setFocusProxy(self._line)

    def take(self) -> str:
        self._field.clear_message()
        if not self._line.text():
            self._field.block()
            self._field.focus()
        return self._line.take()

    def show_wrong(self, text: str) -> None:
        self._field.block(text)
        self._field.focus()


# 前の事務局を戻す: what is left of the old PC, the envelope, and a new 合言葉.
class BringBackCard(SectionCard):
    """``folder_chosen`` gives a folder to look into; ``show_remains`` opens the rest."""

    folder_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("前の事務局を戻す", parent)
        what = (
            "［別の場所に写す］で写しておいたフォルダー(名前が kashiwa-office- で始まります)か、"
            "前のパソコンの記録の場所をお選びください。保管したファイルと予備の写しをさがします。"
        )
        self._drop = FileDrop("そのフォルダーを、ここに置いてください", ())
        self._drop.folders_only()
        self._found = TextLabel(role="strong")
        self._limits = TextLabel(role="notice")
        self.recovery = RecoveryField()
        self.words = NewWords()
        self.stolen = QCheckBox("前のパソコンは盗まれた")
        self.add(TextLabel(what), self._drop, self._found, self._limits)
        self.add(self.recovery, self.stolen, self.words)
        self.remains: Remains | None = None
        self.setFocusProxy(self._drop.focusProxy() or self._drop)
        self._drop.dropped.connect(self._take)
        self.show_remains(None)

    def show_remains(self, remains: Remains | None) -> None:
        """Say what was found, and ask for the envelope and a new 合言葉."""
        self.remains = remains
        if remains is not None:
            self._found.setText(self._found_words(remains))
            self._limits.setText(self._limit_words(remains))
            self.recovery.setFocus()
        show_when(self._limits, wanted=remains is not None and bool(self._limits.text()))
        for part in (self._found, self.recovery, self.words, self.stolen):
            show_when(part, wanted=remains is not None)

    def _found_words(self, remains: Remains) -> str:
        files = f"保管したファイル {remains.files}個"
        copy = remains.copy.name[:10] if remains.copy else "なし"
        return f"{files} / いちばん新しい予備の写し {copy}"

    def _limit_words(self, remains: Remains) -> str:
        if remains.copy is None:
            return (
                "予備の写しがないので、発行した請求書・支払明細書、支払済みの記録、口座、"
                "操作の記録は戻りません。それまでの支払は、紙と監査綴りでご確認ください。"
            )
        if not remains.files:
            return "保管したファイルがないので、写しのあとに届いたものは戻りません。"
        return "写しのあとの支払済みの記録と操作の記録は戻りません。紙でご確認ください。"

    def _take(self, paths: list[Path]) -> None:
        if paths:
            self.folder_chosen.emit(paths[0] if paths[0].is_dir() else paths[0].parent)
