"""Screen 29: each guide is a drill (RELIABILITY.md R59) through the window, and loses nothing."""

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QWidget

from kashiwa_desktop.app import safety_making
from kashiwa_desktop.crypto.keys import RecoveryKey
from kashiwa_desktop.crypto.sealing import WrongPassphraseError
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.key_list import listed_keys
from kashiwa_desktop.services.office.enrolling import Enrolling
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.safety.recovery_drill import RecoveryDrill
from kashiwa_desktop.services.travel.admitting import device_number
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.storage import audit
from kashiwa_desktop.ui.office.guide import Guide
from kashiwa_desktop.ui.office.recovery_guides import RebuildGuide
from office_day_world import named
from office_world import OCTOBER, WORDS, moment
from services.key_scenes import (
    LATE,
    a_worked_office,
    held,
    new_pc,
    state,
    take_in,
    unlocked,
    whole,
)
from ui.measure import complaints, settle
from ui.office.typing import said, spoken, write, write_area

NEW = "kaki no ki 2026"
RECOVERY = "予備のかぎのことば"


@pytest.fixture
def office(town):
    return town.office(LATE)


@pytest.fixture
def ring(office):
    return KeyRing(office)


@pytest.fixture
def page(office, jobs, come_up, ring, choose):
    found = safety_making.keys_page(office, jobs, ring)
    found._preview._choose = choose
    return come_up(found)


def new_words(qtbot, page, words=NEW):
    write(qtbot, page, "新しい合言葉", words)
    write(qtbot, page, "確かめのため", words)


@pytest.mark.parametrize("by", ["press", "hit"])
def test_the_words_are_changed(request, qtbot, page, office, by):
    push = request.getfixturevalue(by)
    push(page, "合言葉を替える")
    write(qtbot, page, "いまの合言葉", "not these words")
    new_words(qtbot, page)
    push(page, "合言葉を替える")
    assert said(page, "合言葉がちがいます")
    write(qtbot, page, "いまの合言葉", WORDS)
    new_words(qtbot, page)
    push(page, "合言葉を替える")
    assert "合言葉を替えました" in page.messages.text
    assert page.guide is None
    assert unlocked(office, NEW).signing
    with pytest.raises(WrongPassphraseError):
        unlocked(office)


def test_forgotten_words_and_what_was_under_way(qtbot, page, office, town, press, ring, figure):
    unsent = town.month()
    press(page, "合言葉を忘れた")
    lines = spoken(town.recovery).splitlines()
    write_area(page, RECOVERY, "\n".join([*lines[:3], "ちがう " + lines[3], *lines[4:]]))
    new_words(qtbot, page)
    press(page, "新しい合言葉で開けるようにする")
    assert said(page, "もう一度くらべてください")
    assert unlocked(office).signing
    write_area(page, RECOVERY, spoken(town.recovery))
    new_words(qtbot, page)
    press(page, "新しい合言葉で開けるようにする")
    assert "新しい合言葉で開けるようになりました" in page.messages.text
    assert unlocked(office, NEW).signing.raw == ring.keys.signing.raw
    (outcome,) = take_in(town, unsent, keys=ring.keys)
    assert (outcome.state, outcome.new) == ("new", 4)
    whole(office)
    figure(f"forgotten words, through the window: lost records 0 of {len(held(office, 'P001'))}")


def test_a_strangers_envelope_is_told_at_its_field(qtbot, page, office, press):
    press(page, "合言葉を忘れた")
    write_area(page, RECOVERY, spoken(RecoveryKey.generate()))
    new_words(qtbot, page)
    press(page, "新しい合言葉で開けるようにする")
    assert said(page, "この事務局の予備のかぎではありません")
    assert unlocked(office).signing


def test_keys_are_renewed_as_a_precaution(qtbot, page, office, town, press):
    under_way = town.month()
    press(page, "かぎを新しくする")
    write(qtbot, page, "いまの合言葉", WORDS)
    press(page, "かぎを新しくする")
    assert "事務局のかぎを新しくしました" in page.messages.text
    keys = unlocked(office)
    assert keys.signing.raw != town.keys.signing.raw
    assert take_in(town, under_way, keys=keys)[0].new == 4
    with office.db.read() as tx:
        assert town.keys.signing.public in listed_keys(tx)


def test_stolen_keys_count_no_more(qtbot, page, office, town, press):
    press(page, "かぎを新しくする")
    press(page, "盗まれたかもしれない")
    write(qtbot, page, "いまの合言葉", WORDS)
    write_area(page, RECOVERY, spoken(town.recovery))
    new_words(qtbot, page)
    press(page, "かぎを新しくする")
    assert unlocked(office, NEW).signing
    with office.db.read() as tx:
        assert town.keys.signing.public not in listed_keys(tx)


def test_the_envelope_is_tried_once_a_year(qtbot, page, office, town, press):
    a_worked_office(town)
    last = RecoveryDrill(office).last()
    assert not last.is_due
    press(page, "予備のかぎを確かめる")
    assert said(page, "前に確かめた日: 令和8年4月1日(水)")
    write_area(page, RECOVERY, spoken(town.recovery))
    press(page, "開けるか確かめる")
    assert "予備のかぎで開けました(ためしのファイルと、届いたファイル 3個)" in page.messages.text
    with office.db.read() as tx:
        assert audit.entries(tx, "check_recovery")[-1].detail == {"files": 3}
    later = Clock(moment("2027-12-01T10:00"))
    object.__setattr__(office, "clock", later)
    page.refresh()
    assert said(page, "予備のかぎを1年以上確かめていません")


def test_an_envelope_that_opens_a_file_no_more_is_told(page, office, town, press):
    take_in(town, town.month())
    spoiled = office.folder.archive / "9999-01-01_P001_spoiled.kssz"
    spoiled.write_bytes(b"age-encryption.org/v1\n")
    press(page, "予備のかぎを確かめる")
    write_area(page, RECOVERY, spoken(town.recovery))
    press(page, "開けるか確かめる")
    assert "予備のかぎで開けないファイルがあります" in page.messages.text


def test_the_paper_is_printed_again_from_its_words(page, office, town, press, paper_file):
    press(page, "予備のかぎをもう一度印刷")
    write_area(page, RECOVERY, spoken(town.recovery))
    press(page, "紙の形で見る")
    assert complaints(page) == []
    press(page, "印刷する")
    assert len(PdfReader(paper_file).pages) == 1
    assert not list(office.folder.root.glob("*.pdf"))
    press(page, "一覧にもどる")
    assert page.guide is None


def test_a_pc_is_reported_lost_and_found_by_the_keyboard(qtbot, page, office, town, press, hit):
    press(page, "パソコンの一覧")
    table = named(page, QTableView, "推進員さんのパソコン")
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    hit(page, "なくした")
    assert [pc.state for pc in Enrolling(office).pcs()] == ["listed", "lost", "listed"]
    assert "架空 太郎 さんのパソコン" in page.messages.text
    (outcome,) = take_in(town, town.month("P002"))
    assert (outcome.state, outcome.reason) == ("waiting", "revoked")
    hit(page, "見つかった")
    assert {pc.state for pc in Enrolling(office).pcs()} == {"listed"}


def test_files_that_wait_come_in_after_a_telephone_call(qtbot, page, office, town, press, figure):
    stray = new_pc(town, "new", "P001")
    take_in(town, Submitting(stray).submit(OCTOBER, town.out()).file)
    Enrolling(office).report_lost(Enrolling(office).pcs("P002")[0].number)
    take_in(town, town.month("P002"))
    press(page, "新しいパソコンの受け入れ")
    with stray.db.read() as tx:
        device = tx.exec_driver_sql("SELECT value FROM meta WHERE name = 'device'").scalar()
    assert said(page, device_number(device))
    write(qtbot, page, "事務局の合言葉", WORDS)
    waiting = page.guide._files
    keys = dict(waiting._keys)
    for kind in ("unknown_device", "revoked"):
        button = next(b for b, (_, reason) in waiting._keys.items() if reason == kind)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not page._work.busy, timeout=20_000)
    assert len(keys) == 2
    assert "受け取りました" in page.messages.text
    assert Enrolling(office).waiting() == []
    assert len(held(office, "P002")) == 4
    figure("files of new and lost PCs, through the window: lost records 0")


def test_two_pcs_with_one_identity_are_named(page, office, town, press, tmp_path):
    clone = town.copy(tmp_path / "clone")
    take_in(town, town.month(days=(1,)), clone.month(days=(3,)))
    clone.close()
    press(page, "パソコンの一覧")
    assert said(page, "2台のパソコンが同じ印を使っています: 試験 花子 さん")


def test_the_office_is_rebuilt_after_going_back_to_a_copy(qtbot, page, town, press, figure):
    copy = Keeping(town.office()).back_up()
    worked = a_worked_office(town)
    told = state(worked)
    Keeping(worked).restore(copy.file)
    assert state(worked) != told
    page.open_guide(RebuildGuide)
    write(qtbot, page, "事務局の合言葉", WORDS)
    press(page, "保管したファイルを読み直す")
    assert "取り戻しました" in page.messages.text
    assert state(town.office(LATE)) == told
    figure("office rebuilt from its archive, through the window: lost records 0")


def test_nothing_secret_stays_on_a_page_that_is_left(page, town, press):
    press(page, "合言葉を忘れた")
    write_area(page, RECOVERY, spoken(town.recovery))
    page.leave()
    press(page, "合言葉を忘れた")
    assert page.guide._recovery._area.text() == ""


@pytest.mark.parametrize("points", [12, 24])
def test_no_guide_is_cut(page, look, points):
    look.show_text_size(points)
    for guide in page.findChildren(Guide):
        page.open_guide(type(guide))
        settle()
        assert complaints(page) == [], type(guide)
        page.go_back()
    assert named(page, QWidget, "合言葉を替える").isVisible()
