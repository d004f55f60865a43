"""R60, as far as it applies: what is promised to be sealed is never written in plain.

The store itself is not encrypted (decision 0041), so there is no cipher that could quietly go
missing under it. What leaves the PC, the office's keys and its bank data are sealed; where sealing
fails, nothing is written.
"""

import pytest

from kashiwa_desktop.crypto import sealing
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.money.banking import Banking
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.outside_copies import OutsideCopies
from kashiwa_desktop.services.travel.submitting import Submitting
from office_world import OCTOBER, activity

MAGIC = b"SQLite format 3"
TITLE, HOLDER = "秘密の打合せ", "ベツノ メイギ"
BANK = (
    f"promoter,bank_code,branch_code,kind,account,holder_kana\nP001,0001,001,1,1234567,{HOLDER}\n"
)


def submit(town, out):
    Submitting(town.pc()).submit(OCTOBER, out)


def copy_outside(town, out):
    OutsideCopies(town.office()).copy_to(out, Progress())


def bank(town, out):
    table = out / "bank.csv"
    table.write_text(BANK, encoding="utf-8")
    try:
        Banking(town.office()).read(table)
    finally:
        table.unlink()


def plain_in(folder, *texts):
    """Files in which one of the texts stands as it is."""
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(text in path.read_bytes() for text in texts)
    ]


@pytest.fixture
def full(town):
    Recording(town.pc()).add([activity(title=TITLE)])
    return town


WAYS = [submit, copy_outside, bank]


@pytest.mark.parametrize("way", WAYS)
def test_r60_what_is_sealed_shows_nothing(full, way):
    out = full.out()
    way(full, out)
    assert plain_in(out, MAGIC, TITLE.encode()) == []
    assert plain_in(full.folder().root, HOLDER.encode(), b"1234567") == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("broken", [RuntimeError("gone"), ModuleNotFoundError("pyrage")], ids=repr)
def test_r60_where_sealing_fails_nothing_is_written(full, way, broken, monkeypatch):
    def fail(_data, _recipients):
        raise broken

    monkeypatch.setattr(sealing, "seal", fail)
    out = full.out()
    with pytest.raises(type(broken)):
        way(full, out)
    assert plain_in(out, MAGIC, TITLE.encode()) == []
    assert list(out.rglob("*.age")) == []
    assert list(out.glob("*.kssz")) == []
    assert plain_in(full.folder().root, HOLDER.encode(), b"1234567") == []


def test_r60_a_seal_that_lets_plain_text_pass_would_be_caught(full, monkeypatch):
    """The wrong variant: where the cipher is missing, the bytes go out as they are."""
    monkeypatch.setattr(sealing, "seal", lambda data, _recipients: data)
    out = full.out()
    copy_outside(full, out)
    assert plain_in(out, MAGIC)


def test_r60_the_keys_of_the_office_are_locked(full):
    secrets = [full.keys.receiving.secret.encode(), full.recovery.receiving.secret.encode()]
    assert plain_in(full.folder().root, *secrets) == []
