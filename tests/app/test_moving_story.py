"""Through the window: a second PC, a lost one, a copied one, and a promoter who leaves."""

from app.test_reply_story import hand, media
from kashiwa_desktop.app.welcome_window import WelcomeWindow
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.store import facts
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.storage import revisions
from services.key_scenes import LATE, edited, held, new_pc, take_in

__all__ = ["hand", "media"]
MOVING = "パソコンの引っ越し・なくしたとき"


def go_to_moving(hand, guide=""):
    hand.go("困ったとき")
    hand.press(MOVING)
    assert hand.window.page.SCREEN == 11
    if guide:
        hand.press(guide)


def test_the_records_move_to_a_second_pc(town, stick, hand):
    town.month()
    new_pc(town, "P001-second").close()
    hand.open_at(town, LATE, "P001-second")
    go_to_moving(hand)
    hand.press("① 番号をUSBメモリーに書く")
    hand.sees("番号を書きました。USBメモリーを抜いても大丈夫です。次は②です。")
    number = next(stick.glob("kashiwa-pc-*.txt")).stem[-8:]
    hand.sees(f"{number[:4]} {number[4:]}")
    hand.open_at(town, LATE)
    go_to_moving(hand, "いままでのパソコンで\nファイルを作る")
    hand.sees("この番号が、新しいパソコンの画面にも出ていることをご確認ください。")
    hand.find(f"{number[:4]} {number[4:]}")
    hand.press("引っ越しファイルを作る")
    hand.sees("新しいパソコンで読み込んでください。")
    hand.open_at(town, LATE, "P001-second")
    hand.press("読み込む")
    hand.sees("引っ越しファイル(11月20日に作られたもの)を読み込みました。")
    hand.sees("・このパソコンになかった自分の記録 4件が戻りました")
    hand.close()
    assert held(town.open("P001-second", LATE), "P001") == held(town.pc(), "P001")


def test_a_lost_pc_comes_back_from_the_office(town, stick, hand):
    take_in(town, town.month())
    before = held(town.pc(), "P001")
    new_pc(town, "P001-new").close()
    hand.open_at(town, LATE, "P001-new")
    go_to_moving(hand, "パソコンをなくした\nこわれた")
    hand.press("② お知らせをUSBメモリーに保存する")
    hand.sees("事務局に渡してください。")
    (hello,) = stick.glob("*.kssz")
    take_in(town, hello, accept_new_device=True)
    Returning(town.office(LATE)).return_file("P001", stick, town.keys)
    hand.press("③ 返事のファイルを読み込む")
    assert hand.window.page.SCREEN == 5
    hand.press("読み込む")
    hand.sees(f"・このパソコンになかった自分の記録 {len(before)}件が戻りました")
    hand.close()
    assert held(town.open("P001-new", LATE), "P001") == before


def test_a_store_that_went_back_says_so_and_a_copy_gets_a_mark_of_its_own(town, stick, hand):
    take_in(town, town.month(days=(1,)))
    copy = Keeping(town.pc()).back_up()
    edited(town.pc(), 15)
    town.submit()
    town.close()
    Keeping(town.pc()).restore(copy.file)
    town.close()
    hand.open_at(town, LATE)
    hand.sees("前の時点に戻したものか、ほかのパソコンから写したものです。")
    hand.press("見る")
    assert hand.window.page.SCREEN == 11
    before = hand.window.page._services.moving.office_number()
    hand.press("このパソコンに新しい印を作る")
    after = hand.window.page._services.moving.office_number()
    assert after != before
    hand.sees(f"新しい印を作りました。このパソコンの確認番号は {after} です。")
    hand.sees("いまは、前の時点に戻した記録でも、写された記録でもありません。")


def test_who_leaves_can_wipe_once_everything_has_arrived(town, stick, hand):
    take_in(town, town.month())
    hand.open_at(town, LATE)
    go_to_moving(hand, "推進員をやめる")
    hand.sees("事務局に届いたことを確かめられていないものが4件あります。")
    assert not hand.window.page._leaving.wipe.isEnabled()
    answer = Returning(town.office(LATE)).return_file("P001", town.out(), town.keys)
    hand.double_click(answer.file)
    go_to_moving(hand, "推進員をやめる")
    hand.sees("すべて事務局に届いています。")
    folder = town.folder("P001")
    assert hand.press_and_agree("このパソコンから、わたしの記録を消す") == ["記録を消す"]
    hand.wait(lambda: isinstance(hand.window, WelcomeWindow))
    hand.come_up()
    hand.close()
    assert list(folder.archive.glob("*")) == list(folder.copies.glob("*")) == []
    assert list(folder.identity.glob("*")) == []
    with town.pc(at=LATE).db.read() as tx:
        assert (facts(tx).role, revisions.count(tx)) == ("", 0)
