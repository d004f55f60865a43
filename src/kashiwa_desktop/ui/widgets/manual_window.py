"""F1: the shipped manual beside the work, at the screen in view; what is being typed stays."""

import re
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kashiwa_desktop.paths import resource
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.text_label import TextLabel

EVERYWHERE = "どの画面でも"
"""The section that is shown below each of the others."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing a person wants to do, and how: an empty title stands before the first one."""

    title: str
    lines: tuple[str, ...]


@cache
def manual() -> dict[str, tuple[Task, ...]]:
    """Return the manual's tasks by heading, 「画面 2 活動を記録する」; pictures are left out."""
    text = resource("help/manual.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return {section.partition("\n")[0]: _tasks(section.partition("\n")[2]) for section in sections}


def heading_of(screen: int) -> str:
    """Return the heading of a screen's section, or of the one that holds everywhere."""
    found = (heading for heading in manual() if heading.startswith(f"画面 {screen} "))
    return next(found, EVERYWHERE)


class ManualPage(ScrollPage):
    """One section of the manual in large plain text, and the way to the others."""

    TITLE = "使い方の説明"

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[SectionCard] = []
        self._cards = QWidget()
        self._column = QVBoxLayout(self._cards)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * theme.GAP)
        self._others = Fold("ほかの画面の説明")
        for heading in manual():
            button = BigButton(heading)
            button.clicked.connect(self._open_other)
            self._others.add(button)
        self._close = BigButton("閉じる", "close", "main", keys="Esc")
        self._close.clicked.connect(self.back_asked)
        self.add(self._cards, self._others)
        self.action_bar.add(self._close)

    def show_section(self, heading: str) -> None:
        """Show a section from its beginning, and below it what holds on every screen."""
        self.heading.setText(heading)
        for old in self._shown:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        wanted = dict.fromkeys((heading, EVERYWHERE))
        self._shown = [_card(task) for section in wanted for task in manual()[section]]
        for card in self._shown:
            self._column.addWidget(card)
        self._others.open(opened=False)
        self._close.setFocus()
        self.reveal(self.heading)

    def _open_other(self) -> None:
        button = self.sender()
        if isinstance(button, BigButton):
            self.show_section(button.word)


class ManualWindow(QDialog):
    """Stands before the window, which goes on working; Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(False)
        self.setWindowTitle("使い方の説明")
        self.page = ManualPage()
        self.page.back_asked.connect(self.close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.page)
        self.resize(parent.width() * 3 // 4, parent.height() - 4 * theme.GAP)

    def show_screen(self, screen: int) -> None:
        """Come up with the section of a screen, by its number."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.show_section(heading_of(screen))


def _tasks(text: str) -> tuple[Task, ...]:
    parts = re.split(r"^### ", f"\n{text}", flags=re.MULTILINE)
    titled = [part.partition("\n") for part in parts]
    tasks = (Task(title.strip(), _lines(rest)) for title, _, rest in titled)
    return tuple(task for task in tasks if task.lines)


def _lines(text: str) -> tuple[str, ...]:
    kept = (line for line in text.splitlines() if line.strip() and not line.startswith("!["))
    return tuple(re.sub(r"^- ", "・", line) for line in kept)


def _card(task: Task) -> SectionCard:
    card = SectionCard(task.title)
    for line in task.lines:
        label = TextLabel(line)
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        card.add(label)
    return card
