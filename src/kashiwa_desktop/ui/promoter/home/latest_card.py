"""The latest records, each to be corrected or written anew, and the last change to be undone."""

from PySide6.QtCore import Signal

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.services.travel.home import HomeView
from kashiwa_desktop.ui.promoter.home_rows import HomeRow, HomeRows
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when


class LatestCard(SectionCard):
    """``wants`` leads to a record or its copy; ``undo_wanted`` takes the last change back."""

    wants = Signal(object)
    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title("さいきんの記録")
        self._rows = HomeRows()
        self.add(self._rows)

    def show_view(self, view: HomeView) -> None:
        rows = [self._row(activity) for activity in view.latest]
        if view.last_change is not None:
            told = f"さいごにしたこと: {view.last_change}"
            undo = HomeRow(told, actions=[("", "undo", "元に戻す")])
            undo.acted.connect(self._undo)
            rows.insert(0, undo)
        self._rows.show_rows(rows)
        show_when(self, wanted=bool(rows))

    def _row(self, activity: Activity) -> HomeRow:
        day = activity.date
        when = f"{day.month}月{day.day}日({wareki.WEEKDAYS[day.weekday()]})"
        kind = activity.category_label
        if activity.status != "held":
            kind += f" [{activity.status_label}]"
        actions = [
            (Way(Screen.RECORD, "edit", (activity.id,)), "pencil", "直す"),
            (Way(Screen.RECORD, "copy", (activity.id,)), "copy", "同じ内容で新しく書く"),
        ]
        row = HomeRow(f"{when} {activity.title}", kind, actions)
        row.acted.connect(self.wants)
        return row

    def _undo(self) -> None:
        self.undo_wanted.emit()
