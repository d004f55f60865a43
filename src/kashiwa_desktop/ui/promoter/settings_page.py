"""Screen 9: text size first, then help, 予備の写し, 消した記録, who uses this PC, and practice."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office.office_here import OfficeHere
from kashiwa_desktop.services.office.people_here import PeopleHere, PersonHere
from kashiwa_desktop.services.records.tidying import Tidying
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.looking_into import LookingInto
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.promoter.list.trash_list import TrashList
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
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from kashiwa_desktop.ui.widgets.update_card import UpdateCard


@dataclass(frozen=True, slots=True)
class PcServices:
    """What keeps this PC going: copies, who uses it, its office."""

    keeping: Keeping
    looking_into: LookingInto
    people_here: PeopleHere
    office: OfficeHere


class SettingsPage(ScrollPage):
    """Speaks upward: help, practice, another person, the world after going back to a copy."""

    SCREEN = 9
    TITLE = "困ったとき・設定"

    changed = Signal(str)
    restored = Signal(str)
    help_wanted = Signal()
    practice_wanted = Signal()
    person_wanted = Signal(object)

    def __init__(
        self,
        look: Look,
        services: PcServices,
        tidying: Tidying,
        jobs: Jobs,
    ) -> None:
        super().__init__()
        self._tidying, self._people_here = tidying, services.people_here
        self._office = services.office
        self._work = PageWork(self, jobs)
        self._size, self._colours = TextSizeCard(look), ColoursCard(look)
        self._copies = CopiesCard(services.keeping, services.looking_into, self._work)
        self._heal = HealCard(services.keeping.healing(), self._work)
        self._trash = TrashList()
        self._people = ProblemList()
        self._help = BigButton("使い方の説明を開く", "question", keys="F1")
        self._support = BigButton("サポート用の情報を保存", "save")
        self._moving = BigButton("パソコンの引っ越し・なくしたとき", "right")
        self._review = BigButton("ふりかえりを見る", "chart")
        self._resources = BigButton("地域の資源を書く・見る", "list")
        self._practice = BigButton("練習する", "pencil")
        self._add_person = BigButton("ほかの人がはじめて使う", "plus")
        self._about = AboutCard()
        self._contact = TextLabel(role="strong")
        self.update_card = UpdateCard()
        self._arrange_cards()
        self._connect()

    def refresh(self) -> None:
        self._size.refresh()
        self._colours.refresh()
        self._trash.show_deleted(self._tidying.deleted())
        self._show_people()
        self._copies.refresh()
        contact = self._office.contact()
        self._contact.setText(contact)
        show_when(self._contact, wanted=bool(contact))

    def _show_people(self) -> None:
        people = self._people_here.everyone()
        self._people.show_problems(self._person_item(p) for p in people)

    def _person_item(self, person: PersonHere) -> ProblemItem:
        words = f"{person.name}({'・'.join(person.areas)})"
        if person.here:
            return ProblemItem(f"いま使っている人: {words}", (), "ok")
        return ProblemItem(words, ((person.folder, "この人に替える"),), "ok")

    def _bring_back(self, record: str) -> None:
        self._work.run(
            partial(_bring_back, self._tidying, record),
            self._tell_changed,
            "戻しています",
        )

    def _tell_changed(self, text: str) -> None:
        self._trash.show_deleted(self._tidying.deleted())
        self.changed.emit(f"{text}。")

    def show_practising(self) -> None:
        """In the practice store the same button leads back to the real records."""
        self._practice.set_word("練習をおわる")
        show_when(self.update_card, wanted=False)

    def _tell_restored(self, text: str) -> None:
        self._trash.show_deleted(self._tidying.deleted())
        self.messages.say(text)
        self.restored.emit(text)

    def _begin_person(self) -> None:
        self.person_wanted.emit(self._people_here.new_folder())

    def _arrange_cards(self) -> None:
        trouble = SectionCard("困ったとき")
        words = "事務局に電話するときは、右下の「画面」の番号をお伝えください。"
        trouble.add(TextLabel(words), self._contact)
        number = self._people_here.device_number()
        if number:
            trouble.add(TextLabel(f"このパソコンの確認番号 {number}", "strong"))
        trouble.add_row(self._help, self._support, self._moving)
        trash = SectionCard("消した記録(戻せます)")
        trash.add(self._trash)
        people = SectionCard("使う人を替える")
        people.add(self._people)
        people.add_row(self._add_person)
        more = SectionCard("そのほか")
        practice = "練習で書いたものは、本当の記録には入りません。提出もされません。"
        more.add_row(self._review, self._resources, self._practice)
        more.add(TextLabel(practice, "muted"))
        self.add(self._size, trouble, self._copies, trash, people, more, self._heal)
        self.add(self._colours, self.update_card, self._about)

    def _connect(self) -> None:
        self._trash.bring_back_wanted.connect(self._bring_back)
        self._copies.restored.connect(self._tell_restored)
        self._people.acted.connect(self.person_wanted)
        self._help.clicked.connect(self.help_wanted)
        self._support.clicked.connect(self.support_asked)
        self.lead(self._moving, Way(Screen.MOVING, "show_guide", ("new",)))
        self.lead(self._review, Way(Screen.REVIEW))
        self.lead(self._resources, Way(Screen.RESOURCES))
        self._practice.clicked.connect(self.practice_wanted)
        self._add_person.clicked.connect(self._begin_person)


def _bring_back(tidying: Tidying, record: str, _: Progress) -> str:
    return tidying.bring_back([record])
