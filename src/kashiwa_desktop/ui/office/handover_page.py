"""Screen 31: an appointment ended; its successor gets the area's records and the 引継書."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.services.travel import sticks
from kashiwa_desktop.services.travel.sending import Made
from kashiwa_desktop.services.travel.sticks import Stick
from kashiwa_desktop.services.travel.succeeding import Holding, Succession
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.office import handover_work
from kashiwa_desktop.ui.office.guide import WordsField
from kashiwa_desktop.ui.office.handover_work import HandoverServices
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.paper.paper_preview import ChoosePrinter, PaperPreview
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class HandoverPage(ScrollPage):
    """What a successor takes over; a return that is missing leads to 返事のファイル."""

    SCREEN, TITLE = 31, "引継ぎ"

    def __init__(
        self, services: HandoverServices, jobs: Jobs, choose: ChoosePrinter | None = None
    ) -> None:
        super().__init__()
        self._services = services
        self._work = PageWork(self, jobs)
        self._ended: list[Succession] = []
        self._chosen: Succession | None = None
        self._sticks: list[Stick] = []
        self._holding: Holding | None = None
        self._list_card = SectionCard("① 終わった委嘱を選ぶ")
        self._list = ProblemList()
        self._none = TextLabel("この2年のうちに終わった委嘱はありません。")
        self._who = SectionCard("② 後任の方")
        self._person = TextLabel(role="strong")
        self._successors = ChipBar("後任の方")
        self._holds = TextLabel()
        self._notes = ProblemList()
        self._save_card = SectionCard("③ 引継ぎファイルを保存する")
        self._words = WordsField("事務局の合言葉")
        self._places = ChipBar("保存する場所")
        self._stick_words = TextLabel()
        self._done = TextLabel(role="ok")
        self._paper_card = SectionCard("④ 引継書を印刷する")
        self._paper = BigButton("引継書を紙の形で見る", "printer")
        self._preview = PaperPreview(self, self._work, choose)
        self._print = BigButton("印刷する", "printer", "main", keys="Ctrl+P")
        self._keep = BigButton("PDFで残す", "save")
        self._leave = BigButton("もどる", "left")
        self._arrange_cards()
        self._connect()
        self._show_preview(wanted=False)

    def refresh(self) -> None:
        work = partial(handover_work.look, self._services)
        self._work.run(work, self._show_ended, "調べています")

    def _show_ended(self, ended: list[Succession]) -> None:
        self._ended = ended
        self._list.show_problems(self._item(one) for one in self._ended)
        show_when(self._none, wanted=not self._ended)
        before = self._chosen.appointment if self._chosen else ""
        self._chosen = next((s for s in self._ended if s.appointment == before), None)
        self._show_chosen()

    def leave(self) -> None:
        self._words.clear()

    def go_back(self) -> None:
        if self._previewing:
            self._show_preview(wanted=False)
        elif self._chosen is not None:
            self._chosen = None
            self._show_chosen()
        else:
            super().go_back()

    def print_paper(self) -> None:
        if self._previewing:
            self._preview.send()

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _item(self, one: Succession) -> ProblemItem:
        text = "%s %s さん %s まで"
        day = long_date(one.last, weekday=False)
        action = (one.appointment, "引き継ぐ")
        return ProblemItem(text % (one.area_name, one.name, day), (action,), "ok")

    def _choose(self, appointment: object) -> None:
        self._chosen = next((s for s in self._ended if s.appointment == appointment), None)
        self._done.hide()
        self.messages.clear()
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self._chosen
        show_when(self._list_card, wanted=chosen is None)
        for card in (self._who, self._save_card, self._paper_card):
            show_when(card, wanted=chosen is not None)
        if chosen is None:
            QTimer.singleShot(0, self._leave, self._leave.setFocus)
            return
        text = "%s 前任: %s さん(%s まで)"
        day = long_date(chosen.last, weekday=False)
        self._person.setText(text % (chosen.area_name, chosen.name, day))
        self._successors.show_chips((s.promoter, s.name) for s in chosen.successors)
        if len(chosen.successors) == 1:
            self._successors.choose(chosen.successors[0].promoter)
        self._look_for_sticks()
        self._show_successor()
        QTimer.singleShot(0, self, self._focus)

    def _focus(self) -> None:
        shown: QWidget = self._successors if self._successors.isVisible() else self._paper
        shown.setFocus()

    def _show_successor(self) -> None:
        """Look what the file for the chosen successor will hold, and say it."""
        chosen, successor = self._chosen, self._successor()
        if chosen is None or not successor:
            self._show_holding(None)
            return
        work = partial(handover_work.holding, self._services, chosen.area, successor)
        self._work.run(work, self._show_holding, "調べています")

    def _show_holding(self, holding: Holding | None) -> None:
        chosen, self._holding = self._chosen, holding
        if chosen is None:
            return
        self._holds.setText(self._holding_words())
        show_when(self._holds, wanted=holding is not None)
        self._notes.show_problems(self._problems(chosen, self._successor()))
        ready = self._is_ready()
        show_when(self._places, wanted=ready)
        show_when(self._words, wanted=ready and not self._services.ring.is_open)
        sticks = "USBメモリーをさすと、ここに名前が出ます。"
        waits = "後任の方が決まり、パソコンが分かると、保存できます。"
        self._stick_words.setText(sticks if ready else waits)

    def _successor(self) -> str:
        promoter = self._successors.current()
        return promoter if isinstance(promoter, str) else ""

    def _is_ready(self) -> bool:
        chosen, promoter = self._chosen, self._successors.current()
        known = [s for s in chosen.successors if s.promoter == promoter] if chosen else []
        holds = self._holding is not None and not self._holding.is_empty
        return bool(known) and known[0].has_pc and holds

    def _holding_words(self) -> str:
        held = self._holding
        if held is None:
            return ""
        lines = [
            f"入るもの: 支えあい会議の記録 {held.meetings}件、残っている宿題 {held.homework}件、"
            f"地域の資源 {held.resources}件",
            "入らないもの: 自分用メモ、ほかの地域の記録、会議のほかの活動の記録",
        ]
        return "\n".join(lines)

    def _problems(self, chosen: Succession, promoter: str) -> list[ProblemItem]:
        found = []
        if not chosen.successors:
            text = "後任の方がまだ名簿にいません。先に［名簿］に入れてください。"
            found.append(ProblemItem(text))
        known = {s.promoter: s for s in chosen.successors}
        if promoter in known and not known[promoter].has_pc:
            text = (
                "%s さんのパソコンをまだ知りません。設定ファイルを渡し、"
                "提出用を一度受け取ってから、もう一度開いてください。"
            )
            found.append(ProblemItem(text % known[promoter].name))
        if self._holding is not None and self._holding.is_empty:
            found.append(ProblemItem("この地域には、引き継ぐ会議や資源の記録がありません。"))
        if chosen.not_returned:
            text = (
                "%s さんへの最後の返事がまだです(届いた記録 %s件)。返事を渡すと、"
                "ご本人のパソコンの記録を消せるようになります。"
            )
            action = (Way(Screen.RETURNS, "show_last_month"), "返事のファイルを作る")
            found.append(ProblemItem(text % (chosen.name, chosen.not_returned), (action,)))
        else:
            text = f"{chosen.name} さんへの返事はできています。"
            found.append(ProblemItem(text, tone="ok"))
        return found

    def _show_preview(self, *, wanted: bool) -> None:
        self._previewing = wanted
        for part in (self._preview, self._print, self._keep):
            show_when(part, wanted=wanted)
        if wanted:
            for card in (self._list_card, self._who, self._save_card, self._paper_card):
                show_when(card, wanted=False)
        else:
            self._show_chosen()

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _look_for_sticks(self) -> None:
        self._sticks = self._services.sticks.find()
        chips = [(str(s.path), f"USBメモリー「{s.name}」に保存する") for s in self._sticks]
        again = ("again", "USBメモリーをもう一度さがす")
        self._places.show_chips([*chips, ("folder", "フォルダーに保存する"), again])

    def _save_to(self, place: object) -> None:
        self._places.choose(None)
        if place == "again":
            self._look_for_sticks()
        elif place == "folder":
            chosen = QFileDialog.getExistingDirectory(self, "保存するフォルダーを選ぶ")
            if chosen:
                self._save(sticks.chosen(chosen))
        else:
            self._save(Path(str(place)))

    def _save(self, folder: Path) -> None:
        chosen, ring = self._chosen, self._services.ring
        words = "" if ring.is_open else self._words.take()
        if chosen is None or not (words or ring.is_open):
            return
        to = (chosen.area, self._successor())
        work = partial(handover_work.save, self._services, to, folder, words)
        on_stick = any(folder == s.path for s in self._sticks)
        then = partial(self._tell_saved, on_stick=on_stick)
        self._work.run(work, then, "保存して、読み直しています", handled=self._handle)

    def _tell_saved(self, made: Made, *, on_stick: bool) -> None:
        lines = [f"■ {made.file.name} に保存し、読み直して確かめました。"]
        if on_stick:
            lines.append("USBメモリーを抜いても大丈夫です。")
        lines.append("後任の方は、このファイルを［事務局からの返事］で読み込みます。")
        self._done.setText("\n".join(lines))
        show_when(self._done, wanted=True)
        self._show_successor()

    def _handle(self, error: BaseException) -> bool:
        self._words.clear()
        return isinstance(error, AppError) and self._words.handle(error)

    def _make_paper(self) -> None:
        chosen = self._chosen
        if chosen is not None:
            title = f"引継書 {chosen.area_name}"
            self._preview.make(title, partial(handover_work.paper, self._services, chosen))

    def _show_made(self, _: object) -> None:
        self._show_preview(wanted=True)
        QTimer.singleShot(0, self._print, self._print.setFocus)

    def _keep_paper(self) -> None:
        if self._chosen is not None:
            self._preview.keep(f"引継書_{self._chosen.area_name}.pdf")

    def _arrange_cards(self) -> None:
        self._list_card.add(self._list, self._none)
        self._who.add(self._person, self._successors, self._holds, self._notes)
        self._save_card.add(self._words, self._stick_words, self._places, self._done)
        self._done.hide()
        paper = "前任の方の1年の会議・宿題・相手先・課題を1枚にまとめます。"
        self._paper_card.add(TextLabel(paper, "muted"))
        self._paper_card.add_row(self._paper)
        self.add(self._list_card, self._who, self._save_card, self._paper_card)
        self.add_filling(self._preview)
        self.action_bar.add(self._print, self._keep, self._leave)

    def _connect(self) -> None:
        self._list.acted.connect(self._choose)
        self._successors.chosen.connect(self._take_successor)
        self._notes.acted.connect(self.wants)
        self._places.chosen.connect(self._save_to)
        self._paper.clicked.connect(self._make_paper)
        self._preview.made.connect(self._show_made)
        self._print.clicked.connect(self._preview.send)
        self._keep.clicked.connect(self._keep_paper)
        self._leave.clicked.connect(self.go_back)

    def _take_successor(self, _: object) -> None:
        self._show_successor()
