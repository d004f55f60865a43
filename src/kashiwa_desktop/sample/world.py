"""The invented world: its promoters, and what each of them did in a month.

Everything follows from an integer seed: no clock, no file. Nobody in it is a real person. The
activities are the examples of the council's own slides (DOMAIN.md §0).
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Area
from kashiwa_desktop.sample import council_scenes, scene
from kashiwa_desktop.sample.community_scenes import COMMUNITY, PREPARATION
from kashiwa_desktop.sample.days import regular_meeting_day, working_days
from kashiwa_desktop.sample.dice import MONTH_TURNS, choose, dice
from kashiwa_desktop.sample.network_scenes import BUSINESS, FACILITY, PROFESSIONAL
from kashiwa_desktop.sample.other_scenes import AREA_OFFICER, MISC, REGULAR_MEETING
from kashiwa_desktop.sample.scene import Record, Scene

MORNING, AFTERNOON = (9 * 60 + 30, 10 * 60), (13 * 60 + 30, 14 * 60)
"""When activities begin, in minutes after midnight."""


@dataclass(frozen=True, slots=True)
class SamplePromoter:
    """One invented promoter: number, name, フリガナ, area, and first day of the appointment."""

    promoter: str
    name: str
    kana: str
    area_code: str
    first: date

    @property
    def number(self) -> int:
        return int(self.promoter[1:])


def promoters(areas: Iterable[Area], seed: int) -> list[SamplePromoter]:
    """Return one promoter for each area, P001 being 柏 花子; the other names are dealt by seed."""
    others = list(NAMES[1:])
    dice(seed, "names").shuffle(others)
    names = [NAMES[0], *others]
    found = []
    for place, area in enumerate(areas):
        again, which = divmod(place, len(names))
        name, kana = names[which]
        mark = f"({again + 1})" if again else ""
        found.append(SamplePromoter(f"P{place + 1:03d}", name + mark, kana, area.code, area.first))
    return found


def turn_of(promoter: SamplePromoter, month: Month) -> int:
    """Return a number that no other promoter (of up to 100) has in any month."""
    return promoter.number + MONTH_TURNS * (month.year * 12 + month.number)


def month_records(promoter: SamplePromoter, month: Month, seed: int) -> list[Record]:
    """Return the 5 to 7 records of ``promoter`` in ``month``, by date, free of doubts.

    They have the shape of PRODUCT.md §8 with all keys, ``private_note`` included, which must not
    travel.
    """
    rng = dice(seed, promoter.promoter, month)
    turn = turn_of(promoter, month) + seed * 13
    told = _scenes(promoter, month, rng)
    days = sorted(rng.sample(working_days(month), len(told)))
    records = [_regular_meeting(promoter, month, turn)]
    for day, chosen in zip(days, told, strict=True):
        records.append(_one(chosen, day, promoter, turn, rng))
    if rng.random() < 0.3:
        _same_day(records, rng)
    if rng.random() < 0.2:
        _cancel_one(records, rng)
    if rng.random() < 0.5:
        rng.choice(records)["private_note"] = rng.choice(_PRIVATE)
    return sorted(records, key=lambda r: (r["date"], r["start"] or ""))


def _scenes(promoter: SamplePromoter, month: Month, rng: random.Random) -> list[Scene]:
    """Choose 4 to 6 different scenes besides the 定例会, the preparation before the council."""
    chosen = [AREA_OFFICER, rng.choice(PROFESSIONAL), rng.choice(FACILITY + BUSINESS)]
    if _has_council(promoter, month):
        chosen.append(PREPARATION)
    rest = [s for s in (*FACILITY, *BUSINESS, *COMMUNITY, *COMMUNITY, *MISC) if s not in chosen]
    rng.shuffle(rest)
    wanted = rng.choice((4, 5, 5, 6)) - (1 if PREPARATION in chosen else 0)
    for extra in rest:
        if len(chosen) < wanted and extra not in chosen:
            chosen.append(extra)
    rng.shuffle(chosen)
    if PREPARATION in chosen:
        after = chosen.index(PREPARATION) + 1
        chosen.insert(rng.randint(after, len(chosen)), council_scenes.EXCHANGE)
    return chosen


def _has_council(promoter: SamplePromoter, month: Month) -> bool:
    """Whether this is one of the four months of the year with a council meeting there."""
    return (promoter.number + month.number) % 3 == 0


def _one(
    chosen: Scene, day: date, promoter: SamplePromoter, turn: int, rng: random.Random
) -> Record:
    if chosen.category == "council":
        number = (month_in_year(day) + 2) // 3
        record = council_scenes.meeting(day, promoter.area_code, turn, number, rng)
    else:
        record = scene.tell(chosen, day, promoter.area_code, turn)
    if rng.random() < 0.85:
        early = record["minutes"] <= 120 and rng.random() < 0.5
        scene.set_time(record, rng.choice(MORNING if early else AFTERNOON))
    return record


def month_in_year(day: date) -> int:
    """Return 1 for April to 12 for March."""
    return (day.month - 4) % 12 + 1


def _regular_meeting(promoter: SamplePromoter, month: Month, turn: int) -> Record:
    record = scene.tell(REGULAR_MEETING, regular_meeting_day(month), promoter.area_code, turn)
    scene.set_time(record, AFTERNOON[0])
    return record


def _same_day(records: list[Record], rng: random.Random) -> None:
    """Meet the district officer on the morning of the 定例会: two 回 on one day."""
    meeting, officer = (
        next(r for r in records if r["type"] == kind)
        for kind in ("regular_meeting", "area_officer")
    )
    officer["date"] = meeting["date"]
    scene.set_time(officer, rng.choice(MORNING))


def _cancel_one(records: list[Record], rng: random.Random) -> None:
    plans = [r for r in records[1:] if r["type"] in ("briefing", "facility", "misc")]
    if plans:
        scene.cancel(rng.choice(plans), rng.choice(_REASONS))


_PRIVATE = (
    "次回は資料を早めに印刷する。",
    "駐車場は裏の入口から。",
    "あいさつの言葉を考えておく。",
)
_REASONS = (
    "予定していたが、感染症が広がっているため中止とした。日をあらためて行う。",
    "天候が悪くなる見込みのため、前の日に中止を決めて連絡した。",
    "先方の都合がつかなくなり、今回は中止とした。",
)
_RESULTS = (
    "買い物ツアーの協力者が2名増え、続けて開ける見通しが立った。",
    "包括との情報交換を重ね、通いの場への紹介が3件あった。",
    "コミュニティカフェの参加者が少しずつ増えている。",
    "スーパーが支えあい会議に出席し、移動販売の話が前に進んだ。",
    "説明会をきっかけに、見守りの協力を申し出る方があった。",
)
_ISSUES = (
    "担い手の年齢が高くなっており、次の世代への声かけが課題である。",
    "坂の多い地区では、集まりに出て来られない方への手立てが足りない。",
    "会場の予約が取りにくく、続けて開ける場所をさがしている。",
    "男性の参加が少なく、内容の工夫が要る。",
)
_PROPOSALS = (
    "隣の地域と合同の勉強会を開くことを提案したい。",
    "協力店の地図を市全体で作ってはどうか。",
    "通いの場の見学会を、推進員どうしで行いたい。",
)


def remark(promoter: SamplePromoter, month: Month, seed: int) -> str:
    """Return the promoter's 成果・課題・提案 for ``month``, one line each."""
    turn = turn_of(promoter, month) + seed * 13
    result, issue, proposal = choose((_RESULTS, _ISSUES, _PROPOSALS), turn)
    return f"成果: {result}\n課題: {issue}\n提案: {proposal}"


# The people of the invented world: plainly made-up names, with the characters that cause trouble.
# None of them is a real person. 髙, 﨑, 𠮷, U+FA10 (塚), 辻 with a variation selector, 濵 and 德
# are here because screens, files and papers must keep them as they are.
NAMES: tuple[tuple[str, str], ...] = (
    ("柏 花子", "カシワ ハナコ"),
    ("手賀 太郎", "テガ タロウ"),
    ("髙砂 例子", "タカサゴ レイコ"),
    ("利根 次郎", "トネ ジロウ"),
    ("山\ufa11 例太", "ヤマザキ レイタ"),
    ("\U00020bb7野 花子", "ヨシノ ハナコ"),
    ("大\ufa10 太郎", "オオツカ タロウ"),
    ("辻\U000e0100 例子", "ツジ レイコ"),
    ("濵見 三郎", "ハマミ サブロウ"),
    ("德見 花子", "トクミ ハナコ"),
    ("見本 一郎", "ミホン イチロウ"),
    ("例示 しのぶ", "レイジ シノブ"),
    ("大堀 太郎", "オオホリ タロウ"),
    ("仮名 よし子", "カメイ ヨシコ"),
    ("桜木 花子", "サクラギ ハナコ"),
    ("試野 例一", "タメシノ レイイチ"),
    ("沼南 次郎", "ショウナン ジロウ"),
    ("北柏 例子", "キタカシワ レイコ"),
    ("髙\ufa11 太郎", "タカサキ タロウ"),
    ("見本田 花子", "ミホンダ ハナコ"),
    ("例川 三郎", "レイカワ サブロウ"),
    ("試山 例子", "タメシヤマ レイコ"),
    ("仮野 太郎", "カリノ タロウ"),
    ("例林 次郎", "レイバヤシ ジロウ"),
)
