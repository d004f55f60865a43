"""Commands of 名簿・設定: people, tables, the office's rules."""

from argparse import Namespace
from pathlib import Path
from typing import Any

import msgspec

from kashiwa_desktop.cli import given
from kashiwa_desktop.cli.answer import Answer
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.domain.people import Proxy
from kashiwa_desktop.errors import WrongUsageError
from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.office.roster_tables import RosterTables

_INNER = ("kind", "appointment")


def resume(desk: Desk, args: Namespace) -> Answer:
    made = RosterService(desk.store()).resume(args.promoter, args.area, args.on)
    value = {"promoter": made.promoter, "area": args.area, "appointment": made.id}
    return Answer(value, [f"{args.promoter} の休止を終え、{args.on} からまた始めます。"])


def payee(desk: Desk, args: Namespace) -> Answer:
    names = ("name", "kana", "relation", "address", "phone")
    body = {name: getattr(args, name) for name in names} if args.name else None
    MoneySettings(desk.store()).change_terms(args.promoter, args.area, {"payee": body})
    said = "決めました" if body else "本人に戻しました"
    return Answer({"promoter": args.promoter, "area": args.area}, [f"支払先を{said}。"])


def terms(desk: Desk, args: Namespace) -> Answer:
    """Set what a JSON object names of an appointment's terms; without a file, only show them."""
    money = MoneySettings(desk.store())
    if args.file:
        money.change_terms(args.promoter, args.area, given.one_object(given.text(args.file)))
    said = money.terms(args.promoter, args.area)
    found = {name: value for name, value in said.items() if value and name not in _INNER}
    lines = [f"{name}\t{msgspec.json.encode(value).decode()}" for name, value in found.items()]
    return Answer({"promoter": args.promoter, "area": args.area, "terms": found}, lines)


def adjust(desk: Desk, args: Namespace) -> Answer:
    money = MoneySettings(desk.store())
    money.adjust(args.promoter, args.area, args.month, args.yen, args.reason)
    value = {"promoter": args.promoter, "month": str(args.month), "yen": args.yen}
    text = f"{args.promoter} の{args.month.short()}に調整 {args.yen:+,}円を加えました。"
    return Answer(value, [f"{text}承認してあれば、取り消して承認し直してください。"])


def contact(desk: Desk, args: Namespace) -> Answer:
    if args.phone is None and args.address is None:
        raise WrongUsageError("--phone か --address をお書きください。")
    service = RosterService(desk.store())
    service.set_contact(args.promoter, phone=args.phone, address=args.address)
    return Answer({"promoter": args.promoter}, ["電話番号と住所をしまいました。"])


def add_proxy(desk: Desk, args: Namespace) -> Answer:
    proxy = Proxy(args.promoter, args.name, args.standing, args.first, args.last)
    RosterService(desk.store()).add_proxy(proxy)
    return Answer({"promoter": args.promoter}, [f"{args.promoter} の代理を加えました。"])


def read(desk: Desk, args: Namespace) -> Answer:
    changed = RosterTables(desk.store()).read(args.kind, args.file)
    value = {"kind": args.kind, "changed": changed}
    return Answer(value, [f"表を読み、{changed}件を変えました。"])


def write(desk: Desk, args: Namespace) -> Answer:
    rows = RosterTables(desk.store()).write(args.kind, args.out)
    value = {"kind": args.kind, "rows": rows, "file": str(args.out)}
    return Answer(value, [f"{rows}行を書き出しました: {args.out}"])


def settings(desk: Desk, _args: Namespace) -> Answer:
    found = MoneySettings(desk.store()).office()
    lines = [f"{name}\t{msgspec.json.encode(value).decode()}" for name, value in found.items()]
    return Answer({"settings": found}, lines)


def change(desk: Desk, args: Namespace) -> Answer:
    """Set one value, or those of a file; ``accounts`` is the switch of 職員の登録."""
    patch = _patch(args)
    store = desk.store()
    switch = patch.pop("accounts", None)
    examples = patch.pop("category_examples", None)
    if switch is not None:
        if not isinstance(switch, bool):
            raise WrongUsageError("accounts は true か false です。")
        Accounts(store).switch(on=switch)
    if examples is not None:
        RosterService(store).set_examples(examples)
    if patch:
        MoneySettings(store).change_office(patch)
    return Answer({"settings": MoneySettings(store).office()}, ["設定を変えました。"])


def _patch(args: Namespace) -> dict[str, Any]:
    if args.value is None:
        if args.key != "-" and not Path(args.key).exists():
            raise WrongUsageError("値、または変える項目のJSONのファイルをお書きください。")
        return given.one_object(given.text(args.key))
    try:
        return {args.key: msgspec.json.decode(args.value)}
    except msgspec.DecodeError:
        return {args.key: args.value}
