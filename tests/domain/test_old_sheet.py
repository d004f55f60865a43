"""Old tables: headings found, dates and times as people wrote them, nothing dropped silently."""

from datetime import date, time

import pytest

from kashiwa_desktop.domain import old_sheet
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.old_sheet import Layout, OldSheet, guess, kind_of, read_lines

TODAY = date(2026, 11, 12)
OCTOBER = Month(2026, 10)
HEAD = ("日付", "区分", "種別", "内容", "相手先", "人数", "活動時間", "開始", "終了")
COLUMNS = {
    "date": 0, "category": 1, "type": 2, "title": 3, "counterparts": 4, "attendees": 5,
    "minutes": 6, "start": 7, "end": 8,
}  # fmt: skip


def lines(*rows, month=OCTOBER, kinds=None, area=None):
    sheet = OldSheet("表", (HEAD, *rows))
    return read_lines(sheet, Layout(0, COLUMNS, month, area, kinds or {}), TODAY)


def only(*row, **more):
    [one] = lines(row, **more)
    return one


def test_headings_are_found_below_a_title_whatever_their_order_and_spaces():
    rows = (
        ("令和8年10月　活動記録",), (),
        (None, "活 動 日", "区　分", "活動内容", "場所", "参加人数(人)"),
        (1, "10/3", "その他", "定例会"),
    )  # fmt: skip
    layout = guess(OldSheet("Sheet1", rows), TODAY)
    assert (layout.head, layout.month) == (2, OCTOBER)
    assert layout.columns == {"date": 1, "category": 2, "title": 3, "place": 4, "attendees": 5}


def test_without_headings_nothing_is_guessed():
    layout = guess(OldSheet("R8.9", (("10/3", "定例会"),)), TODAY)
    assert (layout.head, layout.columns, layout.month) == (-1, {}, Month(2026, 9))
    assert guess(OldSheet("x", ()), TODAY) == Layout(-1, {})
    sheet = OldSheet("x", (("10/3", "定例会"),))
    assert read_lines(sheet, Layout(-1, {"date": 0, "title": 1}), TODAY)[0].number == 1


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("平成31年4月分", Month(2019, 4)), ("R元.5", Month(2019, 5)),
        ("2025/3 記録", Month(2025, 3)),
        ("H27.13", None), ("1985年3月", None), ("活動の記録", None),
    ],
)  # fmt: skip
def test_the_month_is_named_above(text, month):
    assert guess(OldSheet("x", ((text,), HEAD)), TODAY).month == month


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2026, 10, 3), "2026-10-03"), (3, "2026-10-03"), ("３日", "2026-10-03"),
        ("10/3(土)", "2026-10-03"), ("R8.10.3", "2026-10-03"), (46298, "2026-10-03"),
        ("令和8年10月3日（土）", "2026-10-03"), ("10/3 13:30", "2026-10-03"),
    ],
)  # fmt: skip
def test_dates_as_people_wrote_them(cell, day):
    assert only(cell, "その他", "定例会", "x").given["date"] == day


def test_a_bare_day_without_a_month_belongs_to_these_days():
    assert only(3, "その他", "定例会", "x", month=None).given["date"] == "2026-11-03"


def test_a_date_that_cannot_be_read_is_kept_as_text():
    one = only("10/32", "その他", "定例会", "x")
    assert "date" not in one.given
    assert one.given["content"] == "日付: 10/32"
    assert one.notes == ("日付「10/32」が読み取れません。",)


@pytest.mark.parametrize("mark", [None, "〃", "同上"])
def test_an_empty_date_is_that_of_the_line_above(mark):
    first, second = lines(("10/3", "その他", "定例会", "x"), (mark, "その他", "定例会", "y"))
    assert second.given["date"] == first.given["date"]
    assert second.notes == ("上の行と同じ日付にしました。",)


def test_sums_empty_lines_and_repeated_headings_are_no_records():
    found = lines(
        ("合計", None, None, None, None, 30),
        (None,),
        HEAD,
        (1, "計", None, None),
        (None, None, None, "計"),
        (None, None, None, None, "相手だけ"),
        ("10/3", "その他", "定例会", "x"),
        ("小計", "", "", "y"),
    )
    assert [one.given.get("title") for one in found] == [None, "x"]
    assert found[0].given["date"] == "2026-10-01"


def test_a_line_that_names_a_month_turns_to_it():
    found = lines(
        ("9月",), (3, "その他", "定例会", "a"), ("令和8年8月分",), (4, "その他", "定例会", "b"),
        ("2月の活動",), (5, "その他", "定例会", "c"), ("13月",), ("ひとこと",),
    )  # fmt: skip
    days = [one.given.get("date") for one in found]
    assert days[:3] == ["2026-09-03", "2026-08-04", "2027-02-05"]
    [one] = lines(("12月",), (5, "その他", "定例会", "c"), month=None)
    assert one.given["date"] == "2025-12-05"


@pytest.mark.parametrize(
    ("category", "kind", "found"),
    [
        ("支えあい会議の展開", "意見交換", ("council", "exchange")),
        ("ネットワーク", "企業・商店", ("network", "business")),
        ("その他", "推進員定例会", ("other", "regular_meeting")),
        ("", "専門職会議への参加", ("community", "expert_meeting")),
        ("その他打合せ等", "その他", ("other", "misc")),
        ("地域活動", "説明会", ("community", "briefing")),
        ("", "地域説明会・イベント", ("community", "briefing")),
        ("支え合い会議", "地域説明会", None),
        ("地域活動", "", None),
        ("サロン", "", None),
        ("", "", None),
    ],
)
def test_categories_are_understood_only_where_it_is_certain(category, kind, found):
    assert kind_of(category, kind) == found


def test_a_type_written_exactly_is_known():
    assert kind_of("", "その他") == ("other", "misc")


def test_unknown_names_are_asked_about_once_and_answers_hold():
    rows = (("10/3", "サロン", "", "a"), ("10/4", "サロン", "", "b"), ("10/5", "", "", "c"))
    assert old_sheet.unknown_kinds(lines(*rows)) == ["サロン", ""]
    answered = lines(*rows, kinds={"サロン": ("community", "briefing")})
    assert answered[0].given["type"] == "briefing"
    assert old_sheet.unknown_kinds(answered) == [""]


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        (90, 90), ("90分", 90), ("1時間30分", 90), ("1.5時間", 90), ("1.5", 90), ("1:30", 90),
        (time(1, 30), 90), ("２時間", 120), ("1時間半", 90), (2, 120), ("3h", 180),
    ],
)  # fmt: skip
def test_lengths_as_people_wrote_them(cell, minutes):
    assert only("10/3", "その他", "定例会", "x", "", "", cell).given["minutes"] == minutes


def test_a_length_that_cannot_be_read_is_kept_as_text():
    given = only("10/3", "その他", "定例会", "x", "", "多数", "半日", "朝", "").given
    assert given["content"] == "始まりの時刻: 朝\n参加人数: 多数\n活動の長さ: 半日"
    assert "minutes" not in given


@pytest.mark.parametrize("cell", ["13:30～15:00", "13:30-15:00", "13時30分～15時"])
def test_a_span_of_time_in_one_cell(cell):
    given = only("10/3", "その他", "定例会", "x", "", "", cell).given
    assert (given["start"], given["end"]) == ("13:30", "15:00")
    assert "content" not in given
    assert "minutes" not in given


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (time(9, 0), "10時", ("09:00", "10:00")),
        ("9:30", "10時15分", ("09:30", "10:15")),
        ("13:30～15:00", None, ("13:30", "15:00")),
        ("25:00～26:00", None, (None, None)),
        ("25:00", "9:75", (None, None)),
    ],
)
def test_times_of_day(start, end, found):
    given = only("10/3", "その他", "定例会", "x", "", "", "", start, end).given
    assert (given.get("start"), given.get("end")) == found


def test_counterparts_and_people():
    given = only("10/3", "その他", "定例会", "x", "髙橋さん、﨑山さん/町会", "約１２名").given
    assert given["counterparts"] == ["髙橋さん", "﨑山さん", "町会"]
    assert given["attendees"] == 12


def test_an_impossible_number_of_people_is_kept_as_text():
    given = only("10/3", "その他", "定例会", "x", "", "123456").given
    assert given["content"] == "参加人数: 123456"


def test_the_area_is_the_one_chosen():
    assert only("10/3", "その他", "定例会", "x", area="A2").given["area"] == "A2"


def test_letters_of_columns():
    assert [old_sheet.column_name(n) for n in (0, 25, 26, 51)] == ["A", "Z", "AA", "AZ"]
    assert old_sheet.width(OldSheet("x", (("a",), ("a", "b")))) == 2
    assert old_sheet.width(OldSheet("x", ())) == 0
