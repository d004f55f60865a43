"""Who has been in 定例会モード, who is missing, and who was there."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.district.intake.intake_table import IntakeRow, IntakeTable
from kashiwa_desktop.ui.district.intake.intake_work import who
from kashiwa_desktop.ui.district.intake.meeting_work import Round
from kashiwa_desktop.ui.widgets.entry.check_row import CheckRow
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.side_by_side import SideBySide
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class MeetingList(QWidget):
    """``attendance_changed`` comes when a box was ticked by hand; ``attended`` says who is."""

    attendance_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[IntakeRow] = []
        self._guests: tuple[tuple[str, str], ...] = ()
        self._table = IntakeTable("受け取ったUSBメモリー")
        self._missing = SectionCard()
        self._names = TextLabel()
        self._missing.add(self._names)
        self._missing.body.addStretch(1)
        self._fold = Fold("定例会に出席した方")
        self._boxes = CheckRow("定例会に出席した方")
        self._count = TextLabel(role="strong")
        words = (
            "USBメモリーを受け取った方には、はじめから印がつきます。"
            "持ってこなかった方にも、ここで印をつけられます。つけるたびに残ります。"
        )
        self._fold.add(TextLabel(words), self._count, self._boxes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GAP)
        beside = SideBySide(self._table, self._missing, shares=(5, 2), least_em=44)
        column.addWidget(beside, 1)
        column.addWidget(self._fold)
        self._boxes.touched.connect(self._tell)
        self._is_showing = False

    def begin(self, *, tells: bool) -> None:
        """Begin with an empty list; ``tells`` where attendance is told at all."""
        self._rows = []
        self._table.show_files([], done=True)
        show_when(self._fold, wanted=tells)

    def attended(self) -> list[str]:
        """Return who is ticked."""
        return self._boxes.ticked()

    def show_round(self, found: Round) -> None:
        """Add the stick just visited, the newest first, and show who is still missing."""
        if found.visit is not None:
            new = [IntakeRow(f, who(found.people, f.promoter)) for f in found.visit.files]
            self._rows = [*new, *self._rows]
            self._table.show_files(self._rows, done=True)
        missing = [guest.name for guest in found.guests if guest.missing]
        if missing:
            self._missing.set_title(f"まだの方 {len(missing)}人")
        else:
            self._missing.set_title("まだの方はいません")
        self._names.setText("\n".join(missing))
        self._show_attendance(found)

    def _show_attendance(self, found: Round) -> None:
        guests = tuple((guest.promoter, guest.name) for guest in found.guests)
        self._is_showing = True
        if guests != self._guests:  # the boxes stay, and with them the keyboard
            self._guests = guests
            self._boxes.show_choices(guests)
        self._boxes.tick(found.attended)
        self._is_showing = False
        self._say_count(self.attended())

    def _say_count(self, attended: Sequence[str]) -> None:
        self._count.setText(f"出席 {len(attended)}人")

    def _tell(self) -> None:
        if not self._is_showing:
            self._say_count(self.attended())
            self.attendance_changed.emit()
