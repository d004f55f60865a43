"""新しい版を配る (28): chosen once with what is new, laid beside what is handed out, taken back."""

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from kashiwa_desktop import __version__
from kashiwa_desktop.app import safety_making
from kashiwa_desktop.services.office.releasing import Behind, Releasing
from kashiwa_desktop.ui.widgets.release_tick import ReleaseTick, behind_words
from services.key_scenes import a_worked_office
from services.safety.test_updating import BYTES, NAME
from ui.measure import complaints
from ui.office.typing import said, write_area


@pytest.fixture
def office(town):
    return a_worked_office(town)


@pytest.fixture
def page(office, jobs, look, come_up):
    return come_up(safety_making.trouble_page(office, jobs, look))


@pytest.fixture
def file(tmp_path, monkeypatch):
    made = tmp_path / NAME
    made.write_bytes(BYTES)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(made), ""))
    return made


def test_it_is_chosen_once_with_what_is_new(qtbot, page, office, press, file):
    assert said(page, "いま配っている版はありません。")
    write_area(page, "新しくなったこと(1行に1つ)", "速くなりました\n見やすくなりました")
    with qtbot.waitSignal(page.announced):
        press(page, "配る版を決める")
    assert said(page, "いま配る版: 9.1.0(Windows)")
    assert said(page, "9.1.0 を配ることにしました。")
    (made,) = Releasing(office).present()
    assert made.notes == ("速くなりました", "見やすくなりました")
    assert said(page, f"試験 花子({__version__})")
    assert complaints(page) == []


def test_it_is_laid_without_choosing_it_again(page, office, press, file, tmp_path, monkeypatch):
    press(page, "配る版を決める")
    file.unlink()
    stick = tmp_path / "BUFFALO"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    press(page, "新しい版をUSBメモリーに入れる")
    assert (stick / NAME).read_bytes() == BYTES
    assert said(page, "「BUFFALO」に入れ、読み直して確かめました。抜いても大丈夫です。")


def test_on_a_pc_without_the_file_it_is_asked_for(page, office, press, file, tmp_path, monkeypatch):
    press(page, "配る版を決める")
    (office.folder.updates / NAME).unlink()
    stick = tmp_path / "BUFFALO"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    press(page, "新しい版をUSBメモリーに入れる")
    assert (stick / NAME).read_bytes() == BYTES


def test_it_is_taken_back(page, office, press, file):
    press(page, "配る版を決める")
    press(page, "配るのをやめる")
    assert said(page, "いま配っている版はありません。")
    assert Releasing(office).present() == ()
    assert not any(
        b.isVisible() and b.accessibleName() == "新しい版をUSBメモリーに入れる"
        for b in page.findChildren(QPushButton)
    )


def test_a_file_of_another_name_is_told(page, office, press, file, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file.parent / "a.exe"), ""))
    press(page, "配る版を決める")
    assert "新しい版のファイルではありません" in page.messages.text


def test_the_tick_is_there_only_with_a_file_and_says_who_needs_it(qtbot, office, file):
    around = QWidget()
    qtbot.addWidget(around)
    tick = ReleaseTick(around)
    around.show()
    releasing = Releasing(office)
    tick.show_release(releasing.at_hand(), ())
    assert (tick.isHidden(), tick.is_wanted) == (True, False)
    releasing.announce(file)
    tick.show_release(releasing.at_hand(), releasing.behind())
    assert (tick.isVisible(), tick.is_wanted) == (True, True)
    assert tick.box.text() == "新しい版 9.1.0 もUSBメモリーに入れる"
    tick.box.click()
    tick.show_release(releasing.at_hand(), releasing.behind())
    assert not tick.is_wanted
    tick.show_release(releasing.at_hand(), ())
    assert "前の版のままの方はいません" in behind_words(())


def test_many_names_are_counted():
    many = [Behind(f"P{n:03d}", f"見本 {n}", "0.1.0") for n in range(12)]
    assert behind_words(many).startswith("前の版のままの方(12人): 見本 0(0.1.0)、")
    assert behind_words(many).endswith("ほか4人")
