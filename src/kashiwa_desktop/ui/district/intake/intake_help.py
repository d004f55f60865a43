"""「どうすればよいか」: for each reason why a file did not come in, what helps, and its button."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.services.travel.intake import FileOutcome
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel

ACCEPT, DECIDE, AGAIN, OTHER, ROSTER = "accept", "decide", "again", "other", "roster"
"""What a button does: let the new PC in, let a lost PC's file in, try again, choose others,
open 名簿."""


@dataclass(frozen=True, slots=True)
class Help:
    """What is the matter, what helps step by step, and the button that does it.

    ``before`` is what the steps may need first, such as opening 名簿.
    """

    title: str
    steps: tuple[str, ...]
    action: str
    word: str
    before: str = ""


def help_of(outcome: FileOutcome) -> Help:
    """Return the help for a file that was refused or waits."""
    return _helps().get(outcome.reason or "", _helps()["unreadable"])


def _helps() -> dict[str, Help]:
    ask_again = (
        "推進員さんに、提出用をもう一度USBメモリーに保存してもらいます。",
        "記録は推進員さんのパソコンに残っています。なくなっていません。",
    )
    choose = "ほかのファイルを選ぶ"
    return {
        "unknown_device": Help(
            "はじめてのパソコンから届いたファイルです",
            (
                "推進員さん本人に電話をします。",
                "推進員さんの画面の「困ったとき」に出ている確認番号を、読んでもらいます。",
                "上の番号と同じなら、下のボタンを押します。次からは、そのまま受け取れます。",
            ),
            ACCEPT,
            "ご本人に番号を確かめたので、受け取る",
        ),
        "revoked": Help(
            "なくしたと届け出のあったパソコンです",
            (
                "推進員さん本人に、このファイルを作ったかをたずねます。",
                "本人が作ったものなら、下のボタンでこのファイルだけを受け取ります。",
                "覚えがないときは受け取らず、管理者に知らせてください。",
            ),
            DECIDE,
            "本人が作ったものです。受け取る",
        ),
        "newer_format": Help(
            "このソフトより新しい版で作られています",
            (
                "ファイルは正常で、待っているファイルに入ります。",
                "このパソコンのソフトを新しい版にします。",
                "そのあとは、次に受け取るときに一緒に入ります。",
            ),
            AGAIN,
            "新しくしました。もう一度試す",
        ),
        "other_office": Help(
            "ほかの事務局にあてたファイルです",
            (
                "持ってきた方に、どこの事務局に出すものかをたずねます。",
                "こちらに出すものなら、いまの設定ファイルを渡し、入れ直してもらいます。",
                "そのあと、提出用をもう一度保存してもらいます。",
            ),
            OTHER,
            choose,
        ),
        "wrong_promoter": Help(
            "名簿とファイルの番号が合いません",
            (
                "だれのUSBメモリーかを、持ってきた方に確かめます。",
                "名簿にいない番号なら、先に「名簿」でその方を加えます。",
                "ほかの方のパソコンで作ったものなら、本人のパソコンで保存し直してもらいます。",
            ),
            AGAIN,
            "名簿を直しました。もう一度試す",
            before=ROSTER,
        ),
        "too_large": Help(
            "大きすぎて、提出用のファイルとは思えません",
            (
                "提出用のファイルを選んだかを確かめます。",
                *ask_again,
            ),
            OTHER,
            choose,
        ),
        "schema": Help(
            "ファイルの中身が、決まりと合いません",
            (
                *ask_again,
                "同じになるときは、「サポート用の情報を保存」を作った人に渡してください。",
            ),
            OTHER,
            choose,
        ),
        "damaged": Help("ファイルがこわれています", ask_again, OTHER, choose),
        "unreadable": Help(
            "このファイルは開けませんでした",
            (
                "USBメモリーがささっているかを確かめます。",
                "ほかの事務局のものではないかを、持ってきた方にたずねます。",
                *ask_again,
            ),
            OTHER,
            choose,
        ),
    }


class HelpCard(SectionCard):
    """Shows the help for one file; ``acted`` gives what its button does and for which file."""

    acted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._file = self._action = ""
        self._steps = TextLabel()
        self._roster = BigButton("名簿を開く", "people")
        self._go = BigButton("もう一度試す", "check")
        self._close = BigButton("とじる", "left")
        self.add(self._steps)
        self.add_row(self._roster, self._go, self._close)
        self._roster.clicked.connect(self._open_roster)
        self._go.clicked.connect(self._act)
        self._close.clicked.connect(self.hide)
        self.hide()

    def show_help(self, outcome: FileOutcome, who: str) -> None:
        """Open the help for a file; ``who`` is how the list above names it."""
        found = help_of(outcome)
        self._file, self._action = outcome.file, found.action
        self.set_title(found.title)
        steps = (f"{number}. {step}" for number, step in enumerate(found.steps, start=1))
        self._steps.setText("\n".join([who, *steps]))
        self._go.set_word(found.word)
        show_when(self._roster, wanted=found.before == ROSTER)
        show_when(self, wanted=True)
        (self._roster if found.before else self._go).setFocus()

    def _open_roster(self) -> None:
        """The help stays: back from 名簿 the file is tried again from here."""
        self.acted.emit(ROSTER, self._file)

    def _act(self) -> None:
        self.hide()
        self.acted.emit(self._action, self._file)
