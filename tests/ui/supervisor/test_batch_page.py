"""Screen 40: what is ready, one preview in the order of areas, and whether all came out."""

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QTableView

from kashiwa_desktop.domain import closing, honorarium
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import Content, RecordKey, derived_id
from kashiwa_desktop.progress import CancelledError, Progress
from kashiwa_desktop.services.store import Change, office_settings, replace_shown, roster, save
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.paper.paper_preview import PaperPreview
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import named
from ui.measure import complaints, settle

OCTOBER = Month(2026, 10)
STEPS = {"overview": 0, "preview": 1, "asking": 2, "choosing": 2}


def _texts(page):
    return [label.text() for label in page.findChildren(TextLabel) if label.isVisible()]


def _press(qtbot, page, word):
    qtbot.mouseClick(named(page, QPushButton, word), Qt.MouseButton.LeftButton)


def _pages(page):
    return page.findChild(PaperPreview).pages


def test_it_says_what_is_ready_and_what_is_not(batch_page):
    assert "8件のうち 3件を承認しました。合計 120,000円" in _texts(batch_page)
    assert "まだ印刷できないもの 5件" in _texts(batch_page)
    table = named(batch_page, QTableView, "まだ印刷できないもの")
    why = [table.model().index(row, 2).data() for row in range(5)]
    assert "まだ届いていません。" in why
    assert why.count("承認を待っています。") == 2


def test_two_clicks_and_the_dialog(batch_page, qtbot, rest, paper_file):
    _press(qtbot, batch_page, "まとめて印刷(3件)")
    rest()
    settle()
    sheets = _pages(batch_page)
    assert sheets == 8  # cover and three sheets, each with a blank page behind it
    _press(qtbot, batch_page, "3件を印刷する")
    rest()
    settle()
    assert len(PdfReader(paper_file).pages) == sheets
    assert "3件すべて紙に出ましたか" in _texts(batch_page)
    qtbot.waitUntil(lambda: named(batch_page, QPushButton, "出た").hasFocus())
    _press(qtbot, batch_page, "出た")
    rest()
    assert "3件を紙に出しました。" in batch_page.messages.text
    assert "8件のうち 3件を承認しました。合計 120,000円" in _texts(batch_page)
    assert any(
        "3件は紙に出してあり、もう一度出すと「再印刷」と入ります。" in t for t in _texts(batch_page)
    )


def test_without_cover_and_blank_pages_it_is_one_page_each(batch_page, rest):
    for word in ("表紙を付ける", "両面でも1人1枚にする"):
        named_box(batch_page, word).click()
    batch_page.print_paper()
    rest()
    assert _pages(batch_page) == 3


def named_box(page, word):
    return next(b for b in page.findChildren(QCheckBox) if b.text().startswith(word))


def test_what_did_not_come_out_is_printed_again(batch_page, office, qtbot, rest, paper_file):
    batch_page.print_paper()
    rest()
    batch_page.print_paper()
    rest()
    settle()
    _press(qtbot, batch_page, "出ないものがある")
    settle()
    again = named(batch_page, QPushButton, "選んだものを再印刷する")
    assert not again.isEnabled()
    named_box(batch_page, "西原").click()
    _press(qtbot, batch_page, "選んだものを再印刷する")
    rest()
    settle()
    assert _pages(batch_page) == 2
    printed = {line.payment.area: line.payment.printed for line in office.desk.look(OCTOBER).lines}
    assert (printed.pop("西原"), set(printed.values())) == (False, {True})
    _press(qtbot, batch_page, "1件を印刷する")
    rest()
    settle()
    assert "1件すべて紙に出ましたか" in _texts(batch_page)
    _press(qtbot, batch_page, "出た")
    rest()
    assert all(line.payment.printed for line in office.desk.look(OCTOBER).lines)


def test_a_reprint_says_so_on_the_paper(office, batch_page, rest, tmp_path):
    batch_page.print_paper()
    rest()
    numbers = [line.sheets[0].number for line in office.desk.look(OCTOBER).lines]
    made = office.printing.reprints(numbers[:1], tmp_path / "again.pdf")
    text = "".join(page.extract_text() for page in PdfReader(made.file).pages)
    assert "再印刷" in text
    assert [s.number for s in made.sheets] == numbers[:1]


def _entered_by_staff(store, staff):
    """P008 had not handed in: the paper is typed in and closed by a colleague."""
    theirs = store.working_as(staff)
    with theirs.db.write() as tx:
        area = next(a.area for a in roster(tx).active(OCTOBER, "P008"))
        body = {
            "date": "2026-10-08", "area": area, "category": "other", "type": "misc",
            "title": "紙で出た記録",
        }  # fmt: skip
        key = RecordKey("P008", "activity", "0199a000-0000-7000-8000-000000000001")
        made = save(theirs, tx, [Change(Content(key, "2026-10", body))])
        heads = [made[0].id]
        lines = honorarium.lines(roster(tx).active(OCTOBER, "P008"), office_settings(tx), OCTOBER)
        closed = {
            "state": "closed", "version": 1, "heads": heads, "digest": closing.digest(heads),
            "n": 1, "remark": "", "reason": "", "honorarium": [line.body() for line in lines],
        }  # fmt: skip
        key = closing.report_key("P008", OCTOBER)
        save(theirs, tx, [Change(Content(key, "2026-10", closed))])


def test_what_a_colleague_entered_is_approved_here(
    batch_page, office, store, qtbot, rest, monkeypatch
):
    _entered_by_staff(store, "同僚 一")
    batch_page.refresh()
    rest()
    assert "承認待ち(職員入力分) 1件" in _texts(batch_page)
    table = named(batch_page, QTableView, "承認待ち(職員入力分)")
    assert table.model().index(0, 1).data() == "同僚 一"
    monkeypatch.setattr(
        ConfirmDialog, "ask", lambda question, parent: asked.append(question) or True
    )
    asked = []
    _press(qtbot, batch_page, "この月を承認する")
    rest()
    rest()
    assert "40,000円" in asked[0].text
    assert "8件のうち 4件を承認しました。合計 160,000円" in _texts(batch_page)
    assert "承認待ち(職員入力分) 1件" not in _texts(batch_page)


def test_nobody_approves_what_he_entered_himself(batch_page, office, store, rest):
    _entered_by_staff(store, store.staff)
    batch_page.refresh()
    rest()
    assert not named(batch_page, QPushButton, "この月を承認する").isEnabled()
    assert "ご自分で入力した月です。ほかの職員が承認します。" in _texts(batch_page)
    (entry,) = office.entries.waiting(OCTOBER)
    assert (entry.own, entry.by) == (True, (store.staff,))
    left = office.reviewing.approve(OCTOBER, ["P008"]).left
    assert "ご自分で入力した" in left[0].reason


def test_who_closes_a_month_for_somebody_does_not_approve_it(office, store):
    """活動なし closed by staff has no record of his: the closing itself counts."""
    with store.db.write() as tx:
        lines = honorarium.lines(roster(tx).active(OCTOBER, "P008"), office_settings(tx), OCTOBER)
        body = {
            "state": "closed-empty", "version": 1, "heads": [], "digest": closing.digest([]),
            "n": 0, "remark": "", "reason": "入院のため",
            "honorarium": [line.body() for line in lines],
        }  # fmt: skip
        save(store, tx, [Change(Content(closing.report_key("P008", OCTOBER), "2026-10", body))])
    left = office.reviewing.approve(OCTOBER, ["P008"]).left
    assert "ご自分で入力した" in left[0].reason


def test_stopped_half_way_it_asks_what_came_out(batch_page, rest, monkeypatch):
    from kashiwa_desktop.ui.widgets.paper import paper_preview
    from kashiwa_desktop.ui.widgets.paper.paper_preview import Sent

    sent = [Sent(0, stopped=True), Sent(2, stopped=True)]
    monkeypatch.setattr(paper_preview, "send", lambda *_: sent.pop(0))
    for _ in range(2):
        batch_page.print_paper()
        rest()
    assert "1枚も印刷していません" in batch_page.messages.text
    batch_page.print_paper()
    rest()
    settle()
    assert "2枚は、もう出ています" in batch_page.messages.text
    assert "3件すべて紙に出ましたか" in _texts(batch_page)


def test_a_character_that_no_font_has_is_said_before_printing(batch_page, store, rest):
    with store.db.write() as tx:
        body = {"kind": "person", "promoter": "P002", "name": "見本 𫝆子", "kana": "ミホン"}
        key = RecordKey(None, "settings", derived_id("settings", "person", "P002"))
        save(store, tx, [replace_shown(tx, Content(key, None, body))])
    batch_page.print_paper()
    rest()
    assert "紙に出せない文字があります: 𫝆" in batch_page.messages.text
    assert "〓で印刷されます" in batch_page.messages.text


def test_stopped_while_making_nothing_is_issued(store, office):
    progress = Progress()
    steps = []
    real = progress.step

    def step(text, done, total):
        steps.append(done)
        if len(steps) == 2:
            progress.cancel()
        real(text, done, total)

    progress.step = step
    with pytest.raises(CancelledError):
        office.printing.honorarium(OCTOBER, None, None, progress)
    assert all(line.sheets == () for line in office.desk.look(OCTOBER).lines)


@pytest.mark.parametrize(
    "word", ["月報", "支えあい会議 記録", "引継書", "白紙の記入用紙", "操作早見カード"]
)
def test_other_papers_by_keyboard(batch_page, qtbot, rest, paper_file, word):
    if word == "支えあい会議 記録":
        batch_page.show_month(Month(2026, 9))
        rest()
    fold = named(batch_page, QPushButton, "ほかの書類を印刷する")
    fold.setFocus()
    qtbot.keyClick(fold, Qt.Key.Key_Space)
    settle()
    button = named(batch_page, QPushButton, word)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    rest()
    settle()
    pages = _pages(batch_page)
    assert pages >= 1
    batch_page.print_paper()
    rest()
    settle()
    assert len(PdfReader(paper_file).pages) == pages
    assert f"{pages}枚をプリンターに送りました。" in batch_page.messages.text
    assert word in batch_page._name
    assert "2026" in batch_page._name


def test_escape_leads_back_to_the_overview(batch_page, qtbot, rest):
    batch_page.print_paper()
    rest()
    batch_page.go_back()
    rest()
    settle()
    assert "まだ印刷できないもの 5件" in _texts(batch_page)


def test_what_is_not_ready_leads_to_its_month_by_keyboard(batch_page, qtbot):
    table = named(batch_page, QTableView, "まだ印刷できないもの")
    table.choose(0)
    with qtbot.waitSignal(batch_page.wants) as asked:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert asked.args == [
        Way(Screen.CHECK, "show_month", (Month(2026, 10), table.current_row().promoter))
    ]
    with qtbot.waitSignal(batch_page.wants):
        _press(qtbot, batch_page, "選んだ月を確認する")


def test_a_month_without_approvals_cannot_be_printed(batch_page, qtbot, rest):
    _press(qtbot, batch_page, "次の月")
    rest()
    assert not named(batch_page, QPushButton, "まとめて印刷").isEnabled()
    assert "承認された月は、まだありません。" in _texts(batch_page)


def test_without_a_printer_it_says_so(office, jobs, come_up, qtbot, rest, monkeypatch):
    from kashiwa_desktop.ui.supervisor.batch_page import BatchPage
    from kashiwa_desktop.ui.widgets.paper import paper_preview

    monkeypatch.setattr(paper_preview, "has_printer", lambda: False)
    page = come_up(BatchPage(office, jobs))
    page.print_paper()
    rest()
    page.print_paper()
    assert "プリンターが見つかりません" in page.messages.text


@pytest.mark.parametrize("points", [12, 24])
@pytest.mark.parametrize("stage", STEPS)
def test_nothing_is_cut(batch_page, look, qtbot, rest, points, stage):
    look.show_text_size(points)
    for _ in range(STEPS[stage]):
        batch_page.print_paper()
        rest()
    settle()
    if stage == "choosing":
        _press(qtbot, batch_page, "出ないものがある")
        settle()
    assert complaints(batch_page) == []
