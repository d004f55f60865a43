"""Papers and money by command: the shapes of the public contract, and its refusals."""

from datetime import date

import pytest
from pypdf import PdfReader

from domain import zengin_reader
from kashiwa_desktop.cli.papers import PAPERS
from kashiwa_desktop.services.records.registering import Registering
from services.money_world import OCTOBER, approve, deliver

M = "2026-10"


@pytest.fixture
def office(town):
    """P001 and P002 approved for October; P001 held a council meeting."""
    store = town.office(staff="職員 二")
    council = {"tier": 2, "attendance": {"furusato": 2}}
    deliver(store, "P001", OCTOBER, days=(10,), category="council", type="exchange",
            title="会議", council=council)  # fmt: skip
    deliver(store, "P002", OCTOBER)
    approve(store, OCTOBER, ["P001", "P002"])
    Registering(store, "P001").add({"kind": "salon", "name": "ひだまりサロン"})
    return store


def pay(at, name="P001", method="現金"):
    words = ("--promoter", name, "--on", "2026-11-05", "--method", method, "--voucher", "V-1")
    return at("office", "pay", M, *words)


def test_every_paper_comes_out_with_the_shape_of_the_contract(at, town, office):
    for name in PAPERS:
        out = town.root / f"{name}.pdf"
        if name == "receipt":
            pay(at)
        if name in ("questions", "asks"):
            empty = at("office", "print", name, "--month", M, "--promoter", "P003", "--out", out)
            assert (empty.status, out.exists()) == (
                (1, False) if name == "questions" else (0, True)
            )
            words = ("--promoter", "P001", "--text", "内容をくわしくお書きください。")
            assert at("office", "return", M, *words).status == 0
        who = "P001" if name == "slip" else "office"
        said = at(who, "print", name, "--month", M, "--out", out)
        if name == "slip":
            assert (said.status, said.value["code"]) == (1, "nothing_to_print")
            continue
        assert said.status == 0, (name, said.err)
        assert said.value["file"] == str(out)
        assert said.value["pages"] == len(PdfReader(out).pages)
        assert said.value["missing_glyphs"] == []
        for sheet in said.value["sheets"]:
            assert {"promoter", "number", "amount_yen", "code"} <= sheet.keys()


def test_sheets_of_one_and_of_all(at, town, office):
    out = town.root / "a.pdf"
    one = at("office", "print", "honorarium", "--month", M, "--promoter", "P002", "--out", out)
    assert [(s["promoter"], s["number"], s["amount_yen"]) for s in one.value["sheets"]] == [
        ("P002", "R8-10-001", 40_000)
    ]
    both = at("office", "print", "honorarium", "--month", M, "--all", "--cover", "--duplex",
              "--out", out)  # fmt: skip
    assert both.value["pages"] == 6
    assert at("office", "reprint", "R8-10-001", "--out", out).value["sheets"][0]["number"]
    assert at("office", "cancel", "R8-10-002", "--reason", "まちがい").status == 0
    again = at("office", "print", "honorarium", "--month", M, "--all", "--out", out)
    assert sorted(s["number"] for s in again.value["sheets"]) == ["R8-10-001", "R8-10-003"]


def test_paying_says_what_was_done_and_what_was_left(at, town, office):
    early = pay(at)
    assert early.status == 1
    assert early.value["left"][0]["promoter"] == "P001"
    at("office", "print", "honorarium", "--month", M, "--out", town.root / "a.pdf")
    assert pay(at).value == {"done": ["P001"], "left": []}
    again = pay(at)
    assert (again.status, again.value["done"]) == (1, [])
    assert again.err.count("\n") == 1


@pytest.mark.parametrize("words", [
    ("pay", M, "--promoter", "P001"),
    ("pay", M, "--promoter", "P001", "--on", "soon", "--method", "x", "--voucher", "y"),
    ("print", "honorarium", "--out", "x.pdf"),
    ("zengin", M, "--out", "x"),
])  # fmt: skip
def test_words_that_are_missing_or_wrong_are_wrong_usage(at, words):
    assert at("office", *words).status == 2


def test_bank_data_and_the_transfer_file(at, town, office):
    table = town.root / "bank.csv"
    head = "promoter,bank_code,branch_code,kind,account,holder_kana"
    table.write_text(
        f"{head}\nP001,9998,012,1,1,シケン\nP002,9998,012,1,2,カクウ\n", encoding="utf-8"
    )
    assert at("office", "office", "bank", table).value == {"rows": 2}
    at("office", "print", "honorarium", "--month", M, "--out", town.root / "a.pdf")
    out = town.root / "furikomi.txt"
    words = ("zengin", M, "--date", "2026-11-20", "--out", out)
    said = at("office", *words)
    assert (said.status, said.value["code"]) == (1, "no_consignor")
    assert not out.exists()
    own = "office,9999,001,1,1,シケンシ,1234567890"
    table.write_text(f"{head},client_code\n{own}\n", encoding="utf-8")
    at("office", "office", "bank", table)
    said = at("office", *words)
    assert (said.status, said.value["rows"], said.value["total_yen"]) == (0, 2, 80_000)
    _, rows, _ = zengin_reader.read(out.read_bytes())
    assert [int(row[9]) for row in rows] == [40_000, 40_000]
    assert date(2026, 11, 20).strftime("%m%d").encode() in out.read_bytes()[:120]


def test_the_transfer_file_needs_the_offices_words(command, town, office):
    said = command("--data-dir", town.folder("office").root, "zengin", M, "--date", "2026-11-20",
                   "--out", town.root / "x")  # fmt: skip
    assert (said.status, said.out) == (1, "")
    assert "合言葉" in said.err


def test_without_json_a_person_reads_lines(command, town, office):
    out = town.root / "a.pdf"
    said = command("--data-dir", town.folder("office").root, "--as", "職員 二", "print",
                   "honorarium", "--month", M, "--out", out)  # fmt: skip
    assert said.out == f"2ページを書きました: {out}\n"
