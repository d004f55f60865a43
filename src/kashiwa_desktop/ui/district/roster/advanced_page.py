"""Screen 35: what is off by default and hidden until wanted."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from kashiwa_desktop.services.money.banking import COLUMNS
from kashiwa_desktop.services.office.office_book import Book
from kashiwa_desktop.ui.district.roster import money_parts, staff_part
from kashiwa_desktop.ui.district.roster.book_page import BookPage, Section
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster.settings_part import SettingsPart
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Question
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.entry.file_drop import FileDrop
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class AdvancedPage(BookPage):
    """Most offices never come here: everything works without it."""

    SCREEN, TITLE = 35, "詳しい設定"

    def __init__(self, desk: RosterDesk, jobs: Jobs) -> None:
        super().__init__(desk, self._all_sections(), jobs)
        self._staff = BigButton("使う職員を替える", "people")
        self._back = BigButton("名簿に戻る", "left")
        others = SectionCard("ほかの画面")
        others.add_row(self._staff)
        self.add(others)
        self.action_bar.add(self._back)
        self.lead(self._staff, Way(Screen.STAFF))
        self._back.clicked.connect(self.go_back)

    def _all_sections(self) -> list[Section]:
        return [
            Section("staff", "職員の登録", staff_part.make),
            Section("tax", "源泉徴収", money_parts.make_withholding),
            Section("otsu", "乙欄の表", money_parts.make_otsu),
            Section("prorating", "日割", money_parts.make_prorating),
            Section("parts", "活動費の分", money_parts.make_parts),
            Section("style", "金額の書き方・押印", money_parts.make_style),
            Section("bank", "口座と振込", BankPart),
            Section("switches", "気になること・振込", money_parts.make_switches),
            Section("server", "2台以上で使う", ServerPart),
        ]


# 2台以上のパソコンで使う: what has to be done once, in words.
class ServerPart(SettingsPart):
    """Says when one file is enough and when it is not."""

    def __init__(self, _desk: RosterDesk, _book: Book) -> None:
        super().__init__()
        card = SectionCard("2台以上のパソコンで使う(PostgreSQL)")
        for text in (
            "1台で使うときは、何もいりません。いまのままでお使いください。",
            (
                "2人以上が別のパソコンから同時に使うときは、記録を PostgreSQL という"
                "共用の入れ物に移します。共有フォルダーに記録を置いて2台から開くことは、しないでください。記録がこわれます。"
            ),
            (
                "移すのは、情報システムの担当の方といっしょに行ってください。手順は説明書(F1)の"
                "「2台以上で使う」にあります。移す前と後で、記録全体の要約値が同じになることを確かめます。"
            ),
        ):
            card.add(TextLabel(text))
        self.column.addWidget(card)

    def show_book(self, book: Book) -> None:
        """Nothing of the book stands here."""


# 口座: the table of accounts is sealed into the office's store; nobody sees it here again.
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
