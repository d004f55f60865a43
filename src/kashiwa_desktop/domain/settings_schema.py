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
MonthText = Annotated[str, Meta(pattern=r"\A\d{4}-(0[1-9]|1[0-2])\Z")]


class Rate(Struct):
    """The monthly amount in yen from a day on."""

    first: date = msgspec.field(name="from")
    yen: Yen


class Chair(Struct):
    """Who is chair (会長) from a day on."""

    first: date = msgspec.field(name="from")
    name: str


class Opening(Struct):
    """Counts by category up to and including a month, before any record."""

    counts: dict[str, Annotated[int, Meta(ge=0)]]
    until: MonthText


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
    opening: Opening | None = None


class AreaBody(Struct):
    """One community area."""

    code: Name
    name: Name
    kana: str = ""
    zone: str = ""
    order: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    first: date | None = msgspec.field(name="from", default=None)
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


class TermsBody(Struct):
    """What of an appointment only the office and its promoter know."""

    appointment: Name
    yen: Yen | None = None
    end_reason: str = ""
    suspended: list[Leave] = []


class ContactBody(Struct):
    """Address and telephone of a promoter."""

    promoter: Name
    address: str = ""
    phone: str = ""


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


SETTINGS: dict[str, type[Struct]] = {
    "office": OfficeBody,
    "area": AreaBody,
    "person": PersonBody,
    "appointment": AppointmentBody,
    "terms": TermsBody,
    "contact": ContactBody,
}


def check_settings(body: dict[str, Any]) -> None:
    """Raise msgspec.ValidationError unless a settings body of a known kind has its shape."""
    kind = body.get("kind")
    shape = SETTINGS.get(kind) if isinstance(kind, str) else None
    if shape is not None:
        msgspec.convert(body, shape, strict=True)
