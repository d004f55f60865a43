"""The ceilings of subsidies: the table that ships, and what it says of each form."""

from datetime import date

import pytest

from kashiwa_desktop.domain.ceiling import ceiling, in_words, read_settings, read_table
from kashiwa_desktop.domain.resource import FORMS, SUBSIDIES, Resource
from kashiwa_desktop.services.records.registered import shipped_ceilings as ceilings

NOW, H27 = date(2026, 11, 12), date(2016, 3, 31)


def gathering(form="", subsidy="", kind="gathering"):
    return Resource("r", "P001", "01", kind, "えんがわ", form=form, subsidy=subsidy)


@pytest.mark.parametrize(
    ("form", "subsidy", "day", "yen"),
    [
        ("monthly", "", NOW, 30_000),
        ("monthly", "district", H27, 30_000),
        ("monthly", "group", NOW, None),
        ("weekly", "", NOW, 100_000),
        ("weekly", "", H27, 30_000),
        ("weekly", "group", date(2016, 4, 1), 100_000),
        ("weekly", "group", H27, None),
        ("standing", "", NOW, 840_000),
        ("standing", "standing", NOW, 840_000),
        ("standing", "opening", NOW, 1_000_000),
        ("standing", "none", NOW, None),
        ("", "", NOW, None),
    ],
)
def test_the_shipped_ceilings_are_those_of_the_slides(form, subsidy, day, yen):
    assert ceiling(gathering(form, subsidy), day, ceilings()) == yen


def test_only_a_gathering_has_one():
    assert ceiling(gathering("weekly", "group", kind="salon"), NOW, ceilings()) is None
    assert in_words(gathering("weekly", "group", kind="salon"), NOW, ceilings()) == ""


def test_the_estimate_in_words():
    assert in_words(gathering("weekly"), NOW, ceilings()) == "上限のめやす 100,000円"
    assert in_words(gathering("standing"), NOW, ceilings()) == (
        "上限のめやす 840,000円(運営費240,000円 + 家賃600,000円〔費用の50%まで〕)"
    )
    one = read_table("form,subsidy,purpose,from,to,yen,percent\nweekly,group,家賃,,,5,50\n")
    assert in_words(gathering("weekly"), NOW, one) == "上限のめやす 5円(家賃5円〔費用の50%まで〕)"


def test_the_table_names_only_forms_and_subsidies_there_are():
    assert {row.form for row in ceilings()} == set(FORMS)
    assert {row.subsidy for row in ceilings()} < set(SUBSIDIES)


def test_the_offices_own_table_comes_back_from_the_settings():
    body = {"kind": "ceilings", "rows": [row.row() for row in ceilings()]}
    assert read_settings([{"kind": "office"}, body]) == ceilings()
    assert read_settings([]) == ()
