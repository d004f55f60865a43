"""The schema of what the office hands out: its settings by kind, and its list of keys.

A settings file may come from a stranger; what it says of areas, people and keys is checked here
before anything reads it. Kinds that this version does not know pass and are kept.
"""

from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

Hex64 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Hex128 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{128}\Z")]
Recipient = Annotated[str, Meta(pattern=r"\Aage1[02-9ac-hj-np-z]{58}\Z")]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Yen = Annotated[int, Meta(ge=0, le=10_000_000)]
TaxClass = Annotated[str, Meta(pattern=r"\A(none|fee|salary)\Z")]
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


class ZoneSpan(Struct):
    """In which zone an area lies from a day on."""

    first: date = msgspec.field(name="from")
    zone: str


class AreaBody(Struct):
    """One community area."""

    code: Name
    name: Name
    kana: str = ""
    zone: str = ""
    order: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    first: date | None = msgspec.field(name="from", default=None)
    last: date | None = msgspec.field(name="to", default=None)
    zones: list[ZoneSpan] = []
    checked: bool = False


class PlaceBody(Struct):
    """One zone, support centre or community centre."""

    place: Annotated[str, Meta(pattern=r"\A(zone|support_center|center)\Z")]
    code: Name
    name: Name
    kana: str = ""
    order: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    of: list[str] = []
    phone: str = ""
    first: date | None = msgspec.field(name="from", default=None)
    last: date | None = msgspec.field(name="to", default=None)


People = Annotated[int, Meta(ge=0, le=100_000_000)]


class AreaStatisticsBody(Struct):
    """How many people live in an area on a day, by age (``domain.area_statistics``)."""

    area: Name
    on: date
    population: People
    under_5: People | None = None
    under_15: People | None = None
    over_65: People | None = None
    over_75: People | None = None
    certified: People | None = None


class CeilingRow(Struct):
    """What one form of 通いの場 may get in a year by one subsidy, for one purpose."""

    form: Name
    subsidy: Name
    yen: Yen
    purpose: str = ""
    first: date | None = msgspec.field(name="from", default=None)
    last: date | None = msgspec.field(name="to", default=None)
    percent: Annotated[int, Meta(ge=0, le=100)] | None = None


class CeilingsBody(Struct):
    """The office's own table of ceilings (``domain.ceiling``)."""

    rows: Annotated[list[CeilingRow], Meta(max_length=200)]


class StaffBody(Struct):
    """One account of the office's staff; never handed out."""

    name: Name
    role: Annotated[str, Meta(pattern=r"\A(district|supervisor)\Z")]
    first: date = msgspec.field(name="from")
    last: date | None = msgspec.field(name="to", default=None)


class YearBody(Struct):
    """A fiscal year's figures as they were reported; never handed out."""

    year: Annotated[int, Meta(ge=2000, le=2199)]
    at: str
    who: str
    approved: bool
    tables: dict[str, list[list[Any]]]
    months: dict[str, str]


class PaymentNumbers(Struct):
    """伺番号 and 伝票番号 of one month's 支払一覧."""

    month: MonthText
    inquiry: Annotated[str, Meta(max_length=100)] = ""
    voucher: Annotated[str, Meta(max_length=100)] = ""


class PaymentsBody(Struct):
    """The supervisor's switches and numbers (``domain.payment_options``); never handed out."""

    noticing: bool = False
    transfers: bool = False
    profile: Name = "standard"
    numbers: Annotated[list[PaymentNumbers], Meta(max_length=1_200)] = []


class ProxyBody(Struct):
    """Who may stand in for a promoter (代理), and as what."""

    promoter: Name
    name: Name
    first: date = msgspec.field(name="from")
    standing: str = ""
    last: date | None = msgspec.field(name="to", default=None)


class PersonBody(Struct):
    """One promoter: number, name, フリガナ."""

    promoter: Name
    name: Name
    kana: str = ""


class AppointmentBody(Struct):
    """One 委嘱."""

    appointment: Name
    promoter: Name
    area: Name
    first: date = msgspec.field(name="from")
    last: date | None = msgspec.field(name="to", default=None)


class Leave(Struct):
    """One 休止."""

    first: date = msgspec.field(name="from")
    last: date | None = msgspec.field(name="to", default=None)
    reason: str = ""


class AdjustmentBody(Struct):
    """One 調整; its sum may be below zero."""

    month: MonthText
    yen: Annotated[int, Meta(ge=-10_000_000, le=10_000_000)]
    reason: Name


class TreatmentBody(Struct):
    """How tax is withheld between two days, for 活動費 and for all else."""

    first: date = msgspec.field(name="from")
    last: date | None = msgspec.field(name="to", default=None)
    activity: TaxClass = "none"
    reward: TaxClass = "none"


class PayeeBody(Struct):
    """Who is paid instead of the promoter."""

    name: Name
    kana: str = ""
    address: str = ""
    phone: str = ""
    relation: str = ""


class TermsBody(Struct):
    """What of an appointment only the office and its promoter know."""

    appointment: Name
    yen: Yen | None = None
    end_reason: str = ""
    suspended: list[Leave] = []
    amounts: list[Rate] = []
    adjustments: list[AdjustmentBody] = []
    withholding: list[TreatmentBody] = []
    payee: PayeeBody | None = None


class ExampleBody(Struct):
    """One example of 区分の見分け方 (``domain.category_hint``)."""

    text: Name
    words: Annotated[list[Name], Meta(min_length=1, max_length=20)]
    category: Name
    type: Name
    reason: str = ""


class ExamplesBody(Struct):
    """The office's examples of 区分の見分け方."""

    examples: Annotated[list[ExampleBody], Meta(max_length=500)]


class ContactBody(Struct):
    """Address and telephone of a promoter."""

    promoter: Name
    address: str = ""
    phone: str = ""


class DeviceBody(Struct):
    """What the office was told of a promoter's PC: lost, or found again."""

    device: Hex64
    state: Annotated[str, Meta(pattern=r"\A(listed|lost)\Z")]


class ListedKey(Struct):
    """One working key of the office: present, retired or revoked."""

    key: Hex64
    recipient: Recipient
    state: Annotated[str, Meta(pattern=r"\A(present|retired|revoked)\Z")]


class Link(Struct):
    """One key vouching for another."""

    by: Hex64
    key: Hex64
    signature: Hex128


class KeysBody(Struct):
    """The office's list of keys (BUNDLE.md §6)."""

    office: Hex64
    keys: Annotated[list[ListedKey], Meta(min_length=1, max_length=100)]
    recovery_key: Hex64
    recovery_recipient: Recipient
    chain: Annotated[list[Link], Meta(max_length=200)] = []


class ReceivedBody(Struct):
    """When a file came in that an erasure took out of the archive, and which lines it brought.

    ``header`` is the file's own header as text; long lists of revisions are cut into parts.
    """

    bundle: Hex64
    at: Annotated[str, Meta(min_length=10, max_length=40)]
    header: Annotated[str, Meta(min_length=2, max_length=20_000)]
    revisions: Annotated[list[Hex64], Meta(max_length=2_000)]


SETTINGS: dict[str, type[Struct]] = {
    "office": OfficeBody,
    "area": AreaBody,
    "person": PersonBody,
    "appointment": AppointmentBody,
    "terms": TermsBody,
    "contact": ContactBody,
    "device": DeviceBody,
    "category_examples": ExamplesBody,
    "place": PlaceBody,
    "proxy": ProxyBody,
    "area_statistics": AreaStatisticsBody,
    "ceilings": CeilingsBody,
    "staff": StaffBody,
    "year": YearBody,
    "received": ReceivedBody,
    "payments": PaymentsBody,
}


OFFICE_ONLY = frozenset({"staff", "year", "received", "payments"})
"""Kinds of settings that never leave the office store: no settings file, no return has them."""


def check_settings(body: dict[str, Any]) -> None:
    """Raise msgspec.ValidationError unless a settings body of a known kind has its shape."""
    kind = body.get("kind")
    shape = SETTINGS.get(kind) if isinstance(kind, str) else None
    if shape is not None:
        msgspec.convert(body, shape, strict=True)
