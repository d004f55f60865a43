"""困ったとき and what opens from it in the office's window; the archive is kept up to date."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from kashiwa_desktop.app import office_pages
from kashiwa_desktop.app.office_pages import INTAKE, PLACES, TROUBLE, OfficeWindow
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import PlaceError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.safety.guarding import Guarding
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.ui.office.recovery_guides import RebuildGuide
from kashiwa_desktop.ui.ways import Screen, Way
from office_day_world import named
from office_world import cheap_words
from ui.measure import settle


@pytest.fixture
def window(store, jobs, look, come_up, monkeypatch):
    monkeypatch.setattr(office_pages, "JOURNAL_AFTER_MS", 0)
    return come_up(OfficeWindow(store, jobs, look))


def unsent(store):
    with store.db.read() as tx:
        return len(revisions.not_sent(tx))


@pytest.mark.parametrize("role", PLACES)
def test_every_way_opens_and_leads_back(window, qtbot, rest, role):
    window.show_role(role)
    ways = [("かぎとパソコン", 29), ("引継ぎ", 31), ("廃棄と開示", 30), ("操作の記録", 34),
            ("詳しい設定", 35)]  # fmt: skip
    for word, number in ways:
        window.open_place(TROUBLE)
        rest()
        settle()
        qtbot.mouseClick(named(window.page, QPushButton, word), Qt.MouseButton.LeftButton)
        rest()
        settle()
        assert number == window.page.SCREEN
        window.page.go_back()
        assert window.page.SCREEN == 28
    window.page.go_back()
    assert window.page.SCREEN != 28


def test_a_last_return_that_is_missing_leads_to_the_returns(window, rest):
    window.go(Way(Screen.HANDOVER)).wants.emit(Way(Screen.RETURNS, "show_last_month"))
    rest()
    assert window.page.SCREEN == 23
    window.page.go_back()
    rest()
    assert window.page.SCREEN == 31


def test_after_going_back_to_a_copy_the_archive_is_offered(window):
    window.open_place(TROUBLE).wants.emit(Way(Screen.KEYS, "open_rebuild"))
    assert isinstance(window.page.guide, RebuildGuide)


def test_the_offices_work_goes_into_its_archive_when_the_worker_rests(
    window, store, day, qtbot, rest
):
    Reviewing(store).unapprove(Month(2026, 10), "P001", "数え直し")
    assert unsent(store) > 0
    window.ring.open(day.passphrase)
    window.open_place(PLACES["district"][0])
    qtbot.waitUntil(lambda: unsent(store) == 0, timeout=30_000)
    rest()
    assert list(store.folder.archive.glob("*_journal_*"))


def test_a_change_of_keys_reaches_the_intake_that_is_open(window, store, day, rest):
    page = window.open_place(INTAKE)
    page.open_with(day.passphrase)
    rest()
    with cheap_words():
        new = Guarding(store).rotate(window.ring.keys, day.passphrase)
    window.ring.hold(new)
    fresh = new.receiving.recipient
    assert fresh in {key.recipient for key in page._sources.ring.keys.reading}
    page.check_files([day.inbox])
    rest()
    settle()
    assert named(window, QPushButton, "2件を受け取る").isEnabled()


def test_without_the_words_nothing_is_written_and_nothing_asked(window, store, qtbot, rest):
    before = unsent(store)
    window.open_place(PLACES["district"][0])
    rest()
    qtbot.wait(50)
    assert unsent(store) == before
    assert before > 0


def test_an_archive_that_cannot_be_written_is_told_and_holds_nobody_up(
    window, day, qtbot, rest, monkeypatch
):
    ring = window.ring
    ring.open(day.passphrase)
    told = []

    def full():
        told.append(1)
        raise PlaceError("空きがありません。", code="full")

    monkeypatch.setattr(ring, "journal", full)
    window.open_place(PLACES["district"][0])
    qtbot.waitUntil(lambda: "まだ保管できていません" in window._note.text(), timeout=30_000)
    rest()
    qtbot.wait(50)
    assert told == [1]
    assert window.page.isEnabled()
