"""Screen 31: the successor gets the area's meetings, and nothing else; paper and return."""

from datetime import date

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QFileDialog

from kashiwa_desktop.app import safety_making
from kashiwa_desktop.bundle.reader import open_file
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.office.setup import PromoterSetup
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.services.travel.succeeding import Predecessors, Succeeding
from office_world import OCTOBER, PRIVATE, WORDS, activity
from services.key_scenes import LATE, returned, settings, take_in
from ui.measure import complaints, settle
from ui.office.typing import said, write

COUNCIL = {
    "tier": 2, "number": 3, "attendance": {"furusato": 3}, "chair": "架空 議長", "needs": "",
    "agenda": [], "decisions": "通いの場を増やす",
    "homework": [{"text": "会場をさがす", "owner": "架空", "done": False}],
}  # fmt: skip


def leaving(town):
    """P001 recorded a council meeting and more, handed it over, and left at the end of October."""
    meeting = activity(3, category="council", type="exchange", title="第3回会議", council=COUNCIL)
    Recording(town.pc()).add([meeting, activity(5, title="訪問の記録", private_note=PRIVATE)])
    Closing(town.pc()).close(OCTOBER)
    take_in(town, town.submit())
    office = RosterService(town.office(LATE))
    office.end("P001", "A1", date(2026, 10, 31), "本人の申し出")


def follow(town):
    new = NewPromoter("P009", "後任 次郎", "コウニン ジロウ", "A1", date(2026, 11, 1))
    RosterService(town.office(LATE)).add_promoter(new)


def enrol(town):
    """The successor's PC made its first file, and was accepted."""
    pc = town.open("P009", LATE)
    PromoterSetup(pc).read(settings(town), "P009")
    hello = Submitting(pc).submit(Month(2026, 11), town.out()).file
    take_in(town, hello, accept_new_device=True)
    return pc


@pytest.fixture
def office(town):
    leaving(town)
    return town.office(LATE)


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "sticks" / "AOI"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def open_page(office, jobs, come_up, stick, choose):
    def make():
        sticks = Sticks([stick.parent], lambda path: path == stick)
        page = safety_making.handover_page(office, jobs, KeyRing(office), sticks)
        page._preview._choose = choose
        return come_up(page)

    return make


@pytest.mark.parametrize("by", ["press", "hit"])
def test_the_file_goes_onto_the_stick_and_the_successor_reads_it(
    request, qtbot, open_page, town, stick, by
):
    push = request.getfixturevalue(by)
    follow(town)
    pc = enrol(town)
    page = open_page()
    push(page, "引き継ぐ")
    assert said(page, "支えあい会議の記録 1件、残っている宿題 1件、地域の資源 0件")
    assert said(page, "試験 花子 さんへの最後の返事がまだです")
    write(qtbot, page, "事務局の合言葉", "not these words")
    push(page, "USBメモリー「AOI」に保存する")
    assert said(page, "合言葉がちがいます")
    assert list(stick.iterdir()) == []
    write(qtbot, page, "事務局の合言葉", WORDS)
    push(page, "USBメモリー「AOI」に保存する")
    assert said(page, "USBメモリーを抜いても大丈夫です。")
    (file,) = stick.iterdir()
    plain = bytes(open_file(file.read_bytes(), [town.keys.receiving]).plain).decode()
    assert "第3回会議" in plain
    assert "訪問の記録" not in plain
    assert PRIVATE not in plain
    assert Receiving(pc).receive(file).files[0].state == "new"
    assert [a.title for a in Predecessors(pc).records()] == ["第3回会議"]


def test_into_a_folder_nothing_is_said_of_pulling_out(
    qtbot, open_page, town, tmp_path, press, monkeypatch
):
    follow(town)
    enrol(town)
    page = open_page()
    press(page, "引き継ぐ")
    write(qtbot, page, "事務局の合言葉", WORDS)
    chosen = tmp_path / "mail"
    chosen.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(chosen))
    press(page, "フォルダーに保存する")
    assert len(list(chosen.iterdir())) == 1
    assert not said(page, "抜いても大丈夫です")


def test_what_is_missing_is_said_before(open_page, town, press, rest):
    page = open_page()
    press(page, "引き継ぐ")
    assert said(page, "後任の方がまだ名簿にいません")
    page.go_back()
    follow(town)
    page.refresh()
    rest()
    press(page, "引き継ぐ")
    assert said(page, "後任 次郎 さんのパソコンをまだ知りません")
    assert said(page, "保存できます。")
    page.go_back()
    enrol(town)
    returned(town)
    page.refresh()
    rest()
    press(page, "引き継ぐ")
    assert said(page, "試験 花子 さんへの返事はできています。")


def test_the_paper_of_the_leaving_promoter(open_page, press, paper_file):
    page = open_page()
    press(page, "引き継ぐ")
    press(page, "引継書を紙の形で見る")
    press(page, "印刷する")
    text = PdfReader(paper_file).pages
    assert len(text) == 1
    page.go_back()
    assert said(page, "④ 引継書を印刷する")


def test_only_appointments_that_ended_are_offered(town, office):
    (one,) = Succeeding(office).ended()
    assert (one.promoter, one.area_name, one.last) == ("P001", "見本台", date(2026, 10, 31))
    assert one.not_returned == 3


@pytest.mark.parametrize("points", [12, 24])
def test_nothing_is_cut(open_page, town, look, points, press):
    look.show_text_size(points)
    follow(town)
    enrol(town)
    page = open_page()
    assert complaints(page) == []
    press(page, "引き継ぐ")
    settle()
    assert complaints(page) == []
