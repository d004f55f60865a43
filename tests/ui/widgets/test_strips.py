"""Messages, questions, findings, chips, folds, files."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.ui.messages import Message, Question
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.file_drop import FileDrop, dropped_paths
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.page import MessageStrip
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.state_mark import board_marks
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from ui.measure import complaints, settle, show_at

LEFT = Qt.MouseButton.LeftButton


def button(widget, word):
    return next(one for one in widget.findChildren(BigButton) if one.word == word)


def test_message_says_what_is_true_and_opens_details(qtbot):
    strip = MessageStrip()
    qtbot.addWidget(strip)
    strip.show()
    strip.show_error(RefusedError("できませんでした。", code="closed"), kept=True)
    assert strip.text == "▲ できませんでした。\n入力した内容は残っています。"
    details = [label for label in strip.findChildren(TextLabel) if "closed" in label.text()]
    assert not details[0].isVisible()
    qtbot.mouseClick(button(strip, "くわしく"), LEFT)
    assert details[0].isVisible()
    qtbot.mouseClick(button(strip, "閉じる"), LEFT)
    assert not strip.isVisible()


def test_a_bug_offers_support(qtbot):
    strip = MessageStrip()
    qtbot.addWidget(strip)
    strip.show_error(ZeroDivisionError())
    strip.show()
    with qtbot.waitSignal(strip.support_asked):
        qtbot.mouseClick(button(strip, "サポート用の情報を保存"), LEFT)
    strip.show_message(Message("保存しました", tone="ok"))
    assert not button(strip, "サポート用の情報を保存").isVisible()


@pytest.fixture
def dialog(qtbot):
    question = Question("10月分を締めますか", "後で戻せます。", "10月分を締める", details="5件")
    made = ConfirmDialog(question)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_the_safe_choice_is_the_default(dialog, qtbot, key):
    assert dialog.stay.hasFocus()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.focusWidget(), key)


def test_the_verb_is_on_the_button(dialog, qtbot):
    assert dialog.go.word == "10月分を締める"
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.go, LEFT)


@pytest.mark.parametrize("size", [12, 24])
def test_question_can_be_read(dialog, look, size):
    look.show_text_size(size)
    settle()
    assert complaints(dialog) == []


@pytest.mark.parametrize(("which", "answer"), [("go", True), ("stay", False)])
def test_asking_gives_the_answer_and_leaves_nothing(qtbot, which, answer):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    QTimer.singleShot(0, lambda: getattr(QApplication.activeModalWidget(), which).click())
    assert ConfirmDialog.ask(Question("題", "文", "締める"), parent) is answer
    qtbot.waitUntil(lambda: parent.findChild(ConfirmDialog) is None)


def test_findings_act(qtbot):
    found = ProblemList()
    qtbot.addWidget(found)
    found.show()
    found.show_problems(
        [ProblemItem("定例会の記録がありません", (("new", "記録する"), (2, "欠席")))]
    )
    with qtbot.waitSignal(found.acted) as told:
        qtbot.mouseClick(button(found, "記録する"), LEFT)
    assert told.args == ["new"]
    found.show_problems([])
    assert not found.isVisible()


def test_chips(qtbot):
    chips = ChipBar("よく書く活動")
    qtbot.addWidget(chips)
    chips.show()
    chips.show_chips([("a", "包括と打合せ"), ("b", "定例会")])
    with qtbot.waitSignal(chips.chosen) as told:
        qtbot.mouseClick(button(chips, "定例会"), LEFT)
    assert told.args == ["b"]
    qtbot.mouseClick(button(chips, "定例会"), LEFT)
    assert chips.current() == "b"
    assert button(chips, "定例会").isChecked()
    chips.show_chips([("a", "包括と打合せ")])
    assert chips.current() is None


def test_fold(qtbot):
    fold, inside = Fold("くわしく書く"), TextLabel("中身")
    fold.add(inside)
    qtbot.addWidget(fold)
    fold.show()
    assert not inside.isVisible()
    qtbot.mouseClick(button(fold, "くわしく書く"), LEFT)
    assert inside.isVisible()
    qtbot.mouseClick(button(fold, "くわしく書く (閉じる)"), LEFT)
    assert not fold.is_open


def dragged(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_only_our_files_and_folders_are_taken(tmp_path):
    data = dragged(tmp_path / "a.kssz", tmp_path / "b.KSSR", tmp_path / "c.exe", tmp_path)
    names = [path.name for path in dropped_paths(data)]
    assert names == ["a.kssz", "b.KSSR", tmp_path.name]
    web = QMimeData()
    web.setUrls([QUrl("https://example.com/a.kssz")])
    assert dropped_paths(web) == []


def test_dropping(qtbot, tmp_path):
    place = FileDrop("ここに置いてください")
    qtbot.addWidget(place)
    data = dragged(tmp_path / "a.kssz")
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(place.dropped) as told:
        place.dropEvent(event)
    assert told.args == [[Path(tmp_path / "a.kssz")]]


def test_every_state_has_a_shape_and_a_word():
    marks = board_marks().values()
    assert all(mark.icon.startswith("shape_") and mark.word for mark in marks)


def test_buttons_never_take_markup_or_letters_from_their_word(qtbot):
    one = BigButton("A&B <b>c</b>")
    qtbot.addWidget(one)
    assert one.shortcut().isEmpty()
    assert one.accessibleName() == "A&B <b>c</b>"
    show_at(qtbot, one, 300, 80)
    assert not one.autoDefault()
