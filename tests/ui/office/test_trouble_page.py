"""Screen 28: text size at once, the office's number, copies with their sheets, the ways on."""

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from kashiwa_desktop.app import safety_making
from kashiwa_desktop.domain.people import Area
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.office.setup import office_number
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from office_day_world import named
from office_world import OCTOBER
from services.border_world import no_border
from services.key_scenes import a_worked_office
from ui.measure import complaints
from ui.office.typing import said


@pytest.fixture
def office(town):
    return a_worked_office(town)


@pytest.fixture
def page(office, jobs, look, come_up):
    return come_up(safety_making.trouble_page(office, jobs, look))


def test_the_text_size_and_the_colours_change_at_once(page, press, look):
    press(page, "最大")
    press(page, "暗い")
    assert (look.text_size, look.theme_name) == (24, "dark")
    assert complaints(page) == []


def test_the_number_for_the_telephone(page, town):
    assert said(page, f"事務局の番号 {office_number(town.office_id)}")


def test_going_back_to_a_copy_tells_of_the_sheets_and_leads_on(
    qtbot, page, office, press, town, monkeypatch
):
    press(page, "いま写しを作る")
    Printing(office).honorarium(OCTOBER, ["P001"], town.root / "sheets.pdf")
    press(page, "中身を見る")
    assert said(page, "戻すと、なくなる請求書・支払明細書 1枚")
    monkeypatch.setattr(ConfirmDialog, "ask", staticmethod(lambda *_: True))
    with qtbot.waitSignal(page.restored):
        press(page, "この時点に戻す")
    with qtbot.waitSignal(page.wants) as way:
        press(page, "事務局の記録を作り直す")
    assert way.args == [Way(Screen.KEYS, "open_rebuild")]
    assert Keeping(office).check() == []


def test_a_copy_elsewhere_is_sealed_and_read_back(page, office, press, tmp_path, monkeypatch):
    assert said(page, "前に写した日: まだありません")
    disk = tmp_path / "disk"
    disk.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(disk))
    press(page, "別の場所に写す")
    assert said(page, "前に写した日: 令和8年11月20日(金)")
    assert not said(page, "ひと月以上、写していません")
    (folder,) = disk.iterdir()
    there = {p.name for p in (folder / "archive").iterdir()}
    assert there == {p.name for p in office.folder.archive.iterdir()}
    (copy,) = (folder / "copies").iterdir()
    assert copy.read_bytes().startswith(b"age-encryption.org/v1")
    assert b"SQLite format 3" not in copy.read_bytes()
    press(page, "別の場所に写す")
    assert said(page, "新しいファイル 0個")


def test_the_records_own_place_is_no_second_place(page, office, press, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(office.folder.copies))
    press(page, "別の場所に写す")
    assert "記録と同じ場所には写せません" in page.messages.text


def test_it_leads_to_the_safety_of_the_office(qtbot, page, press):
    with qtbot.waitSignal(page.wants) as way:
        press(page, "廃棄と開示")
    assert way.args == [Way(Screen.DISPOSAL)]


def test_help_and_support_are_asked_for(qtbot, page, press, hit):
    with qtbot.waitSignal(page.help_wanted):
        press(page, "使い方の説明を開く")
    with qtbot.waitSignal(page.support_asked):
        hit(page, "サポート用の情報を保存")
    assert named(page, QPushButton, "使っている部品とライセンス").isVisible()


@pytest.fixture
def unfit(office):
    """An area that an older version took and no file can hold."""
    with no_border():
        RosterService(office).put_area(Area("30", "架空町", order=-1))
    assert Keeping(office).check() != []


def test_a_record_that_no_file_can_hold_is_found_and_nothing_is_cut(unfit, page, press, look):
    look.show_text_size(24)
    press(page, "送れない記録を調べる")
    assert said(page, "「並び順」は、0から1,000,000までの数にしてください。")
    assert said(page, "「並び順」を「0」にします。")
    assert complaints(page) == []


def test_it_is_mended_here_and_then_there_is_none(unfit, page, office, press, hit):
    press(page, "送れない記録を調べる")
    hit(page, "直す")
    assert said(page, "1件を直しました。")
    assert Keeping(office).check() == []
    press(page, "送れない記録を調べる")
    assert said(page, "送れない記録はありません。")
