"""Screen 27: areas, people, rules, and the settings file that hands them out."""

from kashiwa_desktop.ui.district.roster import code_part, people_part, places_part, rule_parts
from kashiwa_desktop.ui.district.roster.book_page import BookPage, Section
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster.new_year_part import NewYearPart
from kashiwa_desktop.ui.district.roster.setup_file_part import SetupFilePart
from kashiwa_desktop.ui.district.roster.tables_part import TablesPart
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard


class RosterPage(BookPage):
    """From here 職員による入力, 詳しい設定 and 操作の記録 are opened."""

    SCREEN, TITLE = 27, "名簿・設定ファイル"

    def __init__(self, desk: RosterDesk, jobs: Jobs) -> None:
        super().__init__(desk, self._all_sections(), jobs)
        self._entering = BigButton("職員による入力", "pencil")
        self._advanced = BigButton("詳しい設定", "list")
        self._log = BigButton("操作の記録", "list")
        others = SectionCard("ほかの画面")
        others.add_row(self._entering, self._advanced, self._log)
        self.add(others)
        self.lead(self._entering, Way(Screen.ENTERING))
        self.lead(self._advanced, Way(Screen.ADVANCED))
        self.lead(self._log, Way(Screen.LOG))

    def _all_sections(self) -> list[Section]:
        return [
            Section("people", "人と委嘱", people_part.make),
            Section("areas", "地域", places_part.make_areas),
            Section("places", "圏域・包括・センター", places_part.make_places),
            Section("rates", "月額", rule_parts.make_rates),
            Section("deadline", "締切", rule_parts.make_deadline),
            Section("meeting", "定例会の日", rule_parts.make_meeting),
            Section("papers", "書類", rule_parts.make_papers),
            Section("chairs", "宛名", rule_parts.make_chairs),
            Section("codes", "区分・種別", code_part.make_codes),
            Section("examples", "区分の例", rule_parts.make_examples),
            Section("opening", "期首の回数", rule_parts.make_opening),
            Section("tables", "表で入れる・出す", TablesPart),
            Section("year", "新しい年度", NewYearPart),
            Section("file", "設定ファイルを作る", SetupFilePart),
        ]
