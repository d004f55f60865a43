"""集計 of the office: one number on the screen, behind it, in the spreadsheet and on paper."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from conftest import FULL
from kashiwa_desktop.domain.crosstab import MEASURES, words
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Area
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.counting.office_workbook import OfficeWorkbook, WorkbookWanted
from kashiwa_desktop.services.counting.tabulating import (
    MOST,
    ROWS,
    Asked,
    Spot,
    Tabulating,
    number_at,
    span_of,
    which_words,
)
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.roster import RosterService, area_changes
from kashiwa_desktop.services.office.settings_changes import write
from office_world import OCTOBER
from reports.reread import solid, text_of
from services.counted_world import fill, move_zone, put

WORLDS = 12 if FULL else 2


@pytest.fixture(scope="module")
def offices(towns):
    """Generated worlds, all different."""
    made = [towns() for _ in range(WORLDS)]
    stores = [town.office("2026-12-28T10:00") for town in made]
    for seed, store in enumerate(stores):
        move_zone(store)
        fill(store, seed)
        MoneySettings(store).change_office(
            {"opening": {"counts": {"council": 20, "network": 7 + seed}, "until": "2023-03"}}
        )
    yield stores
    for town in made:
        town.close()


ASKED = st.builds(
    Asked,
    year=st.sampled_from([2025, 2026]),
    rows=st.sampled_from(sorted(ROWS)),
    across=st.sampled_from(("month", "category", "year", "calendar", "since")),
    approved=st.just(False),
    proxy=st.booleans(),
).filter(lambda a: not (a.across == "category" and a.rows in ("category", "type")))


def spots(table):
    lines = [None, *(line.key for line in table.numbers.lines)]
    return [Spot(line, c) for line in lines for c in (None, *(k for k, _ in table.numbers.columns))]


def agree(service, table, spot):
    """The number of a spot is that of its records, in all four measures."""
    number, behind = number_at(table, spot), service.all_records(table, spot)
    assert number.count - number.opening == len(behind)
    assert number.days == len({(a.promoter, a.date) for a in behind})
    assert number.minutes == sum(a.minutes or 0 for a in behind)
    assert number.attendees == sum(a.attendees or 0 for a in behind)


@given(data=st.data(), asked=ASKED)
def test_every_number_of_a_table_is_that_of_its_records(offices, data, asked):
    service = Tabulating(data.draw(st.sampled_from(offices)))
    table = service.table(asked)
    some = st.lists(st.sampled_from(spots(table)), min_size=1, max_size=6)
    for spot in [Spot(), *data.draw(some)]:
        agree(service, table, spot)


def test_a_number_that_is_not_that_of_its_records_is_seen(offices):
    service = Tabulating(offices[0])
    table = service.table(Asked(2026))
    last = table.numbers.last
    wrong = replace(last, whole=replace(last.whole, attendees=last.whole.attendees + 1))
    table = replace(table, numbers=replace(table.numbers, last=wrong))
    with pytest.raises(AssertionError):
        agree(service, table, Spot())


def on_paper(store, table, measure, out):
    Tabulating(store).paper(table, measure, Progress(), out)
    return text_of(out.read_bytes())


def row_words(line, measure, *, before):
    first = [f"{line.before:,}" if line.before else "–"] if before else []
    cells = [words(cell, measure) for cell in line.cells]
    return solid("".join([line.name, *first, *cells, words(line.whole, measure)]))


def printed_as_shown(store, table, measure, out):
    """Every line of the table stands on the paper, letter for letter."""
    text = on_paper(store, table, measure, out)
    before = table.numbers.has_before and measure == "count"
    for line in (*table.numbers.lines, table.numbers.last):
        assert row_words(line, measure, before=before) in text


@settings(max_examples=400 if FULL else 15)
@given(data=st.data(), asked=ASKED, measure=st.sampled_from(["count", "days", "attendees"]))
def test_the_paper_says_what_the_screen_says(offices, tmp_path_factory, data, asked, measure):
    store = data.draw(st.sampled_from(offices))
    table = Tabulating(store).table(asked)
    printed_as_shown(store, table, measure, tmp_path_factory.getbasetemp() / "paper.pdf")


def test_another_number_on_the_paper_is_seen(offices, tmp_path):
    service = Tabulating(offices[0])
    table, other = (service.table(Asked(year)) for year in (2026, 2025))
    text = on_paper(offices[0], other, "count", tmp_path / "a.pdf")
    assert row_words(table.numbers.last, "count", before=False) not in text


def test_long_numbers_are_printed_in_two_tables_below_each_other(offices, tmp_path):
    table = Tabulating(offices[0]).table(Asked(2026))
    text = on_paper(offices[0], table, "minutes", tmp_path / "a.pdf")
    last = table.numbers.last
    for number in (*last.cells, last.whole):
        assert words(number, "minutes") in text


def sheet_rows(book, name):
    """The rows of a sheet by their first cell, numbers only."""
    rows = [[cell.value for cell in row] for row in book[name].iter_rows()]
    return {row[0]: row[1:] for row in rows if row and len(row) > 1 and isinstance(row[1], int)}


@settings(max_examples=400 if FULL else 10)
@given(data=st.data(), year=st.sampled_from([2025, 2026]))
def test_the_spreadsheet_says_what_the_screen_says(offices, tmp_path_factory, data, year):
    store = data.draw(st.sampled_from(offices))
    last = data.draw(st.sampled_from([*range(4, 13), 1, 2, 3]))
    span = span_of(year) if data.draw(st.booleans()) else (Month(year + (last < 4), last),) * 2
    out = tmp_path_factory.getbasetemp() / "book.xlsx"
    tables = ("summary", "records", "months", "areas")
    OfficeWorkbook(store).write(WorkbookWanted(span, tables), out)
    book = load_workbook(out)
    service = Tabulating(store)
    areas = service.table(Asked(year, "area", "category", only=span)).numbers
    for line in (*areas.lines, areas.last):
        row = sheet_rows(book, "印刷用")[line.name]
        assert row == [*(cell.count for cell in line.cells), *line.whole.measures()]
    months = service.table(Asked(year, "area", "month", only=span)).numbers
    for line in (*months.lines, months.last):
        row = sheet_rows(book, "地域と月")[line.name]
        assert row == [*(cell.count for cell in line.cells), line.whole.count]
    turned = service.table(Asked(year, "category", "month", only=span)).numbers
    for n, (_, name) in enumerate(turned.columns):
        row = sheet_rows(book, "月と区分")[name]
        assert row[:4] == [line.cells[n].count for line in turned.lines]
        assert row[4:] == list(turned.last.cells[n].measures())
    counted_as(book["データ"], turned.last.whole)


def counted_as(sheet, whole):
    """The data sheet's own columns add up to the sums."""
    head = [cell.value for cell in sheet[1]]
    rows = [dict(zip(head, (c.value for c in row), strict=True)) for row in sheet.iter_rows(2)]
    held = [row for row in rows if row["回数(回)"]]
    assert len(held) == whole.count
    assert sum(row["時間(分)"] or 0 for row in held) == whole.minutes
    assert sum(row["参加人数(人)"] or 0 for row in held) == whole.attendees
    assert len({(row["推進員番号"], row["日付(西暦)"]) for row in held}) == whole.days


# What stands in the table, and what is said under it --------------------------------------------


def test_running_sums_begin_with_the_opening_balance(offices):
    table = Tabulating(offices[0]).table(Asked(2026, "category", "since"))
    council = table.numbers.lines[0]
    assert council.name == "支えあい会議の展開"
    assert council.cells[0].count == 20
    assert council.cells[-1] == replace(council.whole, group=council.cells[-1].group)
    assert table.time == "平成27年度から令和8年度まで"
    assert table.numbers.columns[0] == ("2022", "令和4年度")  # when the balance was complete
    assert not table.numbers.has_before
    assert "記録より前の回数(期首の回数) 27回を含みます。" in table.notes


def test_what_cannot_be_divided_by_years_stands_before_them(offices):
    table = Tabulating(offices[0]).table(Asked(2026, "category", "year"))
    assert [line.before for line in table.numbers.lines] == [20, 7, 0, 0]
    assert table.numbers.last.before == 27
    areas = Tabulating(offices[0]).table(Asked(2026, "area", "year"))
    assert [line.before for line in (*areas.numbers.lines, areas.numbers.last)] == [0] * 4 + [27]
    assert any("27回は、この分けかたでは分けられません" in note for note in areas.notes)


def test_an_opening_balance_over_months_with_records_is_left_out_and_said(town):
    store = town.office()
    put(store, "old", "2019-07-01")
    MoneySettings(store).change_office({"opening": {"counts": {"other": 5}, "until": "2023-03"}})
    table = Tabulating(store).table(Asked(2026, "category", "year"))
    assert table.numbers.last.whole.count == 1
    assert table.notes == ("記録のある月の期首の回数は、加えていません。",)


def test_what_proxies_did_stands_apart_and_can_be_looked_at(town):
    store = town.office()
    put(store, "own", "2026-10-01")
    put(store, "other", "2026-10-02", by_proxy="コアメンバー", attendees=4)
    service = Tabulating(store)
    table = service.table(Asked(2026))
    assert (table.numbers.last.whole.count, table.proxy.count) == (1, 1)
    apart = service.table(Asked(2026, proxy=True))
    assert apart.numbers.last.whole.measures() == (1, 1, 0, 4)
    assert [a.id for a in service.records(apart, Spot())] == ["other"]
    assert which_words(apart.asked) == "代理の活動(受け取ったすべての記録)"


def test_only_approved_months(town):
    town.intake().take_in(town.months())
    Reviewing(town.office()).approve(OCTOBER, ["P001"])
    service = Tabulating(town.office())
    table = service.table(Asked(2026, "promoter", approved=True))
    named = {line.name: line.whole.count for line in table.numbers.lines}
    assert named == {"試験 花子(P001)": 3, "架空 太郎(P002)": 0, "例示 髙﨑(P003)": 0}
    assert {a.promoter for a in service.records(table, Spot())} == {"P001"}


def test_of_very_many_records_the_newest_are_shown(town, monkeypatch):
    store = town.office()
    for n in range(4):
        put(store, f"r{n}", f"2026-10-{n + 1:02d}")
    monkeypatch.setattr("kashiwa_desktop.services.counting.tabulating.MOST", 2)
    service = Tabulating(store)
    table = service.table(Asked(2026))
    assert [a.date.day for a in service.records(table, Spot())] == [3, 4]
    assert len(service.all_records(table, Spot())) == 4
    assert MOST == 1000


def test_lines_stand_there_though_nothing_happened(town):
    service = Tabulating(town.office())
    for rows, count in (("area", 4), ("zone", 2), ("category", 4), ("type", 12), ("tag", 7),
                        ("promoter", 3)):  # fmt: skip
        table = service.table(Asked(2026, rows))
        assert len(table.numbers.lines) == count
        assert table.numbers.last.whole.count == 0
    assert service.this_year() == 2026


def test_a_promoters_pc_has_no_such_tables(town):
    town.month("P001")
    with pytest.raises(RefusedError) as caught:
        Tabulating(town.pc("P001")).table(Asked(2026))
    assert caught.value.code == "not_office"


# History stays right when areas, zones and people change ----------------------------------------


def change_areas(store, *areas):
    with store.db.write() as tx:
        write(store, tx, "area", area_changes(tx, areas))


def lines_of(store, *asked):
    found = Tabulating(store).table(Asked(*asked)).numbers.lines
    return {line.name: line.whole.count for line in found if line.whole.count}


def test_an_area_that_was_divided_keeps_its_years(town):
    store = town.office("2027-05-01T10:00")
    put(store, "before", "2026-10-01", area="A1")
    put(store, "after", "2027-04-10", area="A5")
    change_areas(
        store,
        Area("A1", "見本台", "ミホンダイ", "北部", 1, last=date(2027, 3, 31)),
        Area("A5", "見本台", "ミホンダイ", "南部", 5, first=date(2027, 4, 1)),
    )
    assert lines_of(store, 2026) == {"見本台(令和9年3月まで)": 1}
    assert lines_of(store, 2027) == {"見本台": 1}
    both = lines_of(store, 2027, "area", "year")
    assert both == {"見本台(令和9年3月まで)": 1, "見本台": 1}
    names = [line.name for line in Tabulating(store).table(Asked(2027)).numbers.lines]
    assert "見本台(令和9年3月まで)" not in names  # it is no longer expected there


def test_a_zone_that_moved_is_that_of_each_records_day(town):
    store = town.office()
    move_zone(store)
    put(store, "march", "2026-03-31", area="A1")
    put(store, "april", "2026-04-01", area="A1")
    assert lines_of(store, 2025, "zone") == {"北部": 1}
    assert lines_of(store, 2026, "zone") == {"南部": 1}
    assert lines_of(store, 2026, "zone", "year") == {"北部": 1, "南部": 1}


def test_a_promoter_who_left_stays_in_the_years_of_his_work(town):
    store = town.office("2027-05-01T10:00")
    put(store, "his", "2026-10-01", "P002", area="A2")
    RosterService(store).end("P002", "A2", date(2026, 12, 31), "転居")
    assert lines_of(store, 2026, "promoter") == {"架空 太郎(P002)": 1}
    after = [line.key for line in Tabulating(store).table(Asked(2027, "promoter")).numbers.lines]
    assert after == [("P001",), ("P003",)]


def test_what_nobody_knows_stands_under_its_code_or_counts_as_sonota(town):
    store = town.office()
    put(store, "new", "2026-10-01", "P099", area="Z9", category="garden", type="roses")
    for rows, name in (("area", "Z9"), ("promoter", "P099"), ("category", "その他打合せ等"),
                       ("type", "その他打合せ等 その他"), ("zone", "圏域の設定なし")):  # fmt: skip
        assert lines_of(store, 2026, rows) == {name: 1}


def test_all_measures_have_a_name_and_a_unit():
    assert list(MEASURES) == ["count", "days", "minutes", "attendees"]
