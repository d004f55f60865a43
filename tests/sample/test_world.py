"""The demonstration's months: valid, clean for the office, varied, and always the same."""

import dataclasses
import itertools
from collections import Counter
from datetime import date

import pytest

from kashiwa_desktop.domain import activity, closing, schema, wording
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.revision import Author, Content, RecordKey, make
from kashiwa_desktop.sample import world
from kashiwa_desktop.sample.days import regular_meeting_day
from sample import builders

OCTOBER = Month(2026, 10)
PROMOTERS = world.promoters(builders.AREAS, 1)
YEAR = {
    (p.promoter, month): world.month_records(p, month, 1)
    for p in PROMOTERS
    for month in months(Month(2026, 4), Month(2027, 3))
}
BY_NUMBER = {p.promoter: p for p in PROMOTERS}
NEVER = (
    "エクスポート", "インポート", "マージ", "同期", "バンドル", "バックアップ", "ステータス",
    "ドラフト", "エラー", "不正", "無効",
)  # fmt: skip


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for member in value.values() if isinstance(value, dict) else value:
            yield from texts(member)


def test_there_is_one_promoter_for_each_area_and_the_first_is_hanako():
    assert [p.area_code for p in PROMOTERS] == [a.code for a in builders.AREAS]
    assert [p.promoter for p in PROMOTERS][::20] == ["P001", "P021"]
    assert PROMOTERS[0].name == "柏 花子"
    assert PROMOTERS[13].number == 14
    assert {p.first for p in PROMOTERS} == {date(2015, 4, 1)}
    assert len({p.name for p in PROMOTERS}) == 21


def test_more_areas_than_names_still_have_different_people():
    many = [dataclasses.replace(builders.AREAS[0], code=f"{n}") for n in range(60)]
    names = [p.name for p in world.promoters(many, 1)]
    assert len(set(names)) == 60
    assert names[24] == "柏 花子(2)"


def test_the_same_seed_gives_the_same_world_and_another_seed_another():
    again = world.promoters(builders.AREAS, 1)
    assert again == PROMOTERS != world.promoters(builders.AREAS, 2)
    assert world.month_records(again[3], OCTOBER, 1) == YEAR["P004", OCTOBER]
    assert world.month_records(again[3], OCTOBER, 2) != YEAR["P004", OCTOBER]
    assert world.remark(again[3], OCTOBER, 1) == world.remark(PROMOTERS[3], OCTOBER, 1)


def test_every_record_is_valid_in_its_month_and_area():
    for (promoter, month), records in YEAR.items():
        for record in records:
            builders.assert_valid(record, BY_NUMBER[promoter], month)


def test_a_month_has_five_to_seven_activities_and_one_regular_meeting_on_the_common_day():
    for (_, month), records in YEAR.items():
        assert 5 <= len(records) <= 7
        regular = [r for r in records if r["type"] == "regular_meeting"]
        assert [(r["date"], r["status"]) for r in regular] == [
            (regular_meeting_day(month).isoformat(), "held")
        ]
        assert records == sorted(records, key=lambda r: r["date"])


def test_every_month_is_clean_for_the_office():
    for (promoter, month), records in YEAR.items():
        read = [builders.read(r, n, promoter) for n, r in enumerate(records)]
        for one in read:
            assert activity.doubts(one, read, None) == []
        found = closing.findings(read, month, 5, running=False)
        assert {f.code for f in found} <= {"below_guideline"}


def test_lengths_are_plausible_and_agree_with_the_times():
    for record in itertools.chain(*YEAR.values()):
        if record["status"] == "cancelled":
            assert record["minutes"] is record["start"] is record["end"] is None
            continue
        assert 30 <= record["minutes"] <= 180
        if record["start"]:
            between = activity.minutes_between(record["start"], record["end"])
            assert between == record["minutes"]
            assert "09:00" <= record["start"] < record["end"] <= "18:00"


def test_nothing_is_told_twice_in_the_same_words_in_one_month():
    for month in months(Month(2026, 4), Month(2027, 3)):
        told = Counter(
            r["content"]
            for (_, m), records in YEAR.items()
            if m == month
            for r in records
            if r["status"] == "held"
        )
        assert max(told.values()) == 1


def test_the_preparation_comes_before_the_council_meeting():
    seen = 0
    for records in YEAR.values():
        kinds = [r["category"] for r in records]
        if "council" in kinds:
            seen += 1
            assert any("コアメンバー" in r["title"] for r in records[: kinds.index("council")])
    assert seen == 21 * 4


def test_the_year_is_varied():
    records = list(itertools.chain(*YEAR.values()))
    assert len({(r["category"], r["type"]) for r in records}) == 12
    assert 10 <= sum(r["status"] == "cancelled" for r in records) <= 80
    assert max(len(r["content"]) for r in records) > 300
    assert len({r["content"] for r in records if r["status"] == "held"}) > 600
    assert any(not r["start"] for r in records if r["status"] == "held")
    assert any("ﾁﾗｼ" in r["content"] for r in records)
    assert any(r["private_note"] for r in records)
    days = [len({r["date"] for r in records}) for records in YEAR.values()]
    assert any(d < len(records) for d, records in zip(days, YEAR.values(), strict=True))


def test_no_text_looks_personal_or_uses_a_word_that_is_never_shown():
    told = set(texts([*YEAR.values()]))
    told |= {world.remark(BY_NUMBER[p], month, 1) for p, month in YEAR}
    for text in told:
        without_date = "" if text[:2] == "20" and text[4:5] == "-" else text
        assert wording.personal_hints(without_date) == []
        assert not [word for word in NEVER if word in text]
        assert wording.clean(text) == text


def test_remarks_have_their_three_parts_and_differ_within_a_month():
    remarks = [world.remark(p, OCTOBER, 1) for p in PROMOTERS]
    assert len(set(remarks)) == 21
    for remark in remarks:
        assert [line[:3] for line in remark.splitlines()] == ["成果:", "課題:", "提案:"]


@pytest.mark.parametrize("record", YEAR["P002", OCTOBER])
def test_a_record_travels(record):
    by = Author("ab" * 32, "promoter", "P002")
    content = Content(RecordKey("P002", "activity", "r1"), "2026-10", builders.body_of(record))
    made = make(content, [], by, at="2026-10-31T10:00:00+09:00", salt="0" * 32)
    assert schema.read_revision(made.line) == made
