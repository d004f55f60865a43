"""The measuring itself: each of its functions finds what it is for."""

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from ui import measure


def shown(qtbot, *widgets):
    root = QWidget()
    column = QVBoxLayout(root)
    for widget in widgets:
        column.addWidget(widget)
    qtbot.addWidget(root)
    measure.show_at(qtbot, root, 400, 300)
    return root


def test_contrast():
    assert round(measure.contrast("#000000", "#ffffff")) == 21
    assert measure.contrast("#777777", "#777777") == 1


def test_clipped_text_is_found(qtbot):
    label, button = TextLabel("長い文が入ります" * 9), BigButton("長いことば" * 9)
    root = shown(qtbot, label, button)
    assert measure.clipped(root) == []
    label.setFixedHeight(10)
    button.setFixedSize(60, 44)
    measure.settle()
    assert len(measure.clipped(root)) == 2


def test_a_widget_outside_its_parent_is_found(qtbot):
    button = BigButton("押す")
    root = shown(qtbot, button)
    root.layout().removeWidget(button)
    button.move(390, 0)
    assert any("cut off" in line for line in measure.clipped(root))


def test_small_target_is_found(qtbot):
    button = QPushButton("小")
    button.setFixedSize(20, 20)
    button.setAccessibleName("小")
    assert len(measure.small_targets(shown(qtbot, button))) == 1


def test_nameless_widget_is_found(qtbot):
    assert len(measure.unnamed(shown(qtbot, QLineEdit()))) == 1
    assert measure.unnamed(shown(qtbot, BigButton("押す"))) == []


def test_wrong_tab_order_is_found(qtbot):
    first, second, third = BigButton("一"), BigButton("二"), BigButton("三")
    root = shown(qtbot, first, second, third)
    assert measure.tab_order(root) == [first, second, third]
    assert measure.out_of_order(root) == []
    QWidget.setTabOrder(second, first)
    assert measure.tab_order(root) == [second, first, third]
    assert len(measure.out_of_order(root)) == 1


def test_rich_label_is_found(qtbot):
    assert len(measure.rich_labels(shown(qtbot, QLabel("文")))) == 1


def test_stray_window_is_found(qtbot):
    root = shown(qtbot, TextLabel("文"))
    stray = TextLabel("迷子")
    qtbot.addWidget(stray)
    assert measure.stray_windows(root) == []
    stray.show()
    assert len(measure.stray_windows(root)) == 1


def test_words_are_doubled(qtbot):
    label, button = TextLabel("文"), BigButton("押す")
    root = shown(qtbot, label, button)
    measure.double_words(root)
    assert root.isVisible()
    assert (label.text(), button.word) == ("文文", "押す押す")
