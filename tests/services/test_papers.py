"""The papers that are no sheet: each says what is held, hides what it must, or refuses."""

from datetime import date
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.reports import blank_form, payments_list
from kashiwa_desktop.reports.parts.heading import Sender
from kashiwa_desktop.reports.parts.page import MM, Made
from kashiwa_desktop.services import printed
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.papers import blank_papers, office_papers
from kashiwa_desktop.services.papers.binder import Binder
from kashiwa_desktop.services.papers.blank_papers import BlankPapers
from kashiwa_desktop.services.papers.council_papers import CouncilPapers
from kashiwa_desktop.services.papers.office_papers import OfficePapers
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.papers.year_papers import YearPapers
from kashiwa_desktop.services.records.recording import Recording
from office_world import OCTOBER, activity
from services.money_world import approve, deliver

COUNCIL = {
    "tier": 2, "joint_areas": [], "lead_area": None, "number": 3,
    "attendance": {"furusato": 3, "support_center": 2}, "chair": "見本 会長",
    "agenda": [{"title": "買い物の困りごと", "kind": "decision", "summary": "移動販売",
                "conclusion": "試行する"}],
    "needs": "坂の上に店がない", "decisions": "", "next_date": "2026-12-10",
    "homework": [{"text": "店に聞く", "owner": "見本 担当", "due": "2026-11-20", "done": False},
                 {"text": "会場の予約", "owner": "", "due": None, "done": True}],
}  # fmt: skip
MEETING = {
    "category": "council", "type": "exchange", "title": "秋の支えあい会議", "council": COUNCIL,
    "attendees": 5, "findings": "関心が高い", "next": "店との相談", "place": "近隣センター",
    "counterparts": ["ふるさと協議会", "包括"],
}  # fmt: skip


@pytest.fixture
def office(town):
    store = town.office(staff="職員 二")
    deliver(store, "P001", OCTOBER, days=(10,), **MEETING)
    deliver(store, "P002", OCTOBER)
    return store


def pages(made):
    found = PdfReader(BytesIO(made.file.read_bytes())).pages
    assert len(found) == made.pages
    return ["".join(page.extract_text().split()) for page in found]


def refused(call, *args):
    with pytest.raises(RefusedError) as error:
        call(*args)
    return error.value.code


def test_the_board_shows_every_area_and_who_is_missing(office):
    (text,) = pages(OfficePapers(office).board(OCTOBER, None))
    for part in (
        "提出状況一覧",
        "受け取り2/3件",
        "未提出1件",
        "試験花子",
        "北部2地域のうち2地域から届いています",
        "●承認なし=活動がなかった月",
        "まだの方:試町例示髙﨑",
        "令和8年10月分試験市社会福祉協議会作成",
    ):
        assert part in text
    north, _, south = text.partition("南部")
    for zone in (north, south):
        assert "地域推進員4月5月6月7月8月9月10月分" in zone
    assert "令和8年度" not in text


def test_the_board_leaves_a_month_to_whoever_held_the_area(town):
    """After a change both names stand there, each with his own months; nothing is said twice."""
    store = town.office()
    roster = RosterService(store)
    roster.end("P001", "A1", date(2026, 8, 31), "退任")
    roster.add_promoter(NewPromoter("P009", "試験 後任", "シケン コウニン", "A1", date(2026, 9, 1)))
    month = Month(2026, 9)
    rows = [r for r in Reviewing(store).board(Month(2026, 4), month).rows if r.area.code == "A1"]
    first, second = (office_papers._board_line(row, rows, month) for row in rows)
    assert [cell and cell.state for cell in first.cells] == ["missing"] * 5 + [None]
    assert [cell and cell.state for cell in second.cells] == [None] * 5 + ["missing"]


def test_totals_of_a_month_and_its_year(office):
    (text,) = pages(OfficePapers(office).totals(OCTOBER, None))
    assert "支えあい会議の展開11－" in text
    assert "計33－" in text
    assert "参加延数5人" in text
    (approved,) = pages(OfficePapers(office).totals(OCTOBER, None, approved=True))
    assert "計00－" in approved
    assert "承認済みの月だけ" in approved


def test_a_receipt_slip_shows_one_person_only(office):
    one, two = pages(OfficePapers(office).received(OCTOBER, None, None))
    assert "試験花子様" in one
    assert "架空" not in one
    assert "受領票" in one
    assert "令和8年11月2日" in two
    assert len(pages(OfficePapers(office).received(OCTOBER, ["P002"], None))) == 1
    both = pages(OfficePapers(office).received(OCTOBER, None, None, duplex=True))
    assert [bool(text) for text in both] == [True, False, True]
    assert refused(OfficePapers(office).received, OCTOBER, ["P003"], None) == "nothing_to_print"


def test_a_submission_slip_bears_the_check_code(town):
    store = town.pc("P001")
    assert refused(BlankPapers(store).submission_slip, OCTOBER, None) == "nothing_to_print"
    Recording(store).add([activity(3), activity(9)])
    code = Closing(store).close(OCTOBER).code
    (text,) = pages(BlankPapers(store).submission_slip(OCTOBER, None))
    for part in ("提出票", "試験市社会福祉協議会御中", code, "2件(うち回数に数えるもの2回)"):
        assert part in text


def test_the_record_of_a_meeting_holds_all_of_it(office):
    (text,) = pages(CouncilPapers(office).records(OCTOBER, None, None))
    for part in (
        "第3回秋の支えあい会議", "見本会長", "合計5人", "買い物の困りごと", "移動販売", "試行する",
        "坂の上に店がない", "決定:試行する", "店に聞く", "令和8年11月20日", "これから", "済み",
        "次回の予定令和8年12月10日", "近隣センター", "試験花子",
    ):  # fmt: skip
        assert part in text
    assert refused(CouncilPapers(office).records, OCTOBER, ["P002"], None) == "nothing_to_print"
    assert refused(CouncilPapers(office).records, Month(2026, 9), None, None) == "nothing_to_print"


def test_the_successor_finds_what_is_open(office):
    found = pages(CouncilPapers(office).handover(OCTOBER, ["P001"], None))
    text = "".join(found)
    for part in (
        "引継書",
        "見本台",
        "秋の支えあい会議",
        "店に聞く",
        "ふるさと協議会",
        "関心が高い",
        "1回・1日",
    ):
        assert part in text
    assert "会場の予約" not in text
    assert "架空" not in text
    assert refused(CouncilPapers(office).handover, OCTOBER, ["P009"], None) == "nothing_to_print"


def test_a_promoter_prints_his_own_and_no_other(town):
    store = town.pc("P001")
    Recording(store).add([activity(3, category="council", type="study", title="勉強会")])
    Closing(store).close(OCTOBER)
    (text,) = pages(CouncilPapers(store).records(OCTOBER, None, None))
    assert "勉強会" in text
    (year,) = pages(YearPapers(store).summary(2026, None))
    assert "令和8年10月1" in year
    assert "委託金" not in year
    assert len(pages(CouncilPapers(store).handover(OCTOBER, None, None))) == 1


def test_a_form_to_be_filled_in_by_hand(office, town):
    front, back = pages(BlankPapers(office).form(OCTOBER, None, None))
    assert "試験花子" not in front
    for part in (
        "記入用紙",
        "令和8年10月分",
        "区分(1〜4)",
        "成果・課題・提案",
        "活動がなかった月は、そのわけ",
    ):
        assert part in front
    for part in ("区分の見分け方", "支えあい会議の準備で住民と打合せた", "6回は目安です"):
        assert part in back
    named = pages(BlankPapers(office).form(OCTOBER, ["P001", "P002"], None))
    assert ["試験花子" in page for page in named] == [True, False, False, False]
    assert "試験花子" in pages(BlankPapers(town.pc("P001")).form(OCTOBER, None, None))[0]


def test_rows_of_the_form_are_ten_millimetres(office):
    sender = Sender("見本", date(2026, 10, 1))
    flow = blank_form.compose(blank_form.BlankForm(OCTOBER), sender)
    ends = sorted({r.y1 for r in flow.pages[0].rules if r.y1 == r.y2 and r.x2 - r.x1 > 400})
    steps = [round((b - a) / MM, 1) for a, b in pairwise(ends)]
    assert steps.count(10.0) >= 15


def test_the_card_tells_where_to_call(office):
    MoneySettings(office).change_office({"phone": "04-0000-0000"})
    (text,) = pages(BlankPapers(office).card(None))
    assert "04-0000-0000" in text
    assert "USBメモリーを抜いても大丈夫です" in text


def test_the_year_of_an_office_without_anything(town):
    store = town.office()
    assert refused(YearPapers(store).summary, 2026, None) == "nothing_to_print"
    assert refused(Binder(store).make, 2026, None) == "nothing_to_print"


def test_a_month_without_activity_stands_in_the_payments_list(town):
    store = town.office(staff="職員 二")
    deliver(store, "P001", OCTOBER, days=())
    payee = {"name": "見本 次郎", "relation": "相続人"}
    MoneySettings(store).change_terms("P001", "A1", {"payee": payee})
    MoneySettings(store).adjust("P001", "A1", OCTOBER, 500, "研修")
    approve(store, OCTOBER, ["P001"])
    made = Printing(store).payments(OCTOBER, None, inquiry="R8-12", voucher="V-3")
    (text,) = pages(made)
    for part in ("活動がなかった月", "調整+500円", "支払先は相続人", "R8-12/V-3", "1件40,500円"):
        assert part in text


def test_a_payments_list_that_says_something_else_is_not_offered(office, monkeypatch):
    approve(office, OCTOBER, ["P001", "P002"])
    real = payments_list._yen
    wrong = iter([True, *[False] * 99])
    monkeypatch.setattr(payments_list, "_yen", lambda y: real(y + 4 if next(wrong) else y))
    assert refused(Printing(office).payments, OCTOBER, None) == "not_true"


def test_a_paper_of_another_length_is_not_offered(office, monkeypatch):
    real = printed.offer
    monkeypatch.setattr(
        blank_papers, "offer", lambda store, out, data, made: real(store, out, data, Made(7, ()))
    )
    assert refused(BlankPapers(office).card, None) == "not_true"
