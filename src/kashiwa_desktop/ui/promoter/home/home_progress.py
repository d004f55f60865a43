"""「今月の活動 5回 めやす 6回 ●●●●●○ (定例会:まだ)」 and until when which month is handed over."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.services.travel.home import DueMonth, HomeView
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_MOST_DOTS = 12


class Dots(QWidget):
    """As many filled dots as activities, open ones up to the guideline; the words stand beside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done = self._goal = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_count(self, done: int, goal: int) -> None:
        self._done, self._goal = min(done, _MOST_DOTS), min(goal, _MOST_DOTS)
        self.setAccessibleName(f"めやす{goal}回のうち{done}回")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = self._side()
        return QSize(max(self._done, self._goal) * (side + theme.GAP), side + theme.GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent"), 2))
        side = self._side()
        for number in range(max(self._done, self._goal)):
            if number < self._done:
                painter.setBrush(theme.colour("accent"))
            else:
                painter.setBrush(theme.colour("surface"))
            left = number * (side + theme.GAP) + 1
            painter.drawEllipse(QRectF(left, theme.GAP / 2, side - 2, side - 2))

    def _side(self) -> int:
        return round(self.fontMetrics().height() * 1.1)


class ProgressCard(SectionCard):
    """Counts without a nag: below the guideline it says that the guideline is one."""

    def __init__(self) -> None:
        super().__init__()
        self._count = TextLabel(role="number", wrap=False)
        self._goal = TextLabel(wrap=False)
        self._dots = Dots()
        self._meeting = TextLabel(wrap=False)
        self._calm = TextLabel(role="muted")
        self._due = TextLabel(role="strong")
        self.add_row(self._count, self._goal, self._dots, self._meeting)
        self.add(self._calm, self._due)

    def show_view(self, view: HomeView) -> None:
        self.set_title(f"{view.month.label()}の活動")
        self._count.setText(f"{view.count}回")
        self._goal.setText(f"めやす {view.guideline}回")
        self._dots.show_count(view.count, view.guideline)
        self._meeting.setText(self._meeting_words(view))
        self._calm.setText(self._calm_words(view))
        self._due.setText(self._due_words(view.hand_over, view))

    def _meeting_words(self, view: HomeView) -> str:
        day = view.meeting_day
        if view.regular_meeting:
            return "定例会: 記録しました"
        if day is None:
            return "定例会: まだ"
        weekday = wareki.WEEKDAYS[day.weekday()]
        return f"定例会 {day.month}月{day.day}日({weekday}): まだ"

    def _calm_words(self, view: HomeView) -> str:
        if not view.count:
            return "今月の記録はまだありません。最初の1件を書いてみましょう。"
        if view.count < view.guideline:
            told = "%s回は目安です。回数にかかわらず提出できます。"
            return told % view.guideline
        return "めやすの回数になりました。"

    def _due_words(self, due: DueMonth, view: HomeView) -> str:
        day = due.last_day
        when = f"{day.month}月{day.day}日({wareki.WEEKDAYS[day.weekday()]})"
        left = due.days_left(view.today)
        if left > 0:
            how = f"提出の期限 {when}・あと{left}日"
        elif left == 0:
            how = f"提出の期限 {when}・きょうです"
        else:
            how = f"提出の期限 {when} をすぎています。いまからでも提出できます"
        return due.month.short() + "の" + how
