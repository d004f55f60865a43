"""The 月報 says everything it is given, and adds up."""

import re
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kashiwa_desktop.domain.category import CATEGORIES
from kashiwa_desktop.reports.activity_report import (
    ActivityLine,
    ActivityReport,
    CouncilLine,
    Measure,
    compose,
    render,
)
from reports import marks
from reports.reread import page_texts, solid, text_of
from reports.samples import LONG, RARE, a_report, hard_texts

TYPES = [(code, kind) for code, category in CATEGORIES.items() for kind in category.types]


def pdf(report: ActivityReport) -> bytes:
    out = BytesIO()
    render([report], out)
    return out.getvalue()


def text(report: ActivityReport) -> str:
    return text_of(pdf(report))


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (6, 1), (40, 2)])
def test_usual_months_take_few_pages(count: int, pages: int) -> None:
    assert render([a_report(count)], BytesIO())[:2] == (pages, ())


def test_it_holds_everything() -> None:
    report = a_report(councils=(CouncilLine(date(2026, 10, 15), "第3回", 24, "試す"),))
    found = text(report)
    for part in (
        "活動実績報告書", "(令和8年10月分)", "提出日令和8年11月2日", report.addressee,
        "タカハシハナコ髙橋花子", "柏中央", "第1版", "照合番号7K3M-Q2PX", report.report_id,
        "成果" + report.achievements, "課題・提案" + report.proposals, "来月の予定",
        "受付印", "確認", "支えあい会議の開催", "第3回", "試す", "取扱注意", "1/1",
    ):  # fmt: skip
        assert solid(part) in found
    for line in report.lines:
        assert solid(line.title) in found
        assert solid(line.place) in found


@given(st.dictionaries(st.sampled_from(TYPES), st.tuples(*[st.integers(0, 9999)] * 3)))
def test_the_sum_on_paper_is_the_sum_of_its_lines(counts) -> None:
    measures = {key: Measure(*numbers) for key, numbers in counts.items()}
    found = text(a_report(0, counts=measures, days=Measure(7, 38, 5)))
    for at, label in enumerate(("当月", "年度累計", "前年同月")):
        expected = sum(numbers[at] for numbers in counts.values())
        shown = "－" if label == "前年同月" and not counts else f"{expected:,}"
        others = (("7", "59", "1"), ("38", "412", "3"), ("5", "51", "0"))[at]
        assert "".join((label, shown, *others)) in found


def test_a_month_handed_over_again_says_so() -> None:
    assert "再提出(第2版)" in text(a_report(version=2))
    assert "再提出" not in text(a_report())


def test_a_day_left_open_is_left_for_the_hand() -> None:
    assert "提出日令和年月日" in text(a_report(submitted=None))


def test_marks_and_their_notes() -> None:
    day = date(2026, 10, 3)
    plain = {"day": day, "category": "community", "type": "briefing", "title": "説明会"}
    lines = (
        ActivityLine(**plain, status="cancelled", attendees=30),
        ActivityLine(**plain, status="postponed"),
        ActivityLine(**plain, by_proxy="副会長", attendees=5),
        ActivityLine(**plain, by_proxy="", conflict=True),
    )
    found = text(a_report(lines=lines))
    assert "3土地域活動" in found
    marked = ("【中止】説明会", "【延期】説明会", "【代理:副会長】", "【代理】【確認中】")
    for mark in (*marked, "※【中止】", "※【代理】", "※【確認中】"):
        assert mark in found
    assert "【中止】説明会30" not in found
    assert "※" not in text(a_report())


def test_a_month_without_activities_gives_its_reason() -> None:
    found = text(a_report(0, empty_reason="入院のため"))
    assert "活動がなかった月として締めました。理由:入院のため" in found


def test_the_head_of_the_list_comes_again() -> None:
    first, second = page_texts(pdf(a_report(40)))
    assert "日曜区分種別内容場所人数" in first
    assert "日曜区分種別内容場所人数" in second


def test_long_texts_go_on_over_pages() -> None:
    sentences = "".join(f"No{n:04d}です。" for n in range(900))
    found = text(a_report(achievements=sentences, proposals=LONG * 20, plans=RARE * 20))
    assert re.findall(r"No(\d{4})", found) == [f"{n:04d}" for n in range(900)]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert pdf(a_report(40, plans=RARE)) == pdf(a_report(40, plans=RARE))


@settings(max_examples=15)
@given(hard_texts(120), hard_texts(400), st.integers(1, 30))
def test_nothing_lies_over_anything_else(name: str, note: str, count: int) -> None:
    for air in (1.0, 0.4):
        report = a_report(
            count, name=name, kana=name, area=name, addressee=name, achievements=note * 3,
            plans=note, check_code=name[:40], notes=(note,),
            councils=(CouncilLine(date(2026, 10, 1), name, None, note),),
        )  # fmt: skip
        flow = compose(report, air)
        flow.finish()
        marks.check(flow)
