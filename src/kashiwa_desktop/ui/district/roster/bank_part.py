"""口座: the table of accounts is sealed into the office's store; nobody sees it here again."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from kashiwa_desktop.services.money.banking import COLUMNS
from kashiwa_desktop.services.office.office_book import Book
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster.settings_part import SettingsPart
from kashiwa_desktop.ui.messages import Question
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.entry.file_drop import FileDrop
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class BankPart(SettingsPart):
    """All rows or none; taking the table in is confirmed, for it cannot be taken back."""

    def __init__(self, desk: RosterDesk, _book: Book) -> None:
        super().__init__()
        self._desk = desk
        self._known = TextLabel(role="strong")
        self._drop = FileDrop("口座の表(CSV)をここに置いてください", (".csv",))
        self._drop.files_only()
        card = SectionCard("口座と振込")
        words = (
            "口座は事務局のかぎで封をして、この記録の中だけに残します。書類や渡すファイルには入りません。"
            "ここに表示することもできません。振込のファイルは「支払一覧」で、合言葉を入れて作ります。"
        )
        columns = f"1行目の見出し: {', '.join(COLUMNS)}"
        card.add(TextLabel(words, "muted"), self._known, TextLabel(columns, "small"), self._drop)
        self.column.addWidget(card)
        self._drop.dropped.connect(self._ask)

    def show_book(self, book: Book) -> None:
        self._known.setText(f"しまってある口座: {book.accounts_kept}件")

    def _ask(self, paths: Sequence[Path]) -> None:
        files = [path for path in paths if path.is_file()]
        if not files:
            return
        question = Question(
            "この口座の表をしまいますか",
            f"{files[0].name} の口座を入れます。同じ番号の前の口座は置き換わり、元に戻せません。",
            "口座をしまう",
            details="しまったあと、元の表は消すか、金庫に入れてください。",
        )
        if ConfirmDialog.ask(question, self):
            self.look_wanted.emit(partial(_keep, self._desk, files[0]))


def _keep(desk: RosterDesk, file: Path, _progress: object) -> str:
    return f"{desk.banking.read(file)}件の口座をしまいました。元の表は消してください。"
