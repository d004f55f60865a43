"""Screen 24: a table in which every number opens its records; plots, paper, 年度確定."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFileDialog, QPushButton

from kashiwa_desktop.domain.crosstab import words
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.sample import office_day
from kashiwa_desktop.services.counting.tabulating import Asked, Tabulating
from kashiwa_desktop.services.counting.year_closing import YearClosing
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.papers.office_papers import OfficePapers
from kashiwa_desktop.services.papers.office_plots import TITLES, OfficePlots
from kashiwa_desktop.ui.district.totals.number_records import NumberRecords
from kashiwa_desktop.ui.district.totals.numbers_table import NumbersTable
from kashiwa_desktop.ui.district.totals.totals_page import TotalsPage
from kashiwa_desktop.ui.district.totals.totals_work import TotalsDesk
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.paper.plot_card import Figure, PlotCard
from kashiwa_desktop.ui.widgets.table.table_view import TableView
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import named
from reports import reread
from services.counted_world import put
from ui.measure import complaints, settle

LEFT = Qt.MouseButton.LeftButton
OCTOBER = Month(2026, 10)


def desk(store):
    return TotalsDesk(
        Tabulating(store), OfficePapers(store), OfficePlots(store), YearClosing(store),
        RosterService(store), store.clock,
    )  # fmt: skip


@pytest.fixture
def page(store, jobs, come_up):
    return come_up(TotalsPage(desk(store), jobs))


def numbers(page):
    return next(t for t in page.findChildren(NumbersTable) if t.isVisible())


def cells(table):
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def heads(table):
    model = table.model()
    return [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]


def names(table):
    model = table.model()
    return [model.headerData(n, Qt.Orientation.Vertical) for n in range(model.rowCount())]


def said(page):
    return [one.text() for one in page.findChildren(TextLabel) if one.isVisible()]


def press(qtbot, page, word, rest):
    qtbot.mouseClick(named(page, QPushButton, word), LEFT)
    rest()
    settle()


def choose(qtbot, page, name, word, rest):
    box = named(page, QComboBox, name)
    box.setFocus()
    for _ in range(box.findText(word) - box.currentIndex()):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    for _ in range(box.currentIndex() - box.findText(word)):
        qtbot.keyClick(box, Qt.Key.Key_Up)
    rest()
    settle()
    assert box.currentText() == word


def at(table, line, column):
    return table.model().index(names(table).index(line), heads(table).index(column))


def click(qtbot, table, index, *, twice=False):
    table.scrollTo(index)
    spot = table.visualRect(index).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=spot)
    if twice:
        qtbot.mouseDClick(table.viewport(), LEFT, pos=spot)


def test_areas_by_month_with_the_sums_first(page, store):
    table = numbers(page)
    shown = page.table.numbers
    assert names(table)[0] == "計"
    assert heads(table)[:3] == ["計", "4月", "5月"]
    assert cells(table)[0][0] == f"{shown.last.whole.count:,}"
    assert len(names(table)) == 1 + 10
    QAbstractItemModelTester(table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    heard = at(table, "計", "10月").data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == f"計 10月 {shown.last.cells[6].count}回"
    assert any(text.startswith("令和8年度 ") and "参加" in text for text in said(page))
    assert any("令和8年11月6日(金) 10:00 現在" in text for text in said(page))


def test_a_number_opens_its_records_by_mouse_and_they_lead_to_their_month(page, qtbot, rest):
    table = numbers(page)
    area = names(table)[1]
    index = at(table, area, "10月")
    click(qtbot, table, index)
    press(qtbot, page, "記録を見る", rest)
    assert page.stage == "records"
    records = page.findChild(NumberRecords)
    assert records.title == f"令和8年度 {area} 10月  回数 {index.data()}回"
    listed = named(page, TableView, "この数の記録")
    assert len(cells(listed)) == int(index.data())
    assert all(row[0].startswith("令和8年10月") and row[1] == area for row in cells(listed))
    with qtbot.waitSignal(page.wants) as asked:
        press(qtbot, page, "確認するで見る", rest)
    assert asked.args == [Way(Screen.CHECK, "show_month", (OCTOBER, "P001"))]
    press(qtbot, page, "もどる", rest)
    assert page.stage == "table"
    assert numbers(page) is table
    assert table.currentIndex() == index


def test_the_same_by_keyboard_alone(page, qtbot, rest):
    table = numbers(page)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    for _ in range(2):
        qtbot.keyClick(table, Qt.Key.Key_Right)
    index = table.currentIndex()
    assert (index.row(), index.column()) == (1, 2)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    rest()
    settle()
    QApplication.processEvents()
    listed = named(page, TableView, "この数の記録")
    qtbot.waitUntil(listed.hasFocus)
    assert len(cells(listed)) == int(index.data())
    with qtbot.waitSignal(page.wants) as asked:
        qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert asked.args == [Way(Screen.CHECK, "show_month", (Month(2026, 5), "P001"))]
    page.go_back()
    rest()
    with qtbot.waitSignal(page.back_asked):
        page.go_back()


def test_a_number_that_is_nothing_opens_nothing(page, qtbot, rest):
    table = numbers(page)
    click(qtbot, table, at(table, "計", "3月"), twice=True)
    rest()
    assert page.stage == "table"
    assert not named(page, QPushButton, "記録を見る").isEnabled()


def test_a_double_click_opens_too(page, qtbot, rest):
    table = numbers(page)
    click(qtbot, table, at(table, "計", "5月"), twice=True)
    rest()
    assert page.stage == "records"


def test_other_lines_other_columns_other_numbers(page, qtbot, rest):
    choose(qtbot, page, "たてに並べるもの", "区分ごと", rest)
    assert names(numbers(page))[1:3] == ["支えあい会議の展開", "ネットワークづくり"]
    assert named(page, QComboBox, "よこに並べるもの").findText("区分で分ける") == -1
    choose(qtbot, page, "数えるもの", "時間", rest)
    assert all(":" in row[0] for row in cells(numbers(page)))
    choose(qtbot, page, "たてに並べるもの", "圏域ごと", rest)
    choose(qtbot, page, "よこに並べるもの", "区分で分ける", rest)
    assert heads(numbers(page))[1] == "支えあい会議の展開"
    assert any("圏域ごとに1回" in text for text in said(page))
    choose(qtbot, page, "たてに並べるもの", "推進員ごと", rest)
    assert names(numbers(page))[1].endswith("(P001)")


def test_approved_months_only_and_what_proxies_did(page, store, qtbot, rest):
    before = page.table.numbers.last.whole.count
    for word in ("承認済みの月だけ", "代理の活動を見る"):
        box = next(b for b in page.findChildren(QCheckBox) if b.text() == word)
        qtbot.keyClick(box, Qt.Key.Key_Space)
        rest()
        if word == "承認済みの月だけ":
            assert 0 < page.table.numbers.last.whole.count < before
    assert page.table.asked == Asked(2026, approved=True, proxy=True)
    assert any("代理の活動(承認済みの月だけ)" in text for text in said(page))


def test_another_year_and_the_opening_balance(page, store, qtbot, rest):
    given = {"counts": {"council": 287, "network": 4089, "community": 2317, "other": 3294},
             "until": "2023-03"}  # fmt: skip
    MoneySettings(store).change_office({"opening": given})
    choose(qtbot, page, "たてに並べるもの", "区分ごと", rest)
    choose(qtbot, page, "よこに並べるもの", "年度で分ける", rest)
    table = numbers(page)
    assert heads(table) == ["計", "期首", "令和8年度"]
    assert at(table, "計", "期首").data() == "9,987"
    click(qtbot, table, at(table, "計", "期首"), twice=True)
    rest()
    assert page.stage == "table"  # no record is behind it
    choose(qtbot, page, "よこに並べるもの", "はじめからの累計", rest)
    assert heads(numbers(page))[:2] == ["計", "令和4年度"]
    assert cells(numbers(page))[0][1] == "9,987"
    choose(qtbot, page, "よこに並べるもの", "月で分ける", rest)
    press(qtbot, page, "前の年度", rest)
    assert page.table.asked.year == 2025
    assert set(cells(numbers(page))[0]) == {"–"}


def test_the_records_say_what_of_a_number_has_none(page, store, qtbot, rest):
    MoneySettings(store).change_office({"opening": {"counts": {"other": 5}, "until": "2023-03"}})
    choose(qtbot, page, "たてに並べるもの", "区分ごと", rest)
    choose(qtbot, page, "よこに並べるもの", "年度で分ける", rest)
    click(qtbot, numbers(page), at(numbers(page), "計", "計"), twice=True)
    rest()
    assert any("期首の回数 5回には、記録がありません。" in text for text in said(page))


def test_minutes_and_people_stand_beside_the_records_where_they_are_counted(page, qtbot, rest):
    listed = page.findChild(NumberRecords).table
    for word, shown in (("時間", 4), ("参加人数", 5), ("回数", None)):
        choose(qtbot, page, "数えるもの", word, rest)
        click(qtbot, numbers(page), at(numbers(page), "計", "10月"), twice=True)
        rest()
        assert [n for n in (4, 5) if not listed.isColumnHidden(n)] == ([shown] if shown else [])
        page.go_back()
        rest()


def test_plots_with_their_numbers_as_tables(page, qtbot, rest):
    press(qtbot, page, "図で見る", rest)
    assert page.stage == "plots"
    qtbot.waitUntil(lambda: all(f.drawn for f in page.findChildren(Figure)), timeout=20_000)
    rest()
    settle()
    cards = page.findChildren(PlotCard)
    assert [card.heading.text() for card in cards] == list(TITLES)
    opener = named(cards[1], QPushButton, "数字の表で見る")
    qtbot.keyClick(opener, Qt.Key.Key_Return)
    settle()
    heat = cells(cards[1].findChild(TableView))
    shown = page.table.numbers
    assert [row[0] for row in heat] == [line.name for line in shown.lines]
    assert heat[0][1:] == [f"{c.count:,}" if c.count else "–" for c in shown.lines[0].cells]
    assert complaints(page) == []


def test_table_and_plots_on_paper(page, qtbot, rest, monkeypatch, tmp_path):
    press(qtbot, page, "紙の形で見る", rest)
    assert page.stage == "paper"
    kept = tmp_path / "a.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(kept), ""))
    press(qtbot, page, "PDFで残す", rest)
    assert kept.read_bytes().startswith(b"%PDF")
    press(qtbot, page, "もどる", rest)
    press(qtbot, page, "図で見る", rest)
    press(qtbot, page, "紙の形で見る", rest)
    assert page.stage == "paper"
    assert any(text.startswith("活動の図 令和8年度") for text in said(page))


def test_the_paper_of_a_month_is_offered_where_a_month_is_chosen(page, store, qtbot, rest):
    def offered():
        return [b.word for b in page.findChildren(QPushButton) if b.isVisible()
                and "集計を紙で見る" in b.word]  # fmt: skip

    assert offered() == []
    click(qtbot, numbers(page), at(numbers(page), "計", "10月"))
    settle()
    assert offered() == ["10月分の集計を紙で見る"]
    assert complaints(page) == []
    press(qtbot, page, "10月分の集計を紙で見る", rest)
    assert page.stage == "paper"
    assert offered() == []
    paper = reread.text_of((store.folder.root / "preview.pdf").read_bytes())
    assert "(令和8年10月分と年度累計)" in paper
    whole = page.table.numbers.last
    assert f"計{words(whole.cells[6], 'count')}{words(whole.whole, 'count')}" in paper
    press(qtbot, page, "もどる", rest)
    assert offered() == ["10月分の集計を紙で見る"]
    choose(qtbot, page, "よこに並べるもの", "区分で分ける", rest)
    click(qtbot, numbers(page), at(numbers(page), "計", "地域活動"))
    assert offered() == []


def test_a_year_that_runs_cannot_be_frozen(page, qtbot, rest):
    press(qtbot, page, "年度の確定", rest)
    assert "令和8年度は、まだ終わっていません。" in said(page)
    assert not [b for b in page.findChildren(QPushButton) if b.isVisible() and "確定する" in b.word]
    assert complaints(page) == []


def answer(monkeypatch, how):
    asked = []
    monkeypatch.setattr(ConfirmDialog, "ask", lambda q, _page: asked.append(q) or how)
    return asked


def test_a_year_is_frozen_with_who_and_when_and_corrections_are_shown(
    page, store, qtbot, rest, monkeypatch
):
    put(store, "old", "2025-10-01", area="01")
    press(qtbot, page, "前の年度", rest)
    press(qtbot, page, "年度の確定", rest)
    asked = answer(monkeypatch, how=False)
    press(qtbot, page, "この年度の数字を確定する", rest)
    assert asked[0].verb == "令和7年度を確定する"
    assert YearClosing(store).closed() == []
    answer(monkeypatch, how=True)
    press(qtbot, page, "この年度の数字を確定する", rest)
    closed = YearClosing(store).show(2025)
    assert closed.total.count == 1
    who = f"令和7年度は、令和8年11月6日(金)に{office_day.STAFF}が数字を確定しました。"
    assert who in said(page)
    press(qtbot, page, "もどる", rest)
    assert who in said(page)
    put(store, "late", "2025-10-02", area="01", attendees=4)
    page.refresh()
    rest()
    assert any("確定後の訂正が" in text for text in said(page))
    press(qtbot, page, "年度の確定", rest)
    rows = cells(named(page, TableView, "確定後の訂正"))
    assert ["回数(回)", "1", "2", "+1", "市全体の計"] in rows
    assert ["参加人数(人)", "0", "4", "+4", "10月 その他打合せ等"] in rows
    assert complaints(page) == []
    press(qtbot, page, "もどる", rest)
    press(qtbot, page, "紙の形で見る", rest)
    paper = reread.text_of((store.folder.root / "preview.pdf").read_bytes())
    assert "確定後の訂正が" in paper
    press(qtbot, page, "もどる", rest)
    press(qtbot, page, "年度の確定", rest)
    press(qtbot, page, "いまの数字でもう一度確定する", rest)
    assert YearClosing(store).show(2025).version == 2
    assert any("(第2版)" in text for text in said(page))


def test_excel_is_asked_for_with_what_is_counted(page, qtbot, rest):
    with qtbot.waitSignal(page.wants) as asked:
        press(qtbot, page, "Excelに出す", rest)
    assert asked.args == [Way(Screen.EXCEL, "show_asked", (Asked(2026),))]


@pytest.mark.parametrize("points", [12, 24])
def test_nothing_is_cut_in_any_stage(page, look, qtbot, rest, points):
    look.show_text_size(points)
    settle()
    assert complaints(page) == []
    click(qtbot, numbers(page), at(numbers(page), "計", "10月"), twice=True)
    rest()
    settle()
    assert complaints(page) == []
    for word in ("図で見る", "年度の確定"):
        press(qtbot, page, "もどる", rest)
        press(qtbot, page, word, rest)
        assert complaints(page) == [], word
