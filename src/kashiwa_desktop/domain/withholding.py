"""Withholding tax (源泉徴収), per appointment and date: the office decides, this only reckons.

DOMAIN.md §3.2: none by default; 報酬 after 所得税法204条; 給与 after 乙欄, whose rates stand in a
dated table (``resources/withholding_otsu.csv``, or the office's own) and never here. Whole yen,
rounded down.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

NONE, FEE, SALARY = "none", "fee", "salary"
CLASSES = {NONE: "源泉なし", FEE: "報酬(所得税法204条)", SALARY: "給与(乙欄)"}

_FEE_BOUND = 1_000_000


class NoRateError(ValueError):
    """The 乙欄 table holds no row for this amount on this day: nothing may be guessed."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """The tax class of 活動費 and of all else, between two days of payment; an open end is None."""

    first: date
    last: date | None = None
    activity: str = NONE
    reward: str = NONE

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> "Treatment":
        last = body.get("to")
        return cls(
            date.fromisoformat(body["from"]),
            date.fromisoformat(last) if last else None,
            body.get("activity", NONE),
            body.get("reward", NONE),
        )

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def of(self, kind: str) -> str:
        """Return the tax class of one line; an adjustment follows the 報償費."""
        return self.activity if kind == "activity" else self.reward


@dataclass(frozen=True, slots=True)
class OtsuRow:
    """One row of the 乙欄 table: from ``first`` on, for sums from ``at_least`` to below ``below``.

    ``rate`` is in hundred-thousandths (3,063 is 3.063 %).
    """

    first: date
    at_least: int
    below: int | None
    rate: int

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> "OtsuRow":
        first = date.fromisoformat(body["from"])
        return cls(first, body["at_least"], body.get("below"), body["rate"])

    def holds(self, yen: int) -> bool:
        return self.at_least <= yen and (self.below is None or yen < self.below)


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is withheld, in yen, and the note that says by which rule."""

    yen: int = 0
    note: str = ""


def read_table(text: str) -> tuple[OtsuRow, ...]:
    """Read ``from,at_least,below,rate``; lines that begin with # are remarks."""
    plain = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(
        OtsuRow(
            date.fromisoformat(row["from"]),
            int(row["at_least"]),
            int(row["below"]) if row["below"] else None,
            int(row["rate"]),
        )
        for row in csv.DictReader(plain)
    )


def withheld(
    items: Iterable[tuple[str, int]],
    treatments: Sequence[Treatment],
    table: Iterable[OtsuRow],
    day: date,
) -> Withheld:
    """Return what is withheld from ``items`` (kind of line, yen) when they are paid on ``day``.

    Lines of one tax class are one sum; a sum below zero counts as none. NoRateError where the
    table says nothing.
    """
    held = [t for t in treatments if t.holds(day)]
    treatment = held[-1] if held else Treatment(day)
    sums = dict.fromkeys(CLASSES, 0)
    for kind, yen in items:
        sums[treatment.of(kind)] += yen
    found = []
    if sums[FEE] > 0:
        found.append(_fee(sums[FEE]))
    if sums[SALARY] > 0:
        found.append(_salary(sums[SALARY], table, day))
    return Withheld(sum(w.yen for w in found), "、".join(w.note for w in found))


def _fee(yen: int) -> Withheld:
    """所得税法204条, 国税庁 No.2795: 10.21 % up to 100万円, 20.42 % above that; 円未満切捨."""
    if yen <= _FEE_BOUND:
        return Withheld(yen * 1021 // 10_000, f"{CLASSES[FEE]} {yen:,}円 × 10.21%")
    over = (yen - _FEE_BOUND) * 2042 // 10_000 + 102_100
    return Withheld(over, f"{CLASSES[FEE]} 100万円をこえる分 20.42%")


def _salary(yen: int, table: Iterable[OtsuRow], day: date) -> Withheld:
    """給与所得の源泉徴収税額表 乙欄: the table in force on ``day``, 円未満切捨 (所基通28-7)."""
    dated = sorted((row for row in table if row.first <= day), key=lambda row: row.first)
    rows = [row for row in dated if row.first == dated[-1].first and row.holds(yen)]
    if not rows:
        raise NoRateError(f"no 乙欄 row for {yen} on {day}")
    rate = rows[0].rate
    percent = f"{rate // 1000}.{rate % 1000:03d}".rstrip("0").rstrip(".")
    return Withheld(yen * rate // 100_000, f"{CLASSES[SALARY]} {yen:,}円 × {percent}%")
