"""The schema at the border: structure is strict, content never, unknown things pass."""

import pytest

from domain.builders import BODY, KEY, a_revision
from kashiwa_desktop.domain import canonical, schema
from kashiwa_desktop.domain.canonical import NotCanonicalError
from kashiwa_desktop.domain.revision import RecordKey
from kashiwa_desktop.domain.schema import SchemaError, read_revision

REPORT = {
    "state": "closed", "version": 1, "heads": ["a" * 64], "digest": "b" * 64, "n": 1,
    "honorarium": [{"appointment": "P001-01", "area": "01", "yen": 40000}],
}  # fmt: skip
APPROVAL = {"state": "approved", "report": "a" * 64, "heads": []}
COUNCIL = {
    "tier": 2, "joint_areas": ["02"], "lead_area": "01", "number": 3,
    "attendance": {"furusato": 4}, "chair": "コアメンバー",
    "agenda": [{"title": "移動", "kind": "discussion", "summary": "", "conclusion": ""}],
    "needs": "", "decisions": "",
    "homework": [{"text": "調べる", "owner": "推進員", "due": "2026-11-14", "done": False}],
    "next_date": "2027-01-14",
}  # fmt: skip


def line(**changes):
    """A valid line with some of its fields replaced; ``...`` takes a field away."""
    fields = canonical.decode(a_revision().line) | changes
    return canonical.encode({k: v for k, v in fields.items() if v is not ...})


def of_type(kind, body, **changes):
    return line(type=kind, body=body, **changes)


def test_a_revision_reads_back():
    made = a_revision(BODY | {"council": COUNCIL, "start": "09:30", "end": "23:59"})
    assert read_revision(made.line) == made


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "newer_kind", "body": {"what": ["ever"]}},
        {"body": BODY | {"new_field": {"a": 1}}},
        {"body": BODY | {"council": COUNCIL | {"new_field": 1}}},
        {"new_envelope_field": "x"},
        {"v": 2},
        {"promoter": None, "month": None, "type": "settings", "body": {"kind": "office"}},
        {"body": BODY | {"date": "2026-02-30"}},
        {"body": BODY | {"date": "1999-01-01"}},
        {"body": BODY | {"category": "newer", "type": "newer"}},
        {"deleted": True, "body": {}},
        {"deleted": True},
        {"parents": ["a" * 64, "b" * 64]},
    ],
)
def test_what_is_new_or_doubtful_passes_and_its_bytes_stay(changes):
    sent = line(**changes)
    assert read_revision(sent).line == sent


@pytest.mark.parametrize(
    "changes",
    [
        *({name: ...} for name in ("at", "body", "by", "deleted", "id", "month", "parents",
                                   "promoter", "salt", "type", "v")),
        {"at": ""},
        {"at": 5},
        {"body": []},
        {"by": {"device": "x", "role": "promoter", "who": ""}},
        {"by": {"device": "a" * 64, "role": "admin", "who": ""}},
        {"by": {"device": "a" * 64, "role": "promoter\n", "who": ""}},
        {"deleted": 0},
        {"deleted": None},
        {"id": ""},
        {"id": "a/b"},
        {"id": "r1\n"},
        {"id": "a" * 65},
        {"month": "2026-13"},
        {"month": "2026-1"},
        {"month": "0000-01"},
        {"month": "9999-12"},
        {"month": "２０２６-01"},
        {"parents": ["a" * 63]},
        {"parents": ["A" * 64]},
        {"parents": ["b" * 64, "a" * 64]},
        {"parents": ["a" * 64, "a" * 64]},
        {"parents": [f"{n:064x}" for n in range(17)]},
        {"promoter": ""},
        {"salt": "short"},
        {"type": "Activity"},
        {"type": "../x"},
        {"v": 0},
        {"v": "1"},
        {"v": True},
    ],
)  # fmt: skip
def test_another_structure_of_the_envelope_is_refused(changes):
    with pytest.raises(SchemaError):
        read_revision(line(**changes))


@pytest.mark.parametrize(
    "change",
    [
        {"date": "14.10.2026"},
        {"date": None},
        {"title": 5},
        {"area": None},
        {"minutes": -1},
        {"minutes": 10_000_001},
        {"minutes": "60"},
        {"start": "24:00"},
        {"end": "9:30"},
        {"counterparts": "町会"},
        {"tags": None},
        {"council": {"tier": 3}},
        {"council": {"attendance": {"furusato": -1}}},
        {"council": {"agenda": [{}]}},
        {"council": {"next_date": "soon"}},
    ],
)
def test_another_structure_of_an_activity_is_refused(change):
    with pytest.raises(SchemaError):
        read_revision(line(body=BODY | change))


@pytest.mark.parametrize("name", list(BODY))
def test_an_activity_without_a_required_field_is_refused(name):
    with pytest.raises(SchemaError):
        read_revision(line(body={k: v for k, v in BODY.items() if k != name}))


def test_a_month_report_and_an_approval_read():
    for kind, body in (("month_report", REPORT), ("approval", APPROVAL)):
        assert read_revision(of_type(kind, body)).body == body
        with pytest.raises(SchemaError, match="without its month"):
            read_revision(of_type(kind, body, month=None))


@pytest.mark.parametrize(
    "change",
    [
        {"state": "shut"},
        {"version": 0},
        {"heads": ["x"]},
        {"digest": ""},
        {"n": -1},
        {"honorarium": [{"appointment": "a", "area": "01", "yen": -1}]},
        {"honorarium": [{"appointment": "a", "area": "01", "yen": "40000"}]},
    ],
)
def test_another_structure_of_a_month_report_is_refused(change):
    with pytest.raises(SchemaError):
        read_revision(of_type("month_report", REPORT | change))


@pytest.mark.parametrize("change", [{"state": "maybe"}, {"report": "x"}, {"heads": None}])
def test_another_structure_of_an_approval_is_refused(change):
    with pytest.raises(SchemaError):
        read_revision(of_type("approval", APPROVAL | change))


def test_a_withdrawn_approval_may_name_no_report():
    read_revision(of_type("approval", {"state": "withdrawn", "report": None, "heads": []}))


def test_what_is_not_canonical_is_refused_before_the_schema():
    with pytest.raises(NotCanonicalError):
        read_revision(a_revision().line + b" ")
    with pytest.raises(SchemaError):
        read_revision(b"[]")


def test_a_live_record_with_an_empty_body_is_refused():
    with pytest.raises(SchemaError):
        read_revision(line(body={}))


def test_the_limits_stand_in_the_schema_too():
    assert schema.revision.MAX_PARENTS == 16
    assert read_revision(a_revision(key=RecordKey("P" * 200, "activity", KEY.id)).line)
    with pytest.raises(SchemaError):
        read_revision(a_revision(key=RecordKey("P" * 201, "activity", KEY.id)).line)
