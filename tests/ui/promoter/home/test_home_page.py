"""Screen 1: the month in words, the next thing to do, homework, drafts, suggestions."""

import pytest

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.suggestion import Planned
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from ui.promoter.conftest import rest
from ui.promoter.record.test_record_page import press, said


def again(qtbot, jobs, page):
    page.refresh()
    rest(qtbot, jobs)


def buttons(page, word):
    return [b for b in page.findChildren(BigButton) if b.word == word and b.isVisible()]


def test_an_empty_month_invites_and_never_nags(home_page):
    assert said(home_page, "今月の記録はまだありません。最初の1件を書いてみましょう。")
    assert said(home_page, "めやす 6回")
    assert said(
        home_page, "10月分の提出の期限 11月5日(木) をすぎています。いまからでも提出できます"
    )
    assert said(home_page, "きょうは 令和8年11月12日(木) 西暦2026年")


@pytest.mark.parametrize("life", ["months"])
def test_a_month_under_way(home_page):
    assert said(home_page, "2回")
    assert said(home_page, "6回は目安です。回数にかかわらず提出できます。")
    assert said(home_page, "定例会: まだ")
    assert said(home_page, "9月分はUSBメモリーに保存しました(まだ届いていません)。")


def test_days_left_are_told_while_there_are_some(qtbot, jobs, home_page, store, tmp_path):
    recording = Recording(store)
    day = {"category": "other", "type": "regular_meeting", "title": "定例会"}
    recording.add([day | {"date": "2026-10-13"}])
    from kashiwa_desktop.services.months.closing import Closing

    Closing(store).close(Month(2026, 10))
    Submitting(store).submit(Month(2026, 10), tmp_path)
    recording.add([day | {"date": f"2026-11-{n:02d}", "title": f"会{n}"} for n in range(1, 7)])
    again(qtbot, jobs, home_page)
    assert said(home_page, "11月分の提出の期限 12月7日(月)・あと25日")
    assert said(home_page, "めやすの回数になりました。")
    assert said(home_page, "定例会: 記録しました")
    assert buttons(home_page, "11月分を提出する")


@pytest.mark.parametrize("life", ["months"])
def test_wishes_go_up(qtbot, jobs, home_page, recording):
    with qtbot.waitSignal(home_page.wants) as new:
        press(qtbot, home_page, "活動を記録する")
    assert new.args == [Way(Screen.RECORD, "new")]
    with qtbot.waitSignal(home_page.wants) as submit:
        press(qtbot, home_page, "10月分を提出する")
    assert submit.args == [Way(Screen.SUBMIT, "show_month", (Month(2026, 10),))]
    newest = recording.records()[-1].id
    with qtbot.waitSignal(home_page.wants) as edit:
        buttons(home_page, "直す")[0].click()
    with qtbot.waitSignal(home_page.wants) as copy:
        buttons(home_page, "同じ内容で新しく書く")[0].click()
    assert edit.args == [Way(Screen.RECORD, "edit", (newest,))]
    assert copy.args == [Way(Screen.RECORD, "copy", (newest,))]
    with qtbot.waitSignal(home_page.undo_wanted):
        press(qtbot, home_page, "元に戻す")


@pytest.mark.parametrize("life", ["months"])
def test_what_is_usual_today_is_offered_and_nothing_is_recorded(qtbot, home_page, recording):
    before = len(recording.records())
    assert said(home_page, "11月11日は「支えあい会議」の日でした。記録しますか。")
    with qtbot.waitSignal(home_page.wants) as wanted:
        buttons(home_page, "記録する")[1].click()
    (planned,) = wanted.args[0].given
    assert isinstance(planned, Planned)
    assert planned.suggestion.title == "推進員定例会"
    press(qtbot, home_page, "先月の予定から作る")
    with qtbot.waitSignal(home_page.wants) as wanted:
        press(qtbot, home_page, "カフェ立ち上げの打合せ")
    assert wanted.args[0].given[0].place == "近隣センター 和室"
    assert len(recording.records()) == before


def test_drafts_are_cards_here_too(qtbot, jobs, home_page, recording):
    recording.keep_draft("d1", {"date": "2026-11-10", "title": "途中の話"})
    again(qtbot, jobs, home_page)
    assert said(home_page, "書きかけ: 11月10日 途中の話")
    with qtbot.waitSignal(home_page.wants) as wanted:
        press(qtbot, home_page, "続きを書く")
    assert wanted.args == [Way(Screen.RECORD, "open_draft", ("d1",))]


def test_homework_is_ticked_off_and_told(qtbot, jobs, home_page, recording):
    recording.add([
        {"date": "2026-11-10", "category": "council", "type": "exchange", "title": "会議",
         "council": {"homework": [{"text": "調べる", "owner": "髙﨑", "due": "2026-11-11"}]}},
    ])  # fmt: skip
    again(qtbot, jobs, home_page)
    assert said(home_page, "担当 髙﨑 / 11月11日まで(すぎています) / 11月10日の会議")
    with qtbot.waitSignal(home_page.changed) as changed:
        press(qtbot, home_page, "済んだ")
    assert changed.args == ["『11月10日 会議』を直しました。"]
    rest(qtbot, jobs)
    assert not said(home_page, "調べる")


@pytest.mark.parametrize("life", ["months"])
def test_homework_of_a_closed_month_asks_first(qtbot, jobs, home_page):
    done = buttons(home_page, "済んだ")
    closed = next(b for b in done if "調べる" in b.accessibleDescription())
    closed.click()
    rest(qtbot, jobs)
    assert said(home_page, "締めてあります")
    with qtbot.waitSignal(home_page.changed):
        press(qtbot, home_page, "次の版に入れる")
    rest(qtbot, jobs)
    assert len(buttons(home_page, "済んだ")) == len(done) - 1


@pytest.mark.parametrize("life", ["new"])
def test_before_the_settings_file_there_is_one_thing_to_do(qtbot, home_page):
    with qtbot.waitSignal(home_page.wants) as wanted:
        press(qtbot, home_page, "設定ファイルを入れる")
    assert wanted.args == [Way(Screen.WELCOME)]
    assert not buttons(home_page, "活動を記録する")
