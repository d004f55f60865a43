"""地域のようす: how many people live in an area, by age, on a day (DOMAIN.md §9, 地域元気情報)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

KIND = "area_statistics"
COUNTS = {
    "population": "地域総人口",
    "under_5": "4歳以下",
    "under_15": "14歳以下",
    "over_65": "65歳以上",
    "over_75": "75歳以上",
    "certified": "要介護・要支援者",
}


@dataclass(frozen=True, slots=True)
class AreaStatistics:
    """The figures of one area (its code) on a day, in people; None where nobody gave one."""

    area: str
    on: date
    population: int
    under_5: int | None = None
    under_15: int | None = None
    over_65: int | None = None
    over_75: int | None = None
    certified: int | None = None

    def body(self) -> dict[str, Any]:
        """Return the settings record of these figures."""
        counts = {name: getattr(self, name) for name in COUNTS}
        return {"kind": KIND, "area": self.area, "on": self.on.isoformat(), **counts}

    def lines(self) -> list[tuple[str, str]]:
        """Return label and 「3,371人(7.3%)」, shares of the ages only."""
        given = {name: getattr(self, name) for name in COUNTS}
        return [
            (label, f"{given[name]:,}人{self._share(name, given[name])}")
            for name, label in COUNTS.items()
            if given[name] is not None
        ]

    def _share(self, name: str, count: int) -> str:
        """Return the share in tenths of a percent, rounded half up."""
        if name in ("population", "certified") or not self.population:
            return ""
        tenths = (2_000 * count + self.population) // (2 * self.population)
        return f"({tenths // 10}.{tenths % 10}%)"


def read_all(bodies: Iterable[dict[str, Any]]) -> tuple[AreaStatistics, ...]:
    """Read the settings records of kind ``area_statistics``, by area and day."""
    found = [
        AreaStatistics(
            b["area"],
            date.fromisoformat(b["on"]),
            **{name: b[name] for name in COUNTS if name in b},
        )
        for b in bodies
        if b.get("kind") == KIND
    ]
    return tuple(sorted(found, key=lambda one: (one.area, one.on)))


def newest(known: Iterable[AreaStatistics], area: str, day: date) -> AreaStatistics | None:
    """Return the last figures of an area that were taken by ``day``."""
    held = [one for one in known if one.area == area and one.on <= day]
    return max(held, key=lambda one: one.on, default=None)
