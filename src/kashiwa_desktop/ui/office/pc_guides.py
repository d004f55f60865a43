"""Guides about the promoters' PCs: which there are, lost and found, and files that wait."""

from datetime import datetime
from functools import partial

from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.services.office.enrolling import Pc
from kashiwa_desktop.services.travel.intake import Taken
from kashiwa_desktop.ui.office import key_work
from kashiwa_desktop.ui.office.guide import Guide, KeyServices, WordsField
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.table.table_model import Column, TableModel
from kashiwa_desktop.ui.widgets.table.whole_table import WholeTable
from kashiwa_desktop.ui.widgets.text_label import TextLabel

ACCEPTED_HERE = ("unknown_device", "revoked")


class PcsGuide(Guide):
    """パソコンの一覧: each promoter's PCs; one row is chosen and reported lost, or found."""

    def __init__(self, services: KeyServices, work: PageWork) -> None:
        what = (
            "なくしたと届け出たパソコンには、これから事務局の返事が読めません。"
            "そこから届くファイルは、本人に確かめるまで待ちます。受け取った記録は消えません。"
        )
        super().__init__("パソコンの一覧", what, services, work)
        self._people = Roster()
        self._twins = ProblemList()
        self._model = TableModel[Pc](self._columns())
        self._table = WholeTable(self._model, "推進員さんのパソコン", most=60)
        self._lost = BigButton("なくした", "warning")
        self._found = BigButton("見つかった", "check")
        self._none = TextLabel("まだどなたのパソコンからも届いていません。")
        self.add(self._twins, self._none)
        self.add_row(self._lost, self._found)
        self.add(self._table)
        self.setFocusProxy(self._table)
        self._table.chosen.connect(self._offer)
        self._lost.clicked.connect(self._report_lost)
        self._found.clicked.connect(self._report_found)

    def begin(self) -> None:
        self._people = self._services.roster.roster()
        pcs = self._services.enrolling.pcs()
        self._model.show_rows(pcs)
        self._twins.show_problems(self._twin(pc) for pc in pcs if pc.twin)
        show_when(self._table, wanted=bool(pcs))
        show_when(self._none, wanted=not pcs)
        self._table.choose(0)
        self._offer(self._table.current_row())

    def _offer(self, pc: Pc | None) -> None:
        self._lost.setEnabled(pc is not None and pc.state != "lost")
        self._found.setEnabled(pc is not None and pc.state == "lost")

    def _report_lost(self) -> None:
        self._report(found=False)

    def _report_found(self) -> None:
        self._report(found=True)

    def _report(self, *, found: bool) -> None:
        pc = self._table.current_row()
        if pc is not None:
            work = partial(key_work.report, self._services, pc.device, found=found)
            self._work.run(work, self._tell, "書いています")

    def _tell(self, pc: Pc) -> None:
        self.begin()
        self._choose(pc.device)
        who = name_of(self._people, pc.promoter)
        told = (
            "%s さんのパソコン(確認番号 %s)を、なくしたものとして届け出ました。"
            if pc.state == "lost"
            else "%s さんのパソコン(確認番号 %s)を、また使えるようにしました。"
        )
        self.told.emit(told % (who, pc.number))

    def _choose(self, device: str) -> None:
        rows = [pc.device for pc in self._model.rows]
        if device in rows:
            self._table.choose(rows.index(device))
            self._offer(self._table.current_row())

    def _twin(self, pc: Pc) -> ProblemItem:
        day = long_date(datetime.fromisoformat(pc.twin).date(), weekday=False)
        text = (
            "2台のパソコンが同じ印を使っています: %s さん 確認番号 %s(%s に届いたファイル)。"
            "記録はすべて受け取れます。本人に確かめて、写したほうのパソコンの［困ったとき］で"
            "「新しい印を作る」をしてもらってください。"
        )
        return ProblemItem(text % (name_of(self._people, pc.promoter), pc.number, day))

    def _columns(self) -> list[Column[Pc]]:
        return [
            Column("氏名", self._name),
            Column("地域", self._areas),
            Column("確認番号", _number),
            Column("状態", _state),
            Column("受け入れた日", _since),
            Column("版", _app),
        ]

    def _name(self, pc: Pc) -> str:
        return name_of(self._people, pc.promoter)

    def _areas(self, pc: Pc) -> str:
        held = self._people.of_promoter(pc.promoter)
        return "・".join(dict.fromkeys(self._people.area(a.area).name for a in held))


class WaitingGuide(Guide):
    """新しいパソコンの受け入れ, and files of a lost PC: each waits for a telephone call."""

    def __init__(self, services: KeyServices, work: PageWork) -> None:
        what = (
            "初めてのパソコンや、なくしたと届け出たパソコンから届いたファイルは、ここで待ちます。"
            "本人に電話し、［困ったとき］に出る確認番号を読んでもらい、同じなら受け取ってください。"
        )
        super().__init__("新しいパソコンの受け入れ", what, services, work)
        self._words = WordsField("事務局の合言葉")
        self._files = ProblemList()
        self._none = TextLabel("待っているファイルはありません。", "strong")
        self.add(self._words, self._files, self._none)
        self.setFocusProxy(self._words.widget)
        self._files.acted.connect(self._accept)

    def begin(self) -> None:
        self._words.clear()
        people = self._services.roster.roster()
        waiting = self._services.enrolling.waiting()
        self._files.show_problems(
            ProblemItem(
                f"{name_of(people, one.promoter)} さん\n{one.text}",
                (((one.file, one.reason), "ご本人に番号を確かめたので、受け取る"),)
                if one.reason in ACCEPTED_HERE
                else (),
            )
            for one in waiting
        )
        show_when(self._none, wanted=not waiting)
        show_when(self._words, wanted=bool(waiting) and not self._services.ring.is_open)

    def _accept(self, chosen: tuple[str, str]) -> None:
        words = "" if self._services.ring.is_open else self._words.take()
        if words or self._services.ring.is_open:
            work = partial(key_work.accept, self._services, *chosen, words)
            what = "受け取っています"
            self._work.run(work, self._tell, what, handled=self._words.handle)

    def _tell(self, taken: Taken) -> None:
        self.begin()
        came = [f for f in taken.files if f.state not in ("refused", "waiting")]
        if came:
            self.told.emit(f"受け取りました(記録など {sum(f.new for f in came)}件)。")
        else:
            self.told.emit("\n".join(f.text for f in taken.files))


def name_of(people: Roster, promoter: str) -> str:
    """Return the name of a promoter, or his number where the roster does not know him."""
    person = people.person(promoter)
    return person.name if person else promoter


def _number(pc: Pc) -> str:
    return pc.number


def _state(pc: Pc) -> str:
    if pc.state == "lost":
        return "▲ なくしたと届け出"
    return "● 使用中"


def _since(pc: Pc) -> str:
    return long_date(datetime.fromisoformat(pc.at).date(), weekday=False)


def _app(pc: Pc) -> str:
    return pc.app
