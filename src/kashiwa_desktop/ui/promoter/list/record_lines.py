"""The records of a month in a few quiet lines: the day, what it was, the category."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.promoter.list.record_table import title_words
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_WIDE_EM = 40


class RecordLines(QWidget):
    """Three columns where there is room; else the category stands under the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[tuple[TextLabel, TextLabel, TextLabel]] = []
        self._wide: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * theme.GAP)
        self._grid.setVerticalSpacing(theme.GAP // 2)

    def show_records(self, records: Sequence[Activity]) -> None:
        for label in (label for line in self._lines for label in line):
            label.hide()
            self._grid.removeWidget(label)
            label.deleteLater()
        self._lines = [_labels(a) for a in records]
        self._wide = None
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= _WIDE_EM * self.fontMetrics().horizontalAdvance("あ")
        if wide == self._wide:
            return
        self._wide = wide
        top = Qt.AlignmentFlag.AlignTop
        self._grid.setColumnStretch(1, 0 if wide else 1)
        self._grid.setColumnStretch(2, 1 if wide else 0)
        for number, (day, words, category) in enumerate(self._lines):
            row = number if wide else 2 * number
            self._grid.addWidget(day, row, 0, top)
            self._grid.addWidget(words, row, 2 if wide else 1)
            self._grid.addWidget(category, row if wide else row + 1, 1)


def _labels(a: Activity) -> tuple[TextLabel, TextLabel, TextLabel]:
    day = f"{a.date.month}月{a.date.day}日({wareki.WEEKDAYS[a.date.weekday()]})"
    return (
        TextLabel(day, wrap=False),
        TextLabel(title_words(a)),
        TextLabel(a.category_label, "muted"),
    )
