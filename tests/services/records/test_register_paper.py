"""地域版 on paper and 市域版 as a spreadsheet."""

import io

import openpyxl
import pytest
from pypdf import PdfReader

import promoter_world
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import PlaceError, RefusedError
from kashiwa_desktop.progress import CancelledError, Progress
from kashiwa_desktop.services.office.log_trail import LogFilter, LogTrail
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.office.roster_tables import RosterTables
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup
from kashiwa_desktop.services.papers.year_papers import YearPapers
from kashiwa_desktop.services.records.city_register import CityRegister
from kashiwa_desktop.services.records.register_paper import RegisterPaper
from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.services.undoing import Undoing
from services.key_scenes import LATE, take_in

HELD = [
    {"kind": "salon", "name": "ひだまりサロン", "day": "第1土曜", "contact": "04-0000-0001",
     "note": "担い手がほしい", "checked": "2026-10-01"},
    {"kind": "gathering", "name": "えんがわ", "form": "weekly", "subsidy": "group",
     "requirements": ["council", "prevention"]},
    {"kind": "mutual_aid", "name": "おたがいさま", "stage": "linking", "subsidy": "none"},
    {"kind": "neighbourhood", "name": "見本町会", "disaster_group": True},
    {"kind": "circle", "name": "終わった会", "ended": "2026-09-30"},
]  # fmt: skip


def text(made, page=0):
    return "".join(PdfReader(made.file).pages[page].extract_text().split())


@pytest.fixture
def store(tmp_path):
    with promoter_world.opened(tmp_path) as one:
        Registering(one).add_all(HELD)
        yield one


def test_the_list_that_is_handed_out_names_what_is_there_and_nothing_internal(store, tmp_path):
    made = RegisterPaper(store).make(out=tmp_path / "a.pdf")
    said = text(made)
    assert (made.pages, made.missing) == (1, ())
    for word in (
        "地域版資源一覧", "見本台令和8年11月12日現在", "サロン(1件)", "ひだまりサロン",
        "04-0000-0001", "R8.10.1", "週1型", "自主防災", "最新の状況は、それぞれの問合せ先に",
    ):  # fmt: skip
        assert word in said
    for word in ("団体補助金", "要件", "担い手", "つながり", "終わった会", "取扱注意"):
        assert word not in said


def test_in_full_it_is_for_staff(store, tmp_path):
    said = text(RegisterPaper(store).make("A1", tmp_path / "a.pdf", full=True))
    for word in ("団体補助金", "要件2/4", "担い手がほしい", "つながり", "自主防災○", "取扱注意"):
        assert word in said
    assert "なし" not in said


def test_of_an_earlier_month_it_lists_what_there_was_then(store, tmp_path):
    said = text(RegisterPaper(store).make(out=tmp_path / "a.pdf", month=Month(2026, 8)))
    assert "終わった会" in said
    assert "令和8年8月31日現在" in said
    later = text(RegisterPaper(store).make(out=tmp_path / "a.pdf", month=Month(2027, 8)))
    assert "令和8年11月12日現在" in later


def test_an_empty_register_prints_nothing_and_says_so(tmp_path):
    with promoter_world.opened(tmp_path) as store:
        with pytest.raises(RefusedError, match="印刷する資源がまだありません") as caught:
            RegisterPaper(store).make(out=tmp_path / "a.pdf")
        assert caught.value.code == "nothing_to_print"
        assert not (tmp_path / "a.pdf").exists()


@pytest.fixture
def office(town):
    Registering(town.pc()).add_all(HELD)
    Registering(town.pc("P003")).add({"kind": "circle", "name": "句会"})
    take_in(town, town.submit(), town.submit("P003"))
    store = town.office(LATE)
    Registering(store, "").add({"kind": "watching", "name": "見守り隊", "area": "A4"})
    return store


def test_the_office_prints_each_area_on_pages_of_its_own(office, tmp_path):
    out = tmp_path / "a.pdf"
    made = RegisterPaper(office).make(out=out)
    assert made.pages == 3
    assert [text(made, n)[:10] for n in range(3)] == [
        "地域版資源一覧見本台", "地域版資源一覧試町令", "地域版資源一覧空地令",
    ]  # fmt: skip
    assert RegisterPaper(office).make("A4", out).pages == 1
    assert "句会" in text(RegisterPaper(office, "P003").make(out=out))
    RosterService(office).set_contact("P003", phone="04-7100-0000")
    for nothing in (RegisterPaper(office, "P002"), RegisterPaper(office, "")):
        with pytest.raises(RefusedError):
            nothing.make(out=out)


def test_the_spreadsheet_has_one_row_a_resource_and_counts_by_area(office, tmp_path):
    out = tmp_path / "a.xlsx"
    assert CityRegister(office).excel(out).rows == 6
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    page = book["資源"]
    assert not page.merged_cells.ranges
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
    head = rows[0]
    assert head[:4] == ["地域", "種類", "型", "名称"]
    first = dict(zip(head, rows[1], strict=True))
    assert (first["名称"], first["確かめてから(日)"], first["推進員番号"]) == (
        "ひだまりサロン", 50, "P001",
    )  # fmt: skip
    assert f"{first['確かめた日(西暦)']:%Y-%m-%d}" == "2026-10-01"
    assert [dict(zip(head, row, strict=True))["推進員番号"] for row in rows[-2:]] == [
        "P003", "事務局",
    ]  # fmt: skip
    counted = [[cell.value for cell in row] for row in book["件数"].iter_rows(min_row=3)]
    assert counted[0][-1] == "計(件)"
    assert [row[0] for row in counted[1:]] == ["見本台", "試町", "空地", "計"]
    assert (counted[-1][-1], counted[1][counted[0].index("うち週1型(件)")]) == (6, 1)
    assert LogTrail(office).lines(LogFilter())[0].what == "Excelに出しました"


def test_no_file_is_left_where_it_was_stopped_or_cannot_be_written(office, tmp_path):
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(CancelledError):
        CityRegister(office).excel(tmp_path / "a.xlsx", stopped)
    with pytest.raises(PlaceError):
        CityRegister(office).excel(tmp_path / "nowhere" / "a.xlsx")
    assert list(tmp_path.glob("*.xlsx")) == []


def test_the_years_summary_counts_them_by_kind_and_form(office, town, tmp_path):
    take_in(town, town.month("P002"))
    said = text(YearPapers(office).summary(2026, tmp_path / "a.pdf"))
    assert "地域の資源(令和8年11月20日現在)種類件数内訳サロン1通いの場1週1型1件たすけあい1" in said
    assert "町会・自治会・区等1計6" in said
    with_none = YearPapers(town.pc("P002", LATE)).summary(2026, tmp_path / "b.pdf")
    assert "地域の資源" not in text(with_none)


STATISTICS = (
    "area,on,population,under_5,over_65\n見本台,2025-04-01,9000,,\n見本台,2026-04-01,{},50,30\n"
)


def test_the_figures_of_an_area_stand_on_its_list_once_they_were_read_in(office, town, tmp_path):
    out, table = tmp_path / "a.pdf", tmp_path / "s.csv"
    assert "地域のようす" not in text(RegisterPaper(office).make("A1", out))
    table.write_text(STATISTICS.format('"10,000"'), encoding="utf-8")
    assert RosterTables(office).read("statistics", table) == 2
    said = text(RegisterPaper(office).make("A1", out))
    assert "地域のようす(令和8年4月1日)地域総人口4歳以下65歳以上" in said
    assert "10,000人50人(0.5%)30人(0.3%)" in said
    assert "9,000人" in text(RegisterPaper(office).make("A1", out, month=Month(2026, 3)))
    OfficeSetup(office).setup_file(tmp_path / "new.kssc", town.keys)
    pc = town.pc(at=LATE)
    assert "地域のようす" not in text(RegisterPaper(pc).make(out=out))
    PromoterSetup(pc).read(tmp_path / "new.kssc", "P001")
    assert "10,000人" in text(RegisterPaper(pc).make(out=out))
    Undoing(office).undo()
    assert "地域のようす" not in text(RegisterPaper(office).make("A1", out))


@pytest.mark.parametrize("population", ["", "many", "-1", "1000000000"])
def test_figures_that_are_none_are_refused_whole(office, tmp_path, population):
    table = tmp_path / "s.csv"
    table.write_text(STATISTICS.format(population), encoding="utf-8")
    with pytest.raises(RefusedError, match="3行目"):
        RosterTables(office).read("statistics", table)
    assert RosterService(office).roster().statistics == ()


def test_the_office_puts_its_own_ceilings_in_the_place_of_those_that_ship(office, town, tmp_path):
    table, tables = tmp_path / "c.csv", RosterTables(office)
    weekly = Registering(office, "P001").list()[1].resource
    assert Registering(office, "P001").ceiling(weekly) == 100_000
    table.write_text('form,subsidy,yen\nweekly,group,"120,000"\n', encoding="utf-8")
    assert tables.preview("ceilings", table).changed == 1
    assert tables.read("ceilings", table) == 1
    assert Registering(office, "P001").ceiling(weekly) == 120_000
    OfficeSetup(office).setup_file(tmp_path / "new.kssc", town.keys)
    pc = town.pc(at=LATE)
    PromoterSetup(pc).read(tmp_path / "new.kssc", "P001")
    assert Registering(pc).ceiling_words(weekly) == "上限のめやす 120,000円"
    for wrong in ("weekly,?,1", "?,group,1", "weekly,group,x", "weekly,group,10000001"):
        table.write_text(f"form,subsidy,yen\n{wrong}\n", encoding="utf-8")
        ((line, text),) = tables.preview("ceilings", table).problems
        assert (line, text[:7]) == (2, "表の2行目: ")
    table.write_text("form,subsidy,yen\n", encoding="utf-8")
    tables.read("ceilings", table)
    assert Registering(office, "P001").ceiling(weekly) == 100_000


def test_the_log_says_what_staff_changed_in_the_words_of_the_form(office):
    register = Registering(office, "P001")
    one = register.list()[1].resource
    register.edit(one.id, {"form": "standing", "day": "毎日"})
    register.delete(one.id)
    deleted, changed = LogTrail(office).lines(LogFilter(), whole=True)[:2]
    assert [(c.field, c.before, c.after) for c in changed.changes] == [
        ("えんがわ 型", "週1型", "常設型"), ("えんがわ いつ", "(なし)", "毎日"),
    ]  # fmt: skip
    assert ("えんがわ 名称", "えんがわ", "(なし)") in [
        (c.field, c.before, c.after) for c in deleted.changes
    ]
