"""Commands of 地域の資源: on a promoter's PC his own, in the office everybody's."""

from argparse import Namespace
from typing import Any

from kashiwa_desktop.cli import given
from kashiwa_desktop.cli.answer import Answer
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.domain.resource import FORMS, KINDS
from kashiwa_desktop.errors import WrongUsageError
from kashiwa_desktop.services.checking.entering import CITY
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.records.city_register import CityRegister
from kashiwa_desktop.services.records.recording import Done
from kashiwa_desktop.services.records.registered import Shown
from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.services.store import find_area

_TEXTS = ("kind", "name", "form", "day", "place", "contact", "subsidy", "stage", "note", "succeeds")


def add(desk: Desk, args: Namespace) -> Answer:
    lines = [line for line in given.text(args.file).splitlines() if line.strip()]
    ids = list(_register(desk, args).add_all([given.one_object(line) for line in lines]))
    return Answer({"ids": ids}, [f"{len(ids)}件を記録しました。"])


def show(desk: Desk, args: Namespace) -> Answer:
    area = None
    if args.area:
        area = find_area(RosterService(desk.store()).roster(), args.area).code
    everybody = desk.is_office() and args.promoter is None and not args.city
    register = CityRegister(desk.store()) if everybody else _register(desk, args)
    found = register.list(area, ended=args.ended)
    lines = [f"{s.area_name} {s.resource.label} {s.resource.name} {s.resource.id}" for s in found]
    return Answer({"resources": [_shape(s) for s in found]}, lines)


def edit(desk: Desk, args: Namespace) -> Answer:
    patch = given.one_object(given.text(args.file))
    return _done(_register(desk, args).edit(args.id, patch))


def confirm(desk: Desk, args: Namespace) -> Answer:
    return _done(_register(desk, args).confirm(args.id, args.on))


def end(desk: Desk, args: Namespace) -> Answer:
    return _done(_register(desk, args).end(args.id, args.on))


def take_over(desk: Desk, args: Namespace) -> Answer:
    return _done(_register(desk, args).take_over(args.id))


def delete(desk: Desk, args: Namespace) -> Answer:
    return _done(_register(desk, args).delete(args.id))


def counts(desk: Desk, args: Namespace) -> Answer:
    office = desk.is_office()
    register = CityRegister(desk.store()) if office else Registering(desk.store())
    found = register.counts(args.year)
    value = {
        "year": args.year,
        "day": found.day.isoformat(),
        "kinds": dict(found.kinds),
        "forms": dict(found.forms),
        "total": found.total,
    }
    lines = [f"{KINDS[kind]}\t{n:,}件" for kind, n in found.kinds.items()]
    lines += [f"うち{FORMS[form]}\t{n:,}件" for form, n in found.forms.items()]
    return Answer(value, [*lines, f"計\t{found.total:,}件"])


def excel(desk: Desk, args: Namespace) -> Answer:
    made = CityRegister(desk.store()).excel(args.out)
    text = f"資源{made.rows:,}件を書きました: {made.file}"
    return Answer({"file": str(made.file), "rows": made.rows}, [text])


def _register(desk: Desk, args: Namespace) -> Registering:
    """Return whose register it is; in the office that must be said."""
    whose = CITY if args.city else args.promoter
    if desk.is_office() and whose is None:
        raise WrongUsageError("--promoter 番号 か --city を書いてください。")
    if whose is not None and not desk.is_office():
        raise WrongUsageError("--promoter と --city は事務局で使います。")
    return Registering(desk.store(), whose)


def _done(done: Done) -> Answer:
    return Answer({"id": done.id, "text": done.text}, [done.text])


def _shape(shown: Shown) -> dict[str, Any]:
    """Return a resource as it is given and listed; ``area`` by name, ``area_code`` beside it."""
    r = shown.resource
    return {
        "id": r.id,
        "version": r.version,
        "promoter": r.promoter or None,
        "area": shown.area_name,
        "area_code": r.area,
        **{name: getattr(r, name) for name in _TEXTS},
        "checked": r.checked.isoformat() if r.checked else None,
        "ended": r.ended.isoformat() if r.ended else None,
        "requirements": list(r.requirements),
        "disaster_group": r.disaster_group,
        "age_days": shown.age_days,
        "inherited": shown.inherited,
        "by_staff": shown.by_staff,
        "conflict": r.conflict,
    }
