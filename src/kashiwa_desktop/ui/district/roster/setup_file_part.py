"""設定ファイルを作る: signed with the office's key, and who has to get it."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office.office_book import Book
from kashiwa_desktop.services.travel import sticks
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster.settings_part import SettingsPart
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.release_tick import ReleaseTick
from kashiwa_desktop.ui.widgets.text_label import TextLabel

NAME = "設定ファイル"


class SetupFilePart(SettingsPart):
    """The 合言葉 is asked for each time, and kept nowhere."""

    def __init__(self, desk: RosterDesk, _book: Book) -> None:
        super().__init__()
        self._desk = desk
        self._date = TextLabel()
        self._who = TextLabel(role="strong")
        self._line = TextLine()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._field = FormField("合言葉(パスワード。人に教えません)", self._line, required=True)
        self._tick = ReleaseTick()
        self._go = BigButton("設定ファイルを作る", "save", "main")
        card = SectionCard("設定ファイルを作る")
        words = (
            "名簿と設定を推進員のパソコンに渡すファイルです。入るのは番号と氏名、地域、月額、締切などで、"
            "電話・住所・休止の理由・口座は入りません。返事のファイルにも同じ設定が入ります。"
        )
        card.add(TextLabel(words, "muted"), self._date, self._who, self._field)
        card.add(self._tick)
        card.add_row(self._go)
        self.column.addWidget(card)
        self._go.clicked.connect(self._ask_where)

    def show_book(self, book: Book) -> None:
        day = date.fromisoformat(book.settings_date) if book.settings_date else None
        told = wareki.long_date(day, weekday=False) if day else ""
        self._date.setText(f"いまの設定の日付: {told}")
        names = "、".join(name for _, name in book.late)
        words = f"前の設定のままの方({len(book.late)}人): {names}"
        self._who.setText(words if book.late else "みなさんに、いまの設定が渡っています。")
        at_hand = self._desk.releasing.at_hand()
        self._tick.show_release(at_hand, self._desk.releasing.behind() if at_hand else ())

    def forget(self) -> None:
        super().forget()
        self._line.clear()

    def write_to(self, place: Path) -> None:
        """Write the file; the field is emptied at once."""
        keyword = self._line.text()
        self._line.clear()
        beside = self._tick.is_wanted
        self.look_wanted.emit(partial(_make, self._desk, keyword, place, with_release=beside))

    def _ask_where(self) -> None:
        if not self._line.text():
            self._field.block()
            self.blocked.emit(self._field)
            return
        self._field.clear_message()
        # not asked whether to replace: a file that travels never takes the place of another
        chosen, _ = QFileDialog.getSaveFileName(
            self, "設定ファイルを作る場所", f"{NAME}.kssc", f"{NAME} (*.kssc)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if chosen:
            self.write_to(sticks.chosen(chosen))


def _make(
    desk: RosterDesk, keyword: str, place: Path, progress: Progress, *, with_release: bool
) -> str:
    made = desk.setup.setup_file(place, desk.setup.unlock(keyword))
    text = f"設定ファイルを作りました: {made.file.name}"
    if not with_release:
        return text
    try:
        desk.releasing.lay(made.file.parent, progress)
    except AppError as error:
        return f"{text}。新しい版のファイルは入れていません。{error.text}"
    return f"{text}。新しい版のファイルも入っています。"
