"""別の場所への写し: onto a second disk or a stick for the safe, once a month."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.safety.outside_copies import OutsideCopies, OutsideCopy
from kashiwa_desktop.services.travel import sticks
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class OutsideCard(SectionCard):
    """Says when the last one was made, and makes the next where the person says."""

    def __init__(
        self, outside: OutsideCopies, work: PageWork, parent: QWidget | None = None
    ) -> None:
        super().__init__("別の場所への写し(月に1回)", parent)
        self._outside, self._work = outside, work
        what = (
            "このパソコンがこわれたときのために、保管したファイルと予備の写しを、別のディスクか"
            "USBメモリーに写します。中身は事務局のかぎか予備のかぎでしか開けません。"
        )
        self._last = TextLabel(role="strong")
        self._due = TextLabel("▲ ひと月以上、写していません。", "notice")
        self._go = BigButton("別の場所に写す", "stick")
        self._done = TextLabel(role="ok")
        self.add(TextLabel(what, "muted"), self._last, self._due)
        self.add_row(self._go)
        self.add(self._done)
        self._done.hide()
        self._go.clicked.connect(self._choose)

    def refresh(self) -> None:
        last = self._outside.last()
        day = long_date(last.day) if last.day else "まだありません"
        self._last.setText(f"前に写した日: {day}")
        show_when(self._due, wanted=last.is_due)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "写す場所を選ぶ")
        if chosen:
            self.copy_to(sticks.chosen(chosen))

    def copy_to(self, folder: Path) -> None:
        """Copy there; what is there already stays."""
        work = partial(_copy, self._outside, folder)
        self._work.run(work, self._tell, "別の場所に写しています", "個")

    def _tell(self, made: OutsideCopy) -> None:
        self.refresh()
        text = (
            "■ 「%s」に写し、読み直して確かめました(新しいファイル %s個と予備の写し)。"
            "USBメモリーのときは、抜いて金庫に入れてください。"
        )
        self._done.setText(text % (made.folder.name, made.files))
        show_when(self._done, wanted=True)


def _copy(outside: OutsideCopies, folder: Path, progress: Progress) -> OutsideCopy:
    return outside.copy_to(folder, progress)
