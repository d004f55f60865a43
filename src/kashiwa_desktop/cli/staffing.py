"""Commands about the office's own people and its house: staff, the log, moving the store."""

from argparse import Namespace
from typing import Any

from kashiwa_desktop.cli.answer import Answer
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.domain.staff import ROLES, Member
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.office.log_doubts import Doubt, LogDoubts
from kashiwa_desktop.services.safety.migrating import Home, home, move


def add_staff(desk: Desk, args: Namespace) -> Answer:
    made = Accounts(desk.store()).add(args.name, args.role)
    return Answer(_member(made), [f"{made.name} を{ROLES[made.role]}として登録しました。"])


def end_staff(desk: Desk, args: Namespace) -> Answer:
    ended = Accounts(desk.store()).end(args.name, args.on)
    return Answer(_member(ended), [f"{ended.name} の登録を終えました。"])


def staff(desk: Desk, _args: Namespace) -> Answer:
    service = Accounts(desk.store())
    found = service.staff()
    lines = [f"{m.name}\t{ROLES[m.role]}\t{m.first}〜{m.last or ''}" for m in found]
    switch = "使っています" if service.are_on() else "使っていません"
    value = {"on": service.are_on(), "staff": [_member(m) for m in found]}
    return Answer(value, [*lines, f"職員の登録は{switch}。"])


def _member(m: Member) -> dict[str, Any]:
    last = m.last.isoformat() if m.last else None
    return {"name": m.name, "role": m.role, "from": m.first.isoformat(), "to": last}


def log(desk: Desk, args: Namespace) -> Answer:
    found = Accounts(desk.store()).log(args.event)
    value = {
        "entries": [
            {"n": e.n, "at": e.at, "who": e.who, "event": e.event, **e.detail} for e in found
        ]
    }
    return Answer(value, [f"{e.n}\t{e.at}\t{e.who}\t{e.event}" for e in found])


def accept_log(desk: Desk, args: Namespace) -> Answer:
    """Say what another PC undid by going back; with ``--accept`` write down that it is right."""
    service = LogDoubts(desk.store())
    found = service.look()
    if args.accept:
        found = service.accept(found or Doubt(0, 0, ()))
    value = {
        "doubt": found and {"lines": [found.first, found.last], "text": found.words,
                            "why_not": found.why_not or None},
        "accepted": bool(args.accept),
    }  # fmt: skip
    if found is None:
        return Answer(value, ["操作の記録に、確かめることはありません。"])
    then = "認めたことを操作の記録に書きました。" if args.accept else _ACCEPT
    return Answer(value, [found.why_not] if found.why_not else [found.words, then])


_ACCEPT = "まちがいがなければ、--accept を付けて認めます。そのあと支払と印刷を続けられます。"


def migrate_from(desk: Desk, args: Namespace) -> Answer:
    source = home(DataFolder(args.folder), args.from_database)
    target = Home(desk.folder, desk.database)
    moved = move(source, target, desk.clock, desk.chance, desk.staff)
    value = {
        "from": moved.source,
        "to": moved.target,
        "digest": moved.digest,
        "projections": moved.projections,
        "revisions": moved.revisions,
    }
    lines = [
        f"{moved.revisions}件を移し、すべて同じことを確かめました。",
        f"記録全体の要約値 {moved.digest}",
        f"これからは {moved.target} をお使いください。元の記録は読むだけになりました。",
    ]
    return Answer(value, lines)
