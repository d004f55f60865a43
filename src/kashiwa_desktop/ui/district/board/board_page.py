"""Screen 20: where every area stands, in words first, who is missing, and the list on paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.board import MISSING
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.checking.reviewing import Board, Reviewing, Row
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.papers.office_papers import OfficePapers
from kashiwa_desktop.services.papers.printing import Printed
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.district.board.board_table import BoardTable, words_of
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.emptying import empty
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.side_by_side import SideBySide
from kashiwa_desktop.ui.widgets.layout.tab_order import restore_tab_order
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.paper.paper_preview import ChoosePrinter, PaperPreview
from kashiwa_desktop.ui.widgets.state_label import StateLabel
from kashiwa_desktop.ui.widgets.state_mark import board_marks
from kashiwa_desktop.ui.widgets.step_bar import StepBar
from kashiwa_desktop.ui.widgets.text_label import TextLabel


# Who has not handed in yet: name, telephone, and a message ready to be sent.
@dataclass(frozen=True, slots=True)
class Missing:
    """One promoter whose month is not here; ``state`` is the word of the board."""

    promoter: str
    name: str
    area: str
    state: str
    phone: str


class MissingList(SectionCard):
    """``copy_wanted`` gives whose message is wanted; long lists scroll within the card."""

    copy_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._buttons: dict[BigButton, Missing] = {}
        self._inner = QWidget()
        self._inner.setProperty("plain", "true")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, theme.GAP, 0)
        self._column.setSpacing(2 * theme.GAP)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setProperty("plain", "true")
        scroll.setWidget(self._inner)
        scroll.setMinimumHeight(3 * theme.MAIN_TARGET)
        self.body.addWidget(scroll, 1)

    def show_missing(self, missing: Sequence[Missing]) -> None:
        """Replace who is listed."""
        self._empty()
        if missing:
            self.set_title(f"未提出 {len(missing)}人")
        else:
            self.set_title("未提出の方はいません")
        for one in missing:
            self._column.addWidget(self._row(one))
        self._column.addStretch(1)

    def stops(self) -> list[BigButton]:
        """Return the buttons in the order in which they stand."""
        return list(self._buttons)

    def _empty(self) -> None:
        self._buttons.clear()
        empty(self._column)

    def _row(self, one: Missing) -> QWidget:
        row = QWidget()
        phone = f"電話 {one.phone}" if one.phone else "電話番号は名簿にありません"
        copy = BigButton("連絡文をコピー", "copy")
        copy.setAccessibleName(f"{one.name}さんへの連絡文をコピー")
        self._buttons[copy] = one
        copy.clicked.connect(self._copy)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP // 2)
        column.addWidget(TextLabel(f"{one.area} {one.name}", "strong"))
        column.addWidget(TextLabel(f"{one.state}\n{phone}"))
        column.addWidget(copy)
        return row

    def _copy(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, BigButton) and pressed in self._buttons:
            self.copy_wanted.emit(self._buttons[pressed])


_NOBODY = ("vacant", "suspended")
_NOTHING_YET = ("missing", *_NOBODY)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class BoardSources:
    """What the page reads: the board, who is who, what it prints, and what day it is."""

    reviewing: Reviewing
    roster: RosterService
    papers: OfficePapers
    clock: Clock


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the worker brings: the board, who is who, and when it was looked at."""

    board: Board
    people: Roster
    at: datetime


class BoardPage(ScrollPage):
    """Who handed in what; a cell leads to its month, the buttons to the next thing to do."""

    SCREEN = 20
    TITLE = "提出状況"

    def __init__(
        self, sources: BoardSources, jobs: Jobs, choose: ChoosePrinter | None = None
    ) -> None:
        super().__init__()
        self._sources = sources
        self._work = PageWork(self, jobs)
        self._month = Month.of(sources.clock.today()).previous()
        self._shown: tuple[object, ...] | None = None
        self._bar = StepBar("前の月", "次の月")
        self._headline = TextLabel(role="heading")
        self._details = TextLabel(role="muted")
        self._slot = QWidget()
        self._table: BoardTable | None = None
        self._missing = MissingList()
        self._beside = SideBySide(self._slot, self._missing, shares=(5, 2), least_em=44)
        self._legend = BoardLegend()
        self._paper = PaperPreview(self, self._work, choose)
        self._intake = BigButton("受け取る", "inbox", "main")
        self._check = BigButton("確認する", "check")
        self._enter = BigButton("職員による入力", "pencil")
        self._returns = BigButton("返事のファイル", "stick")
        self._list = BigButton("一覧を印刷", "printer")
        self._print = BigButton("印刷する", "printer", "main", keys="Ctrl+P")
        self._keep = BigButton("PDFで残す", "save")
        self._leave = BigButton("もどる", "left")
        self._fill()
        self._connect()

    @property
    def month(self) -> Month:
        return self._month

    def refresh(self) -> None:
        if self._on_paper:
            return
        today = Month.of(self._sources.clock.today())
        self._bar.show_name(self._month.label(), more=self._month < today)
        look = partial(_look, self._sources, self._month)
        self._work.run(look, self._show, "提出状況を調べています")

    def print_paper(self) -> None:
        if self._on_paper:
            self._paper.send()
        else:
            self._make_list()

    def go_back(self) -> None:
        if self._on_paper:
            self._show_stage(paper=False)
            self.refresh()
        else:
            super().go_back()

    @property
    def _on_paper(self) -> bool:
        return not self._paper.isHidden()

    def _show(self, seen: _Seen) -> None:
        if seen.board.months[-1] != self._month:
            self.refresh()  # the month was turned meanwhile
            return
        self._headline.setText(self._headline_words(seen.board))
        self._details.setText(self._details_words(seen))
        self._show_table(seen.board)
        self._missing.show_missing(_missing(seen))
        self._order_stops()

    def _show_table(self, board: Board) -> None:
        if self._table is not None and self._shown == BoardTable.shape(board):
            self._table.show_board(board)
            return
        self._shown = BoardTable.shape(board)
        slot = self._slot.layout()
        if self._table is not None and slot is not None:
            slot.removeWidget(self._table)
            self._table.hide()
            self._table.deleteLater()
        self._table = BoardTable(board, "地域ごとの提出状況")
        self._table.cell_opened.connect(self._open)
        if slot is not None:
            slot.addWidget(self._table)

    def _order_stops(self) -> None:
        """Let Tab go from the table to the buttons beside it, and then to the actions."""
        if self._table is not None:
            restore_tab_order(self._table)
            for first, second in pairwise([self._table, *self._missing.stops()]):
                QWidget.setTabOrder(first, second)

    def _headline_words(self, board: Board) -> str:
        s, month = board.summary, self._month.short()
        if not s.expected:
            return f"{month}を出す地域はありません。"
        if s.received == s.expected:
            return f"{month}は、{s.expected}地域すべてから届いています。"
        words = "%sは、%s地域のうち%s地域から届いています。"
        return words % (month, s.expected, s.received)

    def _details_words(self, seen: _Seen) -> str:
        s = seen.board.summary
        parts = [
            f"承認 {s.approved}",
            f"まだ {s.missing}",
            f"遅れて届いた {s.received - s.on_time}",
        ]
        if s.returned:
            parts.append(f"差戻し {s.returned}")
        at = f"({wareki.long_date(seen.at.date())} {seen.at:%H:%M} 現在)"
        return "・".join(parts) + " " + at

    def _turn(self, by: int) -> None:
        self._month = self._month.next() if by > 0 else self._month.previous()
        self.refresh()

    def _open(self, row: Row, month: Month) -> None:
        if row.promoter is not None and row.cells[month].state not in _NOBODY:
            self.wants.emit(Way(Screen.CHECK, "show_month", (month, row.promoter)))

    def _ask_check(self) -> None:
        self.wants.emit(Way(Screen.CHECK, "show_month", (self._month, None)))

    def _ask_enter(self) -> None:
        self.wants.emit(Way(Screen.ENTERING, "show_sheet", (self._month,)))

    def _ask_returns(self) -> None:
        self.wants.emit(Way(Screen.RETURNS, "show_month", (self._month,)))

    def _copy_message(self, one: Missing) -> None:
        text = (
            f"{one.name}様\nいつもお世話になっております。{self._month.short()}の活動記録が、まだ届いていないようです。"
            "お手すきのときに、提出用のファイルをお持ちいただくか、お電話をいただけますでしょうか。"
        )
        QApplication.clipboard().setText(text)
        said = "%sさんへの連絡文をコピーしました。メールなどに貼り付けられます。"
        self.messages.say(said % one.name)

    def _make_list(self) -> None:
        if self._work.busy:
            return
        self._show_stage(paper=True)
        title = f"提出状況一覧 {self._month.label()}"
        self._paper.make(title, partial(_list, self._sources.papers, self._month))

    def _keep_list(self) -> None:
        self._paper.keep(f"提出状況一覧_{self._month}.pdf")

    def _show_stage(self, *, paper: bool) -> None:
        board: list[QWidget] = [self._bar, self._headline, self._details, self._beside]
        board += [self._legend, self._intake, self._check, self._list]
        for part in board:
            show_when(part, wanted=not paper)
        for other in (self._paper, self._print, self._keep, self._leave):
            show_when(other, wanted=paper)

    def _fill(self) -> None:
        slot = QVBoxLayout(self._slot)
        slot.setContentsMargins(0, 0, 0, 0)
        self.add(FlowRow(self._bar, self._headline), self._details)
        self.add_filling(self._beside)
        self.add(self._legend)
        self.add_filling(self._paper)
        self.action_bar.add(self._intake, self._check, self._returns, self._enter, self._list)
        self.action_bar.add(self._print, self._keep, self._leave)
        self._show_stage(paper=False)

    def _connect(self) -> None:
        self._bar.turned.connect(self._turn)
        self._missing.copy_wanted.connect(self._copy_message)
        self.lead(self._intake, Way(Screen.INTAKE))
        self._check.clicked.connect(self._ask_check)
        self._enter.clicked.connect(self._ask_enter)
        self._returns.clicked.connect(self._ask_returns)
        self._list.clicked.connect(self._make_list)
        self._print.clicked.connect(self._paper.send)
        self._keep.clicked.connect(self._keep_list)
        self._leave.clicked.connect(self.go_back)


def _look(sources: BoardSources, month: Month, progress: Progress) -> _Seen:
    progress.step("", 0, 0)
    first = month
    for _ in range(MONTHS - 1):
        first = first.previous()
    board = sources.reviewing.board(first, month)
    return _Seen(_begun(board), sources.roster.roster(), sources.clock.now())


def _begun(board: Board) -> Board:
    """Leave out the first months, in which nothing had come from anybody: before the beginning."""
    told = (
        number
        for number, month in enumerate(board.months[:-1])
        if any(row.cells[month].state not in _NOTHING_YET for row in board.rows)
    )
    return replace(board, months=board.months[next(told, len(board.months) - 1) :])


def _list(papers: OfficePapers, month: Month, progress: Progress) -> Printed:
    progress.step("", 0, 0)
    return papers.board(month, None)


def _missing(seen: _Seen) -> list[Missing]:
    month = seen.board.months[-1]
    found: dict[str, Missing] = {}
    for row in seen.board.rows:
        cell = row.cells[month]
        if row.promoter is None or cell.state not in MISSING:
            continue
        before = found.get(row.promoter)
        area = f"{before.area}・{row.area.name}" if before else row.area.name
        phone = seen.people.contact(row.promoter).phone
        state = words_of(cell)
        found[row.promoter] = Missing(row.promoter, row.name, area, state, phone)
    return list(found.values())


# What the shapes of the board mean, hidden until wanted.
_MEANINGS = (
    ("missing", "まだ何も届いていません。"),
    ("open", "記録は届いていますが、その月をまだ締めていません。"),
    ("received", "締めた月が届いています。承認を待っています。"),
    ("question", "届いていますが、先に見ていただきたいことがあります。"),
    ("returned", "推進員さんに、次の版をお願いしています。"),
    ("approved", "承認しました。印刷とお支払いに進めます。"),
    ("empty", "活動がなかった月として届いています。"),
    ("suspended", "お休み中です。提出はお待ちしていません。"),
    ("vacant", "推進員さんがいません。提出はお待ちしていません。"),
)


class BoardLegend(Fold):
    """Every shape with its word and a sentence, and the marks beside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("印の見方", parent)
        marks = board_marks()
        for state, meaning in _MEANINGS:
            self.add(FlowRow(StateLabel(marks[state]), TextLabel(meaning)))
        self.add(
            TextLabel("「遅」は、締切のあとに届いた月です。"),
            TextLabel("「締めのあと変更」は、締めたあとに変わった記録の数です。"),
        )
