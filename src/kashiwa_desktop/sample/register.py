"""The invented resources of an area: one of each kind where the manual looks, a few elsewhere.

Names, places and numbers are plainly invented; 04-0000-… is nobody's telephone.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from kashiwa_desktop.sample.world import SamplePromoter

Resource = dict[str, Any]

_OF_EACH_KIND: Sequence[tuple[int | None, Resource]] = (
    (12, {"kind": "salon", "name": "見本サロン ひだまり", "day": "毎月第1土曜 10時～12時",
          "place": "見本近隣センター 和室", "contact": "見本地区社協 04-0000-0001",
          "subsidy": "district", "note": "お茶の当番がもう1人ほしい"}),
    (20, {"kind": "gathering", "name": "見本の居場所 えんがわ", "form": "weekly",
          "day": "毎週水曜 10時～15時", "place": "見本ふるさと会館", "subsidy": "group",
          "contact": "えんがわの会(見本) 04-0000-0002",
          "requirements": ["council", "eligible_costs", "prevention"],
          "note": "席をふやしたい"}),
    (None, {"kind": "gathering", "name": "カフェみほん", "form": "standing",
            "day": "火曜～土曜 11時～16時", "place": "見本商店街", "contact": "04-0000-0003"}),
    (45, {"kind": "exercise", "name": "見本公園ラジオ体操", "day": "毎朝6時30分",
          "place": "見本第一公園"}),
    (30, {"kind": "mutual_aid", "name": "おたがいさま見本", "day": "月曜～金曜 9時～12時(受付)",
          "contact": "おたがいさま見本 04-0000-0004", "stage": "continuing",
          "subsidy": "group"}),
    (230, {"kind": "circle", "name": "みほん句会", "day": "第3木曜 13時30分",
           "place": "見本近隣センター", "note": "会場が変わるかもしれない"}),
    (15, {"kind": "watching", "name": "見本小学校区 見守り隊", "day": "登下校のとき",
          "contact": "見本地区社協 04-0000-0001"}),
    (60, {"kind": "neighbourhood", "name": "見本町会", "place": "見本町会館",
          "contact": "見本町会(会館) 04-0000-0005", "disaster_group": True}),
)  # fmt: skip
_SOME: Sequence[tuple[int | None, Resource]] = (
    (25, {"kind": "gathering", "name": "練習ひろば", "form": "monthly", "subsidy": "district",
          "day": "毎月第2金曜 13時～15時", "place": "練習近隣センター",
          "contact": "練習地区社協 04-0000-0006", "requirements": ["council", "open_to_all"]}),
    (250, {"kind": "exercise", "name": "練習体操の会", "day": "毎週火曜 10時",
           "place": "練習近隣センター ホール"}),
    (40, {"kind": "mutual_aid", "name": "練習ささえ隊", "day": "平日 10時～15時(受付)",
          "contact": "練習ささえ隊 04-0000-0007", "stage": "starting"}),
)  # fmt: skip
_WITH_SOME = 4
"""How many promoters after the first have a few resources on record."""


def resources(promoter: SamplePromoter, today: date) -> list[Resource]:
    """Return what this promoter keeps; when each was made sure of counts back from ``today``."""
    if promoter.number == 1:
        chosen = _OF_EACH_KIND
    elif promoter.number <= 1 + _WITH_SOME:
        chosen = _SOME[: 1 + promoter.number % len(_SOME)]
    else:
        chosen = ()
    return [_made_sure(one, ago, today) for ago, one in chosen]


def left_behind(today: date) -> list[Resource]:
    """Return what a promoter leaves to who comes after him."""
    return [_made_sure(one, ago, today) for ago, one in _SOME]


def _made_sure(one: Resource, ago: int | None, today: date) -> Resource:
    return one if ago is None else {**one, "checked": (today - timedelta(days=ago)).isoformat()}
