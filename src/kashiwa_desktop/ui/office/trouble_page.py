"""Screen 28: text size first, then help, 予備の写し, the ways to keys, disposal, handover."""

from dataclasses import dataclass

from PySide6.QtCore import Signal

from kashiwa_desktop.services.office.office_here import OfficeHere
from kashiwa_desktop.services.office.releasing import Releasing
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.looking_into import LookingInto
from kashiwa_desktop.services.safety.outside_copies import OutsideCopies
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.office.outside_card import OutsideCard
from kashiwa_desktop.ui.office.release_card import ReleaseCard
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.about_card import AboutCard
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.copies_card import CopiesCard
from kashiwa_desktop.ui.widgets.heal_card import HealCard
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.look_cards import ColoursCard, TextSizeCard
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
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
