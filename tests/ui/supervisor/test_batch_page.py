"""Screen 40: what is ready, one preview in the order of areas, and whether all came out."""

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QTableView

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.ui.widgets.paper_preview import PaperPreview
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import named
from ui.measure import complaints, settle

STEPS = {"overview": 0, "preview": 1, "asking": 2, "choosing": 2}


def _texts(page):
    return [label.text() for label in page.findChildren(TextLabel) if label.isVisible()]


def _press(qtbot, page, word):
    qtbot.mouseClick(named(page, QPushButton, word), Qt.MouseButton.LeftButton)


def _pages(page):
    return page.findChild(PaperPreview).pages


def test_it_says_what_is_ready_and_what_is_not(batch_page):
    assert "承認済み 3件/8 合計 120,000円" in _texts(batch_page)
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
    assert sheets >= 3
    _press(qtbot, batch_page, "3件を印刷する")
    rest()
    settle()
    assert len(PdfReader(paper_file).pages) == sheets
    assert "3件すべて紙に出ましたか" in _texts(batch_page)
    _press(qtbot, batch_page, "出た")
    rest()
    assert "3件を紙に出しました。" in batch_page.messages.text
    assert "承認済み 3件/8 合計 120,000円" in _texts(batch_page)


def test_what_did_not_come_out_is_printed_again(batch_page, qtbot, rest):
    batch_page.print_paper()
    rest()
    all_sheets = _pages(batch_page)
    batch_page.print_paper()
    rest()
    settle()
    _press(qtbot, batch_page, "出ないものがある")
    settle()
    again = named(batch_page, QPushButton, "選んだものをもう一度印刷する")
    assert not again.isEnabled()
    box = next(b for b in batch_page.findChildren(QCheckBox) if b.text().startswith("西原"))
    box.click()
    _press(qtbot, batch_page, "選んだものをもう一度印刷する")
    rest()
    settle()
    assert _pages(batch_page) == all_sheets // 3
    assert named(batch_page, QPushButton, "1件を印刷する").isVisible()


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
    with qtbot.waitSignal(batch_page.check_wanted) as asked:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert asked.args == [Month(2026, 10), table.current_row().promoter]
    with qtbot.waitSignal(batch_page.check_wanted):
        _press(qtbot, batch_page, "選んだ月を確認する")


def test_a_month_without_approvals_cannot_be_printed(batch_page, qtbot, rest):
    _press(qtbot, batch_page, "次の月")
    rest()
    assert not named(batch_page, QPushButton, "まとめて印刷").isEnabled()
    assert "承認された月は、まだありません。" in _texts(batch_page)


def test_without_a_printer_it_says_so(office, jobs, come_up, qtbot, rest, monkeypatch):
    from kashiwa_desktop.ui.supervisor.batch_page import BatchPage
    from kashiwa_desktop.ui.widgets import paper_preview

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
