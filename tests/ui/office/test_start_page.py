"""Screen 32: an office begins only once the paper is there and all opened; or it comes back."""

import shutil
from datetime import date

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from kashiwa_desktop.crypto.keys import RecoveryKey
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.office.beginning import Beginning
from kashiwa_desktop.services.office.enrolling import Enrolling
from kashiwa_desktop.services.office.setup import OfficeSetup, office_number
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.safety.bringing_back import BringingBack
from kashiwa_desktop.services.safety.guarding import journal
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.outside_copies import OutsideCopies
from kashiwa_desktop.services.store import facts, open_folder
from kashiwa_desktop.storage import audit, sheets
from kashiwa_desktop.ui.office import start_page
from kashiwa_desktop.ui.office.start_page import StartPage
from office_day_world import named
from office_world import OCTOBER, moment
from services.key_scenes import LATE, FailingDisk, a_worked_office, archive_of, state
from ui.measure import complaints, settle
from ui.office.typing import said, spoken, write, write_area

WORDS = "kaki no ki 2026"


@pytest.fixture
def store(tmp_path):
    one = open_folder(DataFolder(tmp_path / "new"), Clock(moment(LATE)), Chance("tests"))
    yield one
    one.close()


@pytest.fixture
def page(store, jobs, come_up, choose):
    return come_up(StartPage(Beginning(store), BringingBack(store), jobs, choose))


def role(store):
    with store.db.read() as tx:
        return facts(tx).role


def asked(page):
    """The words that are asked for, as the paper has them."""
    lines = page._prepared.lines
    return {
        f"{p.line}行目の {p.word}番目のことば": lines[p.line - 1][p.word - 1]
        for p in page._prepared.places
    }


def make_keys(qtbot, page, push):
    push(page, "新しく始める")
    push(page, "次へ")
    write(qtbot, page, "新しい合言葉", WORDS)
    write(qtbot, page, "確かめのため", WORDS)
    push(page, "かぎを作る")


@pytest.mark.parametrize("by", ["press", "hit"])
def test_an_office_begins_by_mouse_or_by_keyboard_alone(
    request, qtbot, page, store, by, paper_file
):
    push = request.getfixturevalue(by)
    make_keys(qtbot, page, push)
    assert role(store) == ""
    assert said(page, "1行目  " + "  ".join(page._prepared.lines[0]))
    push(page, "紙の形で見て印刷する")
    push(page, "印刷する")
    assert len(PdfReader(paper_file).pages) == 1
    push(page, "もどる")
    push(page, "紙にしました。次へ")
    for field, word in asked(page).items():
        write(qtbot, page, field, word)
    push(page, "確かめる")
    assert role(store) == ""
    write(qtbot, page, "さきほど決めた合言葉", WORDS)
    push(page, "開けるか確かめる")
    assert role(store) == "office"
    with store.db.read() as tx:
        assert said(page, office_number(facts(tx).office))
    assert OfficeSetup(store).unlock(WORDS).signing
    with qtbot.waitSignal(page.begun):
        push(page, "事務局の画面へ")


def test_the_paper_is_never_on_the_disk(qtbot, page, store, press):
    make_keys(qtbot, page, press)
    words = page._prepared.lines[2][0]
    press(page, "紙の形で見て印刷する")
    kept = [p for p in store.folder.root.rglob("*") if p.is_file()]
    assert not [p for p in kept if p.suffix == ".pdf" or words.encode() in p.read_bytes()]
    assert words not in repr(page._prepared)


def test_whoever_has_no_paper_gets_no_office(qtbot, page, store, press):
    make_keys(qtbot, page, press)
    press(page, "紙にしました。次へ")
    for field in asked(page):
        write(qtbot, page, field, "ちがうことば")
    press(page, "確かめる")
    assert said(page, "紙のことばとちがいます")
    assert (page.step, role(store)) == (start_page.PROOF, "")
    press(page, "もどる")
    assert page.step == start_page.KEY


def test_another_word_than_the_one_just_chosen_is_noticed(qtbot, page, store, press):
    make_keys(qtbot, page, press)
    press(page, "紙にしました。次へ")
    for field, word in asked(page).items():
        write(qtbot, page, field, word)
    press(page, "確かめる")
    write(qtbot, page, "さきほど決めた合言葉", "momo no ki 2026")
    press(page, "開けるか確かめる")
    assert said(page, "合言葉がちがいます")
    assert role(store) == ""
    write(qtbot, page, "さきほど決めた合言葉", WORDS)
    press(page, "開けるか確かめる")
    assert role(store) == "office"


def test_keys_that_do_not_open_what_lies_on_the_disk_make_no_office(qtbot, page, store, press):
    make_keys(qtbot, page, press)
    press(page, "紙にしました。次へ")
    for field, word in asked(page).items():
        write(qtbot, page, field, word)
    press(page, "確かめる")
    (store.folder.identity / "canary.age").write_bytes(b"spoiled")
    write(qtbot, page, "さきほど決めた合言葉", WORDS)
    press(page, "開けるか確かめる")
    assert "ためしのファイルが、かぎで開きません" in page.messages.text
    assert role(store) == ""


@pytest.mark.parametrize("step", [1, 4, 9])
def test_a_full_disk_makes_no_office_and_the_next_try_does(qtbot, page, store, press, step):
    with FailingDisk(step).plugged_in():
        make_keys(qtbot, page, press)
        assert page.messages.text
        assert (page._prepared, role(store)) == (None, "")
    write(qtbot, page, "新しい合言葉", WORDS)
    write(qtbot, page, "確かめのため", WORDS)
    press(page, "かぎを作る")
    assert page.step == start_page.KEY


def test_a_beginning_that_stopped_is_begun_anew_with_other_keys(qtbot, page, store, press, jobs,
                                                                 come_up):  # fmt: skip
    make_keys(qtbot, page, press)
    first = page._prepared.lines
    again = come_up(StartPage(Beginning(store), BringingBack(store), jobs))
    make_keys(qtbot, again, press)
    assert again._prepared.lines != first
    assert list(store.folder.identity.glob("unfinished-office.*"))


def test_rules_of_the_words_stand_at_the_field(qtbot, page, press):
    press(page, "新しく始める")
    press(page, "次へ")
    write(qtbot, page, "新しい合言葉", "short")
    press(page, "かぎを作る")
    assert said(page, "12文字以上にしてください。")
    write(qtbot, page, "新しい合言葉", WORDS)
    write(qtbot, page, "確かめのため", WORDS + "x")
    press(page, "かぎを作る")
    assert said(page, "2つの欄の合言葉が同じではありません")
    assert page.step == start_page.WORDS


def bring_back(qtbot, page, press, folder, recovery):
    press(page, "前の事務局を戻す")
    page._back_card.folder_chosen.emit(folder)
    qtbot.waitUntil(lambda: page._back_card.remains is not None, timeout=10_000)
    write_area(page, "予備のかぎのことば", spoken(recovery))
    write(qtbot, page, "新しい合言葉", WORDS)
    write(qtbot, page, "確かめのため", WORDS)
    press(page, "事務局を戻す")


def test_the_old_office_comes_back_from_its_archive(qtbot, page, store, press, town, figure):
    office = a_worked_office(town)
    told = state(office)
    bring_back(qtbot, page, press, archive_of(town), town.recovery)
    assert said(page, "事務局の記録を戻しました。")
    assert role(store) == "office"
    assert OfficeSetup(store).unlock(WORDS).signing
    with store.db.read() as tx, office.db.read() as before:
        assert facts(tx).office == facts(before).office
    assert state(store) != told  # the new list of keys came to it
    figure("an office on a new PC: envelope and archive are enough")


def test_copy_and_archive_together_bring_back_the_sheets_too(qtbot, page, store, press, town):
    office = a_worked_office(town)
    Printing(office).honorarium(OCTOBER, ["P001"], town.root / "sheets.pdf")
    Keeping(office).back_up()
    left = town.root / "left"
    for part in ("archive", "copies"):
        shutil.copytree(getattr(office.folder, part), left / part)
    page._bringing_back.look(left)
    bring_back(qtbot, page, press, left, town.recovery)
    with store.db.read() as tx, office.db.read() as before:
        assert [s.number for s in sheets.every(tx)] == [s.number for s in sheets.every(before)]
    assert said(page, "の予備の写しを戻しました。")
    assert Keeping(store).check() == []


def test_a_copy_elsewhere_and_the_envelope_are_enough(qtbot, page, store, press, town, figure):
    office = a_worked_office(town)
    Printing(office).honorarium(OCTOBER, ["P001"], town.root / "sheets.pdf")
    made = OutsideCopies(office).copy_to(town.out(), Progress())
    with office.db.read() as tx:
        told = [(s.number, s.pdf) for s in sheets.every(tx)]
    bring_back(qtbot, page, press, made.folder, town.recovery)
    with store.db.read() as tx:
        assert [(s.number, s.pdf) for s in sheets.every(tx)] == told
    assert Keeping(store).check() == []
    assert OfficeSetup(store).unlock(WORDS).signing
    figure("an office on a new PC from its copy elsewhere: sheets lost 0 of 1, byte for byte")


@pytest.mark.parametrize("copied", [False, True])
def test_the_envelope_stands_above_accounts(qtbot, page, store, press, town, copied):
    """On a new PC nobody has said yet who he is; the log then names the envelope."""
    office = a_worked_office(town)
    Accounts(office).add(office.staff, "supervisor", date(2026, 4, 1))
    Accounts(office).switch(on=True)
    journal(office, town.keys)
    folder = archive_of(town)
    if copied:
        folder = OutsideCopies(office).copy_to(town.out(), Progress()).folder
    bring_back(qtbot, page, press, folder, town.recovery)
    assert said(page, "事務局の記録を戻しました。")
    with store.db.read() as tx:
        assert audit.entries(tx)[-1].who == "予備のかぎ"
    with pytest.raises(RefusedError, match="職員の名前が登録されていません"):
        Enrolling(store).report_lost(Enrolling(store).pcs()[0].number)


def test_a_strangers_envelope_opens_no_copy_elsewhere(qtbot, page, store, press, town):
    made = OutsideCopies(a_worked_office(town)).copy_to(town.out(), Progress())
    bring_back(qtbot, page, press, made.folder, RecoveryKey.generate())
    assert said(page, "この事務局の予備のかぎではありません")
    assert role(store) == ""


def test_a_strangers_envelope_leaves_leaves_the_folder_empty(qtbot, page, store, press, town):
    office = a_worked_office(town)
    Keeping(office).back_up()
    bring_back(qtbot, page, press, office.folder.root, RecoveryKey.generate())
    assert said(page, "この事務局の予備のかぎではありません")
    assert role(store) == ""


def test_an_empty_folder_is_told(page, press, tmp_path, rest):
    (tmp_path / "empty").mkdir()
    press(page, "前の事務局を戻す")
    page._back_card.folder_chosen.emit(tmp_path / "empty")
    rest()
    assert "保管したファイルも予備の写しもありません" in page.messages.text


@pytest.mark.parametrize("points", [12, 24])
def test_no_step_is_cut(qtbot, page, press, look, points, town):
    look.show_text_size(points)
    for step in ("新しく始める", "次へ"):
        press(page, step)
        assert complaints(page) == []
    write(qtbot, page, "新しい合言葉", WORDS)
    write(qtbot, page, "確かめのため", WORDS)
    press(page, "かぎを作る")
    assert complaints(page) == []
    press(page, "紙にしました。次へ")
    assert complaints(page) == []
    page._show(start_page.OPEN)
    settle()
    assert complaints(page) == []
    page._show(start_page.BACK)
    page._back_card.show_remains(BringingBack(town.office()).look(town.folder().root))
    settle()
    assert complaints(page) == []


def test_tab_goes_through_the_page_in_the_order_of_reading(qtbot, page, press):
    press(page, "新しく始める")
    assert named(page, QWidget, "事務局の名前").hasFocus()
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert named(page, QPushButton, "地域の表").hasFocus()
