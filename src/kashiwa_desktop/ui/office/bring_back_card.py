"""前の事務局を戻す: what is left of the old PC, the envelope, and a new 合言葉."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from kashiwa_desktop.services.safety.bringing_back import Remains
from kashiwa_desktop.ui.office.new_words import NewWords
from kashiwa_desktop.ui.office.recovery_field import RecoveryField
from kashiwa_desktop.ui.widgets.entry.file_drop import FileDrop
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class BringBackCard(SectionCard):
    """``folder_chosen`` gives a folder to look into; ``show_remains`` opens the rest."""

    folder_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("前の事務局を戻す", parent)
        what = (
            "［別の場所に写す］で写しておいたフォルダー(名前が kashiwa-office- で始まります)か、"
            "前のパソコンの記録の場所をお選びください。保管したファイルと予備の写しをさがします。"
        )
        self._drop = FileDrop("そのフォルダーを、ここに置いてください", ())
        self._drop.folders_only()
        self._found = TextLabel(role="strong")
        self._limits = TextLabel(role="notice")
        self.recovery = RecoveryField()
        self.words = NewWords()
        self.stolen = QCheckBox("前のパソコンは盗まれた")
        self.add(TextLabel(what), self._drop, self._found, self._limits)
        self.add(self.recovery, self.stolen, self.words)
        self.remains: Remains | None = None
        self.setFocusProxy(self._drop.focusProxy() or self._drop)
        self._drop.dropped.connect(self._take)
        self.show_remains(None)

    def show_remains(self, remains: Remains | None) -> None:
        """Say what was found, and ask for the envelope and a new 合言葉."""
        self.remains = remains
        if remains is not None:
            self._found.setText(self._found_words(remains))
            self._limits.setText(self._limit_words(remains))
            self.recovery.setFocus()
        show_when(self._limits, wanted=remains is not None and bool(self._limits.text()))
        for part in (self._found, self.recovery, self.words, self.stolen):
            show_when(part, wanted=remains is not None)

    def _found_words(self, remains: Remains) -> str:
        files = f"保管したファイル {remains.files}個"
        copy = remains.copy.name[:10] if remains.copy else "なし"
        return f"{files} / いちばん新しい予備の写し {copy}"

    def _limit_words(self, remains: Remains) -> str:
        if remains.copy is None:
            return (
                "予備の写しがないので、発行した請求書・支払明細書、支払済みの記録、口座、"
                "操作の記録は戻りません。それまでの支払は、紙と監査綴りでご確認ください。"
            )
        if not remains.files:
            return "保管したファイルがないので、写しのあとに届いたものは戻りません。"
        return "写しのあとの支払済みの記録と操作の記録は戻りません。紙でご確認ください。"

    def _take(self, paths: list[Path]) -> None:
        if paths:
            self.folder_chosen.emit(paths[0] if paths[0].is_dir() else paths[0].parent)
