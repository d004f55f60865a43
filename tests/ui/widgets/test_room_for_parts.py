"""Widgets that find their room: side by side or not, tables as high as their rows, plots, steps."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from kashiwa_desktop.domain.plot import Plot, Series
from kashiwa_desktop.reports.parts import charts
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.side_by_side import SideBySide
from kashiwa_desktop.ui.widgets.paper.plot_card import Figure
from kashiwa_desktop.ui.widgets.step_bar import StepBar
from kashiwa_desktop.ui.widgets.table.table_model import Column, TableModel
from kashiwa_desktop.ui.widgets.table.whole_table import WholeTable
from ui.measure import settle, show_at

LEFT = Qt.MouseButton.LeftButton


def test_two_parts_stand_beside_each_other_while_there_is_room(qtbot, look):
    pair = SideBySide(BigButton("一"), BigButton("二"), least_em=40)
    qtbot.addWidget(pair)
    show_at(qtbot, pair, 900, 200)
    assert pair.is_beside
    look.show_text_size(24)
    settle()
    assert not pair.is_beside
    look.show_text_size(12)
    settle()
    pair.resize(300, 400)
    settle()
    assert not pair.is_beside


def test_a_whole_table_is_as_high_as_its_rows(qtbot, look):
    model = TableModel([Column("数", str)])
    table = WholeTable(model, "数", most=5)
    qtbot.addWidget(table)
    model.show_rows([1, 2])
    show_at(qtbot, table, 300, 300)
    two = table.height()
    model.show_rows(range(5))
    five = table.height()
    model.show_rows(range(50))
    assert two < five == table.height()
    look.show_text_size(24)
    settle()
    assert table.height() > five


def test_steps_are_named_and_turned(qtbot):
    bar = StepBar("前の月", "次の月")
    qtbot.addWidget(bar)
    bar.show_name("令和8年10月", more=False)
    show_at(qtbot, bar, 400, 60)
    back, on = bar.findChildren(BigButton)
    assert (bar.name, on.isEnabled()) == ("令和8年10月", False)
    with qtbot.waitSignal(bar.turned) as turned:
        qtbot.mouseClick(back, LEFT)
    assert turned.args == [-1]
    bar.show_name("令和8年9月")
    with qtbot.waitSignal(bar.turned) as turned:
        qtbot.mouseClick(on, LEFT)
    assert turned.args == [1]


def test_a_figure_asks_for_its_width_and_paints_on_white_in_every_theme(qtbot, look):
    look.show_theme("dark")
    figure = Figure("月ごとの活動")
    qtbot.addWidget(figure)
    with qtbot.waitSignal(figure.redraw_wanted) as wanted:
        show_at(qtbot, figure, 640, 400)
    plot = Plot(["4月"], [Series("地域活動", [3])])
    figure.show_bytes(charts.as_pdf(charts.draw(plot, wanted.args[0] * 0.75, 12)))
    settle()
    image = figure.grab().toImage()
    assert image.pixelColor(2, 2) == QColor("white")
    dark = sum(
        image.pixelColor(x, y).lightness() < 90
        for x in range(0, image.width(), 4)
        for y in range(0, image.height(), 4)
    )
    assert dark > 50
    assert figure.accessibleName() == "月ごとの活動"


def test_what_is_no_drawing_is_refused(qtbot):
    figure = Figure("x")
    qtbot.addWidget(figure)
    with pytest.raises(ValueError, match="not a PDF"):
        figure.show_bytes(b"no pdf")
    assert not figure.drawn
