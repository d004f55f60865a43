"""A community resource: what it says, what is missing, what is doubtful."""

from datetime import date

import pytest

from kashiwa_desktop.domain.in_words import said
from kashiwa_desktop.domain.resource import (
    KINDS,
    Resource,
    doubts,
    in_order,
    missing,
    read,
)

TODAY = date(2026, 11, 12)


def one(**changes):
    fields = {"id": "r1", "promoter": "P001", "area": "01", "kind": "salon", "name": "ひだまり"}
    return Resource(**{**fields, **changes})


def codes(problems):
    return [(p.code, p.field, p.blocking) for p in problems]


def test_a_body_is_read_and_what_is_unknown_left_where_it_is():
    body = {
        "kind": "gathering", "name": "えんがわ", "area": "01", "form": "weekly",
        "checked": "2026-11-01", "requirements": ["council"], "ended": "2026-02-30", "new": 1,
    }  # fmt: skip
    found = read(body, "r1", "P001", version=3, conflict=True)
    assert found == one(
        kind="gathering", name="えんがわ", form="weekly", checked=date(2026, 11, 1),
        requirements=("council",), ended=date(2026, 2, 28), version=3, conflict=True,
    )  # fmt: skip
    assert read({}, "r1", "") == one(promoter="", area="", kind="", name="")


def test_its_age_and_whether_that_is_old():
    assert (one().age(TODAY), one().is_stale(TODAY)) == (None, True)
    fresh = one(checked=date(2026, 5, 16))
    assert (fresh.age(TODAY), fresh.is_stale(TODAY)) == (180, False)
    assert fresh.is_stale(date(2026, 11, 13))
    assert fresh.is_stale(TODAY, 90)
    assert one(checked=date(2026, 11, 20)).age(TODAY) == 0


def test_what_ended_is_no_more_from_that_day_on():
    ended = one(ended=TODAY)
    assert (one().lasts_on(TODAY), ended.lasts_on(TODAY)) == (True, False)
    assert ended.lasts_on(date(2026, 11, 11))


def test_its_label_says_the_form_of_a_gathering_only():
    assert one(kind="gathering", form="standing").label == "通いの場(常設型)"
    assert one(kind="gathering").label == "通いの場"
    assert one(form="weekly").label == "サロン"
    assert one(kind="new").label == "new"


def test_the_order_is_that_of_the_kinds_then_of_names():
    held = [one(id="a", kind="new"), one(id="b", name="わ"), one(id="c", name="ア"),
            *(one(id=kind, kind=kind) for kind in reversed(KINDS) if kind != "salon")]  # fmt: skip
    assert [r.id for r in in_order(held)] == ["c", "b", *list(KINDS)[1:], "a"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"kind": ""}, [("kind_missing", "kind", True)]),
        ({"name": " "}, [("name_missing", "name", True)]),
        ({"checked": "2026-11-31"}, [("date_unknown", "checked", True)]),
        ({"checked": "2026-11-13"}, [("date_future", "checked", True)]),
        ({"checked": "2026-11-12"}, []),
        ({"ended": "いつか"}, [("date_unknown", "ended", True)]),
        ({"ended": "2027-03-31"}, []),
    ],
)
def test_what_is_missing_blocks(change, found):
    assert codes(missing({"kind": "salon", "name": "ひだまり", **change}, TODAY)) == found


@pytest.mark.parametrize(
    ("change", "field", "word"),
    [
        ({"contact": "見本地区社協 04-7100-0000"}, "", ""),
        ({"place": "見本町1丁目2番3号 集会所"}, "", ""),
        ({"name": "中央1丁目町会"}, "", ""),
        ({"contact": "090-0000-0000"}, "contact", "携帯電話の番号"),
        ({"contact": "代表 〇八〇 08000000000"}, "contact", "携帯電話の番号"),
        ({"contact": "見本1丁目2番地"}, "contact", "住所"),
        ({"place": "見本さん宅"}, "place", "個人のお宅"),
        ({"name": "見本様の家の集い"}, "name", "個人のお宅"),
        ({"note": "電話は04-7100-0000"}, "note", "電話番号"),
    ],
)
def test_what_looks_personal_is_told_where_it_does_not_belong(change, field, word):
    problems = doubts(one(**change), [], TODAY)
    assert codes(problems) == ([("personal", field, False)] if field else [])
    assert all(f"念のためご確認ください。{word}のようです。" in p.text for p in problems)


def test_old_knowledge_and_the_same_name_twice_are_told():
    assert codes(doubts(one(checked=date(2026, 1, 1)), [], TODAY)) == [("stale", "checked", False)]
    others = [
        one(id="r1"),
        one(id="r2", area="02"),
        one(id="r3", kind="circle"),
        one(id="r4", ended=date(2026, 4, 1)),
        one(id="r5", name="別"),
        one(id="before"),
    ]
    assert doubts(one(succeeds="before"), others, TODAY) == []
    assert codes(doubts(one(), [*others, one(id="r6", name="ヒダマリ")], TODAY)) == [
        ("twice", "name", False)
    ]


def test_all_of_it_in_words_for_a_card():
    body = {
        "kind": "gathering", "name": "えんがわ", "area": "01", "form": "weekly", "day": "水曜",
        "place": "会館", "contact": "04-0000-0000", "checked": "2026-11-01", "subsidy": "group",
        "stage": "linking", "requirements": ["council", "new"], "disaster_group": True,
        "note": "ひとこと", "ended": "2026-12-01", "succeeds": "x",
    }  # fmt: skip
    assert said("resource", body, area=lambda code: f"{code}地域") == {
        "種類": "通いの場", "名称": "えんがわ", "地域": "01地域", "型": "週1型", "いつ": "水曜",
        "どこで": "会館", "問合せ先": "04-0000-0000", "確かめた日": "令和8年11月1日",
        "受けている補助": "団体補助金", "支援の段階": "つながり",
        "補助の要件": "支えあい会議への参画、new",
        "自主防災": "自主防災の組がある", "ひとこと": "ひとこと", "終わった日": "令和8年12月1日",
        "引継ぎ": "前任者の記録から",
    }  # fmt: skip
    assert said("resource", {"kind": "?", "name": "?"}) == {"種類": "?", "名称": "?"}
