"""Papers: numbers are given once, amounts come from approvals alone, and sums agree."""

import pytest
from pypdf import PdfReader

from kashiwa_desktop.domain.closing import report_key
from kashiwa_desktop.errors import PlaceError, RefusedError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.records.recording import Recording
from office_world import OCTOBER, PEOPLE, activity


@pytest.fixture
def approved(town):
    """P001 and P002 are approved, P003 handed over and is not."""
    town.intake().take_in(town.months())
    Reviewing(town.office(staff="職員 二")).approve(OCTOBER, ["P001", "P002"])
    return town


def printing(town):
    return Printing(town.office(staff="職員 三"))


def text_of(path):
    """The text without spaces: justified lines have some of their own."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)


def test_sheets_are_printed_of_what_is_approved(approved):
    made = printing(approved).honorarium(OCTOBER, None, approved.root / "a.pdf")
    assert [(s.promoter, s.yen) for s in made.sheets] == [("P001", 40_000), ("P002", 40_000)]
    assert made.total_yen == 80_000
    assert made.pages == len(PdfReader(made.file).pages)
    assert [s.code for s in made.sheets] == [
        Closing(approved.pc(p)).show(OCTOBER).code for p in ("P001", "P002")
    ]
    text = text_of(made.file)
    for s in made.sheets:
        assert s.number in text
        assert s.code in text
    assert "例示" not in text


def test_a_report_says_what_was_found_and_what_comes_next(town):
    pc = town.pc()
    Recording(pc).add([activity(3, findings="坂道が課題", next="店と相談する")])
    Closing(pc).close(OCTOBER, remark="送迎を考えたい")
    text = text_of(Printing(pc).report(OCTOBER, None, town.root / "a.pdf").file)
    assert [said in text for said in ("坂道が課題", "店と相談する", "送迎を考えたい")] == [True] * 3


def test_a_number_is_given_once_and_none_is_left_out(approved):
    first = printing(approved).honorarium(OCTOBER, ["P002"], approved.root / "a.pdf")
    again = printing(approved).honorarium(OCTOBER, None, approved.root / "b.pdf")
    assert {s.number for s in first.sheets} < {s.number for s in again.sheets}
    assert next(s.promoter for s in again.sheets if s.number == first.sheets[0].number) == "P002"
    numbers = sorted(s.number for s in again.sheets)
    assert len(set(numbers)) == 2
    assert [int(n.rsplit("-", 1)[1]) for n in numbers] == [1, 2]


def test_the_same_sheets_printed_again_are_the_same_bytes(approved):
    """After the first time: a paper that comes out again may say so."""
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        printing(approved).honorarium(OCTOBER, None, approved.root / name)
    assert (approved.root / "b.pdf").read_bytes() == (approved.root / "c.pdf").read_bytes()


@pytest.mark.parametrize("wanted", [["P003"], ["P001", "P003"], ["P999"]])
def test_what_is_not_approved_is_not_printed(approved, wanted):
    with pytest.raises(RefusedError, match="まだ承認されていません"):
        printing(approved).honorarium(OCTOBER, wanted, approved.root / "a.pdf")
    assert not (approved.root / "a.pdf").exists()
    with approved.office().db.read() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM sheet").scalar() == 0


def test_an_approval_that_no_longer_holds_prints_nothing(approved):
    Recording(approved.pc()).add([activity(20)], next_version=True)
    approved.intake().take_in([approved.submit()])
    made = printing(approved).honorarium(OCTOBER, None, approved.root / "a.pdf")
    assert [s.promoter for s in made.sheets] == ["P002"]


def test_without_any_approval_there_is_nothing_to_print(town):
    town.intake().take_in(town.months())
    for paper in (
        lambda p, out: p.honorarium(OCTOBER, None, out),
        lambda p, out: p.payments(OCTOBER, out),
    ):
        with pytest.raises(RefusedError):
            paper(printing(town), town.root / "a.pdf")


def test_the_payments_list_sums_what_the_sheets_say(approved):
    sheets = printing(approved).honorarium(OCTOBER, None, approved.root / "a.pdf")
    made = printing(approved).payments(OCTOBER, approved.root / "b.pdf")
    assert made.total_yen == sheets.total_yen == 80_000
    assert {s.number for s in made.sheets} == {s.number for s in sheets.sheets}
    assert "80,000" in text_of(made.file)


def test_the_amount_is_the_approved_one_whatever_came_later(approved):
    """Nobody types an amount, and no setting of today changes what was approved."""
    with approved.office().db.read() as tx:
        key = report_key("P001", OCTOBER, "approval")
        line = tx.exec_driver_sql(
            "SELECT line FROM revision WHERE type = 'approval' AND record = ?", (key.id,)
        ).scalar()
    assert '"yen":40000' in line
    made = printing(approved).honorarium(OCTOBER, ["P001"], approved.root / "a.pdf")
    assert made.sheets[0].yen == 40_000


def test_reports_are_of_closed_months(approved):
    made = printing(approved).report(OCTOBER, None, approved.root / "a.pdf")
    text = text_of(made.file)
    for name, *_ in PEOPLE.values():
        assert "".join(name.split()) in text
    mine = Printing(approved.pc()).report(OCTOBER, None, approved.root / "b.pdf")
    assert "架空" not in text_of(mine.file)
    with pytest.raises(RefusedError, match="まだ締めていません"):
        printing(approved).report(OCTOBER.previous(), None, approved.root / "c.pdf")


def test_a_promoter_prints_only_his_own(approved):
    made = Printing(approved.pc()).report(OCTOBER, ["P002"], approved.root / "a.pdf")
    assert "架空" not in text_of(made.file)
    with pytest.raises(RefusedError, match="事務局の記録ではありません"):
        Printing(approved.pc()).honorarium(OCTOBER, None, approved.root / "b.pdf")


def test_a_place_that_cannot_be_written_is_said_and_the_number_stays(approved):
    with pytest.raises(PlaceError):
        printing(approved).honorarium(OCTOBER, ["P001"], approved.root / "no" / "a.pdf")
    made = printing(approved).honorarium(OCTOBER, None, approved.root / "a.pdf")
    assert sorted(int(s.number.rsplit("-", 1)[1]) for s in made.sheets) == [1, 2]


def test_a_paper_of_a_set_clock_says_that_it_is_a_trial(approved):
    made = printing(approved).honorarium(OCTOBER, None, approved.root / "a.pdf")
    assert "試験用" in text_of(made.file)
