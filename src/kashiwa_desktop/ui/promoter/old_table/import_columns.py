"""② 列を合わせる: which column of the old table says what, each with an example from the table."""

from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.old_sheet import FIELDS, Layout, OldSheet, column_name, width
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.side_by_side import SideBySide
from kashiwa_desktop.ui.widgets.step_bar import StepBar
from kashiwa_desktop.ui.widgets.text_label import TextLabel

NONE = -1
_FIRST = ("date", "category", "type", "title")
_EXAMPLES = 3
_LONGEST = 16
_BY_LENGTH = ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class ImportColumns(SectionCard):
    """``changed`` comes when a choice was made; ``layout_now`` gives all of them."""

    changed = Signal()

    def __init__(self, today: Month, parent: QWidget | None = None) -> None:
        super().__init__("② 列を合わせる", parent)
        self._today = today
        self._layout = Layout(NONE, {})
        self._boxes = {name: ChoiceBox(label) for name, label in FIELDS.items()}
        self._head = ChoiceBox("見出しの行")
        self._area = ChoiceBox("地域")
        self._month = StepBar("前の月", "次の月")
        self._month_words = TextLabel("日だけが書かれているときは、この月の日付にします。")
        self._more = Fold("ほかの列も合わせる")
        self._arrange_fields()
        for box in (*self._boxes.values(), self._head, self._area):
            box.chosen.connect(self._take)
        self._month.turned.connect(self._turn_month)

    def show_layout(
        self, sheet: OldSheet, layout: Layout, areas: Sequence[tuple[str, str]]
    ) -> None:
        """Show a proposal; choices are named by letter, heading and an example."""
        self._layout = layout
        names = [(NONE, "(なし)")]
        names += [(n, _column_words(sheet, layout.head, n)) for n in range(width(sheet))]
        for name, box in self._boxes.items():
            box.show_choices(names)
            box.choose(layout.columns.get(name, NONE))
        heads = [(NONE, "見出しはない")]
        heads += [(n, _row_words(sheet, n)) for n in range(min(len(sheet.rows), 25))]
        self._head.show_choices(heads)
        self._head.choose(layout.head)
        self._area.show_choices(areas)
        self._area.choose(layout.area)
        show_when(self._area_field, wanted=len(areas) > 1)
        self._show_month()

    def layout_now(self) -> Layout:
        """Return what is chosen now; answers about categories are kept."""
        columns = {}
        for name, box in self._boxes.items():
            place = box.current()
            if isinstance(place, int) and place >= 0:
                columns[name] = place
        head = self._head.current()
        area = self._area.current()
        return Layout(
            head if isinstance(head, int) else NONE,
            columns,
            self._layout.month,
            str(area) if area is not None else None,
            self._layout.kinds,
        )

    def _take(self, _key: object) -> None:
        self.changed.emit()

    def _turn_month(self, by: int) -> None:
        month = self._layout.month or self._today
        month = month.next() if by > 0 else month.previous()
        if month <= self._today:
            self._layout = _with_month(self.layout_now(), month)
            self._show_month()
            self.changed.emit()

    def _show_month(self) -> None:
        month = self._layout.month
        name = month.label() if month else "(月は決めない)"
        self._month.show_name(name, more=month is None or month < self._today)

    def _arrange_fields(self) -> None:
        words = "表のどの列に何が書いてあるか、ちがっていたら選びなおしてください。"
        self.add(TextLabel(words, "muted"))
        fields = {
            name: FormField(FIELDS[name], box, required=name in ("date", "title"))
            for name, box in self._boxes.items()
        }
        for box in self._boxes.values():
            box.setSizeAdjustPolicy(_BY_LENGTH)
            box.setMinimumContentsLength(8)
        first = [fields[name] for name in _FIRST]
        rest = [field for name, field in fields.items() if name not in _FIRST]
        self.add(*_pairs(first))
        self._area_field = FormField("どの地域の活動ですか", self._area)
        self.add(self._area_field)
        self._more.add(*_pairs(rest))
        self._more.add(FormField("見出しの行", self._head), self._month_words, self._month)
        self.add(self._more)


def _pairs(fields: Sequence[FormField]) -> list[QWidget]:
    """Put fields two by two beside each other where there is room."""
    return [
        SideBySide(one, two, least_em=44) if two is not None else one
        for one, two in zip_longest(fields[::2], fields[1::2])
    ]


def _with_month(layout: Layout, month: Month) -> Layout:
    return Layout(layout.head, layout.columns, month, layout.area, layout.kinds)


def _cell_words(sheet: OldSheet, row: int, column: int) -> str:
    cells = sheet.rows[row] if 0 <= row < len(sheet.rows) else ()
    cell = cells[column] if column < len(cells) else None
    text = "" if cell is None else " ".join(str(cell).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _column_words(sheet: OldSheet, head: int, column: int) -> str:
    """Return 「B列 活動日(10/3)」: the letter, the heading, and the first value under it."""
    below = range(head + 1, min(head + 1 + 20, len(sheet.rows)))
    example = next((text for row in below if (text := _cell_words(sheet, row, column))), "")
    heading = _cell_words(sheet, head, column) if head >= 0 else ""
    words = f"{column_name(column)}列 {heading}".strip()
    return f"{words}({example})" if example else words


def _row_words(sheet: OldSheet, row: int) -> str:
    texts = [t for n in range(width(sheet)) if (t := _cell_words(sheet, row, n))]
    return f"{row + 1}行目 {'・'.join(texts[:_EXAMPLES])}".strip()
