"""Commands of erasure, disposal, and the search for what is kept."""

from argparse import Namespace

from kashiwa_desktop.cli import given
from kashiwa_desktop.cli.answer import Answer
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.services.safety.erasing import Erased, Erasing


def erase(desk: Desk, args: Namespace) -> Answer:
    cleaned = given.one_object(given.text(args.file))
    found = _erasing(desk).erase(args.promoter, args.record, cleaned, args.reason, args.decided_by)
    return _proof(found)


def due(desk: Desk, args: Namespace) -> Answer:
    found = Erasing(desk.store()).due(args.before)
    value = {"years": [{"year": year, "records": n} for year, n in found]}
    lines = [f"{year}年度 {n}件" for year, n in found]
    return Answer(value, lines or ["保存期間のすぎた年度はありません。"])


def dispose(desk: Desk, args: Namespace) -> Answer:
    return _proof(_erasing(desk).dispose(args.year, args.reason, args.decided_by))


def find(desk: Desk, args: Namespace) -> Answer:
    found = Erasing(desk.store()).find(args.text)
    value = {
        "kept": [
            {"promoter": k.promoter, "type": k.type, "record": k.record, "month": k.month}
            for k in found
        ]
    }
    lines = [f"{k.promoter} {k.month} {k.type} {k.record}" for k in found]
    return Answer(value, lines or ["その言葉のあるものは保管していません。"])


def _erasing(desk: Desk) -> Erasing:
    return Erasing(desk.store(), desk.keys())


def _proof(found: Erased) -> Answer:
    value = {
        "records": found.records,
        "revisions": found.revisions,
        "replaced": list(found.replaced),
        "by": found.by,
        "copies": list(found.copies),
        "repeated": [
            {"promoter": promoter, "type": kind, "record": record}
            for promoter, kind, record in found.repeated
        ],
    }
    lines = [f"{found.records}件の記録の文を消しました(版 {found.revisions}件)。"]
    lines += [f"予備の写しにはまだ残っています: {name}" for name in found.copies]
    lines += [f"同じ文がほかにもあります: {' '.join(one)}" for one in found.repeated]
    return Answer(value, lines)
