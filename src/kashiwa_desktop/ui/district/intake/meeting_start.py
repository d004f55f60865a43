"""What is decided before the first stick: which 定例会 this is, what is done with each stick."""

from datetime import date

from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.regular_meeting import RegularMeeting, is_hour
from kashiwa_desktop.services.holidays import holiday_name
from kashiwa_desktop.services.travel.meeting import Plan
from kashiwa_desktop.ui.widgets.entry.check_row import CheckRow
from kashiwa_desktop.ui.widgets.entry.date_entry import DateEntry
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_TELL, _CLEAR = "tell", "clear"


class MeetingStart(SectionCard):
    """Entered once; ``plan`` gives it, or shows at the field what is missing and gives None."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title("定例会を始める前に")
        self._day = DateEntry(today, holiday_name, "定例会の日")
        self._hours = [TextLine(), TextLine()]
        self._place = TextLine()
        self._day_field = FormField("定例会の日", self._day)
        hint = "例 13:30(書かなくてもかまいません)"
        self._hour_fields = [
            FormField(word, line, hint=hint)
            for word, line in zip(("はじまり", "おわり"), self._hours, strict=True)
        ]
        self._what = CheckRow(
            "USBメモリーごとにすること",
            ((_TELL, "出席をお知らせする"), (_CLEAR, "提出用を消す")),
        )
        self._what.tick([_TELL])
        self._day.set_day(today)
        self._fill()

    def plan(self) -> Plan | None:
        """Return what was decided, None where something has to be written first."""
        ticked = self._what.ticked()
        for field in (self._day_field, *self._hour_fields):
            field.clear_message()
        day = self._day.day()
        if day is None:
            self._day_field.block("日付をご確認ください")
            self._day_field.focus()
            return None
        start, end = (_hour(line.text_so_far()) for line in self._hours)
        for hour, field in zip((start, end), self._hour_fields, strict=True):
            if hour is None:
                field.block("13:30 のようにお書きください")
                field.focus()
                return None
        meeting = RegularMeeting(day, start or "", end or "", self._place.text_so_far())
        return Plan(meeting if _TELL in ticked else None, _CLEAR in ticked)

    def _fill(self) -> None:
        self.add(
            TextLabel(
                "USBメモリーを1本ずつさすと、受け取って、届いた証しの返事を入れます。"
                "押すものはありません。音がしたら、次の1本に替えてください。"
            ),
            FlowRow(self._day_field, *self._hour_fields),
            FormField("場所", self._place),
            self._what,
            TextLabel(
                (
                    "お知らせした出席は、推進員さんの画面に「予定していた活動」と出ます。"
                    "記録するかどうかは、ご本人が決めます。"
                ),
                "muted",
            ),
            TextLabel(
                (
                    "「提出用を消す」に印をつけると、USBメモリーの提出用だけを消します。"
                    "推進員さんの記録は消えません。"
                ),
                "muted",
            ),
        )


def _hour(text: str) -> str | None:
    """Return ``HH:MM`` of what was typed (``9:00`` too, full width too), None for no hour."""
    plain = text.strip().translate(_NARROW)
    if plain[1:2] == ":":
        plain = f"0{plain}"
    return plain if is_hour(plain) else None


_NARROW = str.maketrans("０１２３４５６７８９：", "0123456789:")
