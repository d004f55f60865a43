"""The merge rules: what is shown follows from the set of revisions alone, without any clock."""

import hashlib
import itertools
import random
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.builders import BODY, DEVICE, KEY, OFFICE, PROMOTER, a_revision
from kashiwa_desktop.domain import canonical, revision
from kashiwa_desktop.domain.revision import (
    Author,
    Content,
    RecordKey,
    heads,
    in_conflict,
    parents_for,
    shown,
    state_digest,
)

TITLES = st.sampled_from(["A", "B", "C"])


@st.composite
def histories(draw):
    """Revisions of one record: each made from some of those before it (or from none)."""
    made = []
    for n in range(draw(st.integers(1, 7))):
        chosen = (
            draw(st.lists(st.sampled_from(made), max_size=3, unique_by=lambda r: r.id))
            if made
            else []
        )
        made.append(
            a_revision(
                BODY | {"title": draw(TITLES)},
                [r.id for r in chosen],
                by=draw(st.sampled_from([PROMOTER, OFFICE])),
                deleted=draw(st.booleans()),
                salt=f"{n:016d}",
            )
        )
    return made


def test_the_id_is_the_sha_256_of_the_line_and_the_line_is_canonical():
    made = a_revision()
    assert made.id == hashlib.sha256(made.line).hexdigest()
    assert canonical.decode(made.line)["body"] == BODY
    assert revision.parse(made.line) == made
    assert (made.key, made.month, made.by, made.v) == (KEY, "2026-10", PROMOTER, 1)


def test_a_line_holds_the_fields_of_the_envelope_and_no_others():
    assert sorted(canonical.decode(a_revision().line)) == [
        "at", "body", "by", "deleted", "id", "month", "parents", "promoter", "salt", "type", "v",
    ]  # fmt: skip


def test_unknown_fields_of_a_line_survive_in_its_bytes():
    fields = canonical.decode(a_revision().line)
    line = canonical.encode(fields | {"zzz": 1, "by": fields["by"] | {"zzz": 1}})
    assert revision.parse(line).line == line
    assert revision.parse(line).by == Author(DEVICE, "promoter", "P001")


def test_parents_are_sorted_and_named_once():
    assert a_revision(parents=["b" * 64, "a" * 64, "b" * 64]).parents == ("a" * 64, "b" * 64)


def test_sixteen_parents_are_allowed_and_seventeen_are_not():
    names = [f"{n:064x}" for n in range(17)]
    assert len(a_revision(parents=names[:16]).parents) == 16
    with pytest.raises(canonical.NotCanonicalError, match="too many parents"):
        a_revision(parents=names)


def test_what_could_not_be_sent_cannot_be_made():
    with pytest.raises(canonical.NotCanonicalError, match="line too long"):
        a_revision({f"k{n}": "a" * 19_000 for n in range(15)})
    with pytest.raises(canonical.NotCanonicalError, match="float"):
        a_revision({"minutes": 1.5})


def test_derived_ids_are_the_uuid5_of_bundle_md():
    namespace = uuid.UUID("fc06a964-ed9d-5726-bd8a-ad662b4d9f39")
    expected = str(uuid.uuid5(namespace, "P014/2026-10/month_report"))
    assert revision.derived_id("P014", "2026-10", "month_report") == expected
    assert revision.derived_id("P014", "2026-1", "0/x") != revision.derived_id("P014", "2026-10")


def test_the_types_of_the_two_roles_are_apart():
    assert not revision.SHARED_TYPES & revision.OFFICE_TYPES
    assert "approval" in revision.OFFICE_TYPES
    assert "month_report" in revision.SHARED_TYPES


@given(histories())
def test_a_head_is_what_nothing_was_made_from(made):
    named = set(itertools.chain(*(r.parents for r in made)))
    assert {r.id for r in heads(made)} == {r.id for r in made} - named
    assert heads(made)


@given(histories(), st.integers())
def test_the_order_of_arrival_decides_nothing(made, seed):
    other = made * 2
    random.Random(seed).shuffle(other)
    once = list({r.id: r for r in other}.values())
    assert heads(once) == heads(made)
    assert shown(heads(once)) == shown(heads(made))
    assert in_conflict(heads(once)) == in_conflict(heads(made))


def test_a_child_may_arrive_before_its_parent():
    first = a_revision()
    second = a_revision(BODY | {"title": "B"}, [first.id])
    assert heads([second]) == [second] == heads([second, first]) == heads([first, second])


@given(histories())
def test_an_edit_on_top_of_all_heads_leaves_one_head(made):
    top = a_revision(BODY, [r.id for r in heads(made)], salt="f" * 16)
    assert heads([*made, top]) == [top]


@given(histories())
def test_the_shown_value_is_the_first_in_a_fixed_order_without_clock(made):
    ranked = sorted(heads(made), key=lambda r: (r.deleted, r.by.role != "office", -int(r.id, 16)))
    assert shown(heads(made)) == ranked[0]


def test_the_order_is_live_before_deleted_then_office_then_the_higher_hash():
    live, dead = a_revision(), a_revision(by=OFFICE, deleted=True)
    assert shown([live, dead]) == live
    mine, theirs = a_revision(), a_revision(BODY | {"title": "B"}, by=OFFICE)
    assert shown([mine, theirs]) == theirs
    one, two = a_revision(salt="1" * 16), a_revision(salt="2" * 16)
    assert shown([one, two]).id == max(one.id, two.id)


def test_the_later_clock_does_not_win():
    def at(year, title):
        content = Content(KEY, "2026-10", BODY | {"title": title})
        time = f"{year}-01-01T00:00:00+09:00"
        return revision.make(content, [], PROMOTER, at=time, salt="0" * 16)

    pairs = [(at(1980, f"old {n}"), at(2035, f"new {n}")) for n in range(8)]
    assert [shown(pair).id for pair in pairs] == [max(r.id for r in pair) for pair in pairs]
    last_writer = [pair[1].id for pair in pairs]
    assert [shown(pair).id for pair in pairs] != last_writer  # the wrong rule would be noticed


def test_equal_heads_collapse_and_differing_ones_are_a_conflict():
    one, same = a_revision(salt="1" * 16), a_revision(salt="2" * 16, by=OFFICE)
    assert not in_conflict([one, same])
    other = a_revision(BODY | {"title": "B"})
    assert in_conflict([one, same, other])
    assert in_conflict([one, a_revision(deleted=True)])
    assert not in_conflict([one])


def test_deletions_are_all_equal_whatever_their_body():
    dead = [a_revision(BODY | {"title": t}, deleted=True) for t in "AB"]
    assert not in_conflict(dead)
    assert dead[0].value == dead[1].value == (True, b"")


def test_an_edit_names_the_head_it_was_opened_on_and_its_equals_only():
    opened, same = a_revision(salt="1" * 16), a_revision(salt="2" * 16)
    correction = a_revision(BODY | {"title": "B"}, by=OFFICE)
    assert parents_for(opened, [opened, same, correction]) == tuple(sorted([opened.id, same.id]))
    edit = a_revision(BODY | {"title": "C"}, parents_for(opened, [opened, same, correction]))
    assert heads([opened, same, correction, edit]) == sorted([correction, edit], key=lambda r: r.id)
    assert in_conflict(heads([opened, same, correction, edit]))


def test_an_office_correction_that_came_meanwhile_is_a_conflict_and_never_lost():
    opened = a_revision()
    correction = a_revision(BODY | {"title": "B"}, [opened.id], by=OFFICE)
    edit = a_revision(BODY | {"title": "C"}, parents_for(opened, [correction]))
    assert edit.parents == (opened.id,)
    assert in_conflict(heads([opened, correction, edit]))
    blind = a_revision(BODY | {"title": "C"}, [r.id for r in heads([opened, correction])])
    assert heads([opened, correction, blind]) == [blind]  # the wrong way loses the correction


@given(st.sets(st.binary(min_size=32, max_size=32).map(bytes.hex), max_size=8), st.randoms())
def test_the_state_digest_depends_on_the_set_alone(ids, rng):
    order = sorted(ids)
    rng.shuffle(order)
    text = "kashiwa-sasaeai state 1\n" + "\n".join(sorted(ids))
    assert state_digest(order) == hashlib.sha256(text.encode()).hexdigest()


def test_the_state_digest_of_the_empty_store_is_known_for_ever():
    assert state_digest([]) == hashlib.sha256(b"kashiwa-sasaeai state 1\n").hexdigest()
    assert state_digest(["a"]) != state_digest(["a", "b"])


def test_records_of_the_office_have_no_promoter():
    made = a_revision({"kind": "office"}, key=RecordKey(None, "settings", "office"), month=None)
    assert revision.parse(made.line).key.promoter is None


def test_a_decision_says_what_the_chosen_head_said_and_keeps_its_mark():
    key = revision.RecordKey("P001", "activity", "r-1")
    by = revision.Author("a" * 64, "office", "見本 職員")
    chosen = revision.make(
        revision.Content(key, "2026-10", {"a": 1}), (), by, at="2026-11-01T10:00", salt="0" * 32
    )
    over = revision.make(
        revision.Content(key, "2026-10", {"a": 2}), (), by, at="2026-11-01T10:00", salt="1" * 32
    )
    mark = {"chosen": chosen.id, "over": [over.id], "reason": "電話で確かめた"}
    said = revision.Content(key, "2026-10", chosen.body, resolves=mark)
    made = revision.make(said, (chosen.id, over.id), by, at="2026-11-02T10:00", salt="2" * 32)
    assert made.value == chosen.value
    assert made.resolves == mark
    assert chosen.resolves is None
    assert revision.heads([chosen, over, made]) == [made]
