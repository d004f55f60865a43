"""消した記録(戻せます): what was deleted of late (``KEPT_DAYS``), each with its way back."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.services.records.tidying import KEPT_DAYS, Deleted
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_AT_ONCE = 20


class TrashList(QWidget):
    """Shows deleted records; ``bring_back_wanted`` gives the id of one."""

    bring_back_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deleted: list[Deleted] = []
        self._shown = _AT_ONCE
        self._words = TextLabel(role="muted")
        self._list = ProblemList()
        self._more = BigButton("もっと見る", "down")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        for part in (self._words, self._list, self._more):
            column.addWidget(part)
        self._list.acted.connect(self.bring_back_wanted)
        self._more.clicked.connect(self._show_more)
        self.show_deleted([])

    def show_deleted(self, deleted: Sequence[Deleted]) -> None:
        """Replace what is shown."""
        self._deleted, self._shown = list(deleted), _AT_ONCE
        self._fill()

    def _show_more(self) -> None:
        self._shown += _AT_ONCE
        self._fill()

    def _fill(self) -> None:
        if self._deleted:
            self._words.setText(f"消した記録は{KEPT_DAYS}日のあいだ、ここから戻せます。")
        else:
            self._words.setText("消した記録はありません。")
        self._list.show_problems(
            ProblemItem(self._line(one), ((one.activity.id, "戻す"),), "ok")
            for one in self._deleted[: self._shown]
        )
        show_when(self._more, wanted=len(self._deleted) > self._shown)

    def _line(self, one: Deleted) -> str:
        day = wareki.long_date(one.activity.date)
        left = f"あと{one.days_left}日"
        return f"{day} {one.activity.title}\n{one.at.month}月{one.at.day}日に消しました。{left}"
