"""One day of the month calendar."""

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.layout.showing import show_when

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
