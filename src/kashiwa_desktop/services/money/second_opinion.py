"""The second opinion: a small calculator of its own that reads raw lines and reckons every sheet.

It shares no rule with ``domain.honorarium``, ``domain.withholding`` or the printing (RELIABILITY.md
R54): lines are read as plain JSON, heads are found again, yen are reckoned from day to day. Where
it disagrees with what is about to be printed, there is no sheet. Integers only.
"""

import calendar
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

Body = dict[str, Any]


class NoOpinionError(ValueError):
    """The lines do not say enough to reckon this month: nothing may be printed."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """Yen of one appointment and month: the lines, what is withheld; and what was approved.

    ``approved`` is 0 where an approval names this appointment no (more), None without an approval.
    """

    parts: tuple[int, ...]
    withheld: int
    approved: int | None

    @property
    def gross(self) -> int:
        return sum(self.parts)

    @property
    def net(self) -> int:
        return self.gross - self.withheld


class SecondOpinion:
    """Everything raw lines say about one month; ``table`` is the text of the 乙欄 table."""

    def __init__(self, lines: Iterable[bytes], month: str, table: str) -> None:
        self._month = month
        self._days = [f"{month}-{n:02d}" for n in range(1, 1 + _length(month))]
        shown = _shown(lines)
        settings = [r["body"] for r in shown if r["type"] == "settings"]
        self._office: Body = next((b for b in settings if b["kind"] == "office"), {})
        self._held = {b["appointment"]: b for b in settings if b["kind"] == "appointment"}
        self._terms = {b["appointment"]: b for b in settings if b["kind"] == "terms"}
        self._activities = [r for r in shown if r["type"] == "activity" and r["month"] == month]
        self._approvals = {
            r["promoter"]: r["body"]
            for r in shown
            if r["type"] == "approval" and r["month"] == month
        }
        self._table = self._office.get("otsu") or _table(table)

    def of(self, appointment: str, pay_on: str) -> Opinion:
        """Reckon one appointment, paid on ``pay_on`` (YYYY-MM-DD); NoOpinionError."""
        held = self._held.get(appointment)
        if held is None:
            raise NoOpinionError(appointment)
        terms = self._terms.get(appointment, {})
        parts = self._parts(held, terms)
        tax = self._tax(parts, terms, pay_on)
        said = self._approvals.get(held["promoter"], {"state": "", "honorarium": []})
        sums = {line["appointment"]: line["yen"] for line in said["honorarium"]}
        approved = sums.get(appointment, 0) if said["state"] == "approved" else None
        return Opinion(tuple(yen for _, yen in parts), tax, approved)

    def _parts(self, held: Body, terms: Body) -> list[tuple[str, int]]:
        if not self._mine(held, terms):
            return [("whole", 0)]
        monthly = self._monthly(held, terms)
        total = self._share(held, terms, monthly)
        part = min(_since(self._office.get("activity_parts", []), self._days[0], "yen", 0), monthly)
        if part and total:
            activity = min(self._share(held, terms, part), total)
            parts = [("activity", activity), ("reward", total - activity)]
        else:
            parts = [("whole", total)]
        for change in terms.get("adjustments", []):
            if change["month"] == self._month:
                left = sum(yen for _, yen in parts)
                parts.append(("adjustment", max(change["yen"], -left)))
        return parts

    def _monthly(self, held: Body, terms: Body) -> int:
        begin = max(self._days[0], held["from"])
        yen = _since(terms.get("amounts", []), begin, "yen", None)
        yen = terms.get("yen") if yen is None else yen
        rates = self._office.get("rates", [{"from": "2015-04-01", "yen": 40000}])
        return int(_since(rates, self._days[0], "yen", 0) if yen is None else yen)

    def _mine(self, held: Body, terms: Body) -> list[str]:
        """Return the days of the month on which the appointment holds and is not on leave."""
        begin, end = held["from"], held.get("to") or "9999-12-31"
        away = [(p["from"], p.get("to") or "9999-12-31") for p in terms.get("suspended", [])]
        return [
            day
            for day in self._days
            if begin <= day <= end and not any(a <= day <= b for a, b in away)
        ]

    def _share(self, held: Body, terms: Body, yen: int) -> int:
        end, mine = held.get("to") or "9999-12-31", self._mine(held, terms)
        rule: Body = _since(
            self._office.get("prorating", []), self._days[0], None, {"rule": "full"}
        )
        if rule["rule"] == "months":
            return 0 if self._days[0] <= end < self._days[-1] else yen
        if rule["rule"] == "full" or len(mine) == len(self._days):
            return yen
        if rule["rule"] == "activity_days":
            return min(yen, int(rule.get("day_yen", 0)) * self._active_days(held))
        if rule.get("rounding", "daily") == "daily":
            return yen // len(self._days) * len(mine)
        return yen * len(mine) // len(self._days)

    def _active_days(self, held: Body) -> int:
        who = (held["promoter"], held["area"])
        bodies = [r["body"] for r in self._activities if (r["promoter"], r["body"]["area"]) == who]
        done = [b for b in bodies if b.get("status", "held") == "held" and not _proxy(b)]
        return len({b["date"] for b in done})

    def _tax(self, parts: list[tuple[str, int]], terms: Body, pay_on: str) -> int:
        rule: Body = {}
        for said in terms.get("withholding", []):
            if said["from"] <= pay_on <= (said.get("to") or "9999-12-31"):
                rule = said
        sums: dict[str, int] = defaultdict(int)
        for kind, yen in parts:
            sums[rule.get("activity" if kind == "activity" else "reward", "none")] += yen
        fee, wage = max(sums["fee"], 0), max(sums["salary"], 0)
        tax = min(fee, 10**6) * 1021 // 10**4 + max(fee - 10**6, 0) * 2042 // 10**4
        return tax + (wage * self._rate(wage, pay_on) // 10**5 if wage else 0)

    def _rate(self, yen: int, pay_on: str) -> int:
        begins = max((row["from"] for row in self._table if row["from"] <= pay_on), default="")
        for row in self._table:
            top = row.get("below")
            if row["from"] == begins and row["at_least"] <= yen and (top is None or yen < top):
                return int(row["rate"])
        raise NoOpinionError("no rate")


def _length(month: str) -> int:
    return calendar.monthrange(int(month[:4]), int(month[5:]))[1]


def _proxy(body: Body) -> bool:
    return body.get("by_proxy") is not None


def _since(rows: Iterable[Body], day: str, name: str | None, default: Any) -> Any:
    """Return what the newest row that began by ``day`` says; of one day the last one said."""
    found = None
    for row in rows:
        if row["from"] <= day and (found is None or row["from"] >= found["from"]):
            found = row
    if found is None:
        return default
    return found if name is None else found[name]


def _shown(lines: Iterable[bytes]) -> list[Body]:
    """Return the live revision that is shown of every record (BUNDLE.md §3, §5)."""
    records: dict[tuple[str, str, str], dict[str, Body]] = defaultdict(dict)
    for line in lines:
        r = json.loads(line)
        key = (r["promoter"] or "", r["type"], r["id"])
        records[key][sha256(line).hexdigest()] = r
    found = []
    for of_record in records.values():
        old = {parent for r in of_record.values() for parent in r["parents"]}
        heads = [
            (not r["deleted"], r["by"]["role"] == "office", name)
            for name, r in of_record.items()
            if name not in old
        ]
        if heads and max(heads)[0]:
            found.append(of_record[max(heads)[2]])
    return found


def _table(text: str) -> list[Body]:
    rows = [line.split(",") for line in text.splitlines() if line[:1].isdigit()]
    return [
        {"from": a, "at_least": int(b), "below": int(c) if c else None, "rate": int(d)}
        for a, b, c, d in rows
    ]
