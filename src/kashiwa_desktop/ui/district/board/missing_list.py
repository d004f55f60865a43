"""Who has not handed in yet: name, telephone, and a message ready to be sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.emptying import empty
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.text_label import TextLabel


@dataclass(frozen=True, slots=True)
class Missing:
    """One promoter whose month is not here; ``state`` is the word of the board."""

    promoter: str
    name: str
    area: str
    state: str
    phone: str


class MissingList(SectionCard):
    """``copy_wanted`` gives whose message is wanted; long lists scroll within the card."""

    copy_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._buttons: dict[BigButton, Missing] = {}
        self._inner = QWidget()
        self._inner.setProperty("plain", "true")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, theme.GAP, 0)
        self._column.setSpacing(2 * theme.GAP)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setProperty("plain", "true")
        scroll.setWidget(self._inner)
        scroll.setMinimumHeight(3 * theme.MAIN_TARGET)
        self.body.addWidget(scroll, 1)

    def show_missing(self, missing: Sequence[Missing]) -> None:
        """Replace who is listed."""
        self._empty()
        if missing:
            self.set_title(f"未提出 {len(missing)}人")
        else:
            self.set_title("未提出の方はいません")
        for one in missing:
            self._column.addWidget(self._row(one))
        self._column.addStretch(1)

    def stops(self) -> list[BigButton]:
        """Return the buttons in the order in which they stand."""
        return list(self._buttons)

    def _empty(self) -> None:
        self._buttons.clear()
        empty(self._column)

    def _row(self, one: Missing) -> QWidget:
        row = QWidget()
        phone = f"電話 {one.phone}" if one.phone else "電話番号は名簿にありません"
        copy = BigButton("連絡文をコピー", "copy")
        copy.setAccessibleName(f"{one.name}さんへの連絡文をコピー")
        self._buttons[copy] = one
        copy.clicked.connect(self._copy)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP // 2)
        column.addWidget(TextLabel(f"{one.area} {one.name}", "strong"))
        column.addWidget(TextLabel(f"{one.state}\n{phone}"))
        column.addWidget(copy)
        return row

    def _copy(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, BigButton) and pressed in self._buttons:
            self.copy_wanted.emit(self._buttons[pressed])
