"""Screen 35: what is off by default and hidden until wanted."""

from kashiwa_desktop.ui.district.roster import money_parts, staff_part
from kashiwa_desktop.ui.district.roster.bank_part import BankPart
from kashiwa_desktop.ui.district.roster.book_page import BookPage, Section
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster.server_part import ServerPart
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard


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
