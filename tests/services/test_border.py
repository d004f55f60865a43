"""What a store accepts, its own reader accepts: every bound of the schema, from both sides.

The values come from the types themselves (``bound_values``): a bound that is added to the schema
is walked here without a word being written.
"""

import ast
import re
from itertools import count
from pathlib import Path

import pytest

import kashiwa_desktop
from bound_values import every, inside, outside, shapes
from kashiwa_desktop.bundle import place, reader
from kashiwa_desktop.domain import (
    border_words,
    bounds,
    log_words,
    revision,
    schema,
    settings_schema,
)
from kashiwa_desktop.domain.office_schema import MOST_YEN
from kashiwa_desktop.domain.revision import Content, RecordKey
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety import guarding
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.submitting import Submitting
from office_world import OCTOBER, activity
from services.border_world import digest, no_border, put

BY_PROMOTER = ("activity", "resource", "month_report", "answer", "homework")
_JSON_NAME = re.compile(r"[a-z]{2,}_[a-z]|\$|`|regex|Expected|[a-z]{3,}")
_ALLOWED = re.compile(r"\(true\)|\(false\)")
_numbers = count(1)
SOURCE = Path(kashiwa_desktop.__file__).parent


def content(bound, promoter):
    """The revision that says this, as a record of its own."""
    nobody = bound.type in ("settings", "keys")
    key = RecordKey(None if nobody else promoter, bound.type, f"border-{next(_numbers)}")
    return Content(
        key, "2026-10" if bound.type in ("month_report", "approval") else None, bound.body
    )


def lines_of(file, keys, office=None):
    signers = frozenset({office.signing.public}) if office else None
    expect = reader.Expect(signers=signers)
    return {r.line for r in reader.read(place.load(file), keys, expect).revisions}


def test_everything_just_inside_a_bound_is_taken_and_goes_wherever_it_has_to(town, figure):
    """Saved in the office and on a promoter's PC, sent in every kind of file, and read back."""
    pc, office = town.pc(), town.office()
    made = {"office": set(), "shared": set(), "P001": set()}
    Recording(pc).add([activity(3)])
    Closing(pc).close(OCTOBER)
    for bound in every(inside):
        if bound.type == "keys":
            continue  # a second list of keys would be believed; ``tests/crypto`` has their bounds
        mine = bound.type in BY_PROMOTER
        written = put(pc if mine else office, content(bound, "P001"))
        of = "P001" if mine else "office"
        made["shared" if _travels_to_all(written) else of].add(written.line)

    sent = Submitting(pc).submit(OCTOBER, town.out()).file
    assert made["P001"] <= lines_of(sent, town.keys.reading)
    settings = OfficeSetup(office).setup_file(town.out(), town.keys).file
    assert made["shared"] <= lines_of(settings, [])
    back = Returning(office).return_file("P001", town.out(), town.keys).file
    of_promoter = {line for line in made["office"] if revision.parse(line).key.promoter}
    assert of_promoter <= lines_of(back, [town.recovery.receiving], town.keys)
    PromoterSetup(pc).read(settings, "P001")
    assert [f.state for f in Receiving(pc).receive(back).files] == ["new"]
    guarding.journal(office, town.keys)
    for store in (pc, office):
        Keeping(store).back_up()
        assert Keeping(store).check() == []
    figure(f"bounds just inside: {sum(map(len, made.values()))} taken, sent and read back")


def _travels_to_all(written):
    shared = written.key.promoter is None and written.key.type in ("settings", "keys")
    return shared and written.body.get("kind") not in settings_schema.OFFICE_ONLY


def test_everything_just_outside_a_bound_is_refused_in_words_and_changes_nothing(town, figure):
    pc, office = town.pc(), town.office()
    before, refusals = (digest(pc), digest(office)), 0
    for bound in every(outside):
        with pytest.raises(RefusedError) as refused:
            put(pc if bound.type in BY_PROMOTER else office, content(bound, "P001"))
        said = refused.value.text
        assert "。" in said, bound
        assert not _JSON_NAME.search(_ALLOWED.sub("", said)), (str(bound), said)
        assert refused.value.values["field"] == _last(bound.path), bound
        refusals += 1
    assert (digest(pc), digest(office)) == before
    figure(f"bounds just outside: {refusals} refused in words, nothing written")


def _last(path):
    return [name for name in path if name != bounds.MEMBER][-1]


def test_without_the_border_the_same_values_would_be_taken(town):
    """The deliberately wrong variant: it is the border that refuses them, nothing else."""
    office, taken = town.office(), 0
    for bound in every(outside):
        beyond_every_file = bound.what in ("too long", "no letter", "too little", "too much")
        if bound.type == "settings" and not beyond_every_file:
            with no_border():
                put(office, content(bound, "P001"))
            taken += 1
    assert taken
    with pytest.raises(RefusedError):
        guarding.journal(office, town.keys)


ENVELOPE = [
    ("promoter", RecordKey("P" * 200, "answer", "a"), RecordKey("P" * 201, "answer", "a")),
    ("promoter", RecordKey("P", "answer", "a"), RecordKey("", "answer", "a")),
    ("id", RecordKey("P001", "answer", "a" * 64), RecordKey("P001", "answer", "a" * 65)),
    ("id", RecordKey("P001", "answer", "a"), RecordKey("P001", "answer", "")),
    ("id", RecordKey("P001", "answer", "a-A-1"), RecordKey("P001", "answer", "a_1")),
    ("type", RecordKey("P001", "a" * 40, "a"), RecordKey("P001", "a" * 41, "a")),
]


@pytest.mark.parametrize(("name", "good", "bad"), ENVELOPE)
def test_what_says_which_record_it_is_has_bounds_too(town, name, good, bad):
    office = town.office()
    put(office, Content(good, None, {"text": "はい"}))
    before = digest(office)
    with pytest.raises(RefusedError) as refused:
        put(office, Content(bad, None, {"text": "はい"}))
    assert refused.value.values["field"] == name
    assert digest(office) == before


def test_whoever_is_at_work_has_a_name_that_can_be_sent(town):
    put(town.office(staff="職" * 200), Content(RecordKey("P001", "answer", "a"), None, {}))
    with pytest.raises(RefusedError, match="「書いた人の名前」は、200字以内で書いてください。"):
        put(town.office(staff="職" * 201), Content(RecordKey("P001", "answer", "b"), None, {}))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"text": "字" * 20_001}, "「ことば」の文字が多すぎます。1つの欄は20,000字までです。"),
        ({"text": "\ud800"}, "書けない文字か値があります"),
        ({"x": {"x": {"x": {"x": {"x": {}}}}}}, "記録の形が入り組みすぎています"),
        ({"x": 2**53}, "数が大きすぎます"),
        ({"x": 1.5}, "書けない文字か値があります"),
        ({str(n): "字" * 20_000 for n in range(5)}, "1件の記録が長すぎます"),
    ],
)
def test_the_limits_of_every_file_are_said_too(town, body, text):
    office = town.office()
    before = digest(office)
    with pytest.raises(RefusedError, match=text):
        put(office, Content(RecordKey("P001", "answer", "a"), None, body))
    assert digest(office) == before


def test_too_many_parents_are_said(town):
    with pytest.raises(RefusedError, match="同じ記録の版が多すぎます"):
        put(
            town.office(),
            Content(RecordKey("P001", "answer", "a"), None, {}),
            [f"{n:064x}" for n in range(17)],
        )


def test_every_name_of_the_schema_has_its_word():
    names = {
        name
        for shape in (schema.Envelope, *(shape for _, _, shape in shapes()))
        for path, _ in bounds.walk(shape)
        for name in path
        if name != bounds.MEMBER
    }
    assert names - border_words.LABELS.keys() == set()
    own = border_words.LABELS.keys() - log_words.FIELDS.keys()
    assert own - names == set(), "no word for what is not there"


def test_every_kind_of_record_has_its_word():
    """``check`` and ``heal`` say which record is meant: never only 「記録」."""
    unnamed = [
        (kind, of)
        for kind, of, _ in shapes()
        if border_words.named(kind, {"kind": of}) == border_words.named("nothing known", {})
    ]
    assert unnamed == []


def test_forms_and_tables_take_their_limits_from_the_schema():
    """The largest sum stands in the schema, and nowhere a second time."""
    again = [
        f"{path.name}:{node.lineno}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path.name not in ("office_schema.py", "schema.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value == MOST_YEN
    ]
    assert again == []
