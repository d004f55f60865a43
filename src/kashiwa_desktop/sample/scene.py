"""A scene: one kind of thing promoters do, with the phrases from which its records are told."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kashiwa_desktop.sample.dice import choose

Record = dict[str, Any]
"""A record in the shape of PRODUCT.md §8, all keys present."""

_EMPTY: Record = {
    "start": None,
    "end": None,
    "status": "held",
    "by_proxy": None,
    "private_note": "",
    "council": None,
}


@dataclass(frozen=True, slots=True)
class Scene:
    """One kind of activity: codes, pools of phrases, usual minutes and attendees."""

    category: str
    type: str
    titles: tuple[str, ...]
    what: tuple[str, ...]
    how: tuple[str, ...]
    result: tuple[str, ...]
    findings: tuple[str, ...] = ("",)
    next: tuple[str, ...] = ("",)
    places: tuple[str, ...] = ("近隣センター 会議室", "近隣センター 和室", "近隣センター ロビー")
    counterparts: tuple[tuple[str, ...], ...] = ((),)
    minutes: tuple[int, ...] = (60, 90, 45)
    attendees: tuple[int | None, ...] = (None,)
    tags: tuple[str, ...] = ()


def tell(scene: Scene, day: date, area: str, turn: int, *, short: bool = False) -> Record:
    """Return the record of ``scene`` told for the ``turn``-th time, without times of day."""
    what, how, result, title, findings, follow, place = choose(
        (scene.what, scene.how, scene.result, scene.titles, scene.findings, scene.next,
         scene.places),
        turn,
    )  # fmt: skip
    return _EMPTY | {
        "date": day.isoformat(),
        "minutes": scene.minutes[turn % len(scene.minutes)],
        "area": area,
        "category": scene.category,
        "type": scene.type,
        "title": title,
        "content": what if short else what + how + result,
        "findings": "" if short else findings,
        "next": "" if short else follow,
        "place": place,
        "counterparts": list(scene.counterparts[turn % len(scene.counterparts)]),
        "attendees": scene.attendees[turn % len(scene.attendees)],
        "tags": list(scene.tags),
    }


def set_time(record: Record, start: int) -> None:
    """Let ``record`` begin at ``start`` (minutes after midnight) and last its ``minutes``."""
    record["start"] = _clock(start)
    record["end"] = _clock(start + record["minutes"])


def cancel(record: Record, reason: str) -> None:
    """Turn ``record`` into one that was planned and did not take place."""
    record.update(
        status="cancelled", start=None, end=None, minutes=None, attendees=None, content=reason,
        findings="", tags=[],
    )  # fmt: skip


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
