"""One resource through the windows of both sides: written, corrected by staff, handed to another.

The files between are real; services only make them, and look at both stores at the end.
"""

from datetime import date

import pytest

from app.office_hand import StoryHand
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.services.travel.succeeding import Succeeding
from office_world import PEOPLE
from services.key_scenes import LATE, held, returned, take_in

LATER = "2026-11-25T10:00"
SALON = "髙﨑さんのｻﾛﾝ"


@pytest.fixture
def hand(qtbot, look, tmp_path):
    one = StoryHand(qtbot, look, tmp_path)
    yield one
    one.close()


def test_a_resource_goes_to_the_office_and_back_and_to_a_successor(town, hand):
    writes_it(town, hand)
    take_in(town, town.submit("P001"))
    corrects_it_in_the_office(town, hand)
    sees_it_corrected(town, hand)
    takes_it_over(town, hand)


def writes_it(town, hand):
    hand.open_at(town, LATE)
    hand.go("困ったとき")
    hand.press("地域の資源を書く・見る")
    hand.press("地域の資源を書く")
    hand.press("1 サロン")
    hand.write_in("名称", SALON)
    hand.write_in("いつ", "第1土曜")
    hand.press("記録する")
    hand.sees(f"『{SALON}』を記録しました。")
    hand.undo()
    hand.sees("元に戻しました")
    hand.press("消した資源(90日のあいだ戻せます)")
    hand.press("戻す")
    hand.sees("第1土曜")
    hand.close()


def corrects_it_in_the_office(town, hand):
    hand.open_office(town, LATE, "職員 一")
    hand.go("集計")
    hand.press("地域の資源(市域)")
    hand.sees("すべての地域 1件")
    hand.press("直す")
    hand.write_in("いつ", "第2土曜")
    hand.press("記録する")
    hand.sees("(職員が書きました)")
    hand.close()


def sees_it_corrected(town, hand):
    file = returned(town)
    town.close()
    hand.open_at(town, LATER)
    hand.drop_on_window(file)
    hand.go("今月")
    hand.press("見る")
    hand.sees("第2土曜")
    hand.close()
    assert held(town.office(LATER), "P001") == held(town.pc(at=LATER), "P001")
    town.close()


def takes_it_over(town, hand):
    office = town.office(LATER)
    RosterService(office).end("P001", "A1", date(2026, 11, 24), "本人の申し出")
    new = NewPromoter("P002", *PEOPLE["P002"][:2], "A1", date(2026, 11, 25))
    RosterService(office).add_promoter(new)
    file = Succeeding(office).handover_file("A1", "P002", town.out(), town.keys).file
    town.close()
    hand.open_at(town, LATER, "P002")
    hand.drop_on_window(file)
    hand.go("今月")
    hand.sees("前任者が書いた地域の資源が 1件あります。")
    hand.press("見る")
    hand.press("引き継ぐ")
    hand.sees(f"『{SALON}』を引き継ぎました。")
    hand.close()
    (row,) = Registering(town.pc("P002", LATER)).list()
    assert (row.resource.name, row.resource.day, row.inherited) == (SALON, "第2土曜", False)
