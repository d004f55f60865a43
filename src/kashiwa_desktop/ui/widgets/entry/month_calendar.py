"""An open month to pick a day from: 令和 in the heading, holidays by name, days with records."""

from collections.abc import Callable, Collection
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel

# One day of the month calendar.
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class DayButton(QAbstractButton):
    """A day: its number, 「祝」 on a holiday, a dot under a day with records, a frame for today."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day: date | None = None
        self._holiday = ""
        self._has_records = False
        self._is_today = False
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_day(self, day: date | None, holiday: str, *, today: bool, records: bool) -> None:
        """Show a day; None leaves the cell empty."""
        self.day, self._holiday = day, holiday
        self._is_today, self._has_records = today, records
        show_when(self, wanted=day is not None)
        self.setAccessibleName(self._spoken())
        self.setToolTip(holiday)
        self.update()

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        width = self.fontMetrics().horizontalAdvance("00") + 3 * theme.GAP
        return QSize(max(theme.TARGET, width), max(theme.TARGET, round(height * 1.25) + 20))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            self.click()
            return
        if event.key() in _ARROWS:  # the month moves the keyboard, not Qt's own order
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_words(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        elif self.underMouse() and self.isEnabled():
            painter.setBrush(theme.colour("selected"))
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), theme.RING))
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        elif self._is_today:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)

    def _paint_words(self, painter: QPainter) -> None:
        if self.day is None:
            return
        ink, font = self._ink(), QFont(self.font())
        box = self.rect().adjusted(0, 0, 0, -theme.GAP // 2)  # the dot has its place below
        center = box.center()
        painter.setPen(ink)
        font.setBold(self.isChecked() or self._is_today)
        if not self.isEnabled():
            font.setPointSizeF(font.pointSizeF() * 0.8)
        painter.setFont(font)
        number = str(self.day.day)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter.value, number)
        if self._holiday:
            beside = center.x() + painter.fontMetrics().horizontalAdvance(number) // 2 + 2
            font.setPointSizeF(max(8.0, self.font().pointSizeF() * 0.6))
            painter.setFont(font)
            painter.drawText(beside, center.y() - 2, "祝")
        if self._has_records:
            side = max(6.0, self.fontMetrics().height() / 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            spot = QRectF((self.width() - side) / 2, self.height() - side - 5, side, side)
            painter.drawEllipse(spot)

    def _ink(self) -> QColor:
        if self.isChecked():
            return theme.colour("on_accent")
        if not self.isEnabled():
            return theme.colour("muted")
        if self.underMouse():
            return theme.colour("on_selected")
        rest = self._holiday or (self.day is not None and self.day.weekday() == 6)
        return theme.colour("danger" if rest else "text")

    def _spoken(self) -> str:
        if self.day is None:
            return ""
        parts = [wareki.long_date(self.day), self._holiday]
        parts.append("記録あり" if self._has_records else "")
        parts.append("きょう" if self._is_today else "")
        return " ".join(part for part in parts if part)


HolidayName = Callable[[date], str | None]

_WEEKS = 6
_KEY_DAYS = {
    Qt.Key.Key_Left.value: -1,
    Qt.Key.Key_Right.value: 1,
    Qt.Key.Key_Up.value: -7,
    Qt.Key.Key_Down.value: 7,
}


class MonthCalendar(QWidget):
    """One stop for Tab, then the arrows move from day to day; Space or Enter chooses.

    Page Up and Page Down turn the month. ``chosen`` gives the date, ``month_shown`` a ``Month``.
    """

    chosen = Signal(object)
    month_shown = Signal(object)

    def __init__(
        self, today: date, holiday_name: HolidayName, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today, self._holiday_name = today, holiday_name
        self._month = Month.of(today)
        self._chosen: date | None = None
        self._latest: date | None = None
        self._records: Collection[date] = ()
        self._sheet = QWidget()
        self._heading = TextLabel(role="heading", wrap=False)
        self._heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._before = BigButton("前の月", "left", icon_only=True)
        self._after = BigButton("次の月", "right", icon_only=True)
        self._holidays = TextLabel(role="small")
        self._days = [DayButton() for _ in range(7 * _WEEKS)]
        self.setAccessibleName("カレンダー")
        self._arrange()
        self._connect()
        self._fill()

    @property
    def month(self) -> Month:
        return self._month

    def day(self) -> date | None:
        return self._chosen

    def choose(self, day: date | None) -> None:
        """Show ``day`` as the chosen one, turning to its month; emits nothing."""
        self._chosen = day
        if day is not None and Month.of(day) != self._month:
            self.show_month(Month.of(day))
        else:
            self._fill()

    def show_month(self, month: Month) -> None:
        self._month = month
        self._fill()
        self.month_shown.emit(month)

    def set_records(self, days: Collection[date]) -> None:
        """Mark the days that have records with a dot."""
        self._records = days
        self._fill()

    def set_today(self, today: date) -> None:
        """A new day has begun while the window was open."""
        self._today = today
        self._fill()

    def set_latest(self, day: date | None) -> None:
        """Let no day after ``day`` be chosen."""
        self._latest = day
        self._fill()

    def button(self, day: date) -> DayButton | None:
        """Return the cell of a day of the month shown."""
        return next((cell for cell in self._days if cell.day == day), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_PageUp:
            self._show_before()
        elif event.key() == Qt.Key.Key_PageDown:
            self._show_after()
        elif event.key() in _KEY_DAYS:
            self._move(_KEY_DAYS[event.key()])
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._limit_width()

    def _focused_day(self) -> date | None:
        return next((cell.day for cell in self._days if cell.hasFocus()), None)

    def _move(self, days: int) -> None:
        here = self._focused_day()
        if here is not None:
            self._focus_day(here + timedelta(days=days))

    def _focus_day(self, day: date) -> None:
        if self._latest is not None and day > self._latest:
            return
        if Month.of(day) != self._month:
            self.show_month(Month.of(day))
        cell = self.button(day)
        if cell is not None:
            self._let_tab_stop_at(day)
            cell.setFocus(Qt.FocusReason.OtherFocusReason)

    def _let_tab_stop_at(self, day: date) -> None:
        for cell in self._days:
            here = cell.day == day
            cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
            if here:
                self.setFocusProxy(cell)

    def _day_to_stop_at(self) -> date:
        for day in (self._focused_day(), self._chosen, self._today):
            if day is not None and Month.of(day) == self._month:
                return day
        return self._month.first

    def _pick(self) -> None:
        cell = self.sender()
        if isinstance(cell, DayButton) and cell.day is not None:
            self.choose(cell.day)
            self.chosen.emit(cell.day)

    def _show_before(self) -> None:
        self._turn(self._month.previous())

    def _show_after(self) -> None:
        self._turn(self._month.next())

    def _turn(self, month: Month) -> None:
        here = self._focused_day()
        self.show_month(month)
        if here is not None:
            self._focus_day(month.first.replace(day=min(here.day, month.days)))

    def _fill(self) -> None:
        self._heading.setText(self._month.label())
        offset = (self._month.first.weekday() + 1) % 7  # the week begins on Sunday
        for place, cell in enumerate(self._days):
            number = place - offset + 1
            inside = 1 <= number <= self._month.days
            self._fill_cell(cell, self._month.first.replace(day=number) if inside else None)
        self._holidays.setText(self._holiday_line())
        self._let_tab_stop_at(self._day_to_stop_at())

    def _fill_cell(self, cell: DayButton, day: date | None) -> None:
        holiday = (self._holiday_name(day) or "") if day else ""
        cell.setEnabled(day is not None and (self._latest is None or day <= self._latest))
        cell.setChecked(day is not None and day == self._chosen)
        cell.show_day(day, holiday, today=day == self._today, records=day in self._records)

    def _holiday_line(self) -> str:
        named = [
            f"{cell.day.day}日 {self._holiday_name(cell.day)}"
            for cell in self._days
            if cell.day is not None and self._holiday_name(cell.day)
        ]
        return f"祝日: {'・'.join(named)}" if named else ""

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._before)
        head.addWidget(self._heading, 1)
        head.addWidget(self._after)
        grid = QGridLayout()
        grid.setSpacing(2)
        for column in range(7):
            name = TextLabel(wareki.WEEKDAYS[column - 1], "strong", wrap=False)
            name.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(name, 0, column)
            grid.setColumnStretch(column, 1)
        for place, cell in enumerate(self._days):
            grid.addWidget(cell, 1 + place // 7, place % 7)
        stack = QVBoxLayout(self._sheet)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme.GAP)
        stack.addLayout(head)
        stack.addLayout(grid)
        stack.addWidget(self._holidays)
        whole = QHBoxLayout(self)  # a limit on this widget itself would confuse height for width
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._sheet, 1)
        whole.addStretch(0)
        self._limit_width()

    def _limit_width(self) -> None:
        day = 2 * self.fontMetrics().horizontalAdvance("00") + 3 * theme.GAP
        self._sheet.setMaximumWidth(7 * day)

    def _connect(self) -> None:
        self._before.clicked.connect(self._show_before)
        self._after.clicked.connect(self._show_after)
        for cell in self._days:
            cell.clicked.connect(self._pick)
