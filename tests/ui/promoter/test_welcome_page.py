"""Screen 0: a settings file, the right name, a text size, and off."""

import pytest

import promoter_world
from kashiwa_desktop.services.travel.home import Home
from ui.measure import settle, show_at
from ui.promoter import pages
from ui.promoter.conftest import rest
from ui.promoter.record.test_record_page import press, said


@pytest.fixture
def life():
    return "new"


@pytest.fixture
def welcome(qtbot, store, jobs, look):
    page = pages.welcome_page(store, jobs, look)
    qtbot.addWidget(page)
    page.refresh()
    show_at(qtbot, page, 930, 586)
    return page


@pytest.fixture
def settings(tmp_path):
    return promoter_world.world(tmp_path / "office").settings


def test_from_the_file_to_the_beginning(qtbot, jobs, store, welcome, settings):
    welcome.take_file(settings)
    rest(qtbot, jobs)
    press(qtbot, welcome, "架空 太郎\n例ヶ丘・試町")
    assert said(welcome, "架空 太郎 さん(カクウ タロウ)")
    assert said(welcome, "受け持ちの地域: 例ヶ丘・試町")
    with qtbot.waitSignal(welcome.set_up) as done:
        press(qtbot, welcome, "はい、合っています")
    assert done.args[0].promoter == "P002"
    assert said(welcome, done.args[0].office_number)
    assert Home(store).is_set_up()
    with qtbot.waitSignal(welcome.begun):
        press(qtbot, welcome, "はじめる")


def test_a_wrong_name_is_chosen_again_before_anything_is_written(
    qtbot, jobs, store, welcome, settings
):
    welcome.take_file(settings)
    rest(qtbot, jobs)
    press(qtbot, welcome, "試験 花子\n見本台")
    press(qtbot, welcome, "ちがいます。選びなおす")
    press(qtbot, welcome, "例示 髙﨑\n試町")
    assert said(welcome, "例示 髙﨑 さん")
    assert not Home(store).is_set_up()


def test_it_can_be_put_off_and_practised(qtbot, welcome, store):
    press(qtbot, welcome, "あとで入れる")
    with qtbot.waitSignal(welcome.practice_wanted):
        press(qtbot, welcome, "練習してみる")
    assert not Home(store).is_set_up()


def test_the_text_size_changes_at_once(qtbot, welcome, look):
    with qtbot.waitSignal(welcome.text_size_chosen) as chosen:
        press(qtbot, welcome, "特大")
    assert chosen.args == [20]
    assert look.text_size == 20
    settle()


def test_a_file_that_is_none_of_ours_is_told_in_words(qtbot, jobs, welcome, tmp_path):
    wrong = tmp_path / "wrong.kssc"
    wrong.write_bytes(b"nothing of ours")
    welcome.take_file(wrong)
    rest(qtbot, jobs)
    settle()
    assert welcome.messages.isVisible()
    assert said(welcome, "① 設定ファイルを入れる")
