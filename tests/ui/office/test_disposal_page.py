"""Screen 30: what is due, who decided, what is kept about a name, and proof that it is gone."""

from datetime import datetime

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QPushButton

from kashiwa_desktop.app import safety_making
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.disposing import Disposing
from kashiwa_desktop.services.safety.erasing import DISPOSED, Erasing
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.storage import audit, sheets
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from office_day_world import named
from office_world import OCTOBER, WORDS, activity, moment
from services.key_scenes import LATE, take_in
from ui.measure import complaints, settle
from ui.office.typing import said, write

SECRET = "ここだけの話にしてください"
YEARS_LATER = "2032-04-01T10:00"


@pytest.fixture
def office(town):
    """P001 wrote something that must go; the month was approved, and its sheet issued."""
    Recording(town.pc()).add([activity(2, content=SECRET), activity(3, title="試験町の集まり")])
    take_in(town, town.month(days=(8,)))
    found = town.office(LATE)
    Reviewing(found).approve(OCTOBER, ["P001"])
    Printing(found).honorarium(OCTOBER, ["P001"], town.root / "sheets.pdf")
    Keeping(found).back_up()
    return found


@pytest.fixture
def page(office, jobs, come_up, choose):
    found = safety_making.disposal_page(office, jobs, KeyRing(office))
    found._preview._choose = choose
    return come_up(found)


@pytest.fixture
def agree(monkeypatch):
    """Say yes to what is asked; returns the questions."""
    asked = []
    yes = staticmethod(lambda question, _: asked.append(question) or True)
    monkeypatch.setattr(ConfirmDialog, "ask", yes)
    return asked


def kept_bytes(office):
    office.db.close()
    return office.folder.store.read_bytes()


def decide(qtbot, page, push, words=WORDS):
    write(qtbot, page, "決めた人", "jimu kyokucho")
    write(qtbot, page, "理由", "kessai 12")
    if words:
        write(qtbot, page, "事務局の合言葉", words)
    push(page, "廃棄に進む")


def search(qtbot, page, push, text):
    push(page, "名前や言葉でさがす")
    write(qtbot, page, "さがす名前か言葉", text)
    push(page, "さがす")


@pytest.mark.parametrize("by", ["press", "hit"])
def test_the_text_of_one_record_goes_everywhere(request, qtbot, page, office, by, agree, figure):
    push = request.getfixturevalue(by)
    search(qtbot, page, push, "ここだけの話")
    assert said(page, "「ここだけの話」のあるもの 1件")
    push(page, "この記録の文を消す")
    push(page, "廃棄に進む")
    assert said(page, "ここをご記入ください")
    decide(qtbot, page, push, "not these words")
    assert said(page, "合言葉がちがいます")
    assert SECRET.encode() in kept_bytes(office)
    decide(qtbot, page, push)
    assert agree[0].verb == "廃棄する"
    assert "1件の記録の文を消しました" in page.messages.text
    assert SECRET.encode() not in kept_bytes(office)
    (done,) = Disposing(office).disposals()
    assert (done.decided_by, done.reason, done.records) == ("jimu kyokucho", "kessai 12", 1)
    assert said(page, "決めた人: jimu kyokucho 理由: kessai 12")
    with office.db.read() as tx:
        assert len(sheets.every(tx)) == 1
    push(page, "消えたことを確かめる")
    assert said(page, "記録(データベース)には、ひとつも残っていません。")
    assert said(page, "保管したファイルをすべて開いて確かめ、残っていません。")
    assert said(page, "予備の写し1個には、まだ残っています。")
    push(page, "予備の写しからも消す")
    assert "古い写し 1個を消しました" in page.messages.text
    left = list(office.folder.copies.glob("*.db"))
    assert len(left) == 1
    assert SECRET.encode() not in left[0].read_bytes()
    assert Keeping(office).check() == []
    figure("erased text left: database 0, archive 0, copies 0 after they were cleared")


def test_the_proof_sees_what_is_left(office, town):
    """Wrong on purpose: a file with the erased text was put back into the archive."""
    record = next(a for a in Recording(town.pc()).records(OCTOBER) if a.content == SECRET)
    (name,) = [p.name for p in office.folder.archive.glob("*_P001_*.kssz") if "2026-11" in p.name]
    data = (office.folder.archive / name).read_bytes()
    Erasing(office, town.keys).blank("P001", record.id, "わけ", "決めた人")
    assert Disposing(office).trace(town.keys).archive == ()
    (kept,) = office.folder.archive.glob("*_cleaned_*")
    kept.write_bytes(data)
    assert Disposing(office).trace(town.keys).archive == (kept.name,)


def test_a_year_whose_period_is_over(qtbot, page, office, town, press, agree):
    assert said(page, "保存期間のすぎた年度はありません。")
    object.__setattr__(office, "clock", Clock(moment(YEARS_LATER)))
    page.refresh()
    qtbot.waitUntil(lambda: not page._work.busy)
    settle()
    assert said(page, "2026年度 活動 3件")
    press(page, "この年度を廃棄する")
    decide(qtbot, page, press)
    assert "3件の記録の文を消しました" in page.messages.text
    assert Disposing(office).due() == []
    assert len(Disposing(office).find(DISPOSED)) == 3
    with office.db.read() as tx:
        (line,) = audit.entries(tx, "dispose")
    assert line.detail == {"records": 3, "year": 2026}


def test_the_period_is_a_setting(qtbot, page, office, press):
    write(qtbot, page, "保存期間", "x")
    press(page, "保存期間を変える")
    assert said(page, "年数を数字でお書きください。")
    write(qtbot, page, "保存期間", "10")
    press(page, "保存期間を変える")
    assert Disposing(office).keep_years() == 10
    with office.db.read() as tx:
        (line,) = audit.entries(tx, "keep_years")
    assert line.detail["years"] == 10
    assert len(line.detail["changes"]) == 1


def test_what_is_kept_about_a_name_is_printed(qtbot, page, press, paper_file):
    search(qtbot, page, press, "試験")
    assert said(page, "請求書・支払明細書 試験 花子 令和8年10月")
    assert said(page, "名簿・設定")
    press(page, "一覧を紙の形で見る")
    press(page, "印刷する")
    assert len(PdfReader(paper_file).pages) >= 1
    page.go_back()
    page.leave()
    assert not named(page, QPushButton, "さがす").isHidden()
    assert page._found == []


def test_not_deciding_changes_nothing(qtbot, page, office, press, monkeypatch):
    before = Keeping(office).digest()
    search(qtbot, page, press, "ここだけの話")
    press(page, "この記録の文を消す")
    press(page, "やめる")
    press(page, "この記録の文を消す")
    monkeypatch.setattr(ConfirmDialog, "ask", staticmethod(lambda *_: False))
    decide(qtbot, page, press)
    assert Keeping(office).digest() == before


def test_the_record_is_printed_with_its_proof(qtbot, page, office, press, agree, paper_file):
    search(qtbot, page, press, "ここだけの話")
    press(page, "この記録の文を消す")
    decide(qtbot, page, press)
    press(page, "紙の形で見る")
    press(page, "印刷する")
    assert len(PdfReader(paper_file).pages) == 1
    (done,) = Disposing(office).disposals()
    assert done.what == "令和8年10月の活動の文"
    assert done.at == datetime.fromisoformat(f"{LATE}:00+09:00")


@pytest.mark.parametrize("points", [12, 24])
def test_nothing_is_cut(qtbot, page, look, points, press):
    look.show_text_size(points)
    settle()
    assert complaints(page) == []
    search(qtbot, page, press, "試験")
    assert complaints(page) == []
    press(page, "この記録の文を消す")
    assert complaints(page) == []
    press(page, "やめる")
    press(page, "廃棄の記録")
    assert complaints(page) == []
