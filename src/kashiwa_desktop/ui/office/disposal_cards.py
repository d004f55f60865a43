"""The cards of 廃棄と開示: what is due, a decision, a search, and the record of what was done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.services.safety.disposing import Disposal, Found, Trace
from kashiwa_desktop.ui.office.guide import WordsField
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.read_line import ReadLine
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.text_label import TextLabel

AT_ONCE = 30
_SNIPPET = 60


class DueCard(SectionCard):
    """Years whose retention period is over; ``year_chosen`` gives one of them."""

    year_chosen = Signal(object)
    years_set = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("保存期間がすぎたもの", parent)
        what = (
            "廃棄すると、その年度の活動の文(内容・成果・場所・相手先・会議の記録)が、記録からも"
            "保管したファイルからも消え、二度と戻りません。日付・区分・回数・時間は残るので、"
            "集計は変わりません。"
        )
        self._years = ReadLine[int](_whole, str, width=4)
        self._field = FormField("保存期間(年度が終わってから何年。初期値・要確認)", self._years)
        self._set = BigButton("保存期間を変える", "check")
        self._list = ProblemList()
        self._none = TextLabel("保存期間のすぎた年度はありません。", "strong")
        self.add(TextLabel(what), self._list, self._none, self._field)
        self.add_row(self._set)
        self._list.acted.connect(self.year_chosen)
        self._set.clicked.connect(self._give)

    def show_due(self, due: Sequence[tuple[int, int]], years: int) -> None:
        self._years.put(years)
        self._field.clear_message()
        word = "この年度を廃棄する"
        self._list.show_problems(
            ProblemItem(f"{year}年度 活動 {n}件", ((year, word),)) for year, n in due
        )
        show_when(self._none, wanted=not due)

    def _give(self) -> None:
        years = self._years.value()
        if years is None:
            self._field.block("年数を数字でお書きください。")
            self._field.focus()
            return
        self.years_set.emit(years)


class DecideCard(SectionCard):
    """Who decided and why; ``decided`` comes once both are written."""

    decided = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._by, self._why = TextLine(), TextLine()
        self._by_field = FormField("決めた人(役職と氏名)", self._by, required=True)
        self._why_field = FormField(
            "理由(決裁番号など)", self._why, required=True,
            hint="例: 保存期間満了、ご本人の申し出",
        )  # fmt: skip
        self.words = WordsField("事務局の合言葉")
        self._go = BigButton("廃棄に進む", "trash", "main")
        self._stop = BigButton("やめる", "left")
        self._what = TextLabel(role="strong")
        self.add(self._what, self._by_field, self._why_field, self.words)
        self.add_row(self._go, self._stop)
        self.setFocusProxy(self._by)
        self._go.clicked.connect(self._give)
        self._stop.clicked.connect(self.given_up)

    def ask(self, what: str, *, with_words: bool) -> None:
        self.set_title("だれが、なぜ決めましたか")
        self._what.setText(what)
        for field in (self._by_field, self._why_field):
            field.clear_message()
        self.words.clear()
        show_when(self.words, wanted=with_words)

    @property
    def by(self) -> str:
        return self._by.text_so_far().strip()

    @property
    def why(self) -> str:
        return self._why.text_so_far().strip()

    def _give(self) -> None:
        pairs = ((self._why_field, self.why), (self._by_field, self.by))
        for field, text in pairs:
            field.clear_message()
            if not text:
                field.block()
                field.focus()
        if self.by and self.why:
            self.decided.emit()


class FindCard(SectionCard):
    """What is kept about a name; ``erase_wanted`` gives a found record, ``paper_wanted`` prints."""

    searched = Signal(str)
    erase_wanted = Signal(object)
    paper_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("名前や言葉でさがす(開示請求)", parent)
        self._line = TextLine()
        self._field = FormField(
            "さがす名前か言葉", self._line, required=True,
            hint="消した記録や直す前の版も、すべてさがします。",
        )  # fmt: skip
        self._go = BigButton("さがす", "search", "main")
        self._count = TextLabel(role="strong")
        self._paper = BigButton("一覧を紙の形で見る", "printer")
        self._list = ProblemList()
        self._more = TextLabel(role="muted")
        self.add(self._field)
        self.add_row(self._go)
        self.add(self._count)
        self.add_row(self._paper)
        self.add(self._list, self._more)
        self.setFocusProxy(self._line)
        self._go.clicked.connect(self._give)
        self._paper.clicked.connect(self.paper_wanted)
        self._list.acted.connect(self.erase_wanted)
        self.clear()

    def clear(self) -> None:
        """Nothing was searched for yet."""
        self._field.clear_message()
        self._list.show_problems([])
        for part in (self._count, self._paper, self._more):
            show_when(part, wanted=False)

    def show_found(self, text: str, found: Sequence[Found]) -> None:
        self._count.setText(f"「{text}」のあるもの {len(found)}件")
        self._list.show_problems(self._item(one) for one in found[:AT_ONCE])
        rest = len(found) - AT_ONCE
        self._more.setText(f"ほかに {rest}件あります。紙の一覧にはすべて出ます。")
        show_when(self._count, wanted=True)
        show_when(self._paper, wanted=True)
        show_when(self._more, wanted=rest > 0)

    def _item(self, one: Found) -> ProblemItem:
        text = one.text.replace("\n", " ")
        short = text if len(text) <= _SNIPPET else text[:_SNIPPET] + "…"
        actions = ((one, "この記録の文を消す"),) if one.can_be_erased else ()
        return ProblemItem(f"{one.label} {one.whose}\n{short}", actions, "ok")

    def _give(self) -> None:
        text = self._line.text_so_far().strip()
        self._field.clear_message()
        if not text:
            self._field.block()
            self._field.focus()
            return
        self.searched.emit(text)


class RecordCard(SectionCard):
    """廃棄の記録, with the proof of where the text is gone and where it still is."""

    proof_wanted = Signal()
    clear_wanted = Signal()
    paper_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("廃棄の記録", parent)
        self._lines = TextLabel()
        self._proof = TextLabel()
        self.words = WordsField("事務局の合言葉(保管したファイルを開いて確かめるため)")
        self._look = BigButton("消えたことを確かめる", "check", "main")
        self._clear = BigButton("予備の写しからも消す", "trash")
        self._paper = BigButton("紙の形で見る", "printer")
        self.add(self._lines, self.words, self._proof)
        self.add_row(self._look, self._clear, self._paper)
        self.setFocusProxy(self._look)
        self._look.clicked.connect(self.proof_wanted)
        self._clear.clicked.connect(self.clear_wanted)
        self._paper.clicked.connect(self.paper_wanted)

    def show_disposals(self, disposals: Sequence[Disposal], *, with_words: bool) -> None:
        lines = [self._line(one) for one in disposals]
        self._lines.setText("\n".join(lines) or "廃棄したものはまだありません。")
        show_when(self._proof, wanted=False)
        show_when(self._clear, wanted=False)
        show_when(self._look, wanted=bool(disposals))
        self.words.clear()
        show_when(self.words, wanted=with_words and bool(disposals))

    def show_trace(self, trace: Trace) -> None:
        self._proof.setText("\n".join(f"・{line}" for line in trace.words()))
        show_when(self._proof, wanted=True)
        show_when(self._clear, wanted=bool(trace.copies))
        show_when(self.words, wanted=False)

    def _line(self, one: Disposal) -> str:
        day = long_date(one.at.date(), weekday=False)
        who = one.decided_by or "(書かれていません)"
        told = "・%s %s %s件 決めた人: %s 理由: %s 操作: %s"
        return told % (day, one.what, one.records, who, one.reason, one.done_by)


def _whole(text: str) -> int | None:
    digits = text.removesuffix("年").strip()
    return int(digits) if digits.isdecimal() and len(digits) <= 3 else None
