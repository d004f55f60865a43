"""Screen 22: what needs a look first, approve and on, the clean ones together, and back again."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QTableView

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import named
from ui.measure import complaints, settle

OCTOBER = Month(2026, 10)


def _texts(page):
    return [label.text() for label in page.findChildren(TextLabel) if label.isVisible()]


def _press(qtbot, page, word):
    qtbot.mouseClick(named(page, QPushButton, word), Qt.MouseButton.LeftButton)


def _states(store):
    rows = Reviewing(store).board(OCTOBER, OCTOBER).rows
    return {row.promoter: row.cells[OCTOBER].state for row in rows}


def _answer(how):
    """Press in the question that comes up, and remember what it says."""
    heard = []

    def press():
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ConfirmDialog):
            QTimer.singleShot(20, press)
            return
        heard.extend(label.text() for label in dialog.findChildren(TextLabel))
        heard.append(dialog.focusWidget() is dialog.stay)
        (dialog.go if how else dialog.stay).click()

    QTimer.singleShot(20, press)
    return heard


def test_what_needs_a_look_comes_first(check_page):
    assert check_page.current.review.promoter == "P004"
    texts = _texts(check_page)
    assert "承認を待っている月が 4件あります。" in texts
    code = check_page.current.review.report.code
    assert any(f"照合番号 {code}" in text and "40,000円" in text for text in texts)
    assert sum("同じ日に同じ区分" in text for text in texts) == 1
    tables = [t for t in check_page.findChildren(QTableView) if t.isVisible()]
    assert [t.accessibleName() for t in tables[:2]] == ["今月の記録", "先月の記録"]
    assert all(table.model().rowCount() > 3 for table in tables[:2])


def test_a_reason_leads_to_its_record(check_page, qtbot):
    _press(qtbot, check_page, "見る")
    table = named(check_page, QTableView, "今月の記録")
    assert table.current_row().id == check_page.current.review.findings[0].record


def test_approving_moves_on_by_itself(check_page, store, qtbot, rest):
    _press(qtbot, check_page, "承認して次へ")
    rest()
    settle()
    assert _states(store)["P004"] == "approved"
    assert check_page.current.review.promoter == "P005"
    assert "を承認しました。" in check_page.messages.text
    assert any("支払判断" in text for text in _texts(check_page))


def test_going_on_without_approving_by_keyboard(check_page, store, qtbot):
    button = named(check_page, QPushButton, "あとで見る")
    button.setFocus()
    before = _states(store)
    seen = []
    for _ in range(4):
        seen.append(check_page.current.review.promoter)
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert sorted(seen) == ["P003", "P004", "P005", "P006"]
    assert check_page.current.review.promoter == "P004"
    assert _states(store) == before


def test_the_clean_ones_together_after_listing_them(check_page, store, qtbot, rest):
    heard = _answer(how=True)
    _press(qtbot, check_page, "確認事項のない2件をまとめて承認")
    rest()
    assert "確認事項のない2件を承認しますか" in heard
    assert any("富勢" in str(text) and "豊四季台" in str(text) for text in heard)
    assert heard[-1] is True, "the safe choice has the focus"
    states = _states(store)
    assert (states["P003"], states["P006"]) == ("approved", "approved")
    assert (states["P004"], states["P005"]) == ("question", "question")
    assert not any(w.startswith("確認事項のない") for w in _words(check_page))


def _words(page):
    return [b.accessibleName() for b in page.findChildren(QPushButton) if b.isVisible()]


def test_the_safe_choice_approves_nothing(check_page, store, qtbot, rest):
    before = _states(store)
    _answer(how=False)
    _press(qtbot, check_page, "確認事項のない2件をまとめて承認")
    rest()
    assert _states(store) == before


def test_an_approval_is_taken_back_only_with_a_reason(check_page, store, qtbot, rest):
    check_page.show_month(OCTOBER, "P001")
    rest()
    assert not named(check_page, QPushButton, "承認して次へ").isEnabled()
    _press(qtbot, check_page, "この承認を取り消したいとき")
    settle()
    _press(qtbot, check_page, "承認を取り消す")
    assert _states(store)["P001"] == "approved"
    named(check_page, QLineEdit, "取り消す理由").setText("金額を確かめ直すため")
    _press(qtbot, check_page, "承認を取り消す")
    rest()
    assert _states(store)["P001"] == "received"
    assert "取り消しました" in check_page.messages.text


def test_any_month_can_be_chosen_from_the_list(check_page, qtbot):
    choice = named(check_page, QComboBox, "どなたの記録を見ますか")
    assert choice.count() == 8
    number = next(n for n in range(8) if "未提出" in choice.itemText(n))
    choice.setCurrentIndex(number)
    choice.activated.emit(number)
    assert check_page.current.review.promoter == "P008"
    assert not named(check_page, QPushButton, "承認して次へ").isEnabled()


def test_another_month(check_page, qtbot, rest):
    _press(qtbot, check_page, "前の月")
    rest()
    assert check_page.current.review.month == Month(2026, 9)
    assert "届いた月は、すべて承認しました。" in _texts(check_page)


@pytest.mark.parametrize("points", [12, 24])
@pytest.mark.parametrize("promoter", ["P004", "P005", "P001", "P008"])
def test_nothing_is_cut(check_page, look, rest, points, promoter):
    look.show_text_size(points)
    check_page.show_month(OCTOBER, promoter)
    rest()
    settle()
    assert complaints(check_page) == []
