"""Screen 25: what goes into a spreadsheet is chosen, remembered, written whole, and stoppable."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QPushButton

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.counting.office_workbook import TABLES, OfficeWorkbook
from kashiwa_desktop.services.counting.tabulating import Asked
from kashiwa_desktop.services.records.record_columns import USUAL
from kashiwa_desktop.ui.district.totals.excel_page import Chosen, ExcelDesk, ExcelPage
from kashiwa_desktop.ui.jobs import Job
from office_day_world import named
from ui.measure import complaints, settle

LEFT = Qt.MouseButton.LeftButton
NOVEMBER = Month(2026, 11)


@pytest.fixture
def memory():
    return [Chosen()]


@pytest.fixture
def make(store, jobs, memory, come_up):
    def one():
        desk = ExcelDesk(OfficeWorkbook(store), NOVEMBER, lambda: memory[-1], memory.append)
        return come_up(ExcelPage(desk, jobs))

    return one


@pytest.fixture
def page(make):
    return make()


def box(page, word):
    return next(b for b in page.findChildren(QCheckBox) if b.text() == word and b.isVisible())


def press(qtbot, page, word, rest):
    qtbot.mouseClick(named(page, QPushButton, word), LEFT)
    rest()
    settle()


@pytest.fixture
def save_as(monkeypatch, tmp_path):
    asked = []

    def choose(_page, _title, name, _kinds):
        asked.append(name)
        return str(tmp_path / "表"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return asked


def test_at_first_everything_of_the_year_without_names(page):
    wanted = page.wanted()
    assert wanted.tables == tuple(TABLES)
    assert wanted.columns == USUAL
    assert wanted.span == (Month(2026, 4), NOVEMBER)
    assert not wanted.names
    assert not wanted.approved


def test_it_is_written_where_the_person_says(page, qtbot, rest, save_as, tmp_path):
    press(qtbot, page, "Excelに出す", rest)
    assert save_as == ["活動集計 令和8年4月から令和8年11月まで.xlsx"]
    book = load_workbook(tmp_path / "表.xlsx")
    rows = book["データ"].max_row - 1
    assert f"表.xlsx に出しました。記録は{rows}件です。" in page.messages.text


def test_chosen_by_keyboard_and_remembered(page, make, memory, qtbot, rest, save_as, tmp_path):
    for word in ("提出状況", "支払一覧", "年度の表とグラフ", "人の名前を入れる"):
        one = box(page, word)
        one.setFocus()
        qtbot.keyClick(one, Qt.Key.Key_Space)
    fold = named(page, QPushButton, "記録の列を選ぶ")
    fold.setFocus()
    qtbot.keyClick(fold, Qt.Key.Key_Return)
    settle()
    qtbot.keyClick(box(page, "くわしい内容"), Qt.Key.Key_Space)
    month = named(page, QComboBox, "どの月を出しますか")
    month.setFocus()
    while month.currentText() != "10月だけ":
        qtbot.keyClick(month, Qt.Key.Key_Down)
    page.save()
    rest()
    book = load_workbook(tmp_path / "表.xlsx")
    assert book.sheetnames == ["印刷用", "データ", "月と区分", "地域と月"]
    head = [cell.value for cell in book["データ"][1]]
    assert "推進員の氏名" in head
    assert "くわしい内容" not in head
    assert memory[-1].tables == ("summary", "records", "months", "areas")
    again = make()
    assert again.wanted().tables == memory[-1].tables
    assert "content" not in again.wanted().columns
    assert not again.wanted().names  # names are asked for each time anew
    again._tick_usual()
    assert again.wanted().columns == USUAL


def test_with_nothing_chosen_nothing_is_asked(page, qtbot, rest, save_as):
    for word in TABLES.values():
        box(page, word).setChecked(False)
    press(qtbot, page, "Excelに出す", rest)
    assert "1つ以上お選びください。" in page.messages.text
    assert save_as == []


def test_what_is_counted_is_taken_over(page):
    page.show_asked(Asked(2025, approved=True))
    assert page.wanted().span == (Month(2025, 4), Month(2026, 3))
    assert page.wanted().approved


def test_no_year_that_is_still_to_come(page, qtbot, rest):
    assert not named(page, QPushButton, "次の年度").isEnabled()
    press(qtbot, page, "前の年度", rest)
    assert page.wanted().span[0] == Month(2025, 4)


def test_stopping_leaves_no_file(page, qtbot, rest, save_as, tmp_path, monkeypatch):
    run = Job.run_in_worker

    def stopped(job):
        job.cancel()
        run(job)

    monkeypatch.setattr(Job, "run_in_worker", stopped)
    press(qtbot, page, "Excelに出す", rest)
    assert "中止しました。何も変わっていません。" in page.messages.text
    assert list(tmp_path.glob("*.xlsx*")) == []


@pytest.mark.parametrize("points", [12, 24])
def test_nothing_is_cut(page, look, points):
    look.show_text_size(points)
    named(page, QPushButton, "記録の列を選ぶ").click()
    settle()
    assert complaints(page) == []
