"""What the supervisor sets for payments: switches that are off, and the numbers of each month.

They stay in the office: no settings file and no return has them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kashiwa_desktop.domain.month import Month

KIND = "payments"


@dataclass(frozen=True, slots=True)
class PaymentOptions:
    """``noticing`` shows 気になること, ``transfers`` the 全銀 file, written by ``profile``.

    ``numbers`` are 伺番号 and 伝票番号 by month (YYYY-MM).
    """

    noticing: bool = False
    transfers: bool = False
    profile: str = "standard"
    numbers: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def numbers_of(self, month: Month) -> tuple[str, str]:
        """Return (伺番号, 伝票番号) of a month, 「」 where none was set."""
        return self.numbers.get(str(month), ("", ""))


def read(bodies: Iterable[Mapping[str, Any]]) -> PaymentOptions:
    """Read the settings record of kind ``payments``; what it does not say keeps its default."""
    body = next((b for b in bodies if b.get("kind") == KIND), {})
    plain = {name: body[name] for name in ("noticing", "transfers", "profile") if name in body}
    rows = body.get("numbers", ())
    numbers = {row["month"]: (row.get("inquiry", ""), row.get("voucher", "")) for row in rows}
    return PaymentOptions(**plain, numbers=numbers)
