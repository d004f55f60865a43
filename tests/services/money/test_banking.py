"""Bank data: sealed in the store, in no file and no log; the transfer file is refused or right."""

from datetime import date

import pytest

from domain import zengin_reader
from kashiwa_desktop.domain import zengin
from kashiwa_desktop.errors import PlaceError, RefusedError
from kashiwa_desktop.services.money.banking import Banking, read_profile
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.storage import audit
from services.money_world import OCTOBER, approve, approve_again, deliver

DAY = date(2026, 11, 20)
HEAD = "promoter,bank_code,branch_code,kind,account,holder_kana,client_code,bank_kana\n"
OWN = "office,9999,001,普通,1,シャフク)シケン,1234567890,ミホン\n"
PAYEES = "P001,9998,12,1,7654321,シケン ハナコ,,\nP002,9998,012,1,0000002,カクウ タロウ,,\n"


@pytest.fixture
def office(town):
    store = town.office(staff="職員 二")
    for name in ("P001", "P002"):
        deliver(store, name, OCTOBER)
    approve(store, OCTOBER, ["P001", "P002"])
    Printing(store).honorarium(OCTOBER, None, store.folder.root / "out.pdf")
    return store


def read(store, text, *, bom=False):
    file = store.folder.root / "bank.csv"
    file.write_bytes((b"\xef\xbb\xbf" if bom else b"") + text.encode())
    return Banking(store).read(file)


def transfer(town, store, day=DAY, profile="standard"):
    out = store.folder.root / "furikomi.txt"
    return Banking(store).transfer(OCTOBER, day, town.keys, out, profile)


def code_of(call, *args, **more):
    with pytest.raises(RefusedError) as refused:
        call(*args, **more)
    return refused.value.code


def test_the_file_holds_what_is_issued_and_not_paid(town, office):
    assert read(office, HEAD + OWN + PAYEES, bom=True) == 3
    assert Banking(office).known() == ["P001", "P002", "office"]
    made = transfer(town, office)
    assert (made.rows, made.total_yen, made.left) == (2, 80_000, ())
    head, rows, _ = zengin_reader.read(made.file.read_bytes())
    assert (head[3], head[5], zengin_reader.name(head[4])) == (
        b"1234567890", b"1120", "ｼﾔﾌｸ)ｼｹﾝ",
    )  # fmt: skip
    assert [(row[3], int(row[9]), zengin_reader.name(row[8])) for row in rows] == [
        (b"012", 40_000, "ｼｹﾝ ﾊﾅｺ"), (b"012", 40_000, "ｶｸｳ ﾀﾛｳ"),
    ]  # fmt: skip
    Paying(office).pay(OCTOBER, ["P001"], on=DAY, method="振込", voucher="")
    assert transfer(town, office).total_yen == 40_000
    Paying(office).pay(OCTOBER, ["P002"], on=DAY, method="振込", voucher="")
    assert code_of(transfer, town, office) == "nothing_to_pay"


def test_what_is_transferred_is_the_net_sum_and_never_a_refund(town, office):
    read(office, HEAD + OWN + PAYEES)
    fee = [{"from": "2026-04-01", "reward": "fee"}]
    MoneySettings(office).change_terms("P001", "A1", {"withholding": fee})
    approve_again(office, OCTOBER, "P001")
    Printing(office).honorarium(OCTOBER, ["P001"], None)
    Paying(office).pay(OCTOBER, ["P002"], on=DAY, method="振込", voucher="")
    MoneySettings(office).adjust("P002", "A2", OCTOBER, -1_000, "戻し")
    approve_again(office, OCTOBER, "P002")
    Printing(office).honorarium(OCTOBER, ["P002"], None)
    made = transfer(town, office)
    assert (made.rows, made.total_yen, made.left) == (1, 35_916, ("R8-10-004",))


def test_no_account_is_readable_in_the_store_or_in_the_log(office):
    read(office, HEAD + OWN + PAYEES)
    raw = office.folder.store.read_bytes()
    for secret in ("7654321", "シャフク)シケン", "1234567890"):
        assert secret.encode() not in raw
    with office.db.read() as tx:
        (entry,) = audit.entries(tx, "bank")
    assert entry.detail == {"rows": 3}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (PAYEES, "no_consignor"),
        (OWN, "no_account"),
        (OWN.replace("1234567890", "") + PAYEES, "no_form"),
        (OWN.replace("普通", "貯蓄") + PAYEES, "no_form"),
        (OWN + PAYEES.replace("ハナコ", "ハヲコ"), "no_form"),
    ],
)
def test_what_is_missing_or_has_no_form_is_refused(town, office, rows, code):
    read(office, HEAD + rows)
    assert code_of(transfer, town, office) == code
    assert not (office.folder.root / "furikomi.txt").exists()


def test_a_closed_day_and_a_stale_sheet_are_refused(town, office):
    read(office, HEAD + OWN + PAYEES)
    for day in (date(2026, 11, 21), date(2026, 11, 23), date(2026, 12, 31), date(2027, 1, 1)):
        assert code_of(transfer, town, office, day) == "closed_day"
    assert code_of(transfer, town, office, date(2025, 11, 20)) == "day_before"
    assert transfer(town, office, date(2026, 12, 30)).rows == 2
    MoneySettings(office).change_office({"closures": ["12-30", "11-20"]})
    assert code_of(transfer, town, office, DAY) == "closed_day"
    MoneySettings(office).change_office({"closures": None})
    deliver(office, "P001", OCTOBER, days=(3, 4))
    approve_again(office, OCTOBER, "P001")
    assert code_of(transfer, town, office) == "approval_changed"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("promoter,bank\n", "columns"),
        ("", "columns"),
        (HEAD + "P999,9998,012,1,1,ア,,\n", "row"),
        (HEAD + "P001,9998,012,5,1,ア,,\n", "row"),
        (HEAD + "P001,99981,012,1,1,ア,,\n", "row"),
        (HEAD + "P001,9998,012,1,12345678,ア,,\n", "row"),
        (HEAD + "P001,9998,012,1,1,髙橋,,\n", "row"),
        (HEAD + PAYEES + "P001,9998,012,1,1\n", "contradiction"),
        (HEAD + PAYEES + "P009,9998,012,1,1\n", "row"),
        (HEAD + "P001,9998,012,1,,ア,,\n", "row"),
        (HEAD + "P001,,012,1,1,ア,,\n", "row"),
        (HEAD + "P001,9998,,1,1,ア,,\n", "row"),
    ],
)
def test_a_table_that_is_not_one_changes_nothing(office, text, code):
    assert code_of(read, office, text) == code
    assert Banking(office).known() == []


def test_a_table_must_be_readable_text(office):
    file = office.folder.root / "bank.csv"
    assert code_of(Banking(office).read, file) == "unreadable"
    file.write_bytes(HEAD.encode("utf-16"))
    assert code_of(Banking(office).read, file) == "encoding"


def test_a_later_table_takes_the_place_of_an_account(town, office):
    read(office, HEAD + OWN + PAYEES)
    read(office, HEAD + "P001,9997,001,2,5,シケン ハナコ,,\n")
    _, rows, _ = zengin_reader.read(transfer(town, office).file.read_bytes())
    assert [row[1] for row in rows] == [b"9997", b"9998"]


def test_a_bank_of_its_own_may_say_otherwise(town, office):
    read(office, HEAD + OWN + PAYEES)
    own = office.folder.root / "own.toml"
    own.write_text('name = "他行"\nnewline = false\nextra_characters = "ｦ"\n', encoding="utf-8")
    made = transfer(town, office, profile=str(own))
    assert len(made.file.read_bytes()) == 120 * 5
    assert read_profile("standard").name.endswith("(初期値・要確認)")
    for wrong in ("no_such", "../standard", str(office.folder.root / "none.toml")):
        assert code_of(read_profile, wrong) == "profile"
    for text in (
        "name = 1",
        "unknown = 2",
        'name = "x"\nkind = 21',
        'name = "x"\nnewline = "no"',
        "",
    ):
        own.write_text(text, encoding="utf-8")
        assert code_of(read_profile, str(own)) == "profile"
    for text in ('name = "x"\nkind = "11"', 'name = "x"\nextra_characters = "・"'):
        own.write_text(text, encoding="utf-8")
        assert code_of(transfer, town, office, DAY, str(own)) == "no_form"


def test_a_place_that_cannot_be_written_is_said(town, office):
    read(office, HEAD + OWN + PAYEES)
    with pytest.raises(PlaceError):
        Banking(office).transfer(OCTOBER, DAY, town.keys, office.folder.root / "no" / "f.txt")


def test_a_payee_is_never_paid_into_the_promoters_account(town, office):
    read(office, HEAD + OWN + PAYEES)
    for kana in ("", "ミホン ジロウ"):
        payee = {"name": "見本 次郎", "kana": kana}
        MoneySettings(office).change_terms("P001", "A1", {"payee": payee})
        assert code_of(transfer, town, office) == "payee_account"
    read(office, HEAD + "P001,9997,001,1,5,ﾐﾎﾝｼﾞﾛｳ,,\n")
    _, rows, _ = zengin_reader.read(transfer(town, office).file.read_bytes())
    assert [(row[1], zengin_reader.name(row[8])) for row in rows] == [
        (b"9997", "ﾐﾎﾝｼﾞﾛｳ"), (b"9998", "ｶｸｳ ﾀﾛｳ"),
    ]  # fmt: skip


def test_two_appointments_of_one_person_are_two_payments(town, office):
    new = NewPromoter("P001", "試験 花子", "シケン ハナコ", "A4", date(2026, 4, 1), 15_000)
    RosterService(office).add_promoter(new)
    approve_again(office, OCTOBER, "P001")
    Printing(office).honorarium(OCTOBER, None, None)
    read(office, HEAD + OWN + PAYEES)
    made = transfer(town, office)
    _, rows, _ = zengin_reader.read(made.file.read_bytes())
    assert sorted(int(row[9]) for row in rows) == [15_000, 40_000, 40_000]
    assert made.total_yen == 95_000


def test_a_second_file_of_the_same_sheets_says_so(town, office):
    read(office, HEAD + OWN + PAYEES)
    assert transfer(town, office).before == ""
    assert transfer(town, office).before.startswith("2026-11-05")


def test_a_file_whose_sums_do_not_agree_is_not_written(town, office, monkeypatch):
    read(office, HEAD + OWN + PAYEES)
    real = zengin.build
    spoiled = lambda *args: real(*args).replace(b"000000080000", b"000000080001")  # noqa: E731
    monkeypatch.setattr(zengin, "build", spoiled)
    assert code_of(transfer, town, office) == "not_true"
    assert not (office.folder.root / "furikomi.txt").exists()
