"""名簿・設定 and 職員による入力 on SQLite and on PostgreSQL: saved, kept, typed in, taken back."""

from datetime import date

import pytest

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services.checking.entering import Entering
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.kept_forms import KeptForms
from kashiwa_desktop.services.months.closing import OnPaper
from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.office.log_trail import LogFilter, LogTrail
from kashiwa_desktop.services.office.office_book import OfficeBook
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.office.setup import OfficeSetup
from kashiwa_desktop.services.store import open_folder
from kashiwa_desktop.services.undoing import Undoing
from office_world import AREAS, WORDS, activity, cheap_words, moment

OCTOBER = Month(2026, 10)


@pytest.fixture
def office(new_place, tmp_path):
    place = new_place()
    database = str(place) if "://" in str(place) else None
    folder = DataFolder(tmp_path / "office")
    clock = Clock(moment("2026-11-05T10:00"))
    store = open_folder(folder, clock, Chance("tests"), "職員 一", database)
    with cheap_words():
        OfficeSetup(store).begin("試験市社会福祉協議会", AREAS, WORDS)
    yield store
    store.close()


def test_the_same_on_both(office):
    roster, undoing = RosterService(office), Undoing(office)
    roster.add_promoter(NewPromoter("P001", "試験 花子", "シケン", "A1", date(2026, 4, 1)))
    roster.set_contact("P001", phone="04-1")
    roster.set_contact("P001", phone="04-2")
    undoing.undo()
    assert roster.roster().contact("P001").phone == "04-1"
    kept = KeptForms(office, "sheet")
    kept.keep_draft("a", {"title": "書きかけ"})
    assert KeptForms(office.working_as("職員 二"), "sheet").drafts() == []
    assert [d.fields["title"] for d in kept.drafts()] == ["書きかけ"]
    kept.drop_draft("a")
    assert kept.drafts() == []

    entering = Entering(office)
    entering.recording("P001").add([activity(3), activity(8)])
    entering.closing("P001").close(OCTOBER, paper=OnPaper("紙で受け取った"))
    assert Reviewing(office).approve(OCTOBER, ["P001"]).done == ()
    colleague = Reviewing(office.working_as("職員 二"))
    assert colleague.approve(OCTOBER, ["P001"]).done == ("P001",)

    Accounts(office).add("職員 一", "supervisor")
    assert [m.name for m in OfficeBook(office).look().members] == ["職員 一"]
    undoing.undo()
    assert OfficeBook(office).look().members == ()
    whats = [line.what for line in LogTrail(office).lines(LogFilter(), whole=True)]
    assert whats[:3] == ["元に戻しました", "職員を登録しました", "承認しました"]
