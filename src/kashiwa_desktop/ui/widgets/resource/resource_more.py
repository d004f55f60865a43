"""くわしく書く: what the office counts of a resource, and what need not be said."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain.resource import (
    GATHERING,
    MUTUAL_AID,
    NEIGHBOURHOOD,
    REQUIREMENTS,
    STAGES,
    SUBSIDIES,
)
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.check_row import CheckRow
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_DISASTER = "disaster_group"


class ResourceMore(QWidget):
    """Folded; what belongs to one kind only is shown with that kind."""

    touched = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fold = Fold(self.tr("くわしく書く"))
        self._requirements = CheckRow(self.tr("要件"), REQUIREMENTS.items())
        self._subsidy = ChipBar(self.tr("補助"), one_stop=True)
        unknown = ("", self.tr("わからない"))
        self._subsidy.show_chips([*SUBSIDIES.items(), unknown])
        self._estimate = TextLabel(role="strong")
        self._stage = ChipBar(self.tr("支援の段階"), one_stop=True)
        self._stage.show_chips([*STAGES.items(), unknown])
        self._disaster = CheckRow(self.tr("自主防災"), [(_DISASTER, self.tr("自主防災の組がある"))])
        self._note = TextArea(self.tr("ひとこと"), lines=2)
        self._fields = self._make_fields()
        self._arrange()
        self._connect()

    def open(self, *, opened: bool = True) -> None:
        self._fold.open(opened=opened)

    def show_kind(self, kind: str) -> None:
        """Show what belongs to a kind."""
        show_when(self._fields["requirements"], wanted=kind == GATHERING)
        show_when(self._fields["stage"], wanted=kind == MUTUAL_AID)
        show_when(self._fields[_DISASTER], wanted=kind == NEIGHBOURHOOD)

    def show_estimate(self, text: str) -> None:
        """Say how much a subsidy may come to; nothing where nobody knows."""
        self._estimate.setText(text)
        show_when(self._estimate, wanted=bool(text))

    def fill(self, fields: dict[str, Any]) -> None:
        self._requirements.tick(fields.get("requirements") or [])
        self._subsidy.choose(fields.get("subsidy") or "")
        self._stage.choose(fields.get("stage") or "")
        self._disaster.tick([_DISASTER] if fields.get(_DISASTER) else [])
        self._note.set_text(fields.get("note") or "")

    def typed(self) -> dict[str, Any]:
        return {
            "requirements": self._requirements.ticked(),
            "subsidy": str(self._subsidy.current()),
            "stage": str(self._stage.current()),
            _DISASTER: bool(self._disaster.ticked()),
            "note": self._note.text_so_far(),
        }

    def places(self) -> dict[str, FormField]:
        return self._fields

    def _make_fields(self) -> dict[str, FormField]:
        met = self.tr("あてはまるものに印をつけてください")
        note = self.tr("事務局と後任の方が読みます。配る一覧には出ません")
        disaster = FormField(self.tr("自主防災"), self._disaster)
        return {
            "requirements": FormField(self.tr("補助の要件"), self._requirements, hint=met),
            "subsidy": FormField(self.tr("受けている補助"), self._subsidy),
            "stage": FormField(self.tr("支援の段階"), self._stage),
            _DISASTER: disaster,
            "note": FormField(self.tr("ひとこと"), self._note, hint=note),
        }

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._fold)
        f = self._fields
        self._fold.add(f["subsidy"], self._estimate, f["requirements"], f["stage"])
        self._fold.add(f[_DISASTER], f["note"])
        self._estimate.hide()
        self.fill({})
        self.show_kind("")

    def _connect(self) -> None:
        parts: Iterable[CheckRow] = (self._requirements, self._disaster)
        for row in parts:
            row.touched.connect(self.touched)
        for chips in (self._subsidy, self._stage):
            chips.chosen.connect(self.touched)
        self._note.touched.connect(self.touched)
        self._note.left.connect(self.left)
