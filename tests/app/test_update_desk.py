"""A newer version from the stick: offered above every page, asked once, and made way for."""

import shutil

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from kashiwa_desktop import __version__
from kashiwa_desktop.app import opening
from kashiwa_desktop.app import window as window_module
from kashiwa_desktop.app.promoter_pages import LIST, SUBMIT
from kashiwa_desktop.app.update_desk import UpdateDesk
from kashiwa_desktop.app.window import Desktop, came_words
from kashiwa_desktop.domain.release import LINUX, WINDOWS
from kashiwa_desktop.errors import PlaceError, RefusedError
from kashiwa_desktop.services.office.releasing import Releasing
from kashiwa_desktop.services.safety import updating
from kashiwa_desktop.services.safety.updating import ANOTHER, Came
from kashiwa_desktop.services.travel import setup_start
from kashiwa_desktop.services.travel.setup_start import SetupStart
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from office_day_world import named
from services.key_scenes import LATE, receive, returned
from services.safety.test_updating import BYTES, NAME, NOTES
from ui.measure import complaints, settle


@pytest.fixture(autouse=True)
def on_windows(monkeypatch):
    monkeypatch.setattr(setup_start, "system", lambda: WINDOWS)


@pytest.fixture
def media(tmp_path, monkeypatch):
    """A folder in which every folder is a stick that is in the PC."""
    place = tmp_path / "media"
    place.mkdir()
    real = Sticks([place], lambda _: True)
    monkeypatch.setattr(window_module, "Sticks", lambda: real)
    return place


@pytest.fixture
def stick(media):
    place = media / "BUFFALO"
    place.mkdir()
    (place / NAME).write_bytes(BYTES)
    return place


@pytest.fixture
def told(town, tmp_path):
    """P001 knows by a return what the office hands out."""
    file = tmp_path / NAME
    file.write_bytes(BYTES)
    Releasing(town.office(LATE)).announce(file, NOTES)
    receive(town.pc(at=LATE), returned(town))
    return town


@pytest.fixture
def begun(told, desktop, qtbot):
    """The promoter's window, looked at once."""

    def open_it(store=None):
        one = desktop(store or told.pc(at=LATE))
        look(one, qtbot)
        return one

    return open_it


def look(one, qtbot):
    one._begin_updates()
    qtbot.waitUntil(lambda: not one._jobs.busy)
    settle()


def strip(one):
    return one.window.update_strip


def test_it_is_offered_above_every_page(begun, stick):
    one = begun()
    assert strip(one).isVisible()
    assert strip(one).text == "新しい版 9.1.0 が、USBメモリーにあります。"
    for place in (SUBMIT, LIST):
        one.window.open_place(place)
        settle()
        assert strip(one).isVisible()
        assert complaints(one.window) == []
    named(strip(one), QPushButton, "あとで").click()
    assert strip(one).isHidden()


def test_a_stick_that_comes_later_is_seen_and_one_that_goes_is_forgotten(begun, media, qtbot, told):
    one = begun()
    assert strip(one).isHidden()
    assert one._updates._timer.isActive()
    place = media / "BUFFALO"
    place.mkdir()
    (place / NAME).write_bytes(BYTES)
    one._updates._watch()
    qtbot.waitUntil(lambda: strip(one).isVisible())
    shutil.rmtree(place)
    one._updates._watch()
    qtbot.waitUntil(lambda: strip(one).isHidden())


def test_what_the_return_on_the_same_stick_tells_is_looked_for_at_once(
    town, tmp_path, desktop, stick, qtbot
):
    """Return and setup file lie on one stick: the settings come after the stick."""
    file = tmp_path / NAME
    file.write_bytes(BYTES)
    Releasing(town.office(LATE)).announce(file)
    one = desktop(town.pc(at=LATE))
    look(one, qtbot)
    assert strip(one).isHidden()
    assert not one._updates._timer.isActive()
    one.window._take_files([returned(town)])
    qtbot.waitUntil(lambda: strip(one).isVisible())
    assert "9.1.0" in strip(one).text


def test_another_file_of_that_name_is_told_and_cannot_be_put_in(begun, stick):
    (stick / NAME).write_bytes(bytes(len(BYTES)))
    one = begun()
    assert strip(one).text == ANOTHER
    assert not any(b.isVisible() and b.accessibleName() == "入れる" for b in buttons(one))
    one._updates.ask()
    assert one._to_put_in is None


def buttons(one):
    return strip(one).findChildren(QPushButton)


@pytest.fixture
def started(monkeypatch):
    calls = []
    monkeypatch.setattr(SetupStart, "start", lambda _self, *given: calls.append(given))
    return calls


def test_it_asks_once_copies_makes_way_and_is_started_after_the_end(
    begun, stick, qtbot, started, monkeypatch, qapp
):
    one = begun()
    asked = []

    def agree(question, _parent):
        asked.append(question)
        return True

    monkeypatch.setattr(ConfirmDialog, "ask", staticmethod(agree))
    named(strip(one), QPushButton, "入れる").click()
    qtbot.waitUntil(lambda: one._to_put_in is not None)
    settle()
    assert NOTES[0] in asked[0].details
    assert not one.window.isVisible()
    assert started == []
    one.end()
    one.put_in(qapp)
    assert started == [(one.folder.updates / NAME, one.folder.root)]


def test_who_thinks_better_of_it_keeps_the_version(begun, stick, monkeypatch, qapp, started):
    one = begun()
    monkeypatch.setattr(ConfirmDialog, "ask", staticmethod(lambda *_: False))
    named(strip(one), QPushButton, "入れる").click()
    settle()
    one.put_in(qapp)
    assert (one.window.isVisible(), started) == (True, [])


def test_on_debian_the_line_to_be_typed_is_shown_and_the_window_stays(
    begun, stick, qtbot, monkeypatch
):
    one = begun()
    monkeypatch.setattr(setup_start, "system", lambda: LINUX)
    monkeypatch.setattr(ConfirmDialog, "ask", staticmethod(lambda *_: True))
    named(strip(one), QPushButton, "入れる").click()
    qtbot.waitUntil(lambda: "sudo apt install" in one.window.page.messages.text)
    assert one.window.isVisible()
    assert one._to_put_in is None


def test_a_full_disk_is_told_and_the_version_stays(begun, stick, qtbot, monkeypatch):
    one = begun()

    def refuse(*_):
        raise PlaceError("保存先に空きがありません。", code="full")

    monkeypatch.setattr(updating.releasing, "keep", refuse)
    monkeypatch.setattr(ConfirmDialog, "ask", staticmethod(lambda *_: True))
    named(strip(one), QPushButton, "入れる").click()
    qtbot.waitUntil(lambda: "空きがありません" in one.window.page.messages.text)
    assert one.window.isVisible()


def test_what_hinders_the_start_is_told_before_the_end(begun, monkeypatch, qapp):
    one = begun()
    said = []
    monkeypatch.setattr(opening, "tell_why_not", lambda *given: said.append(given[2].code))

    def refuse(*_):
        raise RefusedError(ANOTHER, code="another_release")

    monkeypatch.setattr(updating.Updating, "start", refuse)
    one._to_put_in = object()
    one.put_in(qapp)
    assert said == ["another_release"]


def test_looking_by_hand_says_where_there_is_none(begun, media, qtbot, told):
    one = begun()
    page = one.window.open_place(4)
    page.update_card.look_wanted.emit()
    qtbot.waitUntil(lambda: "新しい版はありません" in page.update_card._told.text())
    assert any(__version__ in label.text() for label in page.update_card.findChildren(QLabel))


def test_nobody_is_offered_anything_while_practising(begun, stick, qtbot):
    one = begun()
    one._real = one._store
    strip(one).clear()
    one.window.update_asked.emit(None)
    qtbot.waitUntil(lambda: not one._jobs.busy)
    assert strip(one).isHidden()
    one._real = None


def test_what_became_of_it_is_said(begun, told, media):
    one = begun()
    assert one.window.page.messages.isHidden()
    assert "9.1.0 になりました" in came_words(Came("9.1.0", __version__, "9.1.0")).text
    left = came_words(Came(__version__, "", "9.1.0")).text
    assert f"9.1.0 は入りませんでした。いままでの版({__version__})" in left


def test_the_office_is_offered_what_it_hands_out(told, media, desktop, qtbot):
    """Its own PC needs no stick: the file lies there since it was chosen."""
    one = desktop(told.office(LATE))
    look(one, qtbot)
    assert strip(one).text == "新しい版 9.1.0 を入れられます。"
    assert complaints(one.window) == []


def test_the_strip_is_read_at_the_largest_text(begun, stick, request):
    look = request.getfixturevalue("look")
    one = begun()
    for theme in ("light", "dark", "contrast"):
        look.show_theme(theme)
        look.show_text_size(24)
        settle()
        assert complaints(one.window) == []


def test_the_windows_know_the_desk(begun, media):
    one = begun()
    assert isinstance(one, Desktop)
    assert isinstance(one._updates, UpdateDesk)
