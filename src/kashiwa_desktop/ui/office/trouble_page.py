"""Screen 28: text size first, then help, 予備の写し, the ways to keys, disposal, handover."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kashiwa_desktop.domain.release import Release
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office.office_here import OfficeHere
from kashiwa_desktop.services.office.releasing import Releasing
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.looking_into import LookingInto
from kashiwa_desktop.services.safety.outside_copies import OutsideCopies, OutsideCopy
from kashiwa_desktop.services.travel import sticks
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.about_card import AboutCard
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.copies_card import CopiesCard
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea
from kashiwa_desktop.ui.widgets.heal_card import HealCard
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.look_cards import ColoursCard, TextSizeCard
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.release_tick import behind_words, release_words
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from kashiwa_desktop.ui.widgets.update_card import UpdateCard


@dataclass(frozen=True, slots=True)
class OfficePcServices:
    """What keeps the office's PC going: copies here and elsewhere, its number, new versions."""

    keeping: Keeping
    looking_into: LookingInto
    outside: OutsideCopies
    here: OfficeHere
    releasing: Releasing


class TroublePage(ScrollPage):
    """``restored`` comes after going back to a copy, ``announced`` after naming a version."""

    SCREEN, TITLE = 28, "困ったとき・安全"

    help_wanted = Signal()
    restored = Signal(str)
    announced = Signal()

    def __init__(
        self,
        look: Look,
        services: OfficePcServices,
        jobs: Jobs,
    ) -> None:
        super().__init__()
        self._here = services.here
        self._work = PageWork(self, jobs)
        self._size, self._colours = TextSizeCard(look), ColoursCard(look)
        self._help = BigButton("使い方の説明を開く", "question", keys="F1")
        self._support = BigButton("サポート用の情報を保存", "save")
        self._number = TextLabel(role="strong")
        self._copies = CopiesCard(services.keeping, services.looking_into, self._work)
        self._outside = OutsideCard(services.outside, self._work)
        self._heal = HealCard(services.keeping.healing(), self._work)
        self._release = ReleaseCard(services.releasing, self._work)
        self.update_card = UpdateCard()
        self._after = SectionCard("写しに戻したあとにすること")
        self._rebuild = BigButton("事務局の記録を作り直す", "folder", "main")
        self._ways = {
            Screen.KEYS: BigButton("かぎとパソコン", "stamp"),
            Screen.HANDOVER: BigButton("引継ぎ(推進員さんの交代)", "people"),
            Screen.DISPOSAL: BigButton("廃棄と開示", "trash"),
            Screen.LOG: BigButton("操作の記録", "list"),
            Screen.ADVANCED: BigButton("詳しい設定", "settings"),
        }
        self._arrange_cards()
        self._connect()

    def refresh(self) -> None:
        self._size.refresh()
        self._colours.refresh()
        self._copies.refresh()
        self._outside.refresh()
        self._release.refresh()
        self._number.setText(f"事務局の番号 {self._here.number()}")

    def _tell_restored(self, text: str) -> None:
        self.messages.say(text)
        show_when(self._after, wanted=True)
        self.reveal(self._after)
        self._rebuild.setFocus()
        self.restored.emit(text)

    def _ask_for_rebuild(self) -> None:
        show_when(self._after, wanted=False)
        self.wants.emit(Way(Screen.KEYS, "open_rebuild"))

    def _arrange_cards(self) -> None:
        trouble = SectionCard("困ったとき")
        words = "電話で聞くときは、右下の「画面」の番号をお伝えください。"
        trouble.add(TextLabel(words), self._number)
        trouble.add_row(self._help, self._support)
        later = (
            "写しのあとに届いたものや承認は、保管したファイルを読み直すと戻ります。"
            "続けて行ってください。"
        )
        self._after.add(TextLabel(later))
        self._after.add_row(self._rebuild)
        show_when(self._after, wanted=False)
        safety = SectionCard("安全と引継ぎ")
        safety.add_row(*self._ways.values())
        cards = (self._size, trouble, safety, self._copies, self._after, self._outside)
        self.add(*cards, self._heal, self._release, self.update_card, self._colours, AboutCard())

    def _connect(self) -> None:
        self._help.clicked.connect(self.help_wanted)
        self._support.clicked.connect(self.support_asked)
        self._copies.restored.connect(self._tell_restored)
        self._release.announced.connect(self.announced)
        self._rebuild.clicked.connect(self._ask_for_rebuild)
        for screen, button in self._ways.items():
            self.lead(button, Way(screen))


# 別の場所への写し: onto a second disk or a stick for the safe, once a month.
class OutsideCard(SectionCard):
    """Says when the last one was made, and makes the next where the person says."""

    def __init__(
        self, outside: OutsideCopies, work: PageWork, parent: QWidget | None = None
    ) -> None:
        super().__init__("別の場所への写し(月に1回)", parent)
        self._outside, self._work = outside, work
        what = (
            "このパソコンがこわれたときのために、保管したファイルと予備の写しを、別のディスクか"
            "USBメモリーに写します。中身は事務局のかぎか予備のかぎでしか開けません。"
        )
        self._last = TextLabel(role="strong")
        self._due = TextLabel("▲ ひと月以上、写していません。", "notice")
        self._go = BigButton("別の場所に写す", "stick")
        self._done = TextLabel(role="ok")
        self.add(TextLabel(what, "muted"), self._last, self._due)
        self.add_row(self._go)
        self.add(self._done)
        self._done.hide()
        self._go.clicked.connect(self._choose)

    def refresh(self) -> None:
        last = self._outside.last()
        day = long_date(last.day) if last.day else "まだありません"
        self._last.setText(f"前に写した日: {day}")
        show_when(self._due, wanted=last.is_due)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "写す場所を選ぶ")
        if chosen:
            self.copy_to(sticks.chosen(chosen))

    def copy_to(self, folder: Path) -> None:
        """Copy there; what is there already stays."""
        work = partial(_copy, self._outside, folder)
        self._work.run(work, self._tell, "別の場所に写しています", "個")

    def _tell(self, made: OutsideCopy) -> None:
        self.refresh()
        text = (
            "■ 「%s」に写し、読み直して確かめました(新しいファイル %s個と予備の写し)。"
            "USBメモリーのときは、抜いて金庫に入れてください。"
        )
        self._done.setText(text % (made.folder.name, made.files))
        show_when(self._done, wanted=True)


def _copy(outside: OutsideCopies, folder: Path, progress: Progress) -> OutsideCopy:
    return outside.copy_to(folder, progress)


# 新しい版を配る: the office names a setup file, and lays it beside the returns on a stick.
class ReleaseCard(SectionCard):
    """What is handed out travels with settings files and returns; ``announced`` when it changed."""

    announced = Signal()

    def __init__(self, releasing: Releasing, work: PageWork, parent: QWidget | None = None) -> None:
        super().__init__("新しい版を配る", parent)
        self._releasing, self._work = releasing, work
        what = (
            "配る版のファイルを決めると、設定ファイルと返事で、すべてのパソコンに伝わります。"
            "USBメモリーに入れたファイルが同じものと確かめられたときだけ、推進員さんの画面に出ます。"
        )
        self._present = TextLabel(role="strong")
        self._behind = TextLabel()
        self._notes = TextArea("新しくなったこと(1行に1つ)", lines=2)
        self._choose = BigButton("配る版を決める", "folder")
        self._lay = BigButton("新しい版をUSBメモリーに入れる", "stick")
        self._none = BigButton("配るのをやめる", "close")
        self._done = TextLabel(role="ok")
        self.add(TextLabel(what, "muted"), self._present, self._behind)
        self.add(FormField("新しくなったこと(1行に1つ)", self._notes))
        self.add_row(self._choose, self._lay, self._none)
        self.add(self._done)
        self._done.hide()
        self._choose.clicked.connect(self._ask_file)
        self._lay.clicked.connect(self._ask_folder)
        self._none.clicked.connect(self.withdraw)

    def refresh(self) -> None:
        found = self._releasing.present()
        self._present.setText(release_words(found))
        self._behind.setText(behind_words(self._releasing.behind()) if found else "")
        for part in (self._behind, self._lay, self._none):
            show_when(part, wanted=bool(found))

    def announce(self, file: Path) -> None:
        """Name a file; it is read whole first, and kept here."""
        work = partial(_announce, self._releasing, file, self._notes.text())
        what = "ファイルを確かめています"
        self._work.run(work, self._tell_announced, what, "MB")

    def withdraw(self) -> None:
        """Hand out nothing any more."""
        work = partial(_withdraw, self._releasing)
        self._work.run(work, self._tell_withdrawn, "保存しています")

    def lay(self, folder: Path, file: Path | None = None) -> None:
        """Lay what is handed out into a folder; ``file`` where none is kept here."""
        work = partial(_lay, self._releasing, folder, file)
        what = "USBメモリーに入れています"
        self._work.run(work, self._tell_laid, what, "MB")

    def _ask_file(self) -> None:
        chosen = self._file()
        if chosen is not None:
            self.announce(chosen)

    def _ask_folder(self) -> None:
        file = None if self._releasing.at_hand() else self._file()
        if file is None and not self._releasing.at_hand():
            return
        folder = QFileDialog.getExistingDirectory(self, "入れる先を選ぶ")
        if folder:
            self.lay(Path(folder), file)

    def _file(self) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, "新しい版のファイル", "", "新しい版 (*-setup.exe *.deb)"
        )
        return Path(chosen) if chosen else None

    def _tell_announced(self, made: Release) -> None:
        self._notes.set_text("")
        self.refresh()
        text = "%s を配ることにしました。設定ファイルか返事で伝わります。"
        self._say(text % made.version)
        self.announced.emit()

    def _tell_withdrawn(self, _nothing: object) -> None:
        self.refresh()
        self._say("配るのをやめました。設定ファイルか返事で伝わります。")
        self.announced.emit()

    def _tell_laid(self, made: Sequence[Path]) -> None:
        text = "■ 「%s」に入れ、読み直して確かめました。抜いても大丈夫です。"
        place = made[0].parent
        self._say(text % (place.name or place))

    def _say(self, text: str) -> None:
        self._done.setText(text)
        show_when(self._done, wanted=True)


def _announce(releasing: Releasing, file: Path, notes: str, progress: Progress) -> Release:
    return releasing.announce(file, notes.splitlines(), progress)


def _withdraw(releasing: Releasing, progress: Progress) -> None:
    progress.step("", 0, 0)
    releasing.withdraw()


def _lay(
    releasing: Releasing, folder: Path, file: Path | None, progress: Progress
) -> Sequence[Path]:
    return releasing.lay(folder, progress, file)
