"""③ 区分を合わせる: what the old table's own names of categories mean here."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain.code_list import SEED, CodeLists
from kashiwa_desktop.domain.old_sheet import Kind
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.layout.emptying import empty
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel

MOST = 20


class ImportKinds(SectionCard):
    """Hidden while every name is known; ``changed`` comes with each answer."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("③ 区分を合わせる", parent)
        self._boxes: dict[str, ChoiceBox] = {}
        self._answers: dict[str, Kind] = {}
        self._fields = QVBoxLayout()
        self._fields.setSpacing(2 * theme.GAP)
        words = "表に書かれた区分が、どの区分・種別にあたるかをお選びください。"
        self.add(TextLabel(words, "muted"))
        self.body.addLayout(self._fields)
        self.hide()

    @property
    def answers(self) -> Mapping[str, Kind]:
        return dict(self._answers)

    def begin(self) -> None:
        """Forget the answers: another table is looked at."""
        self._answers.clear()
        self._empty()
        self.hide()

    def show_unknown(self, names: Sequence[str], codes: CodeLists = SEED) -> None:
        """Ask about these names; those already asked about stay, so that an answer can change."""
        for name in names:
            if name not in self._boxes and len(self._boxes) < MOST:
                self._fields.addWidget(self._field(name, codes))
        show_when(self, wanted=bool(self._boxes))

    def _field(self, name: str, codes: CodeLists) -> FormField:
        box = ChoiceBox()
        box.show_choices(_choices(codes))
        box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.chosen.connect(self._take)
        self._boxes[name] = box
        label = f"「{name}」は" if name else "区分が書かれていない行は"
        return FormField(label, box)

    def _empty(self) -> None:
        self._boxes.clear()
        empty(self._fields)

    def _take(self, _key: object) -> None:
        for name, box in self._boxes.items():
            chosen = box.current()
            if isinstance(chosen, tuple) and len(chosen) == 2:
                self._answers[name] = chosen
        self.changed.emit()


def _choices(codes: CodeLists) -> list[tuple[Kind, str]]:
    """Return every type there ever was: an old table has old ones."""
    words = codes.on(date.max)
    return [(kind, words.kind(*kind, " – ")) for kind in codes.types()]
