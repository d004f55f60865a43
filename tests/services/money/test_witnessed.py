"""Edits by hand that once let money go twice or elsewhere: named, and nothing is paid on them."""

import json
import shutil
from datetime import date

import pytest

import witness_world
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services import log_heads
from kashiwa_desktop.services.money import banking
from kashiwa_desktop.services.money.banking import Banking
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.money.recounting import Recounting
from kashiwa_desktop.services.papers import printing
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.safety import guarding
from kashiwa_desktop.storage import audit, bundles
from office_world import OCTOBER
from reports.reread import text_of
from witness_world import Hand, rewrite_log

ON = date(2026, 11, 20)


@pytest.fixture(scope="module")
def worked(towns):
    town = towns()
    witness_world.work(town)
    yield town
    town.close()


@pytest.fixture
def town(worked):
    found = worked.copy(worked.root.with_name("witnessed"))
    yield found
    found.close()
    shutil.rmtree(found.root)


@pytest.fixture
def hand(town):
    return Hand(town)


def doings(town):
    """What moves money or makes a paper of it."""
    store = town.office(staff="職員 二")
    out = town.root / "out"
    return [
        lambda: Paying(store).pay(OCTOBER, ["P001", "P003"], on=ON, method="振込", voucher=""),
        lambda: Printing(store).honorarium(OCTOBER, None, out.with_suffix(".pdf")),
        lambda: Printing(store).payments(OCTOBER, out.with_suffix(".pdf")),
        lambda: Banking(store).transfer(OCTOBER, ON, town.keys, out.with_suffix(".txt")),
    ]


def refusals(town):
    told = []
    for do in doings(town):
        with pytest.raises(RefusedError) as refused:
            do()
        told.append((refused.value.code, refused.value.text))
    return told


PAID, OPEN, VOID = "R8-10-001", "R8-10-004", "R8-10-003"
EDITS = {
    "a payment away": (f"DELETE FROM payment WHERE number = '{PAID}'", PAID, "P001"),
    "another day of payment": ("UPDATE payment SET paid_on = '2026-11-21'", PAID, "P001"),
    "another method": ("UPDATE payment SET method = '現金'", PAID, "P001"),
    "another voucher": ("UPDATE payment SET voucher = 'V-8'", PAID, "P001"),
    "another month": ("UPDATE payment SET month = '2026-09'", PAID, "P001"),
    "another promoter": (
        f"UPDATE payment SET promoter = 'P003' WHERE number = '{PAID}'", PAID, "P001",
    ),
    "another who": ("UPDATE payment SET who = '職員 九'", PAID, "P001"),
    "a cancelled sheet made valid": (
        "UPDATE sheet SET voided_at = '', basis = 'x' WHERE voided_at != ''", VOID, "P003",
    ),
    "a paid sheet cancelled": (
        f"UPDATE sheet SET voided_at = '2026-11-05T10:00:00+09:00' WHERE number = '{PAID}'",
        PAID, "P001",
    ),
    "an unpaid sheet away": (f"DELETE FROM sheet WHERE number = '{OPEN}'", OPEN, "P003"),
    "a digest emptied": ("UPDATE sheet SET digest = ''", PAID, "P001"),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_money_is_named_and_nothing_is_paid_on_it(town, hand, name):
    statement, number, promoter = EDITS[name]
    assert hand.edit((statement,))
    about = [(one.number, one.promoter, one.month[:5]) for one in hand.found()]
    assert (number, promoter, "2026-") in about
    told = refusals(town)
    assert {code for code, _ in told} == {"not_witnessed"}
    assert all("R8-10-00" in text and "令和8年" in text for _, text in told)


APPROVAL = "(SELECT id FROM revision WHERE type = 'approval' AND promoter = 'P003')"


def test_an_approval_taken_out_everywhere_is_missed(town, hand):
    assert hand.edit(
        (f"DELETE FROM head WHERE revision = {APPROVAL}",),
        (f"DELETE FROM edge WHERE child = {APPROVAL}",),
        (f"DELETE FROM bundle_revision WHERE revision = {APPROVAL}",),
        (f"DELETE FROM revision WHERE id = {APPROVAL}",),
    )
    told = [one.text for one in hand.found() if one.promoter == "P003"]
    assert told[0].startswith("承認(P003・令和8年10月分)がなくなっています")
    assert all("承認(P003" in text for _, text in refusals(town))


def test_exchanged_accounts_are_named_and_never_opened_for_a_transfer(town, hand, monkeypatch):
    statements = (
        ("CREATE TEMP TABLE t AS SELECT sealed FROM bank_account WHERE promoter = 'P001'",),
        (
            "UPDATE bank_account SET sealed = (SELECT sealed FROM bank_account WHERE"
            " promoter = 'P002') WHERE promoter = 'P001'",
        ),
        ("UPDATE bank_account SET sealed = (SELECT sealed FROM t) WHERE promoter = 'P002'",),
    )
    assert hand.edit(*statements)
    found = hand.found()
    assert [one.promoter for one in found] == ["P001", "P002"]
    assert all(one.text.startswith("口座(") for one in found)
    assert {code for code, _ in refusals(town)} == {"not_witnessed"}
    # and where nobody compares with the log, the seal itself says whose account it is
    monkeypatch.setattr(banking, "refuse_doubts", lambda *_: None)
    with pytest.raises(RefusedError, match="P001 の行に P002 の口座が入っています") as refused:
        Banking(town.office()).transfer(OCTOBER, ON, town.keys, town.root / "out.txt")
    assert refused.value.code == "exchanged"
    assert not (town.root / "out.txt").exists()


def test_a_number_is_never_given_twice_whatever_is_taken_away(town, hand, monkeypatch):
    assert hand.edit((f"DELETE FROM sheet WHERE number IN ('{OPEN}', '{VOID}')",))
    monkeypatch.setattr(printing, "refuse_doubts", lambda *_: None)
    made = Printing(town.office(staff="職員 二")).honorarium(OCTOBER, ["P003"], None)
    assert [sheet.number for sheet in made.sheets] == ["R8-10-005"]


def cut(rows):
    return rows[:-2]


def others(rows):
    """Somebody else approved and paid."""
    for row in rows:
        if row["event"] in ("approved", "pay"):
            row["who"] = "職員 九"
    return rows


def without_rows(rows):
    """As if the log had never told of rows."""
    for row in rows:
        row["detail"] = json.dumps(
            {k: v for k, v in json.loads(row["detail"]).items() if k != "witness"}
        )
    return rows


@pytest.mark.parametrize("change", [cut, others, without_rows])
def test_a_log_made_again_is_noticed_by_the_heads_beside_the_keys(town, hand, change):
    rewrite_log(town.folder().store, change)
    assert any("操作の記録が、" in one.text for one in hand.found())
    assert {code for code, _ in refusals(town)} == {"not_witnessed"}


@pytest.mark.parametrize("change", [cut, others])
def test_and_where_those_are_gone_too_by_every_signed_file(town, change):
    """Whoever holds a later return or journal can tell: here the office's own archive."""
    assert Recounting(town.office()).run(town.keys).problems == ()
    town.close()
    (town.folder().identity / log_heads.FILE).unlink()
    # cut far enough that something signed afterwards told of it
    whole = change if change is others else (lambda rows: rows[:20])
    rewrite_log(town.folder().store, whole)
    found = Recounting(town.office()).run(town.keys).problems
    assert any("に署名した印と合いません" in one.text for one in found)


def test_a_forged_signature_is_said(town, hand):
    path = town.folder().identity / log_heads.FILE
    kept = json.loads(path.read_bytes())
    kept["signed"]["signature"] = "0" * 128
    path.write_text(json.dumps(kept), encoding="utf-8")
    assert [one.text for one in hand.found()] == [
        "操作の記録の署名が、事務局のかぎのものではありません。サポートに電話してください。"
    ]


def test_cutting_the_log_and_paying_again_does_not_pay_twice(town, hand):
    assert hand.edit(
        (f"DELETE FROM payment WHERE number = '{PAID}'",),
        ("DELETE FROM audit WHERE n > (SELECT min(n) - 1 FROM audit WHERE event = 'pay')",),
        ("DELETE FROM meta WHERE name = 'log_end'",),
    )
    assert hand.found() != []
    assert {code for code, _ in refusals(town)} == {"not_witnessed"}


def test_the_payments_list_bears_the_head_of_the_log(town):
    store = town.office(staff="職員 二")
    with store.db.read() as tx:
        code = log_heads.code(tx)
    made = Printing(store).payments(OCTOBER, town.root / "list.pdf")
    assert code.replace(" ", "") in "".join(text_of(made.file.read_bytes()).split())


def test_what_is_as_it_was_is_paid(town):
    out = Paying(town.office(staff="職員 二")).pay(
        OCTOBER, ["P003"], on=ON, method="振込", voucher=""
    )
    assert out.done == ("P003",)


def test_what_the_office_signs_bears_the_head_and_a_promoters_files_do_not(town):
    """An optional field under the file's own signature; a reader passes over it."""
    office = town.office()
    guarding.journal(office, town.keys)
    with office.db.read() as tx:
        made = [*bundles.all_bundles(tx, "out"), *bundles.all_bundles(tx, "in")]
        heads = {b.file: (b.kind, json.loads(b.header).get("log")) for b in made}
        told = {kind for kind, head in heads.values() if head is not None}
        assert told == {"return", "journal", "setup"}
        for kind, head in heads.values():
            assert (head is None) == (kind == "submission") or kind == "setup"
            assert head is None or audit.hash_at(tx, head["n"]) == head["hash"]
