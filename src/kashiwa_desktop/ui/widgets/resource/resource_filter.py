"""Which resources are shown: one kind or what needs a look, and of these what holds some words."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kashiwa_desktop.domain.resource import KINDS
from kashiwa_desktop.domain.wording import search_key
from kashiwa_desktop.services.records.registered import Shown
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.showing import show_when

PAUSE_MS = 250
"""A search begins when nothing was typed for so long."""

ALL, STALE, INHERITED, ENDED = "", "stale", "inherited", "ended"


class ResourceFilter(QWidget):
    """``changed`` when something else is to be shown; ``chosen`` says what of it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counted: list[tuple[str, str]] = []
        self.words = TextLine("ことばで探す")
        self.words.setPlaceholderText("ことばで探す")
        self._stop = BigButton("探すのをやめる", "close", icon_only=True)
        self._chips = ChipBar("種類で絞る")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._arrange()
        self._chips.choose(ALL)
        self._chips.chosen.connect(self.changed)
        self.words.touched.connect(self._wait)
        self._stop.clicked.connect(self.words.clear)
        self._pause.timeout.connect(self.changed)

    @property
    def current(self) -> str:
        """What is chosen: a code of a kind, or what needs a look."""
        return str(self._chips.current())

    @property
    def text(self) -> str:
        return self.words.text_so_far().strip()

    def show_all(self) -> None:
        """Show everything again, whatever was searched for."""
        self._chips.choose(ALL)
        self.words.clear()

    def show_counts(self, rows: Sequence[Shown], today: date) -> None:
        """Count what there is on the chips; a kind of which there is nothing has none."""
        chips = [(ALL, f"すべて {len(chosen(rows, ALL, today))}")]
        kinds = Counter(row.resource.kind for row in chosen(rows, ALL, today))
        known = [*KINDS, *(kind for kind in kinds if kind not in KINDS)]
        chips += [(k, f"{KINDS.get(k, k)} {kinds[k]}") for k in known if kinds[k]]
        more = {
            STALE: "半年以上確かめていないもの %s",
            INHERITED: "前任者から %s",
            ENDED: "終わったもの %s",
        }
        counts = {key: len(chosen(rows, key, today)) for key in more}
        chips += [(key, words % counts[key]) for key, words in more.items() if counts[key]]
        if chips != self._counted:
            self._counted, before = chips, self.current
            self._chips.show_chips(chips)
            kept = before if before in dict(chips) else ALL
            self._chips.choose(kept)

    def pick(self, rows: Sequence[Shown], today: date) -> list[Shown]:
        """Return the rows that are to be shown."""
        key = search_key(self.text)
        return [row for row in chosen(rows, self.current, today) if key in _searched(row)]

    def _wait(self) -> None:
        show_when(self._stop, wanted=bool(self.text))
        self._pause.start()

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        line.addWidget(self.words, 1)
        line.addWidget(self._stop)
        self._stop.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP + theme.GAP // 2)
        column.addLayout(line)
        column.addWidget(self._chips)


def chosen(rows: Sequence[Shown], what: str, today: date) -> list[Shown]:
    """Return the rows of one chip; what ended stands apart from all the others."""
    if what == ENDED:
        return [row for row in rows if not row.resource.lasts_on(today)]
    rows = [row for row in rows if row.resource.lasts_on(today)]
    if what == STALE:
        return [row for row in rows if row.resource.is_stale(today)]
    if what == INHERITED:
        return [row for row in rows if row.inherited]
    return [row for row in rows if what in (ALL, row.resource.kind)]


def _searched(row: Shown) -> str:
    r = row.resource
    said = (r.name, r.label, r.day, r.place, r.contact, r.note, row.area_name)
    return search_key(" ".join(said))
