"""R54: every sheet reckoned again from the sealed files of the archive alone."""

from datetime import date

import pytest

from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.money import recounting
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.money.recounting import Recounting
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.safety import guarding
from office_world import OCTOBER

RULES = [{"from": "2015-04-01", "rule": "activity_days", "day_yen": 3_000}]
LEAVE = [{"from": "2026-10-20", "to": "2026-10-31"}]


@pytest.fixture
def office(town):
    """Real files taken in; P001 by the day and with tax, all three approved, printed and paid."""
    town.intake().take_in(town.months())
    store = town.office(staff="職員 二")
    MoneySettings(store).change_office({"prorating": RULES})
    fee = [{"from": "2026-04-01", "reward": "fee"}]
    MoneySettings(store).change_terms("P001", "A1", {"suspended": LEAVE, "withholding": fee})
    Reviewing(store).approve(OCTOBER, ["P001", "P002", "P003"])
    Printing(store).honorarium(OCTOBER, None, None)
    names = ("P001", "P002", "P003")
    Paying(store).pay(OCTOBER, names, on=date(2026, 11, 20), method="振込", voucher="V")
    guarding.journal(store, town.keys)
    return store


def problems(town, store):
    return tuple(one.text for one in Recounting(store).run(town.keys).problems)


def test_the_archive_alone_gives_every_yen(town, office):
    found = Recounting(office).run(town.keys)
    assert found.problems == ()
    assert (found.sheets, found.yen) == (3, 3 * 3_000 + 80_000)
    assert found.files >= 7


def test_what_the_store_says_otherwise_is_said(town, office):
    with office.db.write() as tx:
        tx.exec_driver_sql("UPDATE payment SET net = net + 4 WHERE number = 'R8-10-002'")
    (said,) = problems(town, office)
    assert said == "R8-10-002 の支払の記録が 40,004円です(書類は 40,000円)。"


def test_a_file_that_is_gone_or_spoiled_is_noticed(town, office):
    """The activities of P001 bear on his yen; the other files are only read."""
    archive = office.folder.archive
    file = next(archive.glob("2026-11-05_P001_*"))
    data = file.read_bytes()
    file.write_bytes(data[:-5])
    found = problems(town, office)
    assert f"保管したファイル {file.name} が読めません" in found[0]
    assert found[1] == (
        "R8-10-001 は支給 9,000円・源泉 918円ですが、保管したファイルからは 0円・0円です。"
    )
    file.unlink()
    assert problems(town, office) == found[1:]
    file.write_bytes(data)
    assert problems(town, office) == ()


def test_settings_changed_since_and_a_paper_that_says_otherwise(town, office, monkeypatch):
    MoneySettings(office).change_terms("P002", "A2", {"yen": 45_000})
    guarding.journal(office, town.keys)
    assert "保管したファイルからは 45,000円" in problems(town, office)[0]
    MoneySettings(office).change_terms("P002", "A2", {"yen": None})
    guarding.journal(office, town.keys)
    real = recounting.sheet_sums
    from dataclasses import replace

    monkeypatch.setattr(recounting, "sheet_sums", lambda pdf: replace(real(pdf), gross=1))
    assert len(problems(town, office)) == 3

    def unreadable(_pdf):
        raise recounting.UnreadableError("x")

    monkeypatch.setattr(recounting, "sheet_sums", unreadable)
    assert problems(town, office)[0] == "R8-10-001 は検算ができませんでした。"
