"""The few fields that belong to one category only (DOMAIN.md §7 a)."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain.category import CONTACT_METHODS, NETWORK_RESULTS, SUPPORT_TARGETS
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.check_row import CheckRow
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.showing import show_when


class CategoryFields(QWidget):
    """Shows what belongs to the category, and whatever else was written: nothing is kept unseen."""

    touched = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._method = ChipBar(self.tr("連絡方法"), one_stop=True)
        none = ("", self.tr("選ばない"))
        self._method.show_chips([*CONTACT_METHODS.items(), none])
        self._results = CheckRow(self.tr("連携の成果"), NETWORK_RESULTS.items())
        self._host = TextLine(self.tr("主催"))
        self._audience = TextLine(self.tr("対象"))
        self._group = TextLine(self.tr("団体名"))
        self._support = CheckRow(self.tr("支援したこと"), SUPPORT_TARGETS.items())
        self._network, self._community = QWidget(), QWidget()
        self._fill_column(
            self._network,
            FormField(self.tr("連絡方法"), self._method),
            FormField(self.tr("連携の成果"), self._results),
        )
        self._fill_column(
            self._community,
            FormField(self.tr("主催"), self._host),
            FormField(self.tr("対象"), self._audience, hint=self.tr("例: 高齢者、住民全体")),
            FormField(self.tr("団体名"), self._group),
            FormField(self.tr("支援したこと"), self._support),
        )
        self._fill_column(self, self._network, self._community)
        self._connect()
        self.show_category("")

    def show_category(self, category: str) -> None:
        typed = self.typed()
        network = any(typed[name] for name in ("contact_method", "network_results"))
        community = any(typed[n] for n in ("host", "audience", "group", "support_targets"))
        show_when(self._network, wanted=network or category == "network")
        show_when(self._community, wanted=community or category == "community")
        show_when(self, wanted=network or community or category in ("network", "community"))

    def fill(self, fields: dict[str, Any]) -> None:
        self._method.choose(fields.get("contact_method") or "")
        self._results.tick(fields.get("network_results") or [])
        self._host.setText(fields.get("host") or "")
        self._audience.setText(fields.get("audience") or "")
        self._group.setText(fields.get("group") or "")
        self._support.tick(fields.get("support_targets") or [])

    def typed(self) -> dict[str, Any]:
        return {
            "contact_method": str(self._method.current()),
            "network_results": self._results.ticked(),
            "host": self._host.text_so_far(),
            "audience": self._audience.text_so_far(),
            "group": self._group.text_so_far(),
            "support_targets": self._support.ticked(),
        }

    def _fill_column(self, whole: QWidget, *parts: QWidget) -> None:
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GAP)
        for part in parts:
            column.addWidget(part)

    def _connect(self) -> None:
        self._method.chosen.connect(self.touched)
        for row in (self._results, self._support):
            row.touched.connect(self.touched)
        for line in (self._host, self._audience, self._group):
            line.touched.connect(self.touched)
            line.left.connect(self.left)
