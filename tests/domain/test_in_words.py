"""Versions of a record in words: every field has its label, and only differences are shown."""

from kashiwa_desktop.domain.in_words import DELETED, differing, said

ACTIVITY = {
    "date": "2026-10-13", "area": "A1", "category": "network", "type": "facility",
    "title": "施設と打合せ",
}  # fmt: skip


def test_an_activity_in_the_words_of_its_form():
    assert said("activity", ACTIVITY, area={"A1": "見本台"}.__getitem__) == {
        "日付": "令和8年10月13日(火)",
        "区分・種別": "ネットワークづくり – 福祉施設",
        "内容(ひとこと)": "施設と打合せ",
        "地域": "見本台",
    }


def test_every_field_is_said():
    full = {
        **ACTIVITY, "start": "10:00", "end": "11:30", "minutes": 90, "status": "cancelled",
        "counterparts": ["見本園", "例の家"], "place": "会議室", "attendees": 0,
        "content": "話した",
        "findings": "気づき", "next": "また行く", "tags": ["needs", "new"], "by_proxy": "副会長",
        "attachments": 2, "contact_method": "visit", "network_results": ["shared"],
        "host": "包括", "audience": "住民", "support_targets": ["watching"], "group": "会",
        "council": {
            "number": 3, "joint_areas": ["A2"], "attendance": {"furusato": 4, "guest": 1},
            "chair": "甲", "recorder": "乙", "lecturer": "丙", "materials": "表",
            "staff_present": True,
            "agenda": [{"title": "移動", "kind": "discussion", "summary": "困りごと"},
                       {"title": "他"}],
            "needs": "足", "decisions": "決めた",
            "homework": [{"text": "調べる", "owner": "甲", "due": "2026-11-20", "done": True},
                         {"text": "配る"}],
            "next_date": "2026-12-10",
        },
    }  # fmt: skip
    found = said("activity", full)
    assert found["時刻"] == "10:00–11:30"
    assert (found["時間"], found["参加人数"], found["状態"]) == ("1時間30分", "0人", "中止")
    assert found["活動のねらい"] == "ニーズ把握、new"
    assert (found["活動した人"], found["連絡方法"]) == ("代理(副会長)", "訪問")
    assert found["出席者"] == "ふるさと協議会(地区社協) 4人、guest 1人"
    assert found["議題"] == "協議 移動 / 困りごと\n報告 他"
    assert found["宿題"] == "調べる / 甲 / 令和8年11月20日まで / 済み\n配る"
    assert found["次回の予定"] == "令和8年12月10日(木)"
    assert len(found) == 35


def test_only_what_differs_is_shown_on_each_side():
    more = {**ACTIVITY, "attendees": 12}
    sides = differing([said("activity", ACTIVITY), said("activity", more)])
    assert sides == [{"参加人数": "(なし)"}, {"参加人数": "12人"}]
    assert differing([said("activity", more)] * 2) == [{}, {}]


def test_a_deleted_record_says_only_that():
    assert said("activity", ACTIVITY, deleted=True) == {"記録": DELETED}


def test_closings_answers_and_what_is_not_known():
    report = {"state": "closed-empty", "version": 2, "n": 0, "reason": "けが", "honorarium": [
        {"yen": 40_000}, {"yen": 20_000}]}  # fmt: skip
    assert said("month_report", report) == {
        "月の締め": "活動がなかった月(第2版)",
        "記録の数": "0件",
        "活動がなかったわけ": "けが",
        "委託金(活動・報償費)": "60,000円",
    }
    assert said("answer", {"agrees": False, "text": "12人"}) == {
        "お返事": "事実とちがう",
        "ことば": "12人",
    }
    assert said("answer", {"text": ""}) == {}
    assert said("photograph", {"name": "サロン", "day": "月曜"}) == {"内容": "サロン、月曜"}
