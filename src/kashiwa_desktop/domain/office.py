"""The office's own settings: rates, deadline, papers. Defaults are DOMAIN.md's safe defaults.

Everything unverified is a value here, never in the code of a rule: 「初期値(要確認)」.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from kashiwa_desktop.domain import meeting_rule
from kashiwa_desktop.domain import opening as opening_rules
from kashiwa_desktop.domain.meeting_rule import MeetingRule
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.withholding import OtsuRow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Prorating:
    """How a month not held whole is paid (DOMAIN.md §3.3).

    ``rule`` is full, months, days or activity_days; ``rounding`` of the rule days is ``daily`` (the
    daily rate is rounded down) or ``last`` (the result is); ``day_yen`` belongs to activity_days.
    """

    rule: str = "full"
    rounding: str = "daily"
    day_yen: int = 0


@dataclass(frozen=True, slots=True)
class Office:
    """Settings of the office, as one record of kind ``office``."""

    name: str = "柏市社会福祉協議会"
    rates: tuple[tuple[date, int], ...] = ((date(2015, 4, 1), 40_000),)
    chairs: tuple[tuple[date, str], ...] = ()
    deadline_day: int = 5
    guideline: int = 6
    closures: tuple[str, ...] = ("12-29", "12-30", "12-31", "01-01", "01-02", "01-03")
    claim: bool = True
    claim_title: str = "委託金(活動・報償費)請求書"
    claim_form: str = "様式第1号"
    seal: bool = True
    issuer: str = ""
    officer: str = ""
    phone: str = ""
    phone_hours: str = ""
    approval_boxes: tuple[str, ...] = ("事務局長", "課長", "係長", "担当")
    account_title: str = "委託費"
    prorating: tuple[tuple[date, Prorating], ...] = ()
    activity_parts: tuple[tuple[date, int], ...] = ()
    sheet_boxes: tuple[str, ...] = ()
    amount_style: str = "arabic"
    pay_day: int = 20
    otsu: tuple[OtsuRow, ...] = ()
    opening: dict[str, int] = field(default_factory=dict)
    opening_until: Month | None = None
    balances: tuple[opening_rules.Balance, ...] = ()
    accounts: bool = False
    deadline_rule: str = "day"
    deadline_march: int | None = None
    meetings: tuple[date, ...] = ()
    meeting_rules: tuple[tuple[date, MeetingRule], ...] = ()
    keep_years: int = 5

    @property
    def telephone(self) -> str:
        """「04-7100-0000(平日 9時から17時)」, as it stands beside 「お電話ください」."""
        return (
            f"{self.phone}({self.phone_hours})" if self.phone and self.phone_hours else self.phone
        )

    def due(self, month: Month) -> tuple[date, bool]:
        """Return (day until which ``month`` is handed over, whether a closed day moves it on).

        The rule ``meeting`` takes the day of the 定例会 of the next month where it is known; March
        may have an earlier day of April (PRODUCT.md screen 27).
        """
        following = month.next()
        if self.deadline_rule == "meeting":
            meeting = self.meeting(following)
            if meeting is not None:
                return meeting, False
        day = self.deadline_day
        if month.number == 3 and self.deadline_march is not None:
            day = self.deadline_march
        return following.first.replace(day=min(day, following.days)), True

    def meeting_rule(self, month: Month) -> MeetingRule:
        """Return the rule for the 定例会 in force on the first day of ``month``."""
        return _in_force(self.meeting_rules, month.first, MeetingRule())

    def meeting(self, month: Month) -> date | None:
        """Return the day of the 定例会 in ``month``: a named one, else by the rule; else None."""
        named = [day for day in self.meetings if Month.of(day) == month]
        return min(named) if named else self.meeting_rule(month).day(month)

    def decides_meeting(self, month: Month) -> bool:
        """Whether the office decided on the 定例会 of ``month``, be it that there is none."""
        return self.meeting_rule(month).rule != "none" or self.meeting(month) is not None

    def rate(self, month: Month) -> int:
        """Return the monthly amount in yen in force on the first day of ``month``."""
        return _in_force(self.rates, month.first, 0)

    def prorating_in(self, month: Month) -> Prorating:
        """Return the rule in force on the first day of ``month``; full where none was set."""
        return _in_force(self.prorating, month.first, Prorating())

    def activity_part(self, month: Month) -> int:
        """Return how much of the monthly amount is 活動費, in yen; 0 where it is not divided."""
        return _in_force(self.activity_parts, month.first, 0)

    def chair(self, day: date) -> str:
        """Return the name of the chair (会長) on ``day``, 「」 where none was set."""
        return _in_force(self.chairs, day, "")

    def full_name(self) -> str:
        return f"社会福祉法人{self.name}"


def _in_force(dated: tuple[tuple[date, T], ...], day: date, default: T) -> T:
    in_order = sorted(dated, key=lambda entry: entry[0])
    held = [value for first, value in in_order if first <= day]
    return held[-1] if held else default


def read(body: dict[str, Any]) -> Office:
    """Read the settings record of kind ``office``; what it does not say keeps its default."""
    plain: dict[str, Any] = {
        name: body[name]
        for name in (
            "name", "deadline_day", "guideline", "claim", "claim_title", "claim_form", "seal",
            "issuer", "officer", "phone", "phone_hours", "account_title", "amount_style", "pay_day",
            "accounts", "deadline_rule", "deadline_march", "keep_years",
        )
        if name in body
    }  # fmt: skip
    for name, value in (("rates", "yen"), ("chairs", "name"), ("activity_parts", "yen")):
        if name in body:
            plain[name] = tuple((date.fromisoformat(d["from"]), d[value]) for d in body[name])
    if "prorating" in body:
        plain["prorating"] = tuple(
            (date.fromisoformat(d["from"]), _prorating(d)) for d in body["prorating"]
        )
    if "otsu" in body:
        plain["otsu"] = tuple(OtsuRow.read(d) for d in body["otsu"])
    for name in ("closures", "approval_boxes", "sheet_boxes"):
        if name in body:
            plain[name] = tuple(body[name])
    plain["meeting_rules"] = tuple(
        (date.fromisoformat(d["from"]), meeting_rule.read(d)) for d in body.get("meeting_rules", ())
    )
    plain["meetings"] = tuple(map(date.fromisoformat, body.get("meetings", ())))
    return Office(**plain, **_opening(body.get("opening")))


def _opening(body: dict[str, Any] | None) -> dict[str, Any]:
    """Return every row of the opening balance, and its plain form (by category) beside them."""
    if not body:
        return {}
    found: dict[str, Any] = {"balances": opening_rules.read(body)}
    if body.get("until"):
        found["opening"] = dict(body["counts"])
        found["opening_until"] = Month.parse(body["until"])
    return found


def _prorating(body: dict[str, Any]) -> Prorating:
    plain = Prorating()
    return Prorating(
        body["rule"], body.get("rounding", plain.rounding), body.get("day_yen", plain.day_yen)
    )
