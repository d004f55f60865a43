"""Excelに出す: the office's numbers and records as one workbook, written whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop.domain.crosstab import Line
from kashiwa_desktop.domain.month import Month, fiscal_year_start
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.errors import RefusedError, WrongUsageError
from kashiwa_desktop.excel.charts import Chart
from kashiwa_desktop.excel.writer import Cell, Column, Table
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services import workbooks
from kashiwa_desktop.services.checking.reviewing import Board, Reviewing
from kashiwa_desktop.services.counting.group_names import Span, time_words
from kashiwa_desktop.services.counting.tabulating import Asked, tabulated, which_words
from kashiwa_desktop.services.money import payments_paper
from kashiwa_desktop.services.money.issuing import Desk
from kashiwa_desktop.services.money.sheet_checks import second_opinion
from kashiwa_desktop.services.months.approvals import approved_months
from kashiwa_desktop.services.records import record_columns
from kashiwa_desktop.services.records.record_columns import COLUMNS, USUAL
from kashiwa_desktop.services.store import Store, allow, note, office_facts, office_settings, roster
from kashiwa_desktop.storage import activities
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx

TABLES = {
    "summary": "印刷用のまとめ",
    "records": "記録(1行に1件)",
    "months": "月と区分の表とグラフ",
    "areas": "地域と月の表",
    "years": "年度の表とグラフ",
    "board": "提出状況",
    "payments": "支払一覧",
}
"""What a workbook may hold, in this order."""

_MEASURES = (Column("回数(回)", 10), Column("活動日数(日)", 12), Column("時間(分)", 10),
             Column("参加人数(人)", 12))  # fmt: skip
_AT_ONCE = 500  # records between two looks at ［中止］
_NAMES = {"months": "月と区分", "areas": "地域と月", "years": "年度の累計"}


@dataclass(frozen=True, slots=True)
class WorkbookWanted:
    """Which tables and columns, of which months; ``names`` puts people's names in.

    提出状況 and 支払一覧 are those of the last month.
    """

    span: Span
    tables: tuple[str, ...] = tuple(TABLES)
    columns: tuple[str, ...] = USUAL
    approved: bool = False
    names: bool = False

    @property
    def last(self) -> Month:
        return self.span[1]


@dataclass(frozen=True, slots=True)
class Written:
    """A workbook that was written: its rows of records, and the yen of its 支払一覧."""

    file: Path
    rows: int
    total_yen: int


@dataclass(frozen=True, slots=True)
class _Work:
    """What making a workbook works with; ``board`` is read before, it has its own look."""

    store: Store
    tx: Tx
    people: Roster
    wanted: WorkbookWanted
    board: Board | None
    progress: Progress

    def asked(self, rows: str, across: str) -> Asked:
        span, approved = self.wanted.span, self.wanted.approved
        only = None if across in ("year", "since") else span
        return Asked(self.wanted.last.fiscal_year, rows, across, approved, only=only)

    def above(self, sheet: str) -> tuple[str, ...]:
        """Return the title of a sheet, what it is of, and when it was made."""
        made = f"{long_date(self.store.clock.today())} 作成"
        which = which_words(self.asked("area", "month"))
        return (TABLES[sheet], f"{time_words(self.wanted.span)} {which}", made)


class OfficeWorkbook:
    """Workbooks of the office."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def write(self, wanted: WorkbookWanted, out: Path, progress: Progress | None = None) -> Written:
        """Write a workbook; the log keeps who did it, of what time, and whether with names.

        WrongUsageError for a table or column that is not known; CancelledError leaves no file.
        """
        progress = progress or Progress()
        _refuse_unknown(wanted)
        board = None
        if "board" in wanted.tables:
            first = fiscal_year_start(wanted.last)
            board = Reviewing(self._store).board(first, wanted.last)
        with self._store.db.read() as tx:
            office_facts(tx)
            allow(self._store, tx)
            work = _Work(self._store, tx, roster(tx), wanted, board, progress)
            tables = {name: _MAKERS[name](work) for name in TABLES if name in wanted.tables}
            yen = sum(row.payment.yen for row in _listed(work, tx))
        workbooks.write(self._store, list(tables.values()), out, progress)
        written = Written(out, len(tables["records"].rows) if "records" in tables else 0, yen)
        self._note(wanted, written.rows)
        return written

    def _note(self, wanted: WorkbookWanted, rows: int) -> None:
        first, last = map(str, wanted.span)
        what = {"from": first, "to": last, "tables": list(wanted.tables), "names": wanted.names}
        with self._store.db.write() as tx:
            note(self._store, tx, "write_excel", rows=rows, **what)


def _refuse_unknown(wanted: WorkbookWanted) -> None:
    unknown = [*({*wanted.tables} - {*TABLES}), *({*wanted.columns} - {*COLUMNS})]
    if unknown:
        raise WrongUsageError(f"知らない表や列です: {', '.join(sorted(unknown))}", code="tables")
    if not wanted.tables:
        raise RefusedError("出す表を1つ以上お選びください。", code="nothing_chosen")
    if wanted.span[1] < wanted.span[0]:
        raise WrongUsageError("はじめの月が終わりの月よりあとです。", code="months")


def _summary(work: _Work) -> Table:
    """One line an area: 回 by category and all four measures, to be printed as it is."""
    numbers = tabulated(work.tx, work.asked("area", "category"), work.store.clock.now()).numbers
    columns = [Column("地域", 18), *(Column(f"{n}(回)", 12) for _, n in numbers.columns)]
    rows = [_summed(line) for line in (*numbers.lines, numbers.last)]
    above = (*work.above("summary"), "合同の支えあい会議は、地域ごとに1回、合計では1回と数えます。")
    return Table("印刷用", [*columns, *_MEASURES], rows, above, sums=True)


def _summed(line: Line) -> list[Cell]:
    return [line.name, *(cell.count for cell in line.cells), *line.whole.measures()]


def _records(work: _Work) -> Table:
    wanted = work.wanted
    pairs = approved_months(work.tx) if wanted.approved else None
    found = activities.find(work.tx, Wanted(None, *wanted.span, months=pairs))
    named = [code for code, column in COLUMNS.items() if column.named and wanted.names]
    codes = [code for code in COLUMNS if code in (*wanted.columns, *named)]
    rows = []
    for n, a in enumerate(found):
        if n % _AT_ONCE == 0:
            work.progress.step("記録を並べています", n, len(found))
        rows.append(record_columns.row(a, work.people, codes))
    return Table("データ", record_columns.headings(codes), rows, filters=True)


def _months(work: _Work) -> Table:
    """Months downwards and categories across, as a chart of the sheet's own cells needs them."""
    return _turned(work, "month", "月", "月ごとの活動(区分別)", "months")


def _years(work: _Work) -> Table:
    return _turned(work, "since", "年度", "はじめの年度からの累計(区分別)", "years")


def _turned(work: _Work, across: str, head: str, title: str, sheet: str) -> Table:
    found = tabulated(work.tx, work.asked("category", across), work.store.clock.now())
    numbers = found.numbers
    rows: list[list[Cell]] = []
    for n, (_, name) in enumerate(numbers.columns):
        cells = [line.cells[n].count for line in numbers.lines]
        rows.append([name, *cells, *numbers.last.cells[n].measures()])
    adds_up = across != "since"
    if adds_up:
        whole = [line.whole.count for line in numbers.lines]
        rows.append(["計", *whole, *numbers.last.whole.measures()])
    names = [line.name for line in numbers.lines]
    columns = [Column(head, 14), *(Column(f"{name}(回)", 14) for name in names), *_MEASURES]
    above = (*work.above(sheet), *found.notes)
    chart = Chart(title, len(names))
    return Table(_NAMES[sheet], columns, rows, above, sums=adds_up, chart=chart)


def _areas(work: _Work) -> Table:
    found = tabulated(work.tx, work.asked("area", "month"), work.store.clock.now())
    numbers = found.numbers
    columns = [Column("地域", 18), *(Column(f"{n}(回)", 9) for _, n in numbers.columns)]
    rows: list[list[Cell]] = [
        [line.name, *(cell.count for cell in line.cells), line.whole.count]
        for line in (*numbers.lines, numbers.last)
    ]
    above = (*work.above("areas"), *found.notes)
    columns.append(Column("計(回)", 10))
    return Table(_NAMES["areas"], columns, rows, above, sums=True, shaded=True)


def _board(work: _Work) -> Table:
    board = work.board
    if board is None:
        raise LookupError("the board was not read")
    named = work.wanted.names
    columns = [Column("地域", 18), Column("推進員番号", 11)]
    columns += [Column("推進員の氏名", 14)] if named else []
    columns += [Column(month.label(), 16) for month in board.months]
    rows: list[list[Cell]] = []
    for row in board.rows:
        who = [row.promoter or "欠員", *([row.name] if named else [])]
        words = [f"{row.cells[m].word}{' 遅' if row.cells[m].late else ''}" for m in board.months]
        rows.append([row.area.name, *who, *words])
    s = board.summary
    text = (
        f"{work.wanted.last.label()}分: 受け取り {s.received}/{s.expected}、承認 {s.approved}、"
        f"差戻し {s.returned}、まだ {s.missing}"
    )
    return Table("提出状況", columns, rows, (*work.above("board"), text))


def _payments(work: _Work) -> Table:
    """One line an approved appointment of the last month; yen in yen."""
    month, tx = work.wanted.last, work.tx
    found = _listed(work, tx)
    listed = [row.payment for row in found]
    named = work.wanted.names
    columns = [Column("地域", 18), Column("推進員番号", 11)]
    columns += [Column("氏名", 14), Column("フリガナ", 16)] if named else []
    columns += [
        Column("金額(円)", 12), Column("源泉徴収(円)", 12), Column("差引(円)", 12),
        Column("前月との差(円)", 12), Column("承認日(西暦)", 12), Column("照合番号", 12),
        Column("支払日(西暦)", 12), Column("理由", 30),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for one, p in zip(found, listed, strict=True):
        who: list[Cell] = [one.promoter, *([p.name, p.kana] if named else [])]
        money: list[Cell] = [p.yen, p.withheld, p.net, p.difference]
        rows.append([p.area, *who, *money, p.approved, p.check_code, p.paid, p.exception])
    whole = [sum(getattr(p, name) for p in listed) for name in ("yen", "withheld", "net")]
    blank: list[Cell] = [None] * (3 if named else 1)
    rows.append(["計", *blank, *whole])
    text = f"{month.label()}分 {len(listed)}件"
    return Table("支払一覧", columns, rows, (*work.above("payments"), text), sums=True)


def _listed(work: _Work, tx: Tx) -> list[payments_paper.Listed]:
    opinions = second_opinion(tx, str(work.wanted.last))
    desk = Desk(work.store, tx, work.people, office_settings(tx), opinions)
    return payments_paper.listed(desk, work.wanted.last)


_MAKERS: dict[str, Callable[[_Work], Table]] = {
    "summary": _summary,
    "records": _records,
    "months": _months,
    "areas": _areas,
    "years": _years,
    "board": _board,
    "payments": _payments,
}
