"""Pages with every widget on them, for the tests of the foundation and for looking at."""

from datetime import date

from PySide6.QtWidgets import QCheckBox, QRadioButton

from kashiwa_desktop.domain.category import STATUSES
from kashiwa_desktop.ui.messages import Message
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.date_entry import DateEntry
from kashiwa_desktop.ui.widgets.entry.file_drop import FileDrop
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.month_calendar import MonthCalendar
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.state_label import StateLabel
from kashiwa_desktop.ui.widgets.state_mark import board_marks
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column, TableModel
from kashiwa_desktop.ui.widgets.table.table_view import TableView
from kashiwa_desktop.ui.widgets.text_label import TextLabel

TODAY = date(2026, 11, 12)
HOLIDAYS = {date(2026, 11, 3): "文化の日", date(2026, 11, 23): "勤労感謝の日"}
MARKS = tuple(board_marks().values())


class FormPage(ScrollPage):
    """A form like screen 2."""

    SCREEN, TITLE = 2, "活動を記録する"

    def __init__(self):
        super().__init__()
        when = SectionCard("① いつ")
        when.add_row(BigButton("きょう"), BigButton("きのう"))
        self.entry = DateEntry(TODAY, HOLIDAYS.get)
        self.entry.set_day(date(2026, 11, 23))
        self.calendar = MonthCalendar(TODAY, HOLIDAYS.get)
        self.calendar.set_records({date(2026, 11, 2), date(2026, 11, 9)})
        hint = "23、11/23、きのう、R8.11.23 のように書けます"
        when.add(FormField("日付", self.entry, required=True, hint=hint), self.calendar)
        what = SectionCard("② 何を")
        self.chips = ChipBar("よく書く活動")
        self.chips.show_chips(
            [(1, "包括と打合せ"), (2, "推進員定例会"), (3, "支えあい会議\n近隣センター")]
        )
        what.add(self.chips)
        self.add(when, what, self._words())
        self.action_bar.add(
            BigButton("記録する", "pencil", "main", keys="Ctrl+S"),
            BigButton("記録して次を書く"),
            BigButton("いったん閉じる(書きかけは残ります)"),
        )

    def _words(self):
        card = SectionCard("③ 内容(ひとこと)")
        self.title_field = FormField("内容", TextLine())
        self.title_field.block()
        self.note_field = FormField("成果・気づき", TextArea())
        self.note_field.notice("念のためご確認ください(このままでも記録できます)")
        state = ChoiceBox()
        state.show_choices(STATUSES.items())
        state.choose("held")
        fold = Fold("くわしく書く")
        fold.add(FormField("状態", state), QCheckBox("会場を借りた"), QRadioButton("代理"))
        fold.open()
        card.add(self.title_field, self.note_field, fold)
        return card


class ListPage(ScrollPage):
    """A table like screen 3, with a message and all states."""

    SCREEN, TITLE = 3, "記録の一覧"

    def __init__(self):
        super().__init__()
        self.model = TableModel(
            [
                Column("日付", lambda row: f"11月{row}日", sort_by=int),
                Column("状態", lambda row: MARKS[row % 9].word, mark=lambda row: MARKS[row % 9]),
                Column("時間", lambda row: f"{row}時間30分", align=RIGHT),
                Column("内容", lambda row: f"<b>包括</b>の髙橋さんと{row}回目の打合せ"),
            ]
        )
        self.table = TableView(self.model, "記録の一覧")
        self.table.allow_sorting()
        self.model.show_rows(range(1, 9))
        states = SectionCard("提出状況")
        states.add_row(*(StateLabel(mark) for mark in MARKS))
        self.add(states)
        self.add_filling(self.table)
        self.action_bar.add(
            BigButton("同じ内容で新しく書く", "copy", "main"), BigButton("直す", "pencil")
        )
        self.messages.show_message(
            Message("USBメモリーに書き込めませんでした。", "別のものでお試しください。", True, "E:")
        )


class CheckPage(ScrollPage):
    """Findings and a place for files like screens 4 and 21."""

    SCREEN, TITLE = 4, "提出する"

    def __init__(self):
        super().__init__()
        problems = ProblemList()
        problems.show_problems(
            [
                ProblemItem(
                    "今月の推進員定例会の記録がありません",
                    ((1, "記録する"), (2, "欠席でした"), (3, "今月は開かれませんでした")),
                ),
                ProblemItem("11月12日に同じ内容の記録が2件あります", ((4, "見る"),)),
                ProblemItem("11月3日の記録に日付がありません", ((5, "見る"),), "danger"),
            ]
        )
        card = SectionCard("① 内容を確かめる")
        card.add(TextLabel("5回", "number"), TextLabel("めやす 6回", "muted"), problems)
        self.add(card, FileDrop("ここにファイルを置いてください"))
        self.action_bar.add(
            BigButton("10月分を締める", "stamp", "main"), BigButton("締める前に戻す", "undo")
        )
        self.messages.say("USBメモリーに保存しました(まだ届いていません)")


PAGES = (FormPage, ListPage, CheckPage)
