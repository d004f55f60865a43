"""事務局からの返事 for all: what each says, who is due, and nobody kept from his by another."""

import shutil

import pytest

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.checking.look_alikes import LookAlikes
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.papers.asking_papers import AskingPapers
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.return_letters import STOPPED, ReturnLetters
from kashiwa_desktop.services.travel.returning import Returning
from office_world import OCTOBER, activity
from services.checking.test_reviewing import approve, take_in
from services.test_papers import pages


def letters(town):
    return {one.promoter: one for one in ReturnLetters(town.office()).letters(OCTOBER)}


def write(town, *promoters, out=None, progress=None):
    service = ReturnLetters(town.office())
    return service.write(promoters, out or town.out(), town.keys, progress or Progress())


@pytest.fixture
def fresh(town):
    """Everybody has had a return; nothing is new."""
    write(town, "P001", "P002", "P003")
    return town


def test_after_a_return_nothing_is_new(fresh):
    assert [one.is_due for one in letters(fresh).values()] == [False] * 3
    assert letters(fresh)["P001"].news == ()
    assert letters(fresh)["P001"].last_made.startswith("2026-11-05")
    assert letters(fresh)["P001"].areas == "見本台"


def test_everything_the_office_did_is_told_in_words(fresh):
    Recording(fresh.pc()).add(
        [activity(14, place="集会所"), activity(14, place="集会所", title="別")]
    )
    take_in(fresh, fresh.month())
    office = fresh.office()
    review = Reviewing(office).review("P001", OCTOBER)
    one, two, *_ = (a.id for a in review.activities)
    assert letters(fresh)["P001"].news == ("10月分の受領",)
    LookAlikes(office).keep_both(OCTOBER, review.look_alikes[0].id)
    Returning(office).ask(OCTOBER, "P001", one, "人数は?")
    Returning(office).correct("P001", two, {"attendees": 8}, "直しました。")
    Returning(office).send_back(OCTOBER, "P001", "くわしく")
    approve(fresh, "P001")
    Reviewing(office).unapprove(OCTOBER, "P001", "まちがい")
    assert letters(fresh)["P001"].news == (
        "10月分の受領", "10月分の承認", "10月分の承認の取り消し", "確認のお願い 1件", "差戻し 1件",
        "事務局で直した記録 1件", "同じ活動かどうかの決定 1件",
    )  # fmt: skip
    assert not letters(fresh)["P002"].is_due
    written = write(fresh, "P001")
    assert [p for p, _ in written.made] == ["P001"]
    assert letters(fresh)["P001"].news == ()


def test_months_in_a_row_are_told_together(fresh):
    pc = fresh.pc()
    for month in (8, 9):
        Recording(pc).add([activity(1, date=f"2026-{month:02d}-01")])
    files = [fresh.month(month=Month(2026, m), days=()) for m in (8, 9)]
    take_in(fresh, *files, fresh.month())
    assert letters(fresh)["P001"].news == ("8月分から10月分の受領",)


def test_one_that_cannot_be_made_keeps_nobody_from_his(fresh):
    take_in(fresh, fresh.month("P002"))
    approve(fresh, "P002")
    with fresh.office().db.write() as tx:
        tx.exec_driver_sql("DELETE FROM device WHERE promoter = 'P001'")
    assert not letters(fresh)["P001"].has_pc
    written = write(fresh, "P001", "P002")
    assert [p for p, _ in written.made] == ["P002"]
    assert [(x.promoter, "パソコンをまだ知りません" in x.reason) for x in written.left] == [
        ("P001", True)
    ]
    pc = fresh.pc("P002", at="2026-11-06T09:00")
    assert Receiving(pc).receive(written.made[0][1].file).files[0].state == "new"


def test_a_full_or_gone_stick_says_so_for_each(fresh):
    gone = fresh.out()
    shutil.rmtree(gone)
    written = write(fresh, "P001", "P002", out=gone / "stick")
    assert written.made == ()
    assert [x.promoter for x in written.left] == ["P001", "P002"]
    assert all(x.reason for x in written.left)


def test_stopping_leaves_what_is_written_and_names_the_rest(fresh):
    class Stopping(Progress):
        def step(self, text, done, total):
            if done == 1:
                self.cancel()
            super().step(text, done, total)

    written = write(fresh, "P001", "P002", "P003", progress=Stopping())
    assert [p for p, _ in written.made] == ["P001"]
    assert [(x.promoter, x.reason) for x in written.left] == [("P002", STOPPED), ("P003", STOPPED)]


# The papers that go with them -------------------------------------------------------------------


def test_the_slip_of_questions_is_one_page_a_promoter_and_shows_nobody_else(town):
    take_in(town, *town.months())
    office = town.office()
    for promoter in ("P001", "P003"):
        record = Reviewing(office).review(promoter, OCTOBER).activities[0].id
        Returning(office).ask(OCTOBER, promoter, record, f"{promoter}への質問")
    made = AskingPapers(office).requests(OCTOBER, None, None)
    first, second = pages(made)
    assert "試験花子様" in first
    assert "P001への質問" in first
    assert "例示" not in first
    assert "P003への質問" in second
    Returning(office).settle("P001", Reviewing(office).review("P001", OCTOBER).questions[0].id)
    with pytest.raises(RefusedError, match="お聞きすることがありません"):
        AskingPapers(office).requests(OCTOBER, ["P001"], None)


def test_what_to_ask_on_the_telephone_stands_on_one_page(town):
    Recording(town.pc()).add([activity(14), activity(14), activity(15, minutes=700)])
    take_in(town, town.month(days=(1,), remark="通いの場が増えた"), town.month("P002"))
    office = town.office()
    record = Reviewing(office).review("P001", OCTOBER).activities[0].id
    for n in range(30):
        Returning(office).ask(
            OCTOBER, "P001", record, f"{n}番目の質問。" + "人数を教えてください。" * 3
        )
    (page,) = pages(AskingPapers(office).asks(OCTOBER, None, None))
    assert page.count("番目の質問") > 5
    assert "件は、画面でご確認ください" in page
    (page,) = pages(AskingPapers(office).asks(OCTOBER, ["P002"], None))
    assert "お聞きすることはありません" in page


def test_one_page_tells_questions_findings_and_the_remark(town):
    Recording(town.pc()).add([activity(14), activity(14), activity(15, minutes=700)])
    take_in(town, town.month(days=(1,), remark="通いの場が増えた"))
    (page,) = pages(AskingPapers(town.office()).asks(OCTOBER, None, None))
    for part in ("同じ日に同じ区分", "10時間をこえて", "通いの場が増えた", "メモ", "お返事"):
        assert part in page
