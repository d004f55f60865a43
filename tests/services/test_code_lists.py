"""A council with other words: labels by date in every reader, an added type, one that ends.

What a newer program wrote is shown by its code and counted under その他, never lost.
"""

from datetime import date

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from kashiwa_desktop.domain import code_list
from kashiwa_desktop.domain.code_list import Code
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import Content, RecordKey
from kashiwa_desktop.errors import RefusedError, WrongUsageError
from kashiwa_desktop.services.counting.office_workbook import OfficeWorkbook, WorkbookWanted
from kashiwa_desktop.services.counting.reporting import Reporting
from kashiwa_desktop.services.counting.tabulating import Asked, Tabulating
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.log_trail import LogFilter, LogTrail
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.office_book import OfficeBook
from kashiwa_desktop.services.office.setup import OfficeSetup
from kashiwa_desktop.services.papers.council_papers import CouncilPapers
from kashiwa_desktop.services.papers.office_papers import OfficePapers
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.record_words import in_words
from kashiwa_desktop.services.records.looking_back import LookingBack
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.suggesting import Suggesting
from kashiwa_desktop.services.store import Change, roster, save
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.services.undoing import Undoing
from kashiwa_desktop.storage import revisions
from office_world import OCTOBER, activity

SEPTEMBER = Month(2026, 9)
DAY = date(2026, 10, 10)
FACILITY = ("type", "network", "facility")
SAID = [
    {"list": "type", "category": "network", "code": "facility", "label": "福祉の場",
     "from": "2026-10-10"},
    {"list": "type", "category": "network", "code": "garden", "label": "学校・園",
     "from": "2026-10-01"},
    {"list": "type", "category": "network", "code": "business", "label": "企業・商店",
     "to": "2026-09-30"},
    {"list": "category", "code": "network", "label": "つながりづくり", "from": "2026-10-10"},
    {"list": "status", "code": "cancelled", "label": "取りやめ", "from": "2026-10-10"},
]  # fmt: skip


@pytest.fixture
def office(town):
    store = town.office("2026-10-20T09:00")
    MoneySettings(store).change_office({"codes": SAID})
    return store


@pytest.fixture
def pc(town, office):
    """The promoter's PC, with what the office handed out."""
    file = OfficeSetup(office).setup_file(town.out(), town.keys).file
    store = town.pc()
    Receiving(store).take(file)
    return store


def text_of(path):
    return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)


def counted(store, *by, last=OCTOBER):
    found = Reporting(store).totals(SEPTEMBER, last, by)
    return {row.group: row.count for row in found.rows}


def write(store, name, **changes):
    """A record as a newer program writes it: no form of ours has looked at it."""
    body = {**activity(20), "area": "A1", **changes}
    with store.db.write() as tx:
        save(store, tx, [Change(Content(RecordKey("P001", "activity", name), "2026-10", body))])


def test_an_old_record_keeps_its_words_and_a_new_one_has_the_new_ones(town, pc, office):
    Recording(pc).add([activity(9), activity(10, status="cancelled")])
    old, new = Recording(pc).records(OCTOBER)
    assert [old.words.kind(a.category, a.type) for a in (old, new)] == [
        "ネットワークづくり・福祉施設"
    ] * 2
    assert new.words.kind(new.category, new.type) == "つながりづくり・福祉の場"
    assert (old.category_label, new.status_label) == ("ネットワークづくり", "取りやめ")
    with pc.db.read() as tx:
        told = [in_words(r, roster(tx)) for r in revisions.shown(tx, "activity", "P001")]
    assert {words["区分・種別"] for words in told} == {
        "ネットワークづくり – 福祉施設", "つながりづくり – 福祉の場",
    }  # fmt: skip
    Closing(pc).close(OCTOBER)
    text = text_of(Printing(pc).report(OCTOBER, None, town.root / "a.pdf").file)
    assert "ネットワークづくり福祉施設9日の打合せ" in text
    assert "つながりづくり福祉の場【取りやめ】10日の打合せ" in text
    view = LookingBack(pc).year(2026)
    assert "いちばん多いのはつながりづくりで1回です" in LookingBack(pc).sentence(view)


def test_an_added_type_goes_the_whole_way_and_is_counted(town, pc, office):
    offers = Suggesting(pc).look()
    assert offers.codes.on(date(2026, 10, 31)).choices("type", "network") == {
        "facility": "福祉の場", "professional": "福祉専門職員", "garden": "学校・園",
    }  # fmt: skip
    Recording(pc).add([activity(14, type="garden"), activity(15, type="garden"), activity(9)])
    assert Suggesting(pc).look().usual_types["network"] == "garden"
    Closing(pc).close(OCTOBER)
    assert Closing(pc).show(OCTOBER).counts.by_type["network", "garden"] == 2
    town.intake().take_in([Submitting(pc).submit(OCTOBER, town.out()).file])
    assert counted(office, "category", "type")["network", "garden"] == 2
    table = Tabulating(office).table(Asked(2026, rows="type"))
    names = {line.name: line.whole.count for line in table.numbers.lines}
    assert names["つながりづくり 学校・園"] == 2
    assert names["つながりづくり 福祉の場"] == 1  # the newest word of the span
    assert "つながりづくり 企業・商店" not in names
    paper = text_of(OfficePapers(office).totals(OCTOBER, town.root / "a.pdf").file)
    assert "学校・園22－" in paper
    report = text_of(Printing(office).report(OCTOBER, ["P001"], town.root / "b.pdf").file)
    assert "学校・園22－" in report
    out = town.root / "book.xlsx"
    OfficeWorkbook(office).write(WorkbookWanted((OCTOBER, OCTOBER)), out)
    cells = {cell.value for sheet in load_workbook(out) for row in sheet for cell in row}
    assert {"学校・園", "福祉施設", "つながりづくり", "ネットワークづくり"} <= cells


def test_a_type_that_ended_is_not_offered_any_more_and_its_records_stay(town, pc):
    sept = {**activity(14), "date": "2026-09-14", "type": "business"}
    (name,) = Recording(pc).add([sept])
    assert "business" not in Suggesting(pc).look().usual_types.values()
    assert all(chip.type != "business" for chip in Suggesting(pc).look().chips)
    (a,) = Recording(pc).records(SEPTEMBER)
    assert a.words.type("network", "business") == "企業・商店"
    Recording(pc).edit(name, {"title": "直した"})
    assert counted(pc, "category", "type") == {("network", "business"): 1}


def test_what_a_newer_program_wrote_is_shown_by_its_code_and_counted_under_sonota(town):
    pc = town.pc()
    write(pc, "r1", category="future", type="exchange")
    write(pc, "r2", category="council", type="future")
    write(pc, "r3", category="other", type="future", tags=["future"], status="held")
    write(pc, "r4", category="other", type="misc")
    assert [a.words.kind(a.category, a.type) for a in Recording(pc).records(OCTOBER)] == [
        "future・exchange", "支えあい会議の展開・future", "その他打合せ等・future",
        "その他打合せ等・その他",
    ]  # fmt: skip
    both = {("other", "misc"): 3, ("council", "misc"): 1}
    assert counted(pc, "category", "type") == both
    assert counted(pc, "category") == {("other",): 3, ("council",): 1}
    found = Reporting(pc).totals(OCTOBER, OCTOBER, ("category",))
    assert [a.id for a in Reporting(pc).records_behind(found, ("other",))] == ["r1", "r3", "r4"]
    Closing(pc).close(OCTOBER)
    view = Closing(pc).show(OCTOBER)
    assert (view.counts.count, sum(view.counts.by_category.values())) == (4, 4)
    assert view.counts.by_type == both
    text = text_of(Printing(pc).report(OCTOBER, None, town.root / "a.pdf").file)
    assert "支えあい会議の展開11－意見交換00－勉強会00－イベント開催00－その他11－" in text
    assert "その他打合せ等33－" in text
    assert "futureexchange20日の打合せ" in text


def test_a_record_of_a_newer_program_is_corrected_without_losing_its_codes(town):
    pc = town.pc()
    council = {"attendance": {"future": 3}, "agenda": [{"title": "題", "kind": "future"}]}
    write(pc, "r1", category="council", type="future", tags=["future"], council=council)
    Recording(pc).edit("r1", {"title": "直した"})
    (a,) = Recording(pc).records(OCTOBER)
    assert (a.title, a.type, a.tags) == ("直した", "future", ("future",))
    assert a.council["attendance"] == {"future": 3}
    with pytest.raises(WrongUsageError, match="知らない活動のねらいです: other"):
        Recording(pc).edit("r1", {"tags": ["other"]})
    with pytest.raises(WrongUsageError, match="知らない種別です: newest"):
        Recording(pc).edit("r1", {"type": "newest"})


def test_a_meeting_tells_its_kinds_of_members_and_points_in_the_words_of_its_day(town):
    office = town.office("2026-10-20T09:00")
    said = [
        {"list": "attendance", "code": "furusato", "label": "地区の会", "from": "2026-10-10"},
        {"list": "agenda", "code": "decision", "label": "合意", "from": "2026-10-10"},
    ]
    MoneySettings(office).change_office({"codes": said})
    pc = town.pc()
    Receiving(pc).take(OfficeSetup(office).setup_file(town.out(), town.keys).file)
    council = {
        "attendance": {"furusato": 4},
        "agenda": [{"title": "題", "kind": "decision", "conclusion": "会を開く"}],
    }
    Recording(pc).add([activity(12, category="council", type="study", council=council)])
    paper = CouncilPapers(pc).records(OCTOBER, None, town.root / "a.pdf")
    text = text_of(paper.file)
    assert "地区の会4人" in text
    assert "合意題" in text
    Closing(pc).close(OCTOBER)
    report = text_of(Printing(pc).report(OCTOBER, None, town.root / "b.pdf").file)
    assert "合意:会を開く" in report


def test_the_settings_file_tells_which_types_are_otherwise(town, office):
    file = OfficeSetup(office).setup_file(town.out(), town.keys).file
    told = Receiving(town.pc()).take(file).news
    assert told == (
        "区分「ネットワークづくり」: ネットワークづくり(福祉施設、福祉専門職員、企業・商店) → "
        "つながりづくり(福祉の場、福祉専門職員、学校・園)",
    )


def test_staff_correct_a_record_in_the_words_of_its_day(town, pc, office):
    (name,) = Recording(pc).add([activity(14, type="garden")])
    town.intake().take_in([Submitting(pc).submit(OCTOBER, town.out()).file])
    Returning(office).correct("P001", name, {"title": "直した"}, "お電話のとおりです。")
    assert counted(office, "category", "type") == {("network", "garden"): 1}


def test_every_change_is_noted_undone_and_kept_by_its_code(office):
    money = MoneySettings(office)
    money.put_code(lambda now: code_list.renamed(now, FACILITY, "福祉の家", date(2027, 4, 1)))
    lists = OfficeBook(office).look().people.codes
    assert lists.on(date(2027, 3, 31)).type("network", "facility") == "福祉の場"
    assert lists.on(date(2027, 4, 1)).type("network", "facility") == "福祉の家"
    told = LogTrail(office).lines(LogFilter(), whole=True)[0]
    assert told.what == "事務局の設定を変えました"
    assert "福祉の家" in told.changes[0].after
    assert told.changes[0].field == "分類と種類のことば"
    Undoing(office).undo()
    assert OfficeBook(office).look().people.codes == lists_of(SAID)


def lists_of(said):
    return code_list.read(said)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ([], "を使った記録が残ります"),
        ([*SAID, {"list": "tag", "code": "needs", "label": "資源把握"}], "もうあります"),
        ([*SAID, {"list": "status", "code": "gone", "label": "消えた"}], "加えることはできません"),
    ],
)
def test_lists_that_cannot_stand_are_refused_from_the_command_line_too(office, changes, why):
    with pytest.raises(RefusedError, match=why):
        MoneySettings(office).change_office({"codes": changes})
    assert OfficeBook(office).look().people.codes == lists_of(SAID)


def test_a_code_that_is_not_there_cannot_be_renamed(office):
    unknown = ("tag", "", "future")
    with pytest.raises(RefusedError, match="一覧にありません"):
        MoneySettings(office).put_code(lambda now: code_list.renamed(now, unknown, "x", DAY))
    with pytest.raises(RefusedError, match="空にはできません"):
        MoneySettings(office).put_code(lambda _: Code("tag", "walk", " ", first=DAY))
