"""Screen 4 after the office has answered: what is asked, and answers no file carries yet."""

import pytest

from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.replying import Replying
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.ui.ways import Screen, Way
from office_world import OCTOBER
from ui.promoter import more_pages
from ui.promoter.conftest import come_up, named, rest
from ui.promoter.submit.test_submit_page import SAFE, offered, press, said

LATE = "2026-11-20T10:00"


@pytest.fixture
def store(town):
    """P001's PC: October has arrived; the office asks about one record and corrects another."""
    town.intake(LATE).take_in([town.month()])
    records = {a.date.day: a.id for a in Recording(town.pc()).records(OCTOBER)}
    returning = Returning(town.office(LATE))
    returning.ask(OCTOBER, "P001", records[1], "どなたとお会いになりましたか。")
    answer = returning.return_file("P001", town.out(), town.keys)
    pc = town.pc(at=LATE)
    Receiving(pc).receive(answer.file)
    return pc


@pytest.fixture
def page(qtbot, store, jobs, tmp_path):
    (tmp_path / "media" / "KIOXIA").mkdir(parents=True)
    one = more_pages.submit_page(store, jobs, tmp_path / "media")
    one.show_month(OCTOBER)
    return come_up(qtbot, one, jobs)


def test_what_is_asked_is_said_and_leads_to_the_reply(qtbot, page):
    assert said(page, "事務局からの確認のお願いが1件あります。先にご覧ください。")
    assert said(page, "事務局に届きました")
    assert offered(page) == ["印刷する"]
    with qtbot.waitSignal(page.wants) as wanted:
        named(page, "見る").click()
    assert wanted.args == [Way(Screen.REPLY)]


def test_an_answer_makes_saving_the_next_step_again(qtbot, jobs, page, store):
    replying = Replying(store)
    replying.answer(replying.show().open[0].id, "包括の方です。")
    page.refresh()
    rest(qtbot, jobs)
    assert offered(page) == ["提出用をUSBメモリーに保存する"]
    assert said(page, "お返事がまだ事務局に届いていません。")
    assert said(page, "届くのはまだ")
    press(qtbot, jobs, page, "提出用をUSBメモリーに保存する")
    assert said(page, SAFE)
    assert offered(page) == ["印刷する"]


def test_a_change_after_arriving_says_which_version_is_there(qtbot, jobs, page, store):
    record = Recording(store).records(OCTOBER)[0].id
    Recording(store).edit(record, {"attendees": 9}, next_version=True)
    page.refresh()
    rest(qtbot, jobs)
    assert said(page, "第1版は事務局に届きました。変わったところは、次の版で届きます。")
    assert said(page, "届くのはまだ")
    assert offered(page) == ["10月分を締める"]


def test_the_slip_that_goes_with_the_stick_is_asked_for(qtbot, jobs, page):
    with qtbot.waitSignal(page.wants) as wanted:
        press(qtbot, jobs, page, "提出票を印刷する")
    assert wanted.args == [Way(Screen.PRINT, "show_slip", (OCTOBER,))]
