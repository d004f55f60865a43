"""Excelに出す: what the office sends on, with no name it did not want, and no formula at all."""

import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from conftest import FULL
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import PlaceError, RefusedError, WrongUsageError
from kashiwa_desktop.excel import writer
from kashiwa_desktop.progress import CancelledError, Progress
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.counting.office_workbook import OfficeWorkbook, WorkbookWanted
from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.records.record_columns import COLUMNS, USUAL
from kashiwa_desktop.storage import audit
from office_world import OCTOBER, PEOPLE
from services.counted_world import put

ONE = WorkbookWanted((OCTOBER, OCTOBER))
STARTS = [*"=+-@＝＋－＠|%\"'", "\t=", "\n=", "=cmd|' /C calc'!A0", "=1+1", "http://example.org",
          "0012", "1e5", "{=1}", "=HYPERLINK(\"x\")", "_x0041_"]  # fmt: skip
TEXTS = [start if len(start) > 4 else f"{start}1+1" for start in STARTS]


@pytest.fixture
def office(town):
    town.intake().take_in(town.months())
    return town.office()


def written(store, wanted, tmp_path):
    out = tmp_path / "book.xlsx"
    made = OfficeWorkbook(store).write(wanted, out)
    return made, load_workbook(out)


def texts(book):
    return [
        cell for sheet in book for row in sheet.iter_rows() for cell in row
        if isinstance(cell.value, str)
    ]  # fmt: skip


def dangerous(store):
    """One record whose every text begins like a formula."""
    for n, text in enumerate(TEXTS):
        more = dict.fromkeys(("content", "findings", "next", "place", "by_proxy"), text)
        put(store, f"r{n:02d}", "2026-10-20", title=text, counterparts=[text, text], **more)


def test_no_text_ever_becomes_a_formula(office, tmp_path):
    dangerous(office)
    wanted = replace(ONE, names=True)
    _, book = written(office, wanted, tmp_path)
    cells = texts(book)
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    said = {cell.value for cell in cells}
    assert set(TEXTS) <= said
    with zipfile.ZipFile(tmp_path / "book.xlsx") as parts:
        sheets = [n for n in parts.namelist() if n.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in parts.read(name) or b"<f " in parts.read(name) for name in sheets)


def test_a_writer_that_guesses_formulas_would_be_seen(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "bad.xlsx") as book:
        book.add_worksheet().write(0, 0, "=1+1")
    cells = texts(load_workbook(tmp_path / "bad.xlsx"))
    assert {cell.data_type for cell in cells} == {"f"}


def test_the_data_sheet_is_made_for_machines(office, tmp_path):
    made, book = written(office, ONE, tmp_path)
    sheet = book["データ"]
    head = [cell.value for cell in sheet[1]]
    assert head[:3] == ["日付(西暦)", "日付(和暦)", "年度"]
    assert {"時間(分)", "参加人数(人)", "回数(回)"} <= set(head)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(head)).column_letter}10"
    assert not any(page.merged_cells.ranges for page in book)
    first = dict(zip(head, sheet[2], strict=True))
    assert first["日付(西暦)"].value == datetime(2026, 10, 1)  # noqa: DTZ001 - cells have no zone
    assert first["日付(西暦)"].number_format == "yyyy-mm-dd"
    assert first["日付(和暦)"].value == "令和8年10月1日(木)"
    assert first["時間(分)"].value == 90
    assert made.rows == 9 == sheet.max_row - 1


def test_names_of_people_are_off_until_wanted(office, tmp_path):
    Reviewing(office).approve(OCTOBER, None)
    put(office, "proxy", "2026-10-21", by_proxy="代役 三郎")
    names = {name for person in PEOPLE.values() for name in person[:2]} | {"代役 三郎"}
    _, book = written(office, ONE, tmp_path)
    assert not any(name in cell.value for cell in texts(book) for name in names)
    assert "P001" in {cell.value for cell in texts(book)}
    _, book = written(office, replace(ONE, names=True), tmp_path)
    assert names <= {cell.value for cell in texts(book)}


def test_only_what_was_chosen(office, tmp_path):
    wanted = replace(ONE, tables=("records", "months"), columns=("area", "day"))
    _, book = written(office, wanted, tmp_path)
    assert book.sheetnames == ["データ", "月と区分"]
    assert [cell.value for cell in book["データ"][1]] == ["日付(西暦)", "地域"]
    assert written(office, replace(ONE, tables=("board",)), tmp_path)[0].rows == 0


def test_only_approved_months(office, tmp_path):
    Reviewing(office).approve(OCTOBER, ["P001"])
    made, book = written(office, replace(ONE, approved=True), tmp_path)
    assert (made.rows, made.total_yen) == (3, 40_000)
    assert book["月と区分"]["A2"].value == "令和8年10月 承認済みの月だけ"
    assert [cell.value for cell in book["支払一覧"][6]][:5] == ["見本台", "P001", 40_000, 0, 40_000]
    assert book["支払一覧"].cell(7, 1).value == "計"
    assert book["支払一覧"].cell(7, 3).value == 40_000


def test_the_board_says_where_every_area_stands(office, tmp_path):
    _, book = written(office, ONE, tmp_path)
    sheet = book["提出状況"]
    assert [cell.value for cell in sheet[5]][:3] == ["地域", "推進員番号", "令和8年4月"]
    last = [row[-1].value for row in sheet.iter_rows(6)]
    assert last == ["■受領", "■受領", "■受領", "–欠員"]
    assert "受け取り 3/3" in sheet["A4"].value


def test_charts_show_the_cells_of_their_own_sheet(office, tmp_path):
    MoneySettings(office).change_office({"opening": {"counts": {"other": 9}, "until": "2023-03"}})
    written(office, replace(ONE, tables=("months", "years")), tmp_path)
    with zipfile.ZipFile(tmp_path / "book.xlsx") as parts:
        charts = sorted(n for n in parts.namelist() if n.startswith("xl/charts/chart"))
        assert len(charts) == 2
        xml = parts.read(charts[0]).decode()
    assert "<c:barChart>" in xml
    assert '<c:grouping val="stacked"/>' in xml
    assert "'月と区分'!$B$5:$B$5" not in xml.replace("月と区分!", "'月と区分'!")
    for column in "BCDE":
        assert f"月と区分!${column}$5" in xml.replace("'", "")
    assert "月ごとの活動(区分別)" in xml


def test_a_sheet_to_be_printed_is_ready_for_paper(office, tmp_path):
    _, book = written(office, ONE, tmp_path)
    for name in ("印刷用", "提出状況", "支払一覧"):
        sheet = book[name]
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows
        assert "取扱注意" in sheet.oddFooter.left.text
    assert book["印刷用"]["A1"].font.b


class Impatient(Progress):
    """Someone who presses ［中止］ at the n-th step."""

    def __init__(self, n):
        super().__init__()
        self.left = n

    def step(self, text, done, total):
        self.left -= 1
        if self.left <= 0:
            self.cancel()
        super().step(text, done, total)


def test_stopped_at_any_step_nothing_is_left(office, tmp_path):
    steps, some = 0, replace(ONE, tables=("records", "months"))
    out = tmp_path / "book.xlsx"
    while True:
        steps += 1
        try:
            OfficeWorkbook(office).write(some, out, Impatient(steps))
        except CancelledError:
            assert list(tmp_path.iterdir()) == []
            continue
        break
    assert steps > 4
    with office.db.read() as tx:
        (entry,) = audit.entries(tx, "write_excel")  # only what was written is in the log
    assert entry.detail == {
        "rows": 9, "from": "2026-10", "to": "2026-10", "tables": ["records", "months"],
        "names": False,
    }  # fmt: skip


def test_a_place_that_cannot_be_written_is_said_and_not_logged(office, tmp_path):
    with pytest.raises(PlaceError):
        OfficeWorkbook(office).write(ONE, tmp_path / "none" / "book.xlsx")
    with office.db.read() as tx:
        assert audit.entries(tx, "write_excel") == []


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (replace(ONE, tables=("records", "moon")), WrongUsageError),
        (replace(ONE, columns=("day", "moon")), WrongUsageError),
        (replace(ONE, span=(OCTOBER, Month(2026, 9))), WrongUsageError),
        (replace(ONE, tables=()), RefusedError),
    ],
)
def test_what_is_doubtful_is_refused(office, tmp_path, wanted, error):
    with pytest.raises(error):
        OfficeWorkbook(office).write(wanted, tmp_path / "book.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_stranger_gets_no_file(office, town, tmp_path):
    Accounts(office).add("職員 一", "supervisor")
    Accounts(office).switch(on=True)
    with pytest.raises(RefusedError) as caught:
        OfficeWorkbook(town.office(staff="だれか")).write(ONE, tmp_path / "book.xlsx")
    assert caught.value.code == "no_account"
    assert list(tmp_path.iterdir()) == []


def test_the_usual_columns_hold_no_names():
    people = {"name", "kana", "chair", "recorder", "lecturer", "homework", "by_proxy"}
    assert {code for code in COLUMNS if code not in USUAL} == people


def test_many_rows_tell_how_far_they_are():
    seen = []

    class Watched(Progress):
        def step(self, text, done, total):
            seen.append((done, total))
            super().step(text, done, total)

    table = writer.Table("x", [writer.Column("a")], [[n] for n in range(450)])
    writer.write([table], datetime.now(UTC), Watched())
    assert seen == [(0, 450), (200, 450), (400, 450), (0, 0)]


if FULL:

    def test_unchanged_after_a_round_through_libreoffice(office, tmp_path, figure):
        """Needs LibreOffice (``soffice``): every cell is the same after opening and saving."""
        dangerous(office)
        Reviewing(office).approve(OCTOBER, None)
        _, before = written(office, replace(ONE, names=True), tmp_path)
        folder = tmp_path / "again"
        words = ["soffice", "--headless", "--convert-to", "xlsx", "--outdir", str(folder)]
        subprocess.run([*words, str(tmp_path / "book.xlsx")], check=True, capture_output=True)
        after = load_workbook(folder / "book.xlsx")
        assert after.sheetnames == before.sheetnames
        same = 0
        for name in before.sheetnames:
            for row in before[name].iter_rows():
                for cell in row:
                    there = after[name][cell.coordinate]
                    assert (there.value, there.data_type) == (cell.value, cell.data_type), cell
                    same += cell.value is not None
        with zipfile.ZipFile(folder / "book.xlsx") as parts:
            charts = [n for n in parts.namelist() if Path(n).match("xl/charts/chart*.xml")]
        assert len(charts) == 2
        figure(f"{same} cells unchanged by LibreOffice, {len(charts)} charts kept")
