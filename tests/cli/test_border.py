"""At the command line nothing gets in that could not be sent, and what got in before is healed."""

import pytest

from kashiwa_desktop.services.office.roster import RosterService
from services.border_world import no_border

AREAS = "code,name,kana,zone,order,from,to\n"
LONG = "字" * 201
NEW = ("office", "add-promoter", "--kana", "", "--area", "A4", "--from", "2026-04-01")


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ((*NEW, "--id", "P009", "--name", ""), "「氏名」は、1字以上200字以内で"),
        ((*NEW, "--id", "P009", "--name", LONG), "「氏名」は、1字以上200字以内で"),
        ((*NEW, "--id", "", "--name", "名"), "推進員の番号には、英字・数字と - _ だけ"),
        ((*NEW, "--id", LONG, "--name", "名"), "推進員の番号には、英字・数字と - _ だけ"),
        (
            ("office", "add-proxy", "P001", "--name", "", "--from", "2026-04-01"),
            "「代理の方の氏名」は、1字以上200字以内で",
        ),
        (
            ("office", "add-proxy", "P001", "--name", LONG, "--from", "2026-04-01"),
            "「代理の方の氏名」は、1字以上200字以内で",
        ),
    ],
)
def test_what_could_not_be_sent_is_refused_when_it_is_entered(at, words, label):
    before = at("office", "digest").value
    said = at("office", *words)
    assert said.status == 1
    assert label in said.err
    assert said.err.count("\n") == 1
    assert at("office", "digest").value == before
    assert at("office", "check").value["ok"]


@pytest.mark.parametrize("row", ["30,架空町,,,-1,,", f"30,{LONG},,,1,,", f"{'9' * 201},町,,,1,,"])
def test_a_table_with_such_a_line_is_refused_with_its_line(at, town, row):
    table = town.root / "areas.csv"
    table.write_text(f"{AREAS}{row}\n", encoding="utf-8")
    said = at("office", "office", "read", "areas", table)
    assert (said.status, said.err[:7]) == (1, "表の2行目: ")
    assert at("office", "office", "setup-file", "--out", town.out()).status == 0


def test_a_store_of_an_older_version_says_what_to_do_and_is_healed(at, town):
    with no_border():
        table = town.root / "areas.csv"
        table.write_text(f"{AREAS}30,架空町,,,-1,,\n", encoding="utf-8")
        at("office", "office", "read", "areas", table)
    said = at("office", "office", "setup-file", "--out", town.out())
    assert said.status == 1
    assert "heal" in said.err
    said = at("office", "check")
    assert said.status == 1
    assert "地域 30 架空町: 「並び順」は、0から1,000,000までの数にしてください。heal で" in said.err
    assert at("office", "backup").status == 0
    (one,) = at("office", "heal", "--preview").value["healed"]
    assert (one["type"], one["promoter"]) == ("settings", None)
    assert at("office", "check").status == 1, "looking changes nothing"
    assert at("office", "heal").value == {"healed": [one]}
    assert at("office", "heal").value == {"healed": []}
    assert at("office", "check").value["ok"]
    assert at("office", "office", "setup-file", "--out", town.out()).status == 0
    assert RosterService(town.office()).roster().area("30").order == 0


def test_a_sheet_in_a_transfer_file_is_paid_in_cash_only_when_it_is_said(at, town):
    at("office", "intake", town.month("P001"))
    for words in (("approve", "2026-10"), ("print", "honorarium", "--month", "2026-10")):
        more = ("--out", town.root / "p.pdf") if words[0] == "print" else ()
        assert at("office", *words, "--promoter", "P001", *more).status == 0
    table = town.root / "bank.csv"
    head = "promoter,bank_code,branch_code,kind,account,holder_kana,client_code\n"
    rows = "office,9999,001,1,1,シャフク,1234567890\nP001,9998,012,1,7654321,シケン ハナコ,\n"
    table.write_text(head + rows, encoding="utf-8")
    at("office", "office", "bank", table)
    out = town.root / "furikomi.txt"
    made = at("office", "zengin", "2026-10", "--date", "2026-11-20", "--out", out)
    assert made.value["rows"] == 1
    cash = ("pay", "2026-10", "--promoter", "P001", "--on", "2026-11-05", "--method", "現金",
            "--voucher", "1")  # fmt: skip
    said = at("office", *cash)
    assert said.status == 1
    assert "「furikomi.txt」(振込の日" in said.err
    assert "--although-transferred" in said.err
    assert at("office", *cash, "--although-transferred").value["done"] == ["P001"]
    assert at("office", "zengin", "2026-10", "--date", "2026-11-20", "--out", out).status == 1


def test_two_lines_for_one_person_in_the_bank_table_are_named(at, town):
    table = town.root / "bank.csv"
    head = "promoter,bank_code,branch_code,kind,account,holder_kana\n"
    rows = "P001,0001,001,1,1234567,カクウ\nP002,0001,001,1,1,カ\nP001,0002,002,1,7654321,カクウ\n"
    table.write_text(head + rows, encoding="utf-8")
    said = at("office", "office", "bank", table)
    assert (said.status, said.value["code"]) == (1, "contradiction")
    assert said.err.startswith("口座の表の2行目と4行目: ")
