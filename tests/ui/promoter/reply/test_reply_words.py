"""The sentences of 事務局からの返事: late and repeated files, versions of more than two sides."""

from datetime import date
from pathlib import Path

import pytest

from kashiwa_desktop.domain.asking import Answer
from kashiwa_desktop.services.travel.asked import Asked, Side
from kashiwa_desktop.services.travel.intake import FileOutcome
from kashiwa_desktop.services.travel.receiving import Arrival
from kashiwa_desktop.ui.promoter.reply import reply_words as words


def arrival(kind="return", state="newer", **more):
    outcome = FileOutcome("x", state, None, "", conflicts=more.pop("conflicts", 0))
    return Arrival(outcome, kind, "2026-11-05", **more)


def asked(*roles, kind="conflict", **more):
    sides = tuple(Side(role, {"場所": role}, role) for role in roles)
    return Asked("q", kind, "2026-10", "10月8日 打合せ", sides=sides, **more)


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (arrival(), "■ 事務局からの返事(11月5日に作られたもの)を読み込みました。"),
        (
            arrival(state="same", seen=True),
            "■ この事務局からの返事(11月5日に作られたもの)は、もう読み込んであります。"
            "新しいことはありません。",
        ),
        (
            arrival(state="same"),
            "■ 事務局からの返事(11月5日に作られたもの)を読み込みました。新しいお願いはありません。",
        ),
        (
            arrival(newest="2026-11-10"),
            "■ 事務局からの返事(11月5日に作られたもの)を読み込みました。"
            "もっと新しいもの(11月10日)を先に読み込んであるので、前に戻ることはありません。",
        ),
        (
            arrival("setup", brought={"settings": 3}),
            "■ 設定ファイル(11月5日に作られたもの)を読み込みました。\n"
            "・設定が新しくなりました(委嘱や締切は、前と同じです)",
        ),
        (
            arrival("setup", brought={"settings": 3}, news=("1か月のめやす: 6回 → 5回",)),
            "■ 設定ファイル(11月5日に作られたもの)を読み込みました。\n"
            "・設定が新しくなりました。変わったところ:\n  1か月のめやす: 6回 → 5回",
        ),
        (
            arrival("transfer", brought={"own": 2}),
            "■ 引っ越しファイル(11月5日に作られたもの)を読み込みました。\n"
            "・このパソコンになかった自分の記録 2件が戻りました",
        ),
        (
            arrival("handover", brought={"own": 2}),
            "■ 引継ぎファイル(11月5日に作られたもの)を読み込みました。\n・前任者の記録 2件",
        ),
        (
            arrival("handover", brought={"resource": 3}),
            "■ 引継ぎファイル(11月5日に作られたもの)を読み込みました。\n・前任者の地域の資源 3件",
        ),
        (
            arrival(brought={"resource": 1}),
            "■ 事務局からの返事(11月5日に作られたもの)を読み込みました。\n・地域の資源 1件",
        ),
        (
            arrival(brought={"question": 1, "approved": 2, "own": 1}, conflicts=1),
            "■ 事務局からの返事(11月5日に作られたもの)を読み込みました。\n・確認のお願い 1件\n"
            "・承認された月 2件\n・このパソコンになかった自分の記録 1件が戻りました\n"
            "・ちがいのある記録 1件(下でおたずねします)",
        ),
    ],
)
def test_what_a_file_was_and_what_it_brought(one, told):
    assert f"■ {words.arrival_item(one).text}" == told


def test_only_a_handover_leads_to_the_predecessor():
    assert words.arrival_item(arrival()).actions == ()
    ((key, word),) = words.arrival_item(arrival("handover")).actions
    assert (key, word) == (words.PREDECESSOR, "前任者の記録を見る")


@pytest.mark.parametrize(
    ("roles", "choices"),
    [
        (("office", "here"), ["事務局の内容にする", "自分の内容にする"]),
        (("office", "other"), ["事務局の内容にする", "自分の内容にする"]),
        (("other", "here"), ["ほかのパソコンの内容にする", "このパソコンの内容にする"]),
        (("office", "here", "other"), ["1. の内容にする", "2. の内容にする", "3. の内容にする"]),
        (("office", "office"), ["1. の内容にする", "2. の内容にする"]),
    ],
)
def test_each_version_has_its_button(roles, choices):
    one = asked(*roles)
    assert words.choice_words(one) == choices
    titles = words.side_titles(one)
    assert len(set(titles)) == len(titles)


def test_the_one_plain_question():
    assert words.lead_words(asked("office", "here")).endswith("どちらが事実に合っていますか。")
    assert words.lead_words(asked("office", "here", "other")).startswith("内容が3とおりあります。")
    sent_back = asked(kind="return", text="定例会が抜けています。", by="職員 一")
    assert words.lead_words(sent_back).endswith("事務局(職員 一)より: 定例会が抜けています。")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"left": True}, "事務局に確認することにしました。"),
        ({"settled": True}, "済みました。"),
        ({"answer": Answer("10人", agrees=False)}, "お返事: 事実とちがう – 10人"),
        ({"answer": Answer("", agrees=True)}, "お返事: この直し方でよい"),
        ({"answer": Answer("見ました")}, "お返事: 見ました"),
    ],
)
def test_what_became_of_it(more, told):
    assert words.done_words(asked("now", kind="question", **more)) == f"10月8日 打合せ\n{told}"


def test_days_and_offers():
    assert words.day_words(date(2026, 11, 5)) == "11月5日"
    item = words.found_item([Path("a.kssr"), Path("b.kssr")])
    assert "2個" in item.text
    assert item.actions[0][0] == (Path("a.kssr"), Path("b.kssr"))


def test_a_day_of_payment_is_named_where_there_is_one():
    assert words.pay_words(date(2026, 11, 20), 40_000) == "お支払いの予定 11月20日 40,000円"
    assert words.pay_words(None, 40_000) == "お支払い 40,000円(日は、事務局におたずねください)"
    assert words.pay_words(date(2026, 11, 20), 0) == "この月のお支払いはありません。"
