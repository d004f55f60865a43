"""Plain text everywhere: markup is shown as typed and opens no file (R50)."""

import ctypes
import os
import struct
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QToolTip

from kashiwa_desktop.ui.messages import Message, Question
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.page import MessageStrip
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.table.table_model import Column, TableModel
from kashiwa_desktop.ui.widgets.table.table_view import TableView
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from kashiwa_desktop.ui.widgets.undo_strip import UndoStrip
from ui.measure import rich_labels, settle

pytestmark = pytest.mark.posix("asks the kernel (inotify) what is opened")

IN_OPEN = 0x20


class OpenWatch:
    """Counts how often a file is opened, by asking the kernel (inotify)."""

    def __init__(self, path):
        libc = ctypes.CDLL(None, use_errno=True)
        self._handle = libc.inotify_init1(os.O_NONBLOCK)
        assert libc.inotify_add_watch(self._handle, str(path).encode(), IN_OPEN) >= 0

    def count(self) -> int:
        try:
            data = os.read(self._handle, 4096)
        except BlockingIOError:
            return 0
        return len(data) // struct.calcsize("iIII")

    def close(self):
        os.close(self._handle)


@pytest.fixture
def canary(tmp_path, qapp):
    path = tmp_path / "canary.png"
    picture = QPixmap(8, 8)
    picture.fill(Qt.GlobalColor.red)
    assert picture.save(str(path))
    watch = OpenWatch(path)
    watch.text = f'<img src="{path}"><a href="file://{path}">x</a>'
    yield watch
    watch.close()


def table(text):
    column = Column("題" + text, lambda row: row, tip=lambda row: row)
    model = TableModel([column])
    model.show_rows([text])
    return TableView(model, text)


def strip(text):
    made = MessageStrip()
    made.show_message(Message(text, text, details=text))
    return made


def field(text, kind):
    widget = kind(text)
    widget.setToolTip(text)
    made = FormField(text, widget, hint=text)
    made.block(text)
    return made


def problems(text):
    made = ProblemList()
    made.show_problems([ProblemItem(text, ((1, text),))])
    return made


def chips(text):
    made = ChipBar(text)
    made.show_chips([(1, text)])
    return made


def undo(text):
    made = UndoStrip()
    made.tell(text)
    return made


MAKERS = {
    "label": TextLabel,
    "button": BigButton,
    "icon button": partial(BigButton, icon="plus", icon_only=True),
    "table": table,
    "message": strip,
    "question": lambda text: ConfirmDialog(Question(text, text, text, text, text)),
    "line": partial(field, kind=TextLine),
    "area": partial(field, kind=TextArea),
    "problems": problems,
    "chips": chips,
    "undo": undo,
    "card": SectionCard,
    "fold": Fold,
}


def test_the_canary_sings(canary, qtbot):
    label = QLabel(canary.text)
    qtbot.addWidget(label)
    label.show()
    label.grab()
    assert canary.count() > 0


@pytest.mark.parametrize("name", MAKERS)
def test_no_widget_opens_a_file_named_in_its_text(canary, qtbot, name):
    widget = MAKERS[name](canary.text)
    qtbot.addWidget(widget)
    widget.show()
    settle()
    widget.grab()
    assert canary.count() == 0
    assert rich_labels(widget) == []


@pytest.mark.parametrize("name", ["label", "icon button", "line", "area"])
def test_no_tool_tip_opens_a_file(canary, qtbot, name):
    made = MAKERS[name](canary.text)
    qtbot.addWidget(made)
    made.show()
    widget = made.widget if isinstance(made, FormField) else made
    if name == "label":
        widget.setToolTip(canary.text)
    QToolTip.showText(QPoint(5, 5), widget.toolTip(), widget)
    settle()
    QToolTip.hideText()
    assert "canary" in widget.toolTip()
    assert canary.count() == 0


def test_markup_is_seen_as_typed(qtbot):
    label = TextLabel("<b>太い</b>")
    qtbot.addWidget(label)
    assert label.text() == "<b>太い</b>"
    assert label.sizeHint().width() > TextLabel("太い").sizeHint().width()


def test_text_wraps_and_says_how_high_it_is(qtbot):
    label = TextLabel("とても長い文です。" * 10)
    qtbot.addWidget(label)
    assert label.heightForWidth(200) > label.heightForWidth(800)
    assert TextLabel("短い", wrap=False).hasHeightForWidth() is False


def test_role_can_change(qtbot):
    label = TextLabel("文", "body")
    qtbot.addWidget(label)
    label.set_role("danger")
    label.ensurePolished()
    assert label.font().bold()


def test_long_word_without_spaces_breaks(qtbot):
    label = TextLabel("x" * 500)
    qtbot.addWidget(label)
    assert label.needed(300).width() <= 300
