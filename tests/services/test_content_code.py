"""R55: the short number on a sheet stands for everything it says and all it was made from."""

import hashlib
from dataclasses import fields, replace
from datetime import date

import msgspec
import pytest

from kashiwa_desktop.domain.check_code import check_code
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.reports.honorarium_sheet import Claimant, Contact, HonorariumSheet, PayLine
from kashiwa_desktop.services.money.issuing import content_code
from reports.samples import a_sheet

OTHER = {
    "month": Month(2026, 11), "area": "西原", "name": "別 人", "kana": "ベツ", "address": "他",
    "phone": "1", "addressee": "他 様", "number": "R8-10-002", "issued": date(2026, 11, 11),
    "lines": (PayLine("活動費", 40_000),), "counts": {"council": 2}, "days": 6,
    "check_code": "AAAA-BBBB", "withheld_yen": 1, "withheld_note": "注", "guideline": 5,
    "version": 2, "pay_on": None, "pay_into": "現金", "remarks": "備考",
    "contact": Contact("a", "b", "c"), "trial": True, "kind": "refund", "cites": "R8-10-000",
    "amount_style": "full", "claimant": Claimant("別"), "boxes": ("担当",),
    "categories": {"council": "話しあいの場"},
}  # fmt: skip


@pytest.mark.parametrize("name", [f.name for f in fields(HonorariumSheet)])
def test_any_other_value_is_another_number(name):
    sheet = a_sheet()
    if name == "content_code":
        assert content_code(replace(sheet, content_code="x"), "") == content_code(sheet, "")
    else:
        assert content_code(replace(sheet, **{name: OTHER[name]}), "") != content_code(sheet, "")


def test_words_that_nobody_changed_leave_the_number_as_it_was():
    """Earlier versions gave this number to this sheet: with the seed's words it stays."""
    plain = {f.name: getattr(a_sheet(), f.name) for f in fields(HonorariumSheet)}
    del plain["categories"]
    whole = msgspec.json.encode(plain | {"content_code": ""}, order="sorted")
    assert content_code(a_sheet(), "") == check_code(hashlib.sha256(whole).hexdigest())


def test_another_source_is_another_number():
    assert content_code(a_sheet(), "a") != content_code(a_sheet(), "b")
    assert len(content_code(a_sheet(), "a")) == 9
