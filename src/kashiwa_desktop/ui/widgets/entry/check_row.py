"""Several of a few values: boxes to tick that wrap into the next line."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.tab_order import restore_tab_order


class CheckRow(QWidget):
    """Holds (code, word) pairs; ``touched`` comes with every tick."""

    touched = Signal()

    def __init__(
        self, name: str, choices: Iterable[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._flow = FlowLayout(self, gap=2 * theme.GAP)
        self._boxes: dict[str, QCheckBox] = {}
        self.show_choices(choices)

    def show_choices(self, choices: Iterable[tuple[str, str]]) -> None:
        """Replace the boxes; what was ticked stays ticked while it is still there."""
        ticked = self.ticked()
        for old in self._boxes.values():
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._boxes = {}
        for code, word in choices:
            box = QCheckBox(word)
            box.setChecked(code in ticked)
            box.toggled.connect(self.touched)
            self._boxes[code] = box
            self._flow.addWidget(box)
        restore_tab_order(self)

    def ticked(self) -> list[str]:
        """Return the codes that are ticked, in the order shown."""
        return [code for code, box in self._boxes.items() if box.isChecked()]

    def tick(self, codes: Iterable[str]) -> None:
        """Tick exactly these."""
        wanted = set(codes)
        for code, box in self._boxes.items():
            box.setChecked(code in wanted)
