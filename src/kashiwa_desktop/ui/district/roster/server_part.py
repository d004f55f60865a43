"""2台以上のパソコンで使う: what has to be done once, in words."""

from kashiwa_desktop.services.office.office_book import Book
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster.settings_part import SettingsPart
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.text_label import TextLabel


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
