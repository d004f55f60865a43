"""The office's tables after a spreadsheet had them, and tables that contradict themselves."""

from datetime import date

import pytest

from kashiwa_desktop.domain.people import Area
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.paths import resource
from kashiwa_desktop.services.office.opening_table import OpeningTable
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.office.roster_tables import RosterTables, read_areas
from kashiwa_desktop.services.safety.keeping import Keeping
from office_world import make

AREAS = "code,name,kana,zone,order,from,to\n"
PEOPLE = "promoter,name,kana,area,from,to,yen\n"


@pytest.fixture
def office(tmp_path):
    """An office with the 21 areas that ship, 01 to 21."""
    town = make(tmp_path / "town", {}, read_areas(resource("areas.csv")))
    store = town.office()
    RosterService(store).add_promoter(
        NewPromoter("001", "架空 太郎", "カクウ タロウ", "01", date(2026, 4, 1))
    )
    yield store
    town.close()


def write(store, data, name="t.csv"):
    path = store.folder.root / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def read(store, kind, data):
    return RosterTables(store).read(kind, write(store, data))


def refused(store, kind, data):
    """Return the refusal; nothing is written, and looking beforehand says the same."""
    before, path = Keeping(store).digest(), write(store, data)
    with pytest.raises(RefusedError) as caught:
        RosterTables(store).read(kind, path)
    assert Keeping(store).digest() == before
    told = [text for _, text in RosterTables(store).preview(kind, path).problems]
    assert caught.value.text in told
    assert Keeping(store).digest() == before
    return caught.value.text


def as_a_spreadsheet_saves(path):
    """Zeros gone, days with slashes, lines of commas at the end, cp932."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    rows = [[_shown(cell) for cell in line.split(",")] for line in lines]
    text = "".join(",".join(row) + "\r\n" for row in [*rows, [""] * len(rows[0])])
    return text.encode("cp932")


def _shown(cell):
    if cell.isdecimal():
        return str(int(cell))
    if len(cell) == len("2015-04-01") and cell[4:5] == cell[7:8] == "-":
        year, month, day = map(int, cell.split("-"))
        return f"{year}/{month}/{day}"
    return cell


@pytest.mark.parametrize("kind", ["areas", "places", "appointments", "proxies", "statistics"])
def test_a_table_saved_once_by_a_spreadsheet_changes_nothing(office, kind):
    read(office, "places", "kind,code,name\nzone,01,北部\nzone,02,南部\n")
    read(office, "proxies", "promoter,name,standing,from\n001,見本 三郎,コア,2026-05-01\n")
    read(office, "statistics", "area,on,population,over_65\n01,2026-04-01,12345,4000\n")
    before = RosterService(office).roster()
    out = office.folder.root / "out.csv"
    RosterTables(office).write(kind, out)
    assert read(office, kind, as_a_spreadsheet_saves(out)) == 0
    assert RosterService(office).roster() == before


def test_wide_digits_are_digits(office):
    text = PEOPLE + "００１,架空 太郎,,０１,２０２６／４／１,,４０，０００\n"
    assert read(office, "appointments", text) == 1
    (held,) = RosterService(office).roster().appointments
    assert (held.promoter, held.area, held.yen) == ("001", "01", 40_000)


def test_a_code_that_may_be_two_is_asked_about(office):
    RosterService(office).put_area(Area("001", "三桁の町", order=30))
    text = refused(office, "areas", AREAS + "1,田中,,,,2015-04-01,\n")
    assert text.startswith("表の2行目: 「番号」(列 code)は、001と01のどちらか、分かりません。")


def test_an_area_that_is_there_under_another_code_is_asked_about(office):
    text = refused(office, "areas", AREAS + "50,田中,タナカ,北部,1,2015-04-01,\n")
    assert text == (
        "表の2行目: 「田中」が、番号 01 と 50 の2つになります。"
        "同じ地域なら、番号を合わせてください。"
    )
    read(office, "areas", AREAS + "01,田中,タナカ,北部,1,2015-04-01,2027-03-31\n")
    assert read(office, "areas", AREAS + "50,田中,タナカ,北部,1,2027-04-01,\n")  # a later one


@pytest.mark.parametrize(
    ("kind", "text", "lines"),
    [
        ("areas", AREAS + "01,田中,,,1,2015-04-01,\n1,田中,,,2,2015-04-01,\n", "2行目と3行目"),
        ("areas", AREAS + "01,田中,,,1,2015-04-01,\n01,富勢,,,2,2016-04-01,\n", "2行目と3行目"),
        ("areas", AREAS + "02,西原,,,1,2020-04-01,2019-03-31\n", "2行目"),
        (
            "areas",
            AREAS + "02,西原,,,1,2015-04-01,2020-03-31\n02,西原,,,1,2018-04-01,\n",
            "2行目と3行目",
        ),
        ("areas", AREAS + "60,新町,,,1,2026-04-01,\n61,新町,,,2,2026-04-01,\n", "2行目と3行目"),
        ("places", "kind,code,name\nzone,1,北部\n\nzone,１,南部\n", "2行目と4行目"),
        ("places", "kind,code,name,from,to\nzone,1,北部,2026-04-01,2026-03-01\n", "2行目"),
        (
            "appointments",
            PEOPLE + "2,甲,,02,2026-04-01,,\n2,甲,,2,2026-04-01,,\n",
            "2行目と3行目",
        ),
        (
            "appointments",
            PEOPLE + "2,甲,,02,2026-04-01,,\n3,丙,,03,2026-04-01,,\n2,乙,,04,2026-04-01,,\n",
            "2行目と4行目",
        ),
        ("appointments", PEOPLE + "1,架空 花子,,01,2026-04-01,,\n", "2行目"),
        ("appointments", PEOPLE + "2,甲,,02,2026-04-01,2026-03-31,\n", "2行目"),
        (
            "appointments",
            PEOPLE + "2,甲,,02,2026-04-01,,\n2,甲,,02,2026-06-01,,\n",
            "2行目と3行目",
        ),
        ("contacts", "promoter,phone\n001,04-1\n1,04-2\n", "2行目と3行目"),
        ("contacts", "promoter,phone\n001,471000000\n", "2行目"),
        (
            "proxies",
            "promoter,name,from\n001,甲,2026-04-01\n1,甲,2026/4/1\n",
            "2行目と3行目",
        ),
        ("proxies", "promoter,name,from,to\n001,甲,2026-04-01,2026-03-01\n", "2行目"),
        (
            "statistics",
            "area,on,population\n01,2026-04-01,10\n田中,2026/4/1,11\n",
            "2行目と3行目",
        ),
        ("statistics", "area,on,population,over_65\n01,2026-04-01,10,11\n", "2行目"),
        (
            "ceilings",
            "form,subsidy,yen\nweekly,group,1\nstanding,group,1\nweekly,group,2\n",
            "2行目と4行目",
        ),
        (
            "ceilings",
            "form,subsidy,from,to,yen\nweekly,group,2026-04-01,2026-03-01,1\n",
            "2行目",
        ),
        ("areas", AREAS + "01,田中,,,-1,2015-04-01,\n", "2行目"),
        ("areas", AREAS + f"01,{'字' * 201},,,1,2015-04-01,\n", "2行目"),
        ("areas", AREAS + "01,田中,,,ひとつ,2015-04-01,\n", "2行目"),
        ("areas", AREAS + "01,田中,,,1,4月1日,\n", "2行目"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused_whole(office, kind, text, lines):
    assert refused(office, kind, text).startswith(f"表の{lines}: ")


def test_a_comma_inside_a_name_is_seen(office):
    with pytest.raises(RefusedError, match="表の2行目: 列が多すぎます"):
        read(office, "areas", AREAS + "01,田中,,,1,2015-04-01,,余り\n")


def test_a_first_table_of_areas_may_not_contradict_itself_either(office):
    for text in ("01,田中,,,1,2015-04-01,\n1,田中,,,2,2015-04-01,\n", "1,甲,,,1,,\n2,甲,,,1,,\n"):
        with pytest.raises(RefusedError, match="表の2行目と3行目"):
            read_areas(write(office, AREAS + text))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("year,area,count\n2015,01,1\n2016,01,1\n2015,1,2\n", "2行目と4行目"),
        ("year,count\n2015,1\n2015,1\n", "2行目と3行目"),
        (
            "from,to,category,count\n2015/4,2016/3,council,1\n2016-03,2016-04,council,1\n",
            "2行目と3",
        ),
        ("from,to,count\n2016-04,2016-03,1\n", "2行目"),
        ("from,to,count\nApr-15,2016-03,1\n", "2行目"),
        ("year,count\n27,1\n", "2行目"),
    ],
)
def test_an_opening_balance_that_counts_twice_is_refused(office, text, lines):
    before = Keeping(office).digest()
    with pytest.raises(RefusedError) as caught:
        OpeningTable(office).read(write(office, text.encode("cp932")))
    assert caught.value.text.startswith(f"期首の回数の表の{lines}")
    assert Keeping(office).digest() == before


def test_an_opening_balance_that_a_spreadsheet_saved_is_read(office):
    text = 'from,to,area,count,days\n2015/4/1,2016/3/1,1,"1,200",３\n,,,,\n'
    (row,) = OpeningTable(office).read(write(office, text.encode("cp932")))
    assert (str(row.first), str(row.last), row.area, row.count, row.days) == (
        "2015-04", "2016-03", "01", 1_200, 3,
    )  # fmt: skip
