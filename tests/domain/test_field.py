"""Every field of a noun is described once: the shapes agree, and no text escapes a reader."""

from dataclasses import fields

import msgspec
import pytest

from kashiwa_desktop.domain import activity, field, form, resource, resource_form, schema
from kashiwa_desktop.domain.field import Field, cell, emptied, every, heading, personal_text, said

NO_TEXT = ("date", "start", "end", "next_date", "due", "succeeds")
"""Plain fields that take days, times and ids: nobody can write a name there."""
NOUNS = {
    "activity": (activity.FIELDS, activity.Activity, schema.ActivityBody, form.RecordForm),
    "resource": (resource.FIELDS, resource.Resource, schema.ResourceBody,
                 resource_form.ResourceForm),
}  # fmt: skip
PARTS = {
    "council": (activity.COUNCIL, schema.Council, form.CouncilForm),
    "agenda": (activity.AGENDA, schema.AgendaItem, form.AgendaForm),
    "homework": (activity.HOMEWORK, schema.HomeworkItem, form.HomeworkForm),
}


def names_of(table):
    return {f.name for f in table}


def members(struct):
    return {f.name for f in msgspec.structs.fields(struct)}


def filled(table):
    """A body in which every text of every field is another secret; and the secrets."""
    body, secrets = {}, []

    def secret(name):
        secrets.append(f"ひみつ{len(secrets)}{name}")
        return secrets[-1]

    for f in table:
        if f.kind == "part":
            body[f.name], more = filled(f.parts)
            secrets += more
        elif f.kind == "rows":
            row, more = filled(f.parts)
            body[f.name] = [row]
            secrets += more
        elif f.kind in ("line", "text"):
            body[f.name] = secret(f.name)
        elif f.kind == "names":
            body[f.name] = [secret(f.name), secret(f.name)]
        else:
            body[f.name] = {
                "day": "2026-10-13", "date": "2026-10-14", "time": "10:00", "minutes": 90,
                "people": 3, "number": 4, "area": "A1", "areas": ["A2"], "flag": True,
                "counts": {"furusato": 2}, "code": "other", "codes": ["other"],
            }[f.kind]  # fmt: skip
    return body, secrets


@pytest.mark.parametrize("noun", NOUNS)
def test_border_value_form_and_table_name_the_same_fields(noun):
    table, value, border, typed = NOUNS[noun]
    assert names_of(table) == members(border)
    assert names_of(table) == {f.name for f in fields(value)} - set(activity.BESIDE)
    assert members(typed) - {"private_note"} == names_of(table) - {"succeeds"}


@pytest.mark.parametrize("part", PARTS)
def test_the_parts_of_a_meeting_do_too(part):
    table, border, typed = PARTS[part]
    assert names_of(table) == members(border) == members(typed)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_text_is_personal_or_named_as_not(noun):
    def of(table):
        for f in table:
            yield f
            yield from of(f.parts)

    texts = [f for f in of(NOUNS[noun][0]) if f.kind in ("line", "text", "names")]
    assert {f.name for f in texts if not f.personal} <= set(NO_TEXT)


@pytest.mark.parametrize("noun", NOUNS)
def test_labels_are_unique(noun):
    labels = [f.label for f in every(NOUNS[noun][0])]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("noun", NOUNS)
def test_every_secret_is_shown_searched_and_gone_after_disposal(noun):
    table = NOUNS[noun][0]
    body, secrets = filled(table)
    secrets = [s for s in secrets if not s.endswith("succeeds")]
    shown = "\n".join(text for _, text in said(table, body))
    assert [s for s in secrets if s not in shown] == []
    sought = "\n".join(personal_text(table, body))
    assert [s for s in secrets if s not in sought] == []
    keeps = "title" if noun == "activity" else "name"
    left = body | emptied(table, body, "(廃棄済み)", keeps=keeps)
    text = str({name: value for name, value in left.items() if name != "succeeds"})
    assert [s for s in secrets if s in text] == []
    assert "ひみつ" not in text
    kept = {f.name for f in table if not f.personal and f.kind not in ("rows", "part")}
    assert {name: left[name] for name in kept} == {name: body[name] for name in kept}


def test_a_field_that_is_forgotten_is_seen():
    """The wrong variant: personal text that its row does not call so survives."""
    table = (Field("title", "題", personal=True), Field("host", "主催"))
    body, _ = filled(table)
    left = body | emptied(table, body, "-", keeps="title")
    assert "ひみつ" in str(left)


def test_what_says_nothing_is_left_out_of_words_and_of_bodies():
    assert said(activity.FIELDS, {"date": "2026-10-13", "status": "held", "council": None}) == [
        ("日付", "令和8年10月13日(火)")
    ]
    body = {"host": "", "network_results": [], "place": "", "council": {"lecturer": "", "tier": 2}}
    field.leave_out(activity.FIELDS, body)
    assert body == {"place": "", "council": {"tier": 2}}
    assert emptied(activity.FIELDS, {"place": "", "council": None}, "-") == {}
    proxy = emptied(activity.FIELDS, {"by_proxy": "架空 三郎"}, "-")
    assert proxy == {"by_proxy": "-"}
    assert said(activity.FIELDS, {"by_proxy": ""}) == [("活動した人", "代理()")]


def test_cells_and_headings_of_a_workbook():
    by = {f.name: f for f in every(activity.FIELDS)}
    body = {"date": "2026-10-13", "minutes": 90, "by_proxy": "架空 三郎", "tags": ["needs"]}
    assert (heading(by["date"]), heading(by["minutes"])) == ("日付(西暦)", "時間(分)")
    assert f"{cell(by['date'], body):%Y-%m-%d}" == "2026-10-13"
    assert (cell(by["minutes"], body), cell(by["attendees"], body)) == (90, None)
    assert (cell(by["by_proxy"], body), cell(by["tags"], body)) == ("架空 三郎", "ニーズ把握")
    assert cell(by["place"], body) is None
    assert (heading(by["attendees"]), cell(by["attendees"], {"attendees": 3})) == (
        "参加人数(人)",
        3,
    )


def test_what_a_newer_version_calls_a_code_is_shown_by_its_code():
    words = dict(said(activity.FIELDS, {"category": "new", "type": "newer", "status": "later"}))
    assert words == {"区分・種別": "new – newer", "状態": "later"}
    assert dict(said(resource.FIELDS, {"kind": "gathering", "form": "x"}))["型"] == "x"


@pytest.mark.parametrize(("noun", "read"), [("activity", activity), ("resource", resource)])
def test_a_value_says_as_its_body_does(noun, read):
    body, _ = filled(NOUNS[noun][0])
    assert read.as_body(read.read(body, "r1", "P001")) == body
