"""Terms and adjustments by command, and the refund that follows from them."""

import json

import pytest

from services.money_world import OCTOBER, approve, deliver

M = "2026-10"
WHOM = ("P001", "--area", "A1")


@pytest.fixture
def office(town):
    store = town.office(staff="職員 二")
    deliver(store, "P001", OCTOBER)
    approve(store, OCTOBER, ["P001"])
    return store


def again(at, town):
    assert at("office", "unapprove", M, "--promoter", "P001", "--reason", "訂正").status == 0
    assert at("office", "approve", M, "--promoter", "P001").status == 0
    out = town.root / "a.pdf"
    return at("office", "print", "honorarium", "--month", M, "--out", out).value["sheets"]


def test_terms_are_shown_and_set(at, town, office):
    assert at("office", "office", "terms", *WHOM).value["terms"] == {}
    file = town.root / "terms.json"
    fee = [{"from": "2026-04-01", "reward": "fee"}]
    file.write_text(json.dumps({"withholding": fee, "yen": 50_000}), encoding="utf-8")
    assert (
        at("office", "office", "terms", *WHOM, "--set", file).value["terms"]["withholding"] == fee
    )
    assert [s["amount_yen"] for s in again(at, town)] == [50_000]
    for wrong in ('{"yen": -1}', '{"fee": 1}', "[]", "x"):
        file.write_text(wrong, encoding="utf-8")
        assert at("office", "office", "terms", *WHOM, "--set", file).status == 2
    assert at("office", "office", "terms", "P009", "--area", "A1").status == 1


def test_an_adjustment_after_payment_is_asked_back(at, town, office):
    assert [s["amount_yen"] for s in again(at, town)] == [40_000]
    paid = ("--on", "2026-11-20", "--method", "振込", "--voucher", "V-1")
    assert at("office", "pay", M, "--promoter", "P001", *paid).status == 0
    words = ("office", "adjust", *WHOM, "--month", M, "--reason", "研修の戻し", "--yen")
    assert at("office", *words, "-500").value == {"promoter": "P001", "month": M, "yen": -500}
    assert [s["amount_yen"] for s in again(at, town)] == [-500]
    assert at("office", *words, "-99999").status == 1
    assert at("office", *words, "1.5").status == 2


def test_what_cannot_be_paid_says_why_in_one_line(at, town, office):
    words = ("--promoter", "P001", "--method", "振込", "--voucher", "V-1", "--on")
    early = at("office", "pay", M, *words, "2026-09-30")
    assert (early.status, early.value["code"]) == (1, "pay_day")
    file = town.root / "terms.json"
    file.write_text('{"yen": 0}', encoding="utf-8")
    assert at("office", "office", "terms", *WHOM, "--set", file).status == 0
    assert at("office", "unapprove", M, "--promoter", "P001", "--reason", "訂正").status == 0
    approved = at("office", "approve", M, "--promoter", "P001")
    assert approved.status == 0, approved.err
    nothing = at("office", "pay", M, *words, "2026-11-20")
    assert "0円の月です" in nothing.err
    printed = at("office", "print", "honorarium", "--month", M, "--out", town.root / "a.pdf")
    assert (printed.status, printed.value["code"]) == (1, "nothing_to_print")
    listed = at("office", "print", "payments", "--month", M, "--out", town.root / "p.pdf")
    assert (listed.status, listed.value["sheets"][0]["amount_yen"]) == (0, 0)
    leave = '{"suspended": [{"from": "2026-10-01", "to": "2026-10-31"}], "yen": null}'
    file.write_text(leave, encoding="utf-8")
    at("office", "office", "terms", *WHOM, "--set", file)
    more = ("--month", M, "--yen", "500", "--reason", "x")
    refused = at("office", "office", "adjust", *WHOM, *more)
    assert (refused.status, refused.value["code"]) == (1, "not_held")
