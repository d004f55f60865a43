"""Another PC of the office went back to a copy: looked at, accepted, visible; never silently."""

import json
import shutil
from dataclasses import replace
from datetime import date

import pytest

import witness_world
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services import log_heads
from kashiwa_desktop.services.money import witnessed
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.money.payments_desk import PaymentsDesk
from kashiwa_desktop.services.money.recounting import Recounting
from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.office.log_doubts import Doubt, LogDoubts, accepted
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.safety import guarding
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.storage import audit, testimony
from office_world import OCTOBER
from reports.reread import text_of
from witness_world import rewrite_log

ON = date(2026, 11, 20)


@pytest.fixture(scope="module")
def worked(towns):
    town = towns()
    witness_world.work(town)
    yield town
    town.close()


@pytest.fixture
def office(worked):
    """Two PCs over one store: ``here`` knew more of the log than the copy ``there`` holds."""
    town = worked.copy(worked.root.with_name("two-pcs"))
    found = Two(town)
    yield found
    town.close()
    shutil.rmtree(town.root)


class Two:
    """``there`` is the folder of the office; ``here`` another PC's, with the same keys."""

    def __init__(self, town):
        self.town = town
        self.there = town.office(staff="職員 一")
        place = town.root / "second"
        shutil.copytree(town.folder().root, place)
        (place / "store.db").unlink()
        self.here = replace(self.there, folder=DataFolder(place), staff="職員 二")
        self.copy = Keeping(self.there).back_up()

    def work_more(self, signed=False):
        Accounts(self.there).add("職員 三", "supervisor")
        if signed:
            guarding.journal(self.here, self.town.keys)
        log_heads.remember(self.here.folder, self.here.db)

    def go_back(self):
        Keeping(self.there).restore(self.copy.file)

    def pay(self):
        return Paying(self.here).pay(OCTOBER, ["P003"], on=ON, method="振込", voucher="")


@pytest.mark.parametrize("signed", [False, True])
def test_the_doubt_is_named_accepted_and_then_paid(office, signed):
    office.work_more(signed)
    office.go_back()
    service = LogDoubts(office.here)
    found = service.look()
    assert found.why_not == ""
    assert "職員 一が" in found.words
    assert "の写しに戻しました" in found.words
    assert PaymentsDesk(office.here).look(OCTOBER).doubt == found
    with pytest.raises(RefusedError, match="画面 41") as refused:
        office.pay()
    assert refused.value.code == "not_witnessed"
    assert service.accept(found) == found
    assert service.look() is None
    assert PaymentsDesk(office.here).look(OCTOBER).doubt is None
    assert office.pay().done == ("P003",)
    assert Keeping(office.here).check() == []
    assert Recounting(office.here).run(office.town.keys).problems == ()


def test_what_was_accepted_stands_in_the_log_and_on_the_list(office):
    office.work_more()
    office.go_back()
    service = LogDoubts(office.here)
    service.accept(service.look())
    with office.here.db.read() as tx:
        (line,) = audit.entries(tx, "accept_log")
        assert (line.who, line.detail["lines"][0]) == ("職員 二", line.n - 1)
        assert audit.is_whole(tx)
        assert testimony.differences(tx) == []
        assert [
            text for text in accepted(tx) if "職員 二が、予備の写しに戻したことを認めた" in text
        ]
        assert accepted(tx, OCTOBER) == accepted(tx)
        assert accepted(tx, OCTOBER.next().next()) == []
    made = Printing(office.here).payments(OCTOBER, office.town.root / "list.pdf")
    said = "".join(text_of(made.file.read_bytes()).split())
    assert "職員二が、予備の写しに戻したことを認めた" in said


def cut(rows):
    return rows[:-1]


def others(rows):
    """Somebody else did the last thing: every row is told of as before."""
    rows[-1]["who"] = "職員 九"
    return rows


@pytest.mark.parametrize(
    ("change", "why"), [(cut, "書きかえられています"), (others, "戻した記録がありません")]
)
def test_a_log_that_was_cut_or_written_anew_is_never_accepted(office, change, why):
    """No going back explains it, so there is no button."""
    office.work_more()
    office.there.close()
    rewrite_log(office.town.folder().store, change)
    service = LogDoubts(office.here)
    found = service.look()
    assert why in found.why_not
    with pytest.raises(RefusedError, match="認めることはできません"):
        service.accept(found)
    with pytest.raises(RefusedError):
        office.pay()


def test_a_going_back_known_long_ago_explains_nothing_new(office):
    office.work_more()
    office.go_back()
    LogDoubts(office.here).accept(LogDoubts(office.here).look())
    office.work_more()
    office.there.close()
    rewrite_log(office.town.folder().store, others)
    found = LogDoubts(office.here).look()
    assert "予備の写しに戻した記録がありません" in found.why_not
    kept = office.here.folder.identity / log_heads.FILE  # forgotten, it would
    kept.write_text(json.dumps(json.loads(kept.read_bytes()) | {"back": ""}), encoding="utf-8")
    assert LogDoubts(office.here).look().backs != ()


def test_a_going_back_hides_no_row_that_was_edited_afterwards(office):
    office.work_more()
    office.go_back()
    with office.there.db.write() as tx:
        tx.exec_driver_sql("DELETE FROM payment WHERE number = 'R8-10-001'")
    found = LogDoubts(office.here).look()
    assert "書きかえられています" in found.why_not
    with pytest.raises(RefusedError):
        LogDoubts(office.here).accept(found)


def test_a_forged_signature_cannot_be_accepted(office):
    office.work_more(signed=True)
    office.go_back()
    path = office.here.folder.identity / log_heads.FILE
    kept = json.loads(path.read_bytes())
    kept["signed"]["signature"] = "0" * 128
    path.write_text(json.dumps(kept), encoding="utf-8")
    found = LogDoubts(office.here).look()
    assert "事務局のかぎのものではありません" in found.why_not
    with pytest.raises(RefusedError):
        LogDoubts(office.here).accept(found)


def test_only_what_was_shown_is_accepted_and_nothing_where_nothing_is_doubted(office):
    with pytest.raises(RefusedError, match="確かめることはありません"):
        LogDoubts(office.here).accept(Doubt(0, 0, ()))
    office.work_more()
    office.go_back()
    seen = LogDoubts(office.here).look()
    office.there = replace(office.there, staff="職員 九")
    office.go_back()
    with pytest.raises(RefusedError, match="もう一度"):
        LogDoubts(office.here).accept(seen)
    both = LogDoubts(office.here).look()
    assert both != seen
    LogDoubts(office.here).accept(both)
    assert Keeping(office.here).check() == []


def test_only_a_supervisor_accepts(office):
    accounts = Accounts(office.there)
    accounts.add("職員 一", "supervisor")
    accounts.add("職員 二", "district")
    accounts.switch(on=True)
    office.copy = Keeping(office.there).back_up()
    office.work_more()
    office.go_back()
    found = LogDoubts(office.here).look()
    with pytest.raises(RefusedError) as refused:
        LogDoubts(office.here).accept(found)
    assert refused.value.code == "role"
    assert LogDoubts(office.here).look() == found


def test_a_cut_between_the_line_and_what_is_kept_leaves_the_doubt(office, monkeypatch):
    office.work_more()
    office.go_back()
    found = LogDoubts(office.here).look()
    with monkeypatch.context() as cut:
        cut.setattr(log_heads, "accept", lambda *_: None)
        LogDoubts(office.here).accept(found)
    assert LogDoubts(office.here).look() == found
    LogDoubts(office.here).accept(found)
    assert LogDoubts(office.here).look() is None


def test_without_the_guard_money_would_go_on_over_another_log(office, monkeypatch):
    """The wrong variant: nobody asks the heads."""
    office.work_more()
    office.go_back()
    monkeypatch.setattr(witnessed.log_heads, "doubts", lambda *_: [])
    assert office.pay().done == ("P003",)
