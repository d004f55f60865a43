"""Commands of the change from one promoter of an area to the next."""

from argparse import Namespace

from kashiwa_desktop.cli import shapes
from kashiwa_desktop.cli.answer import Answer
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.travel.succeeding import Leaving, Predecessors, Succeeding


def handover(desk: Desk, args: Namespace) -> Answer:
    made = Succeeding(desk.store()).handover_file(args.area, args.to, args.out, desk.keys())
    return Answer(shapes.made(made), [f"引継ぎファイルを書きました: {made.file}"])


def predecessors(desk: Desk, _args: Namespace) -> Answer:
    found = Predecessors(desk.store()).records()
    people = RosterService(desk.store()).roster()
    value = {"records": [{**shapes.record(a, people, ""), "promoter": a.promoter} for a in found]}
    lines = [f"前任者の記録 {a.date} {a.title}" for a in found]
    return Answer(value, lines or ["前任者の記録はありません。"])


def wipe(desk: Desk, args: Namespace) -> Answer:
    Leaving(desk.store()).wipe(args.promoter)
    return Answer({"done": [args.promoter], "left": []}, ["このパソコンの記録を消しました。"])
