"""The words for codes by date: an old year keeps its words, and nothing unknown is lost."""

from datetime import date, timedelta

import pytest

from kashiwa_desktop.domain import category, code_list
from kashiwa_desktop.domain.code_list import LISTS, SEED, SEED_WORDS, Code, CodeLists

APRIL = date(2026, 4, 1)
BEFORE, AFTER = date(2026, 3, 31), date(2026, 4, 2)
STUDY = ("type", "council", "study")
SAID = [
    {"list": "category", "code": "council", "label": "話しあいの場", "from": "2026-04-01"},
    {"list": "type", "category": "council", "code": "study", "label": "学習会",
     "from": "2026-04-01", "to": "2027-03-31"},
    {"list": "type", "category": "council", "code": "walk", "label": "まち歩き",
     "from": "2026-04-01", "order": 5},
    {"list": "tag", "code": "needs", "label": "困りごと"},
]  # fmt: skip
OWN = code_list.read(SAID)


def a_row(**changes):
    body = {"list": "tag", "code": "walk", "label": "まち歩き", "from": "2026-04-01"} | changes
    return {name: value for name, value in body.items() if value is not None}


def test_the_seed_is_the_contract_in_its_order():
    assert SEED_WORDS.choices("category") == {
        code: one.label for code, one in category.CATEGORIES.items()
    }
    for code, one in category.CATEGORIES.items():
        assert SEED_WORDS.choices("type", code) == one.types
        assert SEED_WORDS.examples(code) == one.examples
    for name, words in category.WORDS.items():
        assert SEED_WORDS.choices(name) == words
    assert set(LISTS) == {"category", "type", *category.WORDS}
    assert SEED.types()[0] == ("council", "exchange")
    assert len(SEED.types()) == 12


def test_nothing_said_is_the_seed():
    assert code_list.read([]) is SEED
    assert code_list.of_settings([{"kind": "area"}, {"kind": "office"}]) is SEED
    assert code_list.of_settings([{"kind": "office", "codes": SAID}]) == OWN


def test_a_label_holds_from_its_day_on_and_an_old_day_keeps_the_old_word():
    assert OWN.on(BEFORE).kind("council", "study") == "支えあい会議の展開・勉強会"
    assert OWN.on(APRIL).kind("council", "study", " – ") == "話しあいの場 – 学習会"
    assert OWN.on(date.min).label("tag", "needs") == "困りごと"  # said without a day: always
    assert OWN.on(APRIL).examples("council") == SEED_WORDS.examples("council")
    assert OWN.on(APRIL).examples("newer") == ()
    assert OWN.on(BEFORE).examples("council") == SEED_WORDS.examples("council")


def test_examples_follow_the_day_too():
    row = {**SAID[0], "examples": ["あつまって話した"]}
    own = code_list.read([row])
    assert own.on(APRIL).examples("council") == ("あつまって話した",)
    assert own.on(BEFORE).examples("council") == SEED_WORDS.examples("council")


def test_an_added_type_is_offered_from_its_day_and_in_its_place():
    assert list(OWN.on(BEFORE).choices("type", "council")) == ["exchange", "study", "event"]
    assert list(OWN.on(APRIL).choices("type", "council")) == ["exchange", "walk", "study", "event"]
    assert OWN.on(BEFORE).type("council", "walk") == "まち歩き"  # a record of an earlier day
    assert ("council", "walk") in OWN.types()


def test_a_type_that_ended_is_not_offered_any_more_and_still_has_its_word():
    last = date(2027, 3, 31)
    assert "study" in OWN.on(last).choices("type", "council")
    after = OWN.on(last + timedelta(days=1))
    assert "study" not in after.choices("type", "council")
    assert after.type("council", "study") == "学習会"
    assert after.shown("type", ["study", "newer"], "council") == {
        "exchange": "意見交換", "walk": "まち歩き", "event": "イベント開催", "study": "学習会",
        "newer": "newer",
    }  # fmt: skip


def test_without_an_order_a_new_code_stands_last():
    own = code_list.read([a_row()])
    assert list(own.on(AFTER).choices("tag"))[-1] == "walk"


def test_what_nobody_knows_is_shown_by_its_code_and_counted_under_sonota():
    words = OWN.on(AFTER)
    assert words.kind("council", "newer") == "話しあいの場・newer"
    assert words.kind("newer", "misc") == "newer・misc"
    assert words.label("status", "newer") == "newer"
    assert OWN.counted_as("council", "walk") == ("council", "walk")
    assert OWN.counted_as("council", "newer") == ("council", "misc")
    assert OWN.counted_as("newer", "exchange") == ("other", "misc")
    assert words.type("council", "misc") == "その他"
    assert words.type("other", "misc") == "その他"


def test_days_between_which_nothing_changes_have_the_same_words():
    assert OWN.since(BEFORE) == date.min
    assert OWN.since(APRIL) == OWN.since(date(2027, 3, 31)) == APRIL
    assert OWN.since(date(2027, 6, 1)) == date(2027, 4, 1)


def test_a_body_says_what_was_read():
    rows = code_list.rows_of({"codes": SAID})
    assert [row.body() for row in rows] == SAID
    assert code_list.rows_of({}) == []
    with_examples = {**SAID[0], "examples": ["例"]}
    assert code_list.rows_of({"codes": [with_examples]})[0].body() == with_examples


def test_a_code_is_renamed_from_a_day_on_and_keeps_its_end():
    row = code_list.renamed(OWN, STUDY, "ゼミ", date(2026, 10, 1))
    assert row == Code("type", "study", "ゼミ", "council", date(2026, 10, 1), date(2027, 3, 31))
    rows = code_list.put(code_list.rows_of({"codes": SAID}), row)
    assert len(rows) == 5
    assert len(code_list.put(rows, row)) == 5
    assert code_list.renamed(OWN, ("tag", "", "newer"), "x", APRIL) is None


def test_a_code_ends_and_may_be_offered_again():
    ended = code_list.ended(SEED, STUDY, BEFORE)
    lists = code_list.read([ended.body()])
    assert "study" not in lists.on(APRIL).choices("type", "council")
    again = code_list.ended(lists, STUDY, None)
    assert "study" in code_list.read([again.body()]).on(APRIL).choices("type", "council")
    assert code_list.ended(SEED, ("tag", "", "newer"), BEFORE) is None


def test_a_new_code_is_free():
    assert code_list.new_code(SEED) == "added_1"
    taken = code_list.read([a_row(code="added_1")])
    assert code_list.new_code(taken) == "added_2"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (a_row(list="colour"), "知らない一覧です"),
        (a_row(label="  "), "空にはできません"),
        (a_row(code="まち"), "英数字"),
        (a_row(to="2026-03-01"), "始まりの日より前"),
        (a_row(list="type"), "区分"),
        (a_row(category="council"), "区分"),
        (a_row(list="type", category="newer"), "区分"),
        (a_row(list="status"), "新しく加えることはできません"),
        (a_row(list="status", code="held", to="2027-03-31"), "終わりにできません"),
        (a_row(label="ニーズ把握"), "もうあります"),
        (a_row(list="type", category="council", label="意見交換"), "もうあります"),
    ],
)
def test_what_cannot_stand_is_refused_with_its_reason(row, why):
    assert why in code_list.refusal(SEED, code_list.read([row]))


@pytest.mark.parametrize(
    "row",
    [
        a_row(),
        a_row(list="status", code="held", label="おこなった"),
        a_row(list="type", category="network", label="意見交換"),  # of another category
        a_row(code="needs", label="ニーズ把握"),
    ],
)
def test_what_can_stand_is_not_refused(row):
    assert code_list.refusal(SEED, code_list.read([row])) == ""


def test_a_word_is_free_again_once_its_code_has_ended():
    ended = {"list": "tag", "code": "needs", "label": "ニーズ把握", "to": "2026-03-31"}
    assert code_list.refusal(SEED, code_list.read([ended, a_row(label="ニーズ把握")])) == ""


def test_a_code_never_vanishes():
    before = code_list.read([a_row()])
    assert "「まち歩き」を使った記録が残ります" in code_list.refusal(before, SEED)
    assert isinstance(before, CodeLists)
