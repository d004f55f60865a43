"""開示: everything that is kept about a person is found by the name, be it a record or not."""

import pytest

from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.money.banking import Banking
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.safety.disposing import Disposing
from office_world import OCTOBER
from services.key_scenes import LATE, take_in

ACCOUNTS = """promoter,bank_code,branch_code,kind,account,holder_kana
P001,0001,001,普通,1234567,シケン ハナコ
P002,0001,001,普通,7654321,カクウ タロウ
"""


@pytest.fixture
def office(town):
    take_in(town, town.month())
    take_in(town, town.month("P002"))
    found = town.office(LATE)
    Reviewing(found).approve(OCTOBER, ["P001", "P002"])
    Printing(found).honorarium(OCTOBER, None, town.root / "sheets.pdf")
    (town.root / "bank.csv").write_text(ACCOUNTS, encoding="utf-8")
    Banking(found).read(town.root / "bank.csv")
    return found


@pytest.mark.parametrize("asked", ["試験 花子", "シケン ハナコ"])
def test_sheet_account_and_log_lines_are_found_and_only_his(office, asked):
    found = {one.kind: one for one in Disposing(office).find(asked)}
    assert found["sheet"].text == "発行番号 R8-10-001 40,000円"
    assert found["bank"].text.startswith("事務局のかぎを使って、暗号にして")
    assert found["log"].text.startswith("番号 P001 を名指しする行 ")
    assert {found[kind].promoter for kind in ("sheet", "bank", "log")} == {"P001"}
    assert "1234567" not in repr(found)


def test_a_name_nobody_has_finds_nothing(office):
    assert Disposing(office).find("だれでもない") == []
