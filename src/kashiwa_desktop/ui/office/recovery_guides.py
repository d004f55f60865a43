"""Guides about 予備のかぎ: tried once a year, printed again; and the archive read again."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.services.safety.rebuilding import Rebuilt
from kashiwa_desktop.services.safety.recovery_drill import LastDrill
from kashiwa_desktop.ui.office import key_work
from kashiwa_desktop.ui.office.guide import Guide, KeyServices, WordsField, handle_recovery
from kashiwa_desktop.ui.office.recovery_field import RecoveryField
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class TryRecoveryGuide(Guide):
    """予備のかぎを確かめる, once a year."""

    def __init__(self, services: KeyServices, work: PageWork) -> None:
        what = (
            "年に1回、封筒の紙で本当に開けるかを確かめます。封筒は2人で開け、開けた日と名前を紙に"
            "書き、終わったら新しい封筒に入れて金庫へ戻してください。"
        )
        super().__init__("予備のかぎを確かめる", what, services, work)
        self._last = TextLabel(role="strong")
        self._recovery = RecoveryField()
        self.add(self._last, self._recovery)
        self._go_button("開けるか確かめる")
        self.setFocusProxy(self._recovery)

    def begin(self) -> None:
        self._recovery.clear()
        last = self._services.drill.last()
        self._last.setText(self.last_words(last))

    def last_words(self, last: LastDrill) -> str:
        """Return when it was tried, in a sentence."""
        if last.day is None:
            return "まだ一度も確かめていません。"
        words = f"前に確かめた日: {long_date(last.day)}"
        return f"{words} 1年たちました。" if last.is_due else words

    def _go(self) -> None:
        text = self._recovery.text()
        if text:
            work = partial(key_work.try_recovery, self._services, text)
            handled = partial(handle_recovery, self._recovery)
            self._work.run(work, self._tell, "確かめています", handled=handled)

    def _tell(self, files: int) -> None:
        self.begin()
        text = "予備のかぎで開けました(ためしのファイルと、届いたファイル %s個)。"
        self.told.emit(text % files)


class PaperGuide(Guide):
    """予備のかぎをもう一度印刷: its words must be typed, because it is kept nowhere here."""

    paper_wanted = Signal(str)

    def __init__(self, services: KeyServices, work: PageWork) -> None:
        what = (
            "予備のかぎは、このパソコンには入っていません。いまの紙のことばを入れると、"
            "もう1通を同じ形で印刷できます。紙をなくしたときは、かぎを作り直すことはできません。"
            "残りの1通をお使いください。"
        )
        super().__init__("予備のかぎをもう一度印刷", what, services, work)
        self.recovery = RecoveryField()
        self.add(self.recovery)
        self._go_button("紙の形で見る", "printer")
        self.setFocusProxy(self.recovery)

    def begin(self) -> None:
        self.recovery.clear()

    def _go(self) -> None:
        text = self.recovery.text()
        if text:
            self.paper_wanted.emit(text)


class RebuildGuide(Guide):
    """事務局の記録を作り直す: everything that was kept is read in again."""

    def __init__(self, services: KeyServices, work: PageWork) -> None:
        what = (
            "予備の写しに戻したあとや、記録に欠けがあるときに、保管したファイルをすべて読み直します。"
            "何度行っても、二重にはなりません。"
        )
        super().__init__("事務局の記録を作り直す", what, services, work)
        limits = (
            "戻るもの: 届いた記録、承認、確認のお願い、名簿と設定、届いた日(遅れの印)。\n"
            "戻らないもの: 発行した請求書・支払明細書、支払済みの記録、口座、操作の記録。"
            "これらは予備の写しで戻します。"
        )
        self._folder = services.archive
        self._place = TextLabel(role="strong")
        self._other = BigButton("別のフォルダーを選ぶ", "folder")
        self._words = WordsField("事務局の合言葉")
        self._recovery = RecoveryField()
        self._fold = Fold("読めないファイルがあったとき(予備のかぎを使う)")
        self._fold.add(self._recovery)
        self.add(TextLabel(limits, "muted"), self._place)
        self.add_row(self._other)
        self.add(self._words, self._fold)
        self._go_button("保管したファイルを読み直す")
        self.setFocusProxy(self._words.widget)
        self._other.clicked.connect(self._choose)

    def begin(self) -> None:
        self._words.clear()
        self._recovery.clear()
        self._fold.open(opened=False)
        self.use_folder(self._services.archive)

    def use_folder(self, folder: Path) -> None:
        """Read this folder instead of the office's own archive."""
        self._folder = folder
        own = folder == self._services.archive
        name = "このパソコンの保管" if own else folder.name
        self._place.setText(f"読むところ: {name}")

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "保管したフォルダーを選ぶ")
        if chosen:
            self.use_folder(Path(chosen))

    def _go(self) -> None:
        text = self._recovery.text() if self._fold.is_open else ""
        words = self._words.take()
        if words:
            work = partial(key_work.rebuild, self._services, self._folder, (words, text))
            what = "保管したファイルを読んでいます"
            self._work.run(work, self._tell, what, "個", handled=self._handle)

    def _handle(self, error: BaseException) -> bool:
        return self._words.handle(error) or handle_recovery(self._recovery, error)

    def _tell(self, found: Rebuilt) -> None:
        self.begin()
        counts = (found.read, found.new)
        lines = ["{}個のファイルを読み、記録 {}件を取り戻しました。".format(*counts)]
        lines += [f"読めなかったファイル: {u.file} {u.text}" for u in found.unread]
        self.told.emit("\n".join(lines))
