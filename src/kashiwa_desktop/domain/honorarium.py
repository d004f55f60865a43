"""The honorarium (委託金) of one month, per appointment, in whole yen.

Safe defaults of DOMAIN.md §3.3: the full monthly amount whatever the number of activities; a
month in which the appointment holds on any day counts whole; a month wholly on leave pays nothing.
One person, area and month is one claim: two appointments that follow each other within a month are
not paid a whole month each.
Every other rule is a dated setting of the office. All yen are integers and are rounded down.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office import Office, Prorating
from kashiwa_desktop.domain.people import Appointment, overlap

LABELS = {
    "whole": "委託金(活動・報償費)",
    "activity": "活動費",
    "reward": "報償費",
    "adjustment": "調整",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of what is due: ``kind`` a key of LABELS, its yen, and how it was reckoned.

    Only an adjustment may be below zero; its ``formula`` is the reason.
    """

    kind: str
    yen: int
    formula: str = ""

    @property
    def label(self) -> str:
        return LABELS.get(self.kind, self.kind)

    def body(self) -> dict[str, str | int]:
        return {"kind": self.kind, "yen": self.yen, "formula": self.formula}


@dataclass(frozen=True, slots=True)
class HonorariumLine:
    """What is due for one appointment in one month, in yen, and how it came about."""

    appointment: str
    area: str
    yen: int
    formula: str = ""
    items: tuple[Item, ...] = ()

    def body(self) -> dict[str, str | int]:
        """Return the shape that travels in a month report."""
        return {"appointment": self.appointment, "area": self.area, "yen": self.yen}

    def approved_body(self) -> dict[str, Any]:
        """Return the shape an approval keeps: with the items, so that a sheet can say why."""
        return {**self.body(), "items": [item.body() for item in self.items]}

    @classmethod
    def nothing(cls, appointment: str, area: str) -> "HonorariumLine":
        """Return the line of an appointment to which nothing is due (any more)."""
        formula = "支払う額がありません(委嘱のない月か、休止の月です)"
        return cls(appointment, area, 0, formula, (Item("whole", 0, formula),))

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> "HonorariumLine":
        """Read a line of a report or an approval; without items the sum is its only one."""
        formula = f"月額 {body['yen']:,}円 × 1か月"
        items = tuple(Item(i["kind"], i["yen"], i["formula"]) for i in body.get("items", ()))
        items = items or (Item("whole", body["yen"], formula),)
        return cls(body["appointment"], body["area"], body["yen"], items[0].formula, items)


def lines(
    appointments: Iterable[Appointment],
    office: Office,
    month: Month,
    activity_days: Mapping[str, int] | None = None,
) -> list[HonorariumLine]:
    """Return a line for each appointment of ``month`` that is not on leave, in the given order.

    ``activity_days`` are the days with a counted activity by area; only the rule 活動日割 asks.
    """
    held = [a for a in appointments if a.active_in(month) and not a.suspended_in(month)]
    return [
        _line(a, office, month, (activity_days or {}).get(a.area, 0))
        for a in held
        if not claimed_already(a, held, office, month)
    ]


def claimed_already(
    a: Appointment, held: Iterable[Appointment], office: Office, month: Month
) -> bool:
    """Whether an earlier appointment of the same person and area claims this month already.

    Rules that pay parts of a month pay each its own part, as long as no day is in both.
    """
    earlier = [
        b
        for b in held
        if (b.promoter, b.area) == (a.promoter, a.area) and (b.first, b.id) < (a.first, a.id)
    ]
    if office.prorating_in(month).rule in ("days", "months"):
        earlier = [b for b in earlier if overlap(a.first, a.last, b.first, b.last)]
    return bool(earlier)


def amount(appointment: Appointment, office: Office, month: Month) -> int:
    """Return the monthly amount in yen: the appointment's own by date, else the rate by date."""
    day = max(month.first, appointment.first)
    in_order = sorted(appointment.amounts, key=lambda entry: entry[0])
    own = [yen for first, yen in in_order if first <= day]
    if own:
        return own[-1]
    return office.rate(month) if appointment.yen is None else appointment.yen


def held_days(appointment: Appointment, month: Month) -> int:
    """Return on how many days of ``month`` the appointment holds and is not on leave."""
    days = (month.first + timedelta(days=n) for n in range(month.days))
    return sum(appointment.active_on(day) and not appointment.on_leave(day) for day in days)


def _line(a: Appointment, office: Office, month: Month, activity_days: int) -> HonorariumLine:
    monthly = amount(a, office, month)
    share = _share(a, office.prorating_in(month), month, activity_days)
    total, formula = share.of(monthly)
    items = _items(total, formula, min(office.activity_part(month), monthly), share)
    for adjustment in a.adjustments:
        if adjustment.month == month:
            rest = sum(item.yen for item in items)
            items.append(_adjusted(adjustment.yen, adjustment.reason, rest))
    yen = sum(item.yen for item in items)
    return HonorariumLine(a.id, a.area, yen, items[0].formula, tuple(items))


def _items(total: int, formula: str, part: int, share: "_Share") -> list[Item]:
    """Divide ``total`` into 活動費 and 報償費 where the office does (DOMAIN.md §3.2).

    The 活動費 is pro-rated like the whole, the 報償費 is what is left, so that both together are
    the whole to the yen.
    """
    if not part or not total:
        return [Item("whole", total, formula)]
    activity, how = share.of(part)
    activity = min(activity, total)
    return [
        Item("activity", activity, how),
        Item("reward", total - activity, f"{formula} － 活動費 {activity:,}円"),
    ]


def _adjusted(yen: int, reason: str, rest: int) -> Item:
    """Return an adjustment; it never takes a month's sum below zero, and says so."""
    if rest + yen >= 0:
        return Item("adjustment", yen, reason)
    left = -(rest + yen)
    return Item("adjustment", -rest, f"{reason}(△{-yen:,}円のうち。残り {left:,}円)")


@dataclass(frozen=True, slots=True)
class _Share:
    """Which part of a month is paid: whole, none, ``days`` of ``of_days``, or by activity days."""

    rule: str
    days: int = 0
    of_days: int = 0
    daily_first: bool = True
    day_yen: int = 0

    def of(self, monthly: int) -> tuple[int, str]:
        """Return (yen, how it was reckoned) for a monthly amount in yen, rounded down."""
        if self.rule == "full":
            return monthly, f"月額 {monthly:,}円 × 1か月"
        if self.rule == "none":
            return 0, "退任の月は算入しません"
        if self.rule == "activity_days":
            yen = min(self.days * self.day_yen, monthly)
            top = "(月額まで)" if self.days * self.day_yen > monthly else ""
            return yen, f"活動日数 {self.days}日 × {self.day_yen:,}円{top}"
        if self.daily_first:
            daily = monthly // self.of_days
            return daily * self.days, (
                f"{monthly:,}円 ÷ {self.of_days}日 = 日額 {daily:,}円(円未満切捨て) × {self.days}日"
            )
        yen = monthly * self.days // self.of_days
        return yen, f"{monthly:,}円 × {self.days}日 ÷ {self.of_days}日(円未満切捨て)"


def _share(a: Appointment, rule: Prorating, month: Month, activity_days: int) -> _Share:
    """Return which part of the month is paid (DOMAIN.md §3.3, four published models).

    - ``full``: 全額, the safe default.
    - ``months``: 月単位 (北広島町 民生委員協議会会長): the month of taking office counts, the month
      of leaving does not, unless the last day of the month is its last day.
    - ``days``: 暦日割 (西目屋村, 壬生町): days held of all days of the month. 西目屋村 rounds the
      daily rate down first (10 of 31 days of 40,000円: 12,900円), else at the end (12,903円).
    - ``activity_days``: 活動日数 × 単価 (養父市), in a month not held whole; at most a month's.
    """
    held = held_days(a, month)
    if rule.rule == "months":
        ends_within = a.last is not None and month.first <= a.last < month.last
        return _Share("none" if ends_within else "full")
    if rule.rule == "full" or held == month.days:
        return _Share("full")
    if rule.rule == "activity_days":
        return _Share("activity_days", activity_days, day_yen=rule.day_yen)
    return _Share("days", held, month.days, rule.rounding == "daily")


def activity_days(activities: Iterable[Activity]) -> dict[str, int]:
    """Return by area on how many days something that counts was done there (活動日数)."""
    days: dict[str, set[date]] = {}
    for a in activities:
        if a.counted:
            days.setdefault(a.area, set()).add(a.date)
    return {area: len(found) for area, found in days.items()}


def pay_day(month: Month, day: int) -> date:
    """Return the planned day of payment before closed days are looked at: of the next month."""
    following = month.next()
    return following.first.replace(day=min(day, following.days))
