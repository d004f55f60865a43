"""新しい版を配る: the office names a setup file, and lays it beside the returns on a stick."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from kashiwa_desktop.domain.release import Release
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office.releasing import Releasing
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class ReleaseCard(SectionCard):
    """What is handed out travels with settings files and returns."""

    def __init__(self, releasing: Releasing, work: PageWork, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("新しい版を配る"), parent)
        self._releasing, self._work = releasing, work
        what = self.tr(
            "配る版のファイルを決めると、設定ファイルと返事で、すべてのパソコンに伝わります。"
            "USBメモリーに入れたファイルが同じものと確かめられたときだけ、推進員さんの画面に出ます。"
        )
        self._present = TextLabel(role="strong")
        self._choose = BigButton(self.tr("配る版を決める"), "folder")
        self._lay = BigButton(self.tr("新しい版をUSBに入れる"), "stick")
        self._done = TextLabel(role="ok")
        self.add(TextLabel(what, "muted"), self._present)
        self.add_row(self._choose, self._lay)
        self.add(self._done)
        self._done.hide()
        self._choose.clicked.connect(self._ask_file)
        self._lay.clicked.connect(self._ask_folder)

    def refresh(self) -> None:
        found = self._releasing.present()
        none = self.tr("いま配っている版はありません。")
        present = self.tr("いま配る版: %s(%s)")
        self._present.setText(present % (found.version, found.file) if found else none)
        show_when(self._lay, wanted=found is not None)

    def announce(self, file: Path) -> None:
        """Name a file; it is read whole first."""
        work = partial(_announce, self._releasing, file)
        self._work.run(work, self._tell_announced, self.tr("ファイルを確かめています"))

    def lay(self, file: Path, folder: Path) -> None:
        """Lay the file that was named into a folder."""
        work = partial(_lay, self._releasing, file, folder)
        self._work.run(work, self._tell_laid, self.tr("USBメモリーに入れています"))

    def _ask_file(self) -> None:
        chosen = self._file()
        if chosen is not None:
            self.announce(chosen)

    def _ask_folder(self) -> None:
        file = self._file()
        if file is None:
            return
        folder = QFileDialog.getExistingDirectory(self, self.tr("入れる先を選ぶ"))
        if folder:
            self.lay(file, Path(folder))

    def _file(self) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("新しい版のファイル"), "", self.tr("新しい版 (*-setup.exe *.deb)")
        )
        return Path(chosen) if chosen else None

    def _tell_announced(self, made: Release) -> None:
        self.refresh()
        text = self.tr("%s を配ることにしました。設定ファイルか返事で伝わります。")
        self._say(text % made.version)

    def _tell_laid(self, made: Path) -> None:
        text = self.tr("■ 「%s」に入れ、読み直して確かめました。抜いても大丈夫です。")
        self._say(text % made.parent.name)

    def _say(self, text: str) -> None:
        self._done.setText(text)
        show_when(self._done, wanted=True)


def _announce(releasing: Releasing, file: Path, progress: Progress) -> Release:
    return releasing.announce(file, (), progress)


def _lay(releasing: Releasing, file: Path, folder: Path, progress: Progress) -> Path:
    return releasing.lay(file, folder, progress)
