"""From what a person gives (a form, a line of JSON) to the body of a community resource.

Unknown keys, codes and shapes are wrong usage; what a person can put right is a Problem of
``resource.missing``. Only what was said stands in a body: kind, name and area always do.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.resource import (
    FORMS,
    KINDS,
    ONLY_FOR,
    REQUIREMENTS,
    STAGES,
    SUBSIDIES,
)
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.errors import RefusedError, WrongUsageError

ALWAYS = ("kind", "name", "area")


class ResourceForm(Struct, forbid_unknown_fields=True):
    """A resource as given; ``area`` is a code or a name, days are YYYY-MM-DD.

    What it continues (``succeeds``) is not given but made by taking over.
    """

    kind: str | None = None
    name: str | None = None
    area: str | None = None
    form: str = ""
    day: str = ""
    place: str = ""
    contact: str = ""
    checked: str | None = None
    subsidy: str = ""
    stage: str = ""
    requirements: list[str] = []
    disaster_group: bool = False
    note: str = ""
    ended: str | None = None


def read(given: Mapping[str, Any], roster: Roster, promoter: str, today: date) -> dict[str, Any]:
    """Return the body of a resource; WrongUsageError for unknown keys, codes and areas.

    Without an area the promoter's only one is taken; RefusedError ``area_missing`` where he has
    several. The body may still lack what ``resource.missing`` asks for.
    """
    try:
        form = msgspec.convert(dict(given), ResourceForm, strict=True)
    except msgspec.ValidationError as error:
        text = f"知らない項目か、形のちがう値があります({error})。"
        raise WrongUsageError(text, code="form") from error
    said: dict[str, Any] = msgspec.to_builtins(form)
    body = {name: clean(v) if isinstance(v, str) else v for name, v in said.items()}
    _check_codes(body)
    body["requirements"] = [code for code in REQUIREMENTS if code in body["requirements"]]
    for name, kind in ONLY_FOR.items():
        if body["kind"] != kind:
            body[name] = None
    body["area"] = _area(body["area"], roster, promoter, today)
    filled = {name: value for name, value in body.items() if value}
    return {name: filled.get(name, "") for name in ALWAYS} | filled


def split_known(body: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Split a body into (what this version's form can hold, what a newer version said besides)."""
    names = frozenset(ResourceForm.__struct_fields__)
    known = {name: value for name, value in body.items() if name in names}
    return known, {name: value for name, value in body.items() if name not in names}


def _check_codes(body: Mapping[str, Any]) -> None:
    for name, table, what in (
        ("kind", KINDS, "種類"),
        ("form", FORMS, "型"),
        ("subsidy", SUBSIDIES, "補助"),
        ("stage", STAGES, "支援の段階"),
    ):
        if body[name] and body[name] not in table:
            raise WrongUsageError(f"知らない{what}です: {body[name]}", code=name)
    for code in body["requirements"]:
        if code not in REQUIREMENTS:
            raise WrongUsageError(f"知らない要件です: {code}", code="requirements")


def _area(given: str | None, roster: Roster, promoter: str, today: date) -> str:
    if given:
        area = roster.area_named(given)
        if area is None:
            raise WrongUsageError(f"知らない地域です: {given}", code="area")
        return area.code
    mine = roster.of_promoter(promoter)
    held = {a.area for a in mine if a.active_on(today)} or {a.area for a in mine}
    if len(held) != 1:
        raise RefusedError("どの地域の資源かお選びください。", code="area_missing")
    return held.pop()
