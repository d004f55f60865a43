"""Screen 9: text size at once, going back to a copy after looking into it, and who is at work."""

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.records.tidying import Tidying
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.looking_into import CopyName
from kashiwa_desktop.services.safety.trying_out import TryingOut
from kashiwa_desktop.ui.widgets.about_card import part_line
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.copies_card import copy_words
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from ui.measure import settle
from ui.promoter import more_pages
from ui.promoter.conftest import come_up, named, rest

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def life():
    return "months"


@pytest.fixture
def page(qtbot, store, jobs, look):
    return come_up(qtbot, more_pages.settings_page(store, jobs, look), jobs)


def press(qtbot, jobs, page, name):
    settle()
    qtbot.mouseClick(named(page, name, BigButton), LEFT)
    rest(qtbot, jobs)
    settle()


def said(page, text):
    settle()
    return any(text in one.text() for one in page.findChildren(TextLabel) if one.isVisible())


def test_the_text_size_changes_at_once_and_follows_the_keys(qtbot, jobs, page, look):
    press(qtbot, jobs, page, "最大")
    assert look.text_size == 24
    look.show_text_size(16)
    assert named(page, "大", BigButton).isChecked()
    press(qtbot, jobs, page, "暗い")
    assert look.theme_name == "dark"


def test_a_copy_is_looked_into_before_going_back(qtbot, jobs, page, store, recording, monkeypatch):
    assert said(page, "写しはまだありません。")
    press(qtbot, jobs, page, "いま写しを作る")
    assert said(page, "いちばん新しい写し: きょう 10:00")
    november = recording.records(Month(2026, 11))
    recording.delete(november[0].id)
    recording.edit(november[1].id, {"title": "直したあと"})
    recording.add([{"date": "2026-11-11", "category": "other", "type": "misc", "title": "新しい"}])
    assert not page.findChild(BigButton, "この時点に戻す")
    press(qtbot, jobs, page, "中身を見る")
    assert said(page, "戻すと、なくなる記録 1件\n・令和8年11月11日(水) 新しい")
    assert said(page, "戻すと、また出てくる記録 1件")
    assert said(page, "戻すと、直す前になる記録 1件")
    asked = []
    monkeypatch.setattr(
        ConfirmDialog, "ask", staticmethod(lambda question, parent: asked.append(question) or True)
    )
    with qtbot.waitSignal(page.restored):
        press(qtbot, jobs, page, "この時点に戻す")
    assert asked[0].verb == "この時点に戻す"
    assert "なくなる記録 1件" in asked[0].details
    assert recording.records(Month(2026, 11)) == november
    assert len(list(store.folder.copies.glob("*.db"))) == 2
    assert "の時点に戻しました。" in page.messages.text


def test_not_going_back_changes_nothing(qtbot, jobs, page, store, monkeypatch):
    Keeping(store).back_up("close")
    page.refresh()
    assert said(page, "きょう 10:00(閉じたとき)")
    press(qtbot, jobs, page, "中身を見る")
    assert said(page, "いまの記録と同じです。")
    press(qtbot, jobs, page, "戻さない")
    assert not page._copies._restore.isVisible()


def test_a_damaged_copy_says_so(qtbot, jobs, page, store):
    made = Keeping(store).back_up()
    made.file.write_bytes(made.file.read_bytes()[:-5000] + b"x" * 5000)
    page.refresh()
    press(qtbot, jobs, page, "中身を見る")
    assert "こわれています" in page.messages.text


def test_it_says_which_copy_was_tried_last_and_what_came_of_it(qtbot, jobs, page, store):
    made = Keeping(store).back_up("start")
    page.refresh()
    assert not said(page, "さいごに試した日")
    TryingOut(store).when_due()
    page.refresh()
    assert said(page, "の写しに戻せることを確かめました)")
    made.file.write_bytes(made.file.read_bytes()[:-4096])
    (store.folder.copies / "tried.json").unlink()
    TryingOut(store).when_due()
    page.refresh()
    assert said(page, "の写しは戻せませんでした)")


def test_deleted_records_come_back_from_here_too(qtbot, jobs, page, store, recording):
    gone = recording.records(Month(2026, 11))[0]
    Tidying(store).delete([gone.id])
    page.refresh()
    with qtbot.waitSignal(page.changed):
        press(qtbot, jobs, page, "戻す")
    assert said(page, "消した記録はありません。")
    assert len(recording.records(Month(2026, 11))) == 2


def test_practice_help_and_another_person_are_asked_for(qtbot, jobs, page, store):
    for name, signal in (
        ("練習する", page.practice_wanted),
        ("ふりかえりを見る", page.wants),
        ("使い方の説明を開く", page.help_wanted),
        ("サポート用の情報を保存", page.support_asked),
    ):
        with qtbot.waitSignal(signal):
            press(qtbot, jobs, page, name)
    assert said(page, "いま使っている人: 試験 花子(見本台)")
    with qtbot.waitSignal(page.person_wanted) as wanted:
        press(qtbot, jobs, page, "ほかの人がはじめて使う")
    assert wanted.args[0].root == store.folder.root / "people" / "2"


def test_licences_open_when_wanted(qtbot, jobs, page):
    press(qtbot, jobs, page, "使っている部品とライセンス")
    text = page.findChild(QPlainTextEdit).toPlainText()
    assert "PySide6 6." in text
    assert "SIL" in text or "Open Font" in text
    assert part_line("not a part") == "not a part"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2026-11-12_093000", "きょう 9:30(自分で)"),
        ("2026-11-11_162005_close", "きのう 16:20(閉じたとき)"),
        ("2026-10-01_000100_before (2)", "令和8年10月1日(木) 0:01(戻す前)"),
        ("2026-10-01_000100_other", "令和8年10月1日(木) 0:01"),
    ],
)
def test_copies_are_named_in_words(name, words):
    made = datetime.strptime(name[:17], "%Y-%m-%d_%H%M%S")  # noqa: DTZ007
    copy = CopyName(Path(f"{name}.db"), made, name[18:].split(" ")[0])
    assert copy_words(copy, date(2026, 11, 12)) == words
