"""The office's own settings: rates, deadline, papers. Defaults are DOMAIN.md's safe defaults.

Everything unverified is a value here, never in the code of a rule: 「初期値(要確認)」.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from kashiwa_desktop.domain.month import Month

T = TypeVar("T")


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
    approval_boxes: tuple[str, ...] = ("事務局長", "課長", "係長", "担当")
    account_title: str = "委託費"
    opening: dict[str, int] = field(default_factory=dict)
    opening_until: Month | None = None

    def rate(self, month: Month) -> int:
        """Return the monthly amount in yen in force on the first day of ``month``."""
        return _in_force(self.rates, month.first, 0)

    def chair(self, day: date) -> str:
        """Return the name of the chair (会長) on ``day``, 「」 where none was set."""
        return _in_force(self.chairs, day, "")

    def full_name(self) -> str:
        return f"社会福祉法人{self.name}"


def _in_force(dated: tuple[tuple[date, T], ...], day: date, default: T) -> T:
    held = [value for first, value in sorted(dated) if first <= day]
    return held[-1] if held else default


def read(body: dict[str, Any]) -> Office:
    """Read the settings record of kind ``office``; what it does not say keeps its default."""
    plain: dict[str, Any] = {
        name: body[name]
        for name in (
            "name", "deadline_day", "guideline", "claim", "claim_title", "claim_form", "seal",
            "issuer", "officer", "phone", "account_title",
        )
        if name in body
    }  # fmt: skip
    for name, key, value in (("rates", "from", "yen"), ("chairs", "from", "name")):
        if name in body:
            plain[name] = tuple((date.fromisoformat(d[key]), d[value]) for d in body[name])
    for name in ("closures", "approval_boxes"):
        if name in body:
            plain[name] = tuple(body[name])
    opening = body.get("opening")
    if opening:
        plain["opening"] = dict(opening["counts"])
        plain["opening_until"] = Month.parse(opening["until"])
    return Office(**plain)
