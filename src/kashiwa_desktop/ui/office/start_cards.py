"""The cards of 事務局の用意: name and areas, the recovery key, words typed back, the number."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kashiwa_desktop.domain.people import Area
from kashiwa_desktop.services.office.beginning import PlaceRow, Prepared
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.tab_order import restore_tab_order
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_NAMED = 6


class WayCard(SectionCard):
    """Begin a new office, or bring the one of the old PC back."""

    new_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("このパソコンを事務局で使います", parent)
        words = (
            "事務局の記録は、柏市社会福祉協議会に1つだけ作ります。"
            "前のパソコンで使っていたときは、［前の事務局を戻す］をお選びください。"
        )
        self.new = BigButton("新しく始める", "plus", "main")
        self._back = BigButton("前の事務局を戻す", "undo")
        self.add(TextLabel(words))
        self.add_row(self.new, self._back)
        self.new.clicked.connect(self.new_wanted)
        self._back.clicked.connect(self.back_wanted)


class NameCard(SectionCard):
    """The office's name and its areas; ``table_chosen`` gives a CSV file, None for the initial."""

    table_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("① 事務局の名前と地域", parent)
        self._name = TextLine()
        self._name.setText("柏市社会福祉協議会")
        self._field = FormField("事務局の名前(書類に出ます)", self._name, required=True)
        self._areas = TextLabel(role="strong")
        self._names = TextLabel(role="muted")
        self._file = BigButton("地域の表(CSV)を選ぶ", "folder")
        self._initial = BigButton("初期値を使う", "undo")
        self.areas: list[Area] = []
        self.add(self._field, self._areas, self._names)
        self.add_row(self._file, self._initial)
        self.setFocusProxy(self._name)
        self._file.clicked.connect(self._choose)
        self._initial.clicked.connect(self._take_initial)

    def show_areas(self, areas: Sequence[Area], file: Path | None) -> None:
        self.areas = list(areas)
        source = file.name if file else "初期値(要確認)"
        self._areas.setText(f"地域 {len(areas)} か所 {source}")
        names = "・".join(area.name for area in areas[:_NAMED])
        more = " ほか" if len(areas) > _NAMED else ""
        self._names.setText(f"{names}{more}。あとで［名簿］で直せます。")
        show_when(self._initial, wanted=file is not None)

    def name(self) -> str:
        """Return the name, '' after saying that it is missing."""
        text = self._name.text_so_far().strip()
        self._field.clear_message()
        if not text:
            self._field.block()
            self._field.focus()
        return text

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "地域の表を選ぶ", "", "表 (*.csv)")
        if chosen:
            self.table_chosen.emit(Path(chosen))

    def _take_initial(self) -> None:
        self.table_chosen.emit(None)


class RecoveryCard(SectionCard):
    """予備のかぎ in words, shown this once; ``paper_wanted`` leads to its paper."""

    paper_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("③ 予備のかぎ(封筒に入れて金庫へ)", parent)
        why = (
            "合言葉が分からなくなったときや、このパソコンがこわれたときに、記録を取り戻すかぎです。"
            "ここにしか出ません。2通印刷して別々の封筒に入れ、別の建物の金庫にしまってください。"
        )
        self.paper = BigButton("紙の形で見て印刷する", "printer", "main")
        self._lines = TextLabel(role="strong")
        hand = "印刷できないときは、下のことばを紙に書き写してください。"
        self.add(TextLabel(why))
        self.add_row(self.paper)
        self.add(TextLabel(hand, "muted"), self._lines)
        self.paper.clicked.connect(self.paper_wanted)

    def show_key(self, prepared: Prepared) -> None:
        lines = (f"{n}行目  {'  '.join(words)}" for n, words in enumerate(prepared.lines, 1))
        self._lines.setText("\n".join(lines))

    def forget(self) -> None:
        self._lines.setText("")


class ProofCard(SectionCard):
    """Some words of the paper, typed back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("④ 紙があることの確かめ", parent)
        self._fields: list[tuple[PlaceRow, FormField, TextLine]] = []
        self.add(TextLabel("紙を見ながら、3つのことばをお書きください。"))

    def ask(self, places: Sequence[PlaceRow]) -> None:
        """Ask for the words at these places."""
        for _, field, _ in self._fields:
            field.hide()
            field.deleteLater()
        self._fields = []
        for place in places:
            line = TextLine()
            words = f"{place.line}行目の {place.word}番目のことば"
            field = FormField(words, line)
            self._fields.append((place, field, line))
            self.add(field)
        self.setFocusProxy(self._fields[0][2])
        restore_tab_order(self)

    def is_right(self, prepared: Prepared) -> bool:
        """Whether all words are those of the paper; each that is not says so at its field."""
        wrong = []
        for place, field, line in self._fields:
            field.clear_message()
            if not prepared.is_word(place, line.text_so_far()):
                field.block("紙のことばとちがいます。行と番目をご確認ください。")
                wrong.append(field)
        if wrong:
            wrong[0].focus()
        return not wrong


class NumberCard(SectionCard):
    """The office is there: its number, and what comes next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("用意ができました", parent)
        self._told = TextLabel()
        self._number = TextLabel(role="number")
        next_ = (
            "事務局の番号は、推進員さんへの招待の紙に書きます。推進員さんは、はじめての設定で、"
            "画面に出る番号と見くらべます。番号は［困ったとき］でいつでも見られます。\n"
            "次は［名簿］に推進員さんを入れ、［設定ファイルを作る］に進みます。"
        )
        self.add(self._told, TextLabel("事務局の番号", "strong"), self._number)
        self.add(TextLabel(next_))

    def tell(self, number: str, text: str) -> None:
        self._number.setText(number)
        self._told.setText(text)
