"""The guides of パソコンの引っ越し: each a card of numbered steps in plain words."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from kashiwa_desktop.services.travel.moving import OtherPc
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class NewPcCard(SectionCard):
    """On the new PC of two: its number onto a stick, and the file of the old PC read."""

    number_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title("このパソコンが、新しいほうです")
        self._number = TextLabel(role="number", wrap=False)
        self.write = BigButton("① 番号をUSBメモリーに書く", "stick")
        self.read = BigButton("③ 引っ越しファイルを読み込む", "folder")
        self.add(
            TextLabel("① USBメモリーをさして、このパソコンの番号を書きます。"),
            TextLabel("このパソコンの引っ越しの番号", "small"),
            self._number,
        )
        self.add_row(self.write)
        self.add(
            TextLabel(
                "② そのUSBメモリーを、いままでのパソコンにさします。"
                "「困ったとき」→「パソコンの引っ越し」で引っ越しファイルを作ります。"
            ),
            TextLabel("③ USBメモリーをこのパソコンに戻して、読み込みます。"),
        )
        self.add_row(self.read)
        self.write.clicked.connect(self.number_wanted)

    def show_number(self, number: str) -> None:
        self._number.setText(number)


class OldPcCard(SectionCard):
    """On the old PC of two: the number of the new one is found, the file for it is made."""

    file_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.set_title("このパソコンが、いままでのほうです")
        self._others: dict[str, OtherPc] = {}
        self._found = TextLabel()
        self._chips = ChipBar("引っ越しの番号")
        self.make = BigButton("引っ越しファイルを作る", "stick")
        text = (
            "新しいパソコンで番号を書いたUSBメモリーをさしてください。"
            "記録は、ここにも残ります。2台とも使えます。"
        )
        self.add(TextLabel(text), self._found, self._chips)
        self.add_row(self.make)
        self._chips.chosen.connect(self._choose)
        self.make.clicked.connect(self._ask)
        self.show_others([])

    def show_others(self, others: Sequence[OtherPc]) -> None:
        """Show the numbers that lie on the sticks."""
        if list(self._others.values()) != list(others) or not others:
            self._others = {other.recipient: other for other in others}
            self._chips.show_chips((other.recipient, other.number) for other in others)
            if len(others) == 1:
                self._chips.choose(others[0].recipient)
        self._say()

    def other(self) -> OtherPc | None:
        """Return the PC the file is for."""
        return self._others.get(str(self._chips.current()))

    def _say(self) -> None:
        if self._others:
            text = "この番号が、新しいパソコンの画面にも出ていることをご確認ください。"
        else:
            text = "番号の入ったUSBメモリーは、まだ見つかりません。"
        self._found.setText(text)
        self.make.setEnabled(self.other() is not None)

    def _choose(self, _recipient: object) -> None:
        self._say()

    def _ask(self) -> None:
        if self.other() is not None:
            self.file_wanted.emit(self.other())


class LostPcCard(SectionCard):
    """The old PC is gone: this one makes itself known to the office, and reads its reply."""

    introduce_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title("前のパソコンをなくした・こわれた")
        self._number = TextLabel(role="number", wrap=False)
        self.introduce = BigButton("② お知らせをUSBメモリーに保存する", "stick")
        self.read = BigButton("③ 返事のファイルを読み込む", "folder")
        self.add(
            TextLabel("① 事務局に電話して、前のパソコンをなくしたことを伝えます。"),
            TextLabel("② このパソコンのお知らせを保存して、事務局に渡します。聞かれる番号は"),
            TextLabel("このパソコンの確認番号", "small"),
            self._number,
        )
        self.add_row(self.introduce)
        text = (
            "③ 事務局からの返事を読み込むと、これまでに届いた記録がすべて戻ります。"
            "まだ渡していなかった分は、もう一度お書きください。"
        )
        self.add(TextLabel(text))
        self.add_row(self.read)
        self.introduce.clicked.connect(self.introduce_wanted)

    def show_number(self, number: str) -> None:
        self._number.setText(number)


class CopiedPcCard(SectionCard):
    """A store that went back, or was copied: what that means, and a new mark for this PC."""

    mark_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title("前の時点の記録、写された記録")
        self._notice = TextLabel(role="strong")
        self.mark = BigButton("このパソコンに新しい印を作る", "pencil")
        self.add(
            self._notice,
            TextLabel("予備の写しに戻したときは、そのままお使いください。"),
            TextLabel(
                "フォルダーごと写したパソコンが2台あるとき、または事務局から"
                "「新しい印を作って」と言われたときは、写したほうのパソコンで1回だけ押します。"
                "記録は消えません。次に提出すると、事務局から確認番号をたずねられます。"
            ),
        )
        self.add_row(self.mark)
        self.mark.clicked.connect(self.mark_wanted)

    def show_notice(self, text: str) -> None:
        """Say that this store noticed it; '' where everything is as it should be."""
        fine = "いまは、前の時点に戻した記録でも、写された記録でもありません。"
        self._notice.setText(text or fine)


class LeavingCard(SectionCard):
    """The promoter leaves: once everything has arrived, this PC forgets him."""

    wipe_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title("推進員をやめるとき")
        self._state = TextLabel(role="strong")
        self.wipe = BigButton("このパソコンから、わたしの記録を消す", "trash")
        text = (
            "すべての記録が事務局に届いたあとで、このパソコンから自分の記録、書きかけ、"
            "自分用メモ、予備の写しを消せます。ほかの人の記録は消えません。"
        )
        self.add(TextLabel(text), self._state)
        self.add_row(self.wipe)
        self.wipe.clicked.connect(self.wipe_wanted)

    def show_left(self, left: int) -> None:
        """Say how many of the records the office is not known to have."""
        if left:
            text = (
                "事務局に届いたことを確かめられていないものが%s件あります。"
                "提出して、事務局からの返事を読み込むと、消せるようになります。"
            )
            self._state.setText(text % left)
        else:
            self._state.setText("すべて事務局に届いています。")
        show_when(self.wipe, wanted=True)
        self.wipe.setEnabled(not left)
