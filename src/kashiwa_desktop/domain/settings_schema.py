"""The schema of what the office hands out and keeps as settings, by kind.

A settings file may come from a stranger; what it says of areas and people is checked here before
anything reads it. Kinds that this version does not know pass and are kept.
"""

from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from kashiwa_desktop.domain.keys_schema import Hex64
from kashiwa_desktop.domain.office_schema import MonthText, Name, OfficeBody, Rate, SignedYen, Yen

TaxClass = Annotated[str, Meta(pattern=r"\A(none|fee|salary)\Z")]


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
    yen: SignedYen
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


class ReceivedBody(Struct):
    """When a file came in that an erasure took out of the archive, and which lines it brought.

    ``header`` is the file's own header as text; long lists of revisions are cut into parts.
    """

    bundle: Hex64
    at: Annotated[str, Meta(min_length=10, max_length=40)]
    header: Annotated[str, Meta(min_length=2, max_length=20_000)]
    revisions: Annotated[list[Hex64], Meta(max_length=2_000)]


class ReleaseBody(Struct):
    """The version that the office hands out, and the setup file it is; empty: none."""

    version: Annotated[str, Meta(pattern=r"\A(\d{1,4}\.\d{1,4}\.\d{1,4})?\Z")] = ""
    file: Annotated[str, Meta(pattern=r"\A([0-9A-Za-z][0-9A-Za-z._-]{0,99})?\Z")] = ""
    size: Annotated[int, Meta(ge=0, le=1_000_000_000)] = 0
    sha256: Annotated[str, Meta(pattern=r"\A([0-9a-f]{64})?\Z")] = ""
    notes: Annotated[list[Annotated[str, Meta(max_length=200)]], Meta(max_length=20)] = []


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
    "release": ReleaseBody,
}


OFFICE_ONLY = frozenset({"staff", "year", "received", "payments"})
"""Kinds of settings that never leave the office store: no settings file, no return has them."""


def settings_shape(body: dict[str, Any]) -> type[Struct] | None:
    """Return the shape of a settings body; None for a kind that this version does not know."""
    kind = body.get("kind")
    return SETTINGS.get(kind) if isinstance(kind, str) else None


def check_settings(body: dict[str, Any]) -> None:
    """Raise msgspec.ValidationError unless a settings body of a known kind has its shape."""
    shape = settings_shape(body)
    if shape is not None:
        msgspec.convert(body, shape, strict=True)
