"""Screen 41 where another PC went back to a copy: read, accepted, and paid afterwards."""

from contextlib import nullcontext

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services import log_heads
from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import named

OCTOBER = Month(2026, 10)


@pytest.fixture
def gone_back(store, monkeypatch):
    """This PC knew lines of the log that a colleague's PC took back with a copy."""
    made = Keeping(store).back_up()
    Accounts(store).add("職員 九", "supervisor")
    log_heads.remember(store.folder, store.db)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(log_heads, "going_back", lambda *_: nullcontext())
        Keeping(store).restore(made.file)


def _texts(page):
    return "\n".join(label.text() for label in page.findChildren(TextLabel) if label.isVisible())


def _words(page):
    return [b.accessibleName() for b in page.findChildren(QPushButton) if b.isVisible()]


def test_nothing_is_shown_where_nothing_is_doubted(payments_page):
    assert "操作の記録の確かめ" not in _texts(payments_page)
    assert "戻したことを認める" not in _words(payments_page)


def test_it_is_asked_once_and_then_the_work_goes_on(
    gone_back, payments_page, office, qtbot, rest, monkeypatch
):
    assert "の写しに戻しました" in _texts(payments_page)
    asked, answers = [], [False, True]
    monkeypatch.setattr(
        ConfirmDialog, "ask", lambda question, _: asked.append(question) or answers.pop(0)
    )
    for _ in range(2):
        button = named(payments_page, QPushButton, "戻したことを認める")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        rest()
    assert [question.verb for question in asked] == ["認める", "認める"]
    assert "の写しに戻しました" in asked[0].text
    assert "認めたことを操作の記録に書きました" in _texts(payments_page)
    assert "戻したことを認める" not in _words(payments_page)
    assert office.printing.honorarium(OCTOBER, None, None).sheets


def test_a_doubt_that_nothing_explains_has_no_button(store, come_up, office, jobs, choose):
    from kashiwa_desktop.ui.supervisor.payments_page import PaymentsPage

    log_heads.remember(store.folder, store.db)
    path = store.folder.identity / log_heads.FILE
    text = path.read_text(encoding="utf-8")
    with store.db.read() as tx:
        held = log_heads.audit.end(tx)[1]
    path.write_text(text.replace(held, "0" * 64), encoding="utf-8")
    page = come_up(PaymentsPage(office, jobs, choose))
    assert "認めることはできません" in _texts(page)
    assert "戻したことを認める" not in _words(page)
