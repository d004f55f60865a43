"""区分の見分け方: which category a text sounds like, by example and with its reason.

It only suggests. The examples come from the office's settings; where there are none, those of
PRODUCT.md §1 hold, marked 「初期値(要確認)」.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kashiwa_desktop.domain.code_list import SEED, CodeLists
from kashiwa_desktop.domain.wording import search_key


@dataclass(frozen=True, slots=True)
class Example:
    """One example: what was done, the words by which it is known, and how it counts, and why."""

    text: str
    words: tuple[str, ...]
    category: str
    type: str
    reason: str


DEFAULTS = (
    Example("支えあい会議を開いた", ("支えあい会議",), "council", "exchange",
            "支えあい会議そのものは「支えあい会議の展開」です"),
    Example("支えあい会議として勉強会を開いた", ("支えあい会議", "勉強会"), "council", "study",
            "支えあい会議が開く勉強会は「支えあい会議の展開」です"),
    Example("支えあい会議の準備で住民と打合せた", ("支えあい会議", "準備"), "community",
            "local_meeting", "支えあい会議の準備は「地域活動」に数えます"),
    Example("支えあい会議の事前打合せ", ("支えあい会議", "打合せ"), "community", "local_meeting",
            "支えあい会議の打合せは「地域活動」に数えます"),
    Example("支えあい会議の準備を地区担当とした", ("支えあい会議", "地区担当"), "other",
            "area_officer", "地区担当との準備や打合せは「その他打合せ等」です"),
    Example("地区担当と打合せた", ("地区担当",), "other", "area_officer",
            "地区担当との打合せは「その他打合せ等」です"),
    Example("推進員定例会に出た", ("定例会",), "other", "regular_meeting",
            "推進員定例会は「その他打合せ等」です"),
    Example("推進員どうしで情報交換した", ("推進員", "情報交換"), "other", "misc",
            "推進員どうしの情報交換は「その他打合せ等」です"),
    Example("研修に参加した", ("研修",), "other", "misc", "研修や視察は「その他打合せ等」です"),
    Example("包括と情報交換した", ("包括",), "network", "professional",
            "包括との情報交換は「ネットワークづくり」です"),
    Example("ケアマネジャーと相談した", ("ケアマネ",), "network", "professional",
            "専門職の方との情報交換は「ネットワークづくり」です"),
    Example("包括が開く会議に出席した", ("包括", "会議"), "community", "expert_meeting",
            "包括などが開く会議への出席は「地域活動」です"),
    Example("地域ケア会議に出席した", ("ケア会議",), "community", "expert_meeting",
            "専門職が開く会議への出席は「地域活動」です"),
    Example("施設の職員と情報交換した", ("施設",), "network", "facility",
            "福祉施設とのつながりづくりは「ネットワークづくり」です"),
    Example("スーパーと移動販売の相談をした", ("スーパー",), "network", "business",
            "お店や会社とのつながりづくりは「ネットワークづくり」です"),
    Example("商店と買い物の相談をした", ("商店",), "network", "business",
            "お店や会社とのつながりづくりは「ネットワークづくり」です"),
    Example("住民向けの説明会を開いた", ("説明会",), "community", "briefing",
            "住民向けの説明会や催しは「地域活動」です"),
    Example("サロンや通いの場を訪ねた", ("サロン",), "community", "local_meeting",
            "通いの場やサロンへの支援は「地域活動」です"),
    Example("町会の集まりに出た", ("町会",), "community", "local_meeting",
            "町会や住民との打合せは「地域活動」です"),
)  # fmt: skip


def read(body: Mapping[str, Any], codes: CodeLists = SEED) -> tuple[Example, ...]:
    """Read the settings record of kind ``category_examples``; unknown codes are passed over."""
    found = [
        Example(e["text"], tuple(e["words"]), e["category"], e["type"], e["reason"])
        for e in body.get("examples", [])
    ]
    return tuple(e for e in found if codes.knows("type", e.type, e.category)) or DEFAULTS


def suggest(text: str, examples: Iterable[Example]) -> Example | None:
    """Return the example all of whose words stand in ``text``: of several the most telling one."""
    key = search_key(text)
    fitting = [e for e in examples if e.words and _all_in(e.words, key)]
    return max(fitting, key=_tells, default=None)


def _all_in(words: Sequence[str], key: str) -> bool:
    return all(search_key(word) in key for word in words)


def _tells(example: Example) -> tuple[int, int]:
    return len(example.words), sum(map(len, example.words))
