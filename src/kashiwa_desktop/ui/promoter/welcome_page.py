"""Screen 0, はじめての設定: the settings file, name and area, a text size easy to read.

Three steps of a minute; each can be put off, and none comes back once it is done.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal

from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.services.office.setup import PromoterSetup, Welcome
from kashiwa_desktop.settings import TEXT_SIZES
from kashiwa_desktop.ui.jobs import Job, Jobs, Work
from kashiwa_desktop.ui.theme import TEXT_SIZE_WORDS, Look
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.file_drop import FileDrop
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class WelcomePage(ScrollPage):
    """``set_up`` gives a ``Welcome``; ``begun`` and ``practice_wanted`` end the page.

    ``text_size_chosen`` gives the points that are to be remembered on this PC.
    """

    SCREEN, TITLE = 0, "はじめての設定"

    set_up = Signal(object)
    begun = Signal()
    practice_wanted = Signal()
    text_size_chosen = Signal(int)

    def __init__(self, setup: PromoterSetup, jobs: Jobs, look: Look) -> None:
        super().__init__()
        self._setup, self._jobs, self._look = setup, jobs, look
        self._file: Path | None = None
        self._roster = Roster()
        self._step = 1
        self._file_card = SectionCard()
        self._name_card = SectionCard()
        self._size_card = SectionCard()
        drop = "事務局からもらった設定ファイル(名前の終わりが .kssc)をここに置いてください"
        self._drop = FileDrop(drop, (".kssc",))
        self._later = BigButton("あとで入れる", "right")
        self._names = ChipBar("あなたのお名前")
        self._right = TextLabel(role="heading")
        self._yes = BigButton("はい、合っています", "check", "main")
        self._no = BigButton("ちがいます。選びなおす", "undo")
        self._number = TextLabel()
        self._sizes = ChipBar("文字の大きさ", one_stop=True)
        self._practice = BigButton("練習してみる", "people")
        self._begin = BigButton("はじめる", "right", "main")
        self._office_card = SectionCard("事務局(柏市社会福祉協議会)の方へ")
        self._office = BigButton("事務局のパソコンとして始める", "stamp")
        self._arrange_cards()
        self._connect()
        self._show_step(1)

    def refresh(self) -> None:
        self._sizes.choose(self._look.text_size)

    def take_file(self, file: Path) -> None:
        """Look into a settings file that was dropped anywhere or double-clicked."""
        self._file = file
        setup = self._setup
        self._start(lambda _: setup.look(file)).succeeded.connect(self._show_names)

    def _take_files(self, files: Sequence[Path]) -> None:
        if files:
            self.take_file(files[0])

    def _show_names(self, roster: Roster) -> None:
        self._roster = roster
        names = [(p.promoter, f"{p.name}\n{self._areas(p.promoter)}") for p in roster.people]
        self._names.show_chips(names)
        self._ask_name()
        self._show_step(2)

    def _areas(self, promoter: str) -> str:
        found = self._roster.of_promoter(promoter)
        return "・".join(dict.fromkeys(self._roster.area(a.area).name for a in found))

    def _ask_name(self) -> None:
        self._names.choose(None)
        for part in (self._right, self._yes, self._no, self._number):
            part.hide()
        show_when(self._names, wanted=True)
        self._name_card.set_title("② あなたのお名前を押してください")

    def _ask_whether_right(self, promoter: object) -> None:
        person = self._roster.person(str(promoter))
        if person is None:
            return
        self._names.hide()
        self._name_card.set_title("② お名前と地域は合っていますか")
        told = "%s さん(%s)\n受け持ちの地域: %s"
        self._right.setText(told % (person.name, person.kana, self._areas(person.promoter)))
        for part in (self._right, self._yes, self._no):
            show_when(part, wanted=True)
        self._yes.setFocus()

    def _read(self) -> None:
        setup, file, promoter = self._setup, self._file, str(self._names.current())
        if file is not None:
            self._start(lambda _: setup.read(file, promoter)).succeeded.connect(self._show_welcome)

    def _show_welcome(self, welcome: Welcome) -> None:
        told = (
            "読み込みました。事務局の番号は %s です。事務局から聞いた番号と同じか、ご確認ください。"
        )
        self._number.setText(told % welcome.office_number)
        self._name_card.set_title("② 設定ファイルが入りました")
        for part in (self._yes, self._no):
            part.hide()
        show_when(self._number, wanted=True)
        self.set_up.emit(welcome)
        self._show_step(3)

    def _skip(self) -> None:
        self._show_step(3)

    def _show_step(self, step: int) -> None:
        self._step = step
        show_when(self._file_card, wanted=step == 1)
        show_when(self._name_card, wanted=step == 2 or (step == 3 and self._file is not None))
        show_when(self._size_card, wanted=step in (1, 3))
        show_when(self._office_card, wanted=step == 1)
        last = "③ 読みやすい文字の大きさ"
        self._size_card.set_title(last if step == 3 else "文字の大きさ")
        for button in (self._begin, self._practice):
            show_when(button, wanted=step == 3)
        show_when(self.action_bar, wanted=step == 3)
        if step == 3:
            self._begin.setFocus()

    def _resize(self, points: object) -> None:
        if isinstance(points, int):
            self._look.show_text_size(points)
            self.text_size_chosen.emit(points)

    def _start(self, work: Work) -> Job:
        self.messages.clear()
        job = self._jobs.start(work)
        job.failed.connect(self._show_failure)
        return job

    def _show_failure(self, error: BaseException) -> None:
        self.messages.show_error(error)

    def _arrange_cards(self) -> None:
        hello = "3つのことを決めると使えるようになります。1分ほどで終わり、あとから変えられます。"
        self._drop.files_only()
        self._file_card.set_title("① 設定ファイルを入れる")
        self._file_card.add(self._drop)
        self._file_card.add_row(self._later)
        self._name_card.add(self._names, self._right, self._number)
        self._name_card.add_row(self._yes, self._no)
        sample = "押すと、すぐに変わります。読みやすいものをお選びください。"
        self._sizes.show_chips([(size, TEXT_SIZE_WORDS[size]) for size in TEXT_SIZES])
        self._size_card.add(TextLabel(sample), self._sizes)
        office = "推進員さんは、上の①からお進みください。"
        self._office_card.add(TextLabel(office, "muted"))
        self._office_card.add_row(self._office)
        self.add(TextLabel(hello), self._file_card, self._name_card, self._size_card)
        self.add(self._office_card)
        self.action_bar.add(self._begin, self._practice)

    def _connect(self) -> None:
        self._drop.dropped.connect(self._take_files)
        self._later.clicked.connect(self._skip)
        self._names.chosen.connect(self._ask_whether_right)
        self._yes.clicked.connect(self._read)
        self._no.clicked.connect(self._ask_name)
        self._sizes.chosen.connect(self._resize)
        self._begin.clicked.connect(self.begun)
        self._practice.clicked.connect(self.practice_wanted)
        self.lead(self._office, Way(Screen.START))
