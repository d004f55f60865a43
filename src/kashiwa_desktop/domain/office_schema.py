"""The schema of the own settings of the office: rates, deadline, papers, meetings, balance."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

MOST_YEN = 10_000_000
"""No sum of this office is larger: forms, tables and the command line take it from here."""

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Yen = Annotated[int, Meta(ge=0, le=MOST_YEN)]
SignedYen = Annotated[int, Meta(ge=-MOST_YEN, le=MOST_YEN)]
MonthText = Annotated[str, Meta(pattern=r"\A\d{4}-(0[1-9]|1[0-2])\Z")]


class Rate(Struct):
    """The monthly amount in yen from a day on."""

    first: date = msgspec.field(name="from")
    yen: Yen


class Chair(Struct):
    """Who is chair (会長) from a day on."""

    first: date = msgspec.field(name="from")
    name: str


class ProratingBody(Struct):
    """How a month not held whole is paid from a day on."""

    first: date = msgspec.field(name="from")
    rule: Annotated[str, Meta(pattern=r"\A(full|months|days|activity_days)\Z")]
    rounding: Annotated[str, Meta(pattern=r"\A(daily|last)\Z")] = "daily"
    day_yen: Yen = 0


class MeetingRuleBody(Struct):
    """On which day of a month the 推進員定例会 is, from a day on (``domain.meeting_rule``)."""

    first: date = msgspec.field(name="from")
    rule: Annotated[str, Meta(pattern=r"\A(none|nth|days)\Z")]
    nth: Annotated[int, Meta(ge=-1, le=5)] = 1
    weekday: Annotated[int, Meta(ge=0, le=6)] = 0

    def __post_init__(self) -> None:
        if self.nth == 0:
            raise ValueError("nth: 1 to 5, or -1")


class OtsuBody(Struct):
    """One row of the 乙欄 table: from a day on, from an amount up to below another."""

    first: date = msgspec.field(name="from")
    at_least: Yen
    rate: Annotated[int, Meta(ge=0, le=100_000)]
    below: Yen | None = None


class BalanceBody(Struct):
    """One row of the opening balance: what was counted from a month to a month."""

    first: MonthText = msgspec.field(name="from")
    last: MonthText = msgspec.field(name="to")
    category: str = ""
    type: str = ""
    area: str = ""
    count: Annotated[int, Meta(ge=0)] = 0
    days: Annotated[int, Meta(ge=0)] = 0
    minutes: Annotated[int, Meta(ge=0)] = 0
    attendees: Annotated[int, Meta(ge=0)] = 0


class Opening(Struct):
    """Counts before any record: by category up to and including a month, or row by row."""

    counts: dict[str, Annotated[int, Meta(ge=0)]] = {}
    until: MonthText | None = None
    first: MonthText | None = msgspec.field(name="from", default=None)
    rows: Annotated[list[BalanceBody], Meta(max_length=2_000)] = []


CodeName = Annotated[str, Meta(min_length=1, max_length=40)]


class CodeBody(Struct):
    """What one code of a record is called from a day on (``domain.code_list``)."""

    of: CodeName = msgspec.field(name="list")
    code: CodeName
    label: Annotated[str, Meta(min_length=1, max_length=60)]
    category: Annotated[str, Meta(max_length=40)] = ""
    first: date | None = msgspec.field(name="from", default=None)
    last: date | None = msgspec.field(name="to", default=None)
    order: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None
    examples: Annotated[list[Annotated[str, Meta(max_length=200)]], Meta(max_length=5)] = []


class OfficeBody(Struct):
    """The office's own settings (``domain.office``)."""

    name: Name = "柏市社会福祉協議会"
    deadline_day: Annotated[int, Meta(ge=1, le=31)] = 5
    guideline: Annotated[int, Meta(ge=0, le=100)] = 6
    claim: bool = True
    seal: bool = True
    claim_title: str = ""
    claim_form: str = ""
    issuer: str = ""
    officer: str = ""
    phone: str = ""
    phone_hours: Annotated[str, Meta(max_length=100)] = ""
    account_title: str = ""
    rates: list[Rate] = []
    chairs: list[Chair] = []
    closures: list[str] = []
    approval_boxes: list[str] = []
    sheet_boxes: list[str] = []
    prorating: list[ProratingBody] = []
    activity_parts: list[Rate] = []
    amount_style: Annotated[str, Meta(pattern=r"\A(arabic|daiji|full)\Z")] = "arabic"
    pay_day: Annotated[int, Meta(ge=1, le=31)] = 20
    otsu: list[OtsuBody] = []
    opening: Opening | None = None
    accounts: bool = False
    deadline_rule: Annotated[str, Meta(pattern=r"\A(day|meeting)\Z")] = "day"
    deadline_march: Annotated[int, Meta(ge=1, le=30)] | None = None
    keep_years: Annotated[int, Meta(ge=1, le=100)] = 5
    meetings: list[date] = []
    meeting_rules: list[MeetingRuleBody] = []
    codes: Annotated[list[CodeBody], Meta(max_length=2_000)] = []
