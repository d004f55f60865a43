"""新しい版を配る: the office names a setup file, and lays it beside the returns on a stick."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kashiwa_desktop.domain.release import Release
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office.releasing import Releasing
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.release_tick import behind_words, release_words
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class ReleaseCard(SectionCard):
    """What is handed out travels with settings files and returns; ``announced`` when it changed."""

    announced = Signal()

    def __init__(self, releasing: Releasing, work: PageWork, parent: QWidget | None = None) -> None:
        super().__init__("新しい版を配る", parent)
        self._releasing, self._work = releasing, work
        what = (
            "配る版のファイルを決めると、設定ファイルと返事で、すべてのパソコンに伝わります。"
            "USBメモリーに入れたファイルが同じものと確かめられたときだけ、推進員さんの画面に出ます。"
        )
        self._present = TextLabel(role="strong")
        self._behind = TextLabel()
        self._notes = TextArea("新しくなったこと(1行に1つ)", lines=2)
        self._choose = BigButton("配る版を決める", "folder")
        self._lay = BigButton("新しい版をUSBメモリーに入れる", "stick")
        self._none = BigButton("配るのをやめる", "close")
        self._done = TextLabel(role="ok")
        self.add(TextLabel(what, "muted"), self._present, self._behind)
        self.add(FormField("新しくなったこと(1行に1つ)", self._notes))
        self.add_row(self._choose, self._lay, self._none)
        self.add(self._done)
        self._done.hide()
        self._choose.clicked.connect(self._ask_file)
        self._lay.clicked.connect(self._ask_folder)
        self._none.clicked.connect(self.withdraw)

    def refresh(self) -> None:
        found = self._releasing.present()
        self._present.setText(release_words(found))
        self._behind.setText(behind_words(self._releasing.behind()) if found else "")
        for part in (self._behind, self._lay, self._none):
            show_when(part, wanted=bool(found))

    def announce(self, file: Path) -> None:
        """Name a file; it is read whole first, and kept here."""
        work = partial(_announce, self._releasing, file, self._notes.text())
        what = "ファイルを確かめています"
        self._work.run(work, self._tell_announced, what, "MB")

    def withdraw(self) -> None:
        """Hand out nothing any more."""
        work = partial(_withdraw, self._releasing)
        self._work.run(work, self._tell_withdrawn, "保存しています")

    def lay(self, folder: Path, file: Path | None = None) -> None:
        """Lay what is handed out into a folder; ``file`` where none is kept here."""
        work = partial(_lay, self._releasing, folder, file)
        what = "USBメモリーに入れています"
        self._work.run(work, self._tell_laid, what, "MB")

    def _ask_file(self) -> None:
        chosen = self._file()
        if chosen is not None:
            self.announce(chosen)

    def _ask_folder(self) -> None:
        file = None if self._releasing.at_hand() else self._file()
        if file is None and not self._releasing.at_hand():
            return
        folder = QFileDialog.getExistingDirectory(self, "入れる先を選ぶ")
        if folder:
            self.lay(Path(folder), file)

    def _file(self) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, "新しい版のファイル", "", "新しい版 (*-setup.exe *.deb)"
        )
        return Path(chosen) if chosen else None

    def _tell_announced(self, made: Release) -> None:
        self._notes.set_text("")
        self.refresh()
        text = "%s を配ることにしました。設定ファイルか返事で伝わります。"
        self._say(text % made.version)
        self.announced.emit()

    def _tell_withdrawn(self, _nothing: object) -> None:
        self.refresh()
        self._say("配るのをやめました。設定ファイルか返事で伝わります。")
        self.announced.emit()

    def _tell_laid(self, made: Sequence[Path]) -> None:
        text = "■ 「%s」に入れ、読み直して確かめました。抜いても大丈夫です。"
        place = made[0].parent
        self._say(text % (place.name or place))

    def _say(self, text: str) -> None:
        self._done.setText(text)
        show_when(self._done, wanted=True)


def _announce(releasing: Releasing, file: Path, notes: str, progress: Progress) -> Release:
    return releasing.announce(file, notes.splitlines(), progress)


def _withdraw(releasing: Releasing, progress: Progress) -> None:
    progress.step("", 0, 0)
    releasing.withdraw()


def _lay(
    releasing: Releasing, folder: Path, file: Path | None, progress: Progress
) -> Sequence[Path]:
    return releasing.lay(folder, progress, file)
