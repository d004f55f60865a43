"""The queue of 確認する: what needs a look first, and what changed since it was seen last."""

from kashiwa_desktop.services.checking.review_queue import ReviewQueue
from kashiwa_desktop.services.kept_words import KeptWords
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.recording import Recording
from office_world import OCTOBER, activity
from services.checking.test_reviewing import approve, take_in


def queue(town):
    return ReviewQueue(town.office()).of(OCTOBER)


def of(town, promoter="P001"):
    return next(one for one in queue(town) if one.review.promoter == promoter)


def said(changes):
    return [(c.day and c.day.day, c.what, c.before, c.after) for c in changes]


def next_version(town, **more):
    Closing(town.pc()).close(OCTOBER, **more)
    take_in(town, town.submit())


def test_what_needs_a_look_stands_first_and_what_is_done_last(town):
    Recording(town.pc("P003")).add([activity(2), activity(2)])
    take_in(town, town.month("P001"), town.month("P003"))
    assert [one.review.promoter for one in queue(town)] == ["P003", "P001", "P002"]
    approve(town, "P001")
    assert [one.review.promoter for one in queue(town)] == ["P003", "P002", "P001"]
    assert [one.waits for one in queue(town)] == [True, False, False]


def test_a_first_version_has_nothing_before_it(town):
    take_in(town, town.month())
    assert of(town).since_version == ()
    assert of(town).since_approval == ()


def test_what_differs_from_the_version_before(town):
    take_in(town, town.month(remark="順調です"))
    recording = Recording(town.pc())
    one, two, _ = (a.id for a in recording.records(OCTOBER))
    recording.edit(one, {"attendees": 12, "category": "community", "type": "briefing"},
                   next_version=True)  # fmt: skip
    recording.delete(two, next_version=True)
    recording.add([activity(20)], next_version=True)
    next_version(town, remark="参加が増えました")
    found = of(town)
    assert found.review.report.version == 2
    assert said(found.since_version) == [
        (None, "成果・課題・提案", "順調です", "参加が増えました"),
        (1, "区分・種別", "ネットワークづくり – 福祉施設", "地域活動 – 地域説明会・イベント"),
        (1, "参加人数", "3人", "12人"),
        (8, "記録", "ネットワークづくり・福祉施設 8日の打合せ", ""),
        (20, "記録", "", "ネットワークづくり・福祉施設 20日の打合せ"),
    ]
    assert {c.title for c in found.since_version} == {
        "",
        "1日の打合せ",
        "8日の打合せ",
        "20日の打合せ",
    }


def test_what_differs_from_what_was_approved(town):
    take_in(town, town.month())
    approve(town, "P001")
    assert of(town).since_approval == ()
    record = Recording(town.pc()).records(OCTOBER)[0].id
    Recording(town.pc()).edit(record, {"minutes": 60, "place": "自治会館"}, next_version=True)
    take_in(town, town.submit())
    assert said(of(town).since_approval) == [
        (1, "時間", "1時間30分", "1時間"), (1, "場所", "", "自治会館"),
    ]  # fmt: skip
    next_version(town)
    assert said(of(town).since_version) == said(of(town).since_approval)


def test_a_council_meeting_tells_each_part_that_changed(town):
    council = {"tier": 2, "attendance": {"furusato": 3}, "agenda": [{"title": "見守り"}]}
    Recording(town.pc()).add(
        [activity(2, category="council", type="exchange", title="会議", council=council)]
    )
    take_in(town, town.month())
    record = Recording(town.pc()).records(OCTOBER)[1].id
    after = {"attendance": {"furusato": 4, "other": 1}, "joint_areas": ["A2"],
             "homework": [{"text": "名簿", "owner": "田中", "due": "2026-11-10"}],
             "next_date": "2026-11-20", "decisions": "月1回集まる"}  # fmt: skip
    Recording(town.pc()).edit(record, {"council": after}, next_version=True)
    next_version(town)
    changes = {c.what: (c.before, c.after) for c in of(town).since_version}
    assert changes == {
        "いっしょに開いた地域": ("", "例ヶ丘"),
        "主催の地域": ("", "見本台"),
        "出席者": ("ふるさと協議会(地区社協) 3人", "ふるさと協議会(地区社協) 4人、その他 1人"),
        "宿題": ("", "名簿 / 田中 / 令和8年11月10日まで"),
        "次回の予定": ("", "令和8年11月20日(金)"),
        "決まったこと": ("", "月1回集まる"),
    }


def test_words_typed_and_not_sent_are_kept_by_person(town):
    mine, other = (KeptWords(town.office(staff=name), "check") for name in ("職員 一", "職員 二"))
    assert mine.read() == {}
    mine.keep({"ask": "人数は?", "back": " "})
    assert KeptWords(town.office(staff="職員 一"), "check").read() == {"ask": "人数は?"}
    assert other.read() == {}
    mine.keep({})
    assert mine.read() == {}
