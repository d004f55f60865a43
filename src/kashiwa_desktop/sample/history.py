"""H27 to R4 in the invented world: the years whose counts are those of the council's own slides.

287 council meetings, 4,089 of network, 2,317 in the community, 3,294 others: 9,987 in all
(DOMAIN.md §0). Everybody attends the 定例会 of every month; the rest is dealt by seed.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.sample import council_scenes, scene
from kashiwa_desktop.sample.community_scenes import COMMUNITY, PREPARATION
from kashiwa_desktop.sample.days import regular_meeting_day, working_days
from kashiwa_desktop.sample.dice import dice
from kashiwa_desktop.sample.network_scenes import BUSINESS, FACILITY, PROFESSIONAL
from kashiwa_desktop.sample.other_scenes import AREA_OFFICER, MISC, REGULAR_MEETING
from kashiwa_desktop.sample.scene import Record, Scene
from kashiwa_desktop.sample.world import SamplePromoter, month_in_year, turn_of

FIRST, LAST = Month(2015, 4), Month(2023, 3)
TOTALS = {"council": 287, "network": 4_089, "community": 2_317, "other": 3_294}
PROMOTERS = 20

_CANCELLED, _BY_PROXY = 48, 24  # recorded, and not counted
_SCENES: dict[str, tuple[Scene, ...]] = {
    "council": (council_scenes.EXCHANGE, council_scenes.EXCHANGE, council_scenes.STUDY),
    "network": (*FACILITY, *PROFESSIONAL, *BUSINESS),
    "community": (PREPARATION, *COMMUNITY),
    "other": (AREA_OFFICER, AREA_OFFICER, *MISC),
}


@dataclass(slots=True)
class PastMonth:
    """One promoter's month of those years; ``records`` as ``world.month_records`` gives them."""

    promoter: SamplePromoter
    month: Month
    records: list[Record] = field(default_factory=list)


def history(promoters: Sequence[SamplePromoter], seed: int) -> Iterator[PastMonth]:
    """Yield the months of the first 20 ``promoters``, each promoter's 96 in a row.

    Totals are exact for any number of promoters that leaves room for them (about 10 and more).
    """
    slots = [(p, m) for p in promoters[:PROMOTERS] for m in months(FIRST, LAST)]
    dealt = _deal(len(slots), dice(seed, "history"))
    working = {month: working_days(month) for month in months(FIRST, LAST)}
    for place, (promoter, month) in enumerate(slots):
        rng = dice(seed, "history", promoter.promoter, month)
        past = PastMonth(promoter, month, [_regular_meeting(promoter, month)])
        days = sorted(rng.sample(working[month], len(dealt[place])))
        for nth, (what, day) in enumerate(zip(dealt[place], days, strict=True)):
            past.records.append(_one(what, day, past, nth, rng))
        yield past


def _deal(slots: int, rng: random.Random) -> list[list[str]]:
    """Deal what happened besides the 定例会 over the person-months, with the exact totals."""
    dealt: list[list[str]] = [[] for _ in range(slots)]
    for place in rng.sample(range(slots), TOTALS["council"]):
        dealt[place].append("council")
    extra = {**TOTALS, "other": TOTALS["other"] - slots, "cancelled": _CANCELLED,
             "proxy": _BY_PROXY}  # fmt: skip
    for what in ("network", "community", "other", "cancelled", "proxy"):
        each, left = divmod(extra[what], slots)
        for cards in dealt:
            cards.extend([what] * each)
        for place in rng.sample(range(slots), left):
            dealt[place].append(what)
    for cards in dealt:
        rng.shuffle(cards)
    return dealt


def _one(what: str, day: date, past: PastMonth, nth: int, rng: random.Random) -> Record:
    category = {"cancelled": "community", "proxy": "network"}.get(what, what)
    pool = _SCENES[category]
    turn = turn_of(past.promoter, past.month) + nth
    record = scene.tell(rng.choice(pool), day, past.promoter.area_code, turn, short=True)
    if category == "council":
        record["council"] = council_scenes.part(day, (month_in_year(day) + 2) // 3, rng)
        record["attendees"] = sum(record["council"]["attendance"].values())
    if what == "cancelled":
        scene.cancel(record, "予定していたが、中止とした。")
    elif what == "proxy":
        record["by_proxy"] = "コアメンバー"
    return record


def _regular_meeting(promoter: SamplePromoter, month: Month) -> Record:
    day = regular_meeting_day(month)
    turn = turn_of(promoter, month)
    return scene.tell(REGULAR_MEETING, day, promoter.area_code, turn, short=True)
