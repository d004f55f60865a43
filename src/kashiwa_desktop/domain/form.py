"""From what a person gives (a form, a line of JSON) to the body of an activity.

Unknown keys, codes and shapes are wrong usage (the command line's status 2). What a person can
put right is a blocking Problem (status 1). Nothing typed is altered but control characters.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from kashiwa_desktop.domain.activity import FIELDS, minutes_between
from kashiwa_desktop.domain.code_list import LISTS, CodeLists
from kashiwa_desktop.domain.day import is_day
from kashiwa_desktop.domain.field import leave_out
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.schema import (
    AgendaItem,
    CouncilFields,
    HomeworkFields,
    RecordFields,
)
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.errors import RefusedError, WrongUsageError


class AgendaForm(AgendaItem, forbid_unknown_fields=True):
    """One point of the agenda as given."""


class HomeworkForm(HomeworkFields, forbid_unknown_fields=True):
    """One piece of homework as given."""

    due: str | None = None


class CouncilForm(CouncilFields, forbid_unknown_fields=True):
    """The 支えあい会議 part as given."""

    agenda: list[AgendaForm] = msgspec.field(default_factory=list)
    homework: list[HomeworkForm] = msgspec.field(default_factory=list)
    next_date: str | None = None


class RecordForm(RecordFields, forbid_unknown_fields=True):
    """A record of PRODUCT.md §8 as given; ``private_note`` is taken out before it is stored.

    What is not given is looked at by ``activity.missing``, with a sentence each.
    """

    date: str | None = None
    area: str | None = None
    category: str | None = None
    type: str | None = None
    title: str | None = None
    private_note: str = ""
    council: CouncilForm | None = None


def read(
    given: Mapping[str, Any],
    roster: Roster,
    promoter: str,
    stood: Mapping[str, Any] | None = None,
) -> tuple[dict[str, Any], str]:
    """Return (body of the activity, private note); WrongUsageError for unknown keys and codes.

    ``stood`` is the body that is corrected: a code that a newer version wrote there may stay. The
    body may still lack what ``activity.missing`` asks for.
    """
    try:
        form = msgspec.convert(_cleaned(dict(given)), RecordForm, strict=True)
    except msgspec.ValidationError as error:
        text = f"知らない項目か、形のちがう値があります({error})。"
        raise WrongUsageError(text, code="form") from error
    _check_codes(form, roster.codes, stood or {})
    body: dict[str, Any] = msgspec.to_builtins(form)
    note: str = body.pop("private_note")
    for name in ("date", "category", "type", "title"):
        body[name] = body[name] or ""
    _check_dates(body)
    if form.start and form.end:
        body["minutes"] = minutes_between(form.start, form.end)
    body["area"] = _area(body, roster, promoter)
    _name_areas(body.get("council"), body["area"], roster)
    leave_out(FIELDS, body)
    return body, note


def split_known(body: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Split a body into (what this version's form can hold, what a newer version said besides)."""
    known, unknown = _split(body, RecordForm)
    if isinstance(known.get("council"), dict):
        known["council"], more = _split(known["council"], CouncilForm)
        if more:
            unknown["council"] = more
    return known, unknown


def join_unknown(body: dict[str, Any], unknown: Mapping[str, Any]) -> dict[str, Any]:
    """Put back what ``split_known`` set aside; the council's part only where there still is one."""
    joined = {**{k: v for k, v in unknown.items() if k != "council"}, **body}
    if body["council"] is not None and "council" in unknown:
        joined["council"] = {**unknown["council"], **body["council"]}
    return joined


def _split(body: Mapping[str, Any], kind: type[Struct]) -> tuple[dict[str, Any], dict[str, Any]]:
    names = frozenset(kind.__struct_fields__)
    known = {name: value for name, value in body.items() if name in names}
    return known, {name: value for name, value in body.items() if name not in names}


def merge_patch(target: Any, patch: Any) -> Any:
    """RFC 7396: what the patch names takes the place of what was there, null takes it away."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge_patch(merged.get(key), value)
    return merged


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(member) for member in value]
    if isinstance(value, dict):
        return {key: _cleaned(member) for key, member in value.items()}
    return value


def _check_codes(form: RecordForm, codes: CodeLists, stood: Mapping[str, Any]) -> None:
    kept = form.category, form.type
    if form.category and kept != (stood.get("category"), stood.get("type")):
        if not codes.knows("category", form.category):
            raise WrongUsageError(f"知らない区分です: {form.category}", code="category")
        if form.type and not codes.knows("type", form.type, form.category):
            raise WrongUsageError(f"知らない種別です: {form.type}", code="type")
    for name, found in _coded(form):
        for code in found:
            if not codes.knows(name, code) and code not in _stood(name, stood):
                raise WrongUsageError(f"知らない{LISTS[name]}です: {code}", code="code")


def _coded(form: RecordForm) -> Iterable[tuple[str, Iterable[str]]]:
    """Yield each list of codes besides category and type, with what is given of it."""
    yield "status", [form.status]
    yield "tag", form.tags
    yield "network_result", form.network_results
    yield "support_target", form.support_targets
    yield "contact_method", [form.contact_method] if form.contact_method else []
    if form.council is not None:
        yield "attendance", form.council.attendance
        yield "agenda", [item.kind for item in form.council.agenda]


def _stood(name: str, body: Mapping[str, Any]) -> Iterable[str]:
    """Return the codes of a list that the record held before."""
    council = body.get("council") or {}
    if name == "attendance":
        return council.get("attendance") or ()
    if name == "agenda":
        return [item.get("kind", "") for item in council.get("agenda") or ()]
    said = body.get({"tag": "tags", "network_result": "network_results",
                     "support_target": "support_targets"}.get(name, name)) or ()  # fmt: skip
    return [said] if isinstance(said, str) else said


def _check_dates(body: dict[str, Any]) -> None:
    council = body["council"] or {}
    given = [body["date"], council.get("next_date")]
    given += [item["due"] for item in council.get("homework", [])]
    for text in given:
        if text and not is_day(text):
            raise RefusedError(f"日付をご確認ください: {text}", code="date")


def _area(body: dict[str, Any], roster: Roster, promoter: str) -> str:
    """Return the code of the area given, or of the only appointment; the city itself has none."""
    if not promoter:
        return ""
    if body["area"]:
        return _code(body["area"], roster)
    mine = roster.of_promoter(promoter)
    day = date.fromisoformat(body["date"]) if body["date"] else None
    active = {a.area for a in mine if day is not None and a.active_on(day)}
    areas = active or {a.area for a in mine}
    if len(areas) != 1:
        text = "どの地域の活動かお選びください。" if areas else _NO_APPOINTMENT
        raise RefusedError(text, code="area_missing")
    return areas.pop()


_NO_APPOINTMENT = "受け持ちの地域が分かりません。はじめに設定ファイルを読み込んでください。"


def _code(text: str, roster: Roster) -> str:
    area = roster.area_named(text)
    if area is None:
        raise WrongUsageError(f"知らない地域です: {text}", code="area")
    return area.code


def _name_areas(council: dict[str, Any] | None, area: str, roster: Roster) -> None:
    if council is None:
        return
    joint = [_code(name, roster) for name in council["joint_areas"]]
    council["joint_areas"] = sorted(set(joint))
    lead = council["lead_area"]
    council["lead_area"] = _code(lead, roster) if lead else (area if joint else None)
