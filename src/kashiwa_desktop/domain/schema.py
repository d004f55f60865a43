"""The schema at the border: what a line of a travelling file must look like to be a revision.

Structure is checked here, strictly; content never (a date outside its month is a finding, not a
refusal). Fields and types that this version does not know pass and are kept. The same check runs
at every save (``services.store.save``), so nothing can be recorded that could not be sent.
"""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from kashiwa_desktop.domain import canonical, revision
from kashiwa_desktop.domain.keys_schema import Hex64, KeysBody
from kashiwa_desktop.domain.office_schema import Name as Label
from kashiwa_desktop.domain.office_schema import SignedYen, Yen
from kashiwa_desktop.domain.settings_schema import settings_shape

MonthText = Annotated[str, Meta(pattern=r"\A(19[3-9]\d|2[01]\d\d)-(0[1-9]|1[0-2])\Z")]
DateText = Annotated[str, Meta(pattern=r"\A\d{4}-\d{2}-\d{2}\Z")]
TimeText = Annotated[str, Meta(pattern=r"\A([01]\d|2[0-3]):[0-5]\d\Z")]
Count = Annotated[int, Meta(ge=0, le=10_000_000)]


class SchemaError(ValueError):
    """A line is canonical JSON but not a revision of the shape BUNDLE.md §3 gives.

    ``shape`` is the part of the schema that says so, None where it is a rule of whole revisions.
    """

    def __init__(self, text: str, shape: type[Struct] | None = None) -> None:
        super().__init__(text)
        self.shape = shape


class By(Struct):
    """Who made it."""

    device: Hex64
    role: Annotated[str, Meta(pattern=r"\A(promoter|office)\Z")]
    who: Annotated[str, Meta(max_length=200)]


class Resolves(Struct):
    """The mark of a decision: which head was chosen over which others, and why."""

    chosen: Hex64
    over: list[Hex64]
    reason: str = ""


class Envelope(Struct):
    """The fields every revision has."""

    at: Annotated[str, Meta(min_length=10, max_length=40)]
    body: dict[str, Any]
    by: By
    deleted: bool
    id: Annotated[str, Meta(min_length=1, max_length=64, pattern=r"\A[0-9A-Za-z-]+\Z")]
    month: MonthText | None
    parents: Annotated[list[Hex64], Meta(max_length=revision.MAX_PARENTS)]
    promoter: Label | None
    salt: Annotated[str, Meta(min_length=16, max_length=64)]
    type: Annotated[str, Meta(pattern=r"\A[a-z][a-z_]{0,39}\Z")]
    v: Annotated[int, Meta(ge=1, le=1000)]
    resolves: Resolves | None = None


class AgendaItem(Struct):
    """One point of a council meeting's agenda."""

    title: str
    kind: str = "report"
    summary: str = ""
    conclusion: str = ""


class HomeworkFields(Struct):
    """What somebody took on at a council meeting, as it travels and as it is given."""

    text: str
    owner: str = ""
    done: bool = False


class HomeworkItem(HomeworkFields):
    """A piece of homework as it travels."""

    due: DateText | None = None


class CouncilFields(Struct):
    """The 支えあい会議 part of an activity, as it travels and as it is given."""

    tier: Annotated[int, Meta(ge=1, le=2)] = 2
    joint_areas: list[str] = []
    lead_area: str | None = None
    number: Count | None = None
    attendance: dict[str, Count] = {}
    chair: str = ""
    needs: str = ""
    decisions: str = ""
    recorder: str = ""
    lecturer: str = ""
    materials: str = ""
    staff_present: bool = False


class Council(CouncilFields):
    """The 支えあい会議 part as it travels."""

    agenda: list[AgendaItem] = []
    homework: list[HomeworkItem] = []
    next_date: DateText | None = None


class RecordFields(Struct, kw_only=True):
    """What an activity may say besides what it must, as it travels and as it is given."""

    status: str = "held"
    start: TimeText | None = None
    end: TimeText | None = None
    minutes: Count | None = None
    attendees: Count | None = None
    content: str = ""
    findings: str = ""
    next: str = ""
    place: str = ""
    counterparts: list[str] = []
    tags: list[str] = []
    by_proxy: str | None = None
    attachments: Count = 0
    contact_method: str = ""
    network_results: list[str] = []
    host: str = ""
    audience: str = ""
    support_targets: list[str] = []
    group: str = ""


class ActivityBody(RecordFields, kw_only=True):
    """An activity as it travels (no private note, no attachment: only their number)."""

    date: DateText
    area: str
    category: str
    type: str
    title: str
    council: Council | None = None


class HonorariumRow(Struct):
    """What the promoter's PC computed for one appointment, in yen."""

    appointment: str
    area: str
    yen: Yen


class HonorariumItem(Struct):
    """One line of an approved amount; only an adjustment may be below zero."""

    kind: str
    yen: SignedYen
    formula: str


class ApprovedLine(HonorariumRow):
    """What the office approved for one appointment, with the lines it is made of."""

    items: list[HonorariumItem] = []


class MonthReportBody(Struct):
    """The declared closing of one month."""

    state: Annotated[str, Meta(pattern=r"\A(closed|closed-empty|open)\Z")]
    version: Annotated[int, Meta(ge=1, le=10_000)]
    heads: list[Hex64]
    digest: Hex64
    n: Count
    honorarium: list[HonorariumRow]
    remark: str = ""
    reason: str = ""
    closed_for: str = ""
    received_on: DateText | None = None


class ApprovalBody(Struct):
    """The office's approval of one month report, bound to exactly what was seen."""

    state: Annotated[str, Meta(pattern=r"\A(approved|withdrawn)\Z")]
    report: Hex64 | None
    heads: list[Hex64]
    honorarium: list[ApprovedLine] = []
    reason: str = ""


class QuestionBody(Struct):
    """What the office asks about a record or a month."""

    kind: Annotated[str, Meta(pattern=r"\A[a-z_]{1,40}\Z")] = "question"
    text: str = ""
    record: str | None = None
    report: Hex64 | None = None
    settled: bool = False


class AnswerBody(Struct):
    """What the promoter says to a question."""

    question: Annotated[str, Meta(max_length=64)] = ""
    text: str = ""
    agrees: bool | None = None


class DecisionBody(Struct):
    """What the office decided about a month (支払判断) or about two records (同じ活動ですか)."""

    kind: Annotated[str, Meta(pattern=r"\A[a-z_]{1,40}\Z")]
    text: str = ""
    report: Hex64 | None = None
    yen: Yen | None = None
    pair: Annotated[str, Meta(max_length=64)] | None = None
    same: bool | None = None
    records: list[str] = []
    kept: str | None = None


class TakenHomework(Struct):
    """A predecessor's homework that his successor took over: where it stood, and what it says."""

    record: Annotated[str, Meta(max_length=64)]
    number: Count
    text: str
    held_on: DateText
    owner: str = ""
    due: DateText | None = None
    meeting: str = ""
    done: bool = False


class ResourceBody(Struct):
    """A community resource: of no month; what was not said is left out."""

    kind: str
    name: str
    area: str = ""
    form: str = ""
    day: str = ""
    place: str = ""
    contact: str = ""
    checked: DateText | None = None
    subsidy: str = ""
    stage: str = ""
    requirements: list[str] = []
    disaster_group: bool = False
    note: str = ""
    ended: DateText | None = None
    succeeds: Annotated[str, Meta(max_length=64)] = ""


_BODIES: dict[str, type[Struct]] = {
    "activity": ActivityBody,
    "resource": ResourceBody,
    "month_report": MonthReportBody,
    "approval": ApprovalBody,
    "keys": KeysBody,
    "question": QuestionBody,
    "answer": AnswerBody,
    "decision": DecisionBody,
    "homework": TakenHomework,
}


def body_shape(kind: str, body: Any) -> type[Struct] | None:
    """Return the shape of a body of this type; None for one that this version does not know."""
    return settings_shape(body) if kind == "settings" else _BODIES.get(kind)


def read_revision(line: bytes) -> revision.Revision:
    """Read one line as a revision; NotCanonicalError or SchemaError, and then nothing else."""
    fields = canonical.decode(line)
    _fit(fields, Envelope)
    nothing = fields["deleted"] and not fields["body"]
    shape = None if nothing else body_shape(fields["type"], fields["body"])
    if shape is not None:
        _fit(fields["body"], shape)
    nowhere = fields["deleted"] or fields["month"] is None
    if nowhere and fields["type"] in ("month_report", "approval"):
        raise SchemaError("a month report or an approval without its month, or deleted")
    if fields["parents"] != sorted(set(fields["parents"])):
        raise SchemaError("parents are not sorted")
    return revision.from_fields(line, fields)


def _fit(value: Any, shape: type[Struct]) -> None:
    try:
        msgspec.convert(value, shape, strict=True)
    except msgspec.ValidationError as error:
        raise SchemaError(str(error), shape) from error
