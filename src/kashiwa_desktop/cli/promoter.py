"""Commands of a promoter: setting up, records, months, the submission."""

from argparse import Namespace

from kashiwa_desktop.cli import given, shapes
from kashiwa_desktop.cli.answer import Answer
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.errors import WrongUsageError
from kashiwa_desktop.services.months.closing import Closing, MonthView
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.office.setup import PromoterSetup
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.travel.admitting import device_number
from kashiwa_desktop.services.travel.submitting import RESTORED, Submitting, restored_notice


def setup(desk: Desk, args: Namespace) -> Answer:
    if args.new_identity:
        return _new_identity(desk)
    if args.file is None or args.promoter is None:
        raise WrongUsageError("設定ファイルと --promoter を書いてください。")
    found = PromoterSetup(desk.store()).read(args.file, args.promoter)
    value = {
        "promoter": found.promoter,
        "name": found.name,
        "areas": list(found.areas),
        "office": found.office,
        "number": found.office_number,
    }
    lines = [f"{found.name} さん({'・'.join(found.areas)}) 事務局の番号 {found.office_number}"]
    return Answer(value, lines)


def _new_identity(desk: Desk) -> Answer:
    device = PromoterSetup(desk.store()).new_identity()
    number = device_number(device)
    text = "次に提出したファイルを事務局が確認すると、また受け取ってもらえます。"
    return Answer(
        {"device": device, "number": number}, [f"新しい印を作りました。確認番号 {number}", text]
    )


def record_add(desk: Desk, args: Namespace) -> Answer:
    lines = [line for line in given.text(args.file).splitlines() if line.strip()]
    records = [given.one_object(line) for line in lines]
    ids = Recording(desk.store()).add(records, next_version=args.next_version)
    return Answer({"ids": ids}, [f"{len(ids)}件を記録しました。"])


def record_list(desk: Desk, args: Namespace) -> Answer:
    recording = Recording(desk.store())
    people = RosterService(desk.store()).roster()
    found = recording.records(args.month)
    notes = recording.private_notes()
    value = {"records": [shapes.record(a, people, notes.get(a.id, "")) for a in found]}
    return Answer(value, [f"{a.date} {a.title} {a.id}" for a in found])


def record_edit(desk: Desk, args: Namespace) -> Answer:
    patch = given.one_object(given.text(args.file))
    done = Recording(desk.store()).edit(args.id, patch, next_version=args.next_version)
    return Answer({"id": done.id, "text": done.text}, [done.text])


def record_delete(desk: Desk, args: Namespace) -> Answer:
    done = Recording(desk.store()).delete(args.id, next_version=args.next_version)
    return Answer({"id": done.id, "text": done.text}, [done.text])


def undo(desk: Desk, _args: Namespace) -> Answer:
    done = Recording(desk.store()).undo()
    return Answer({"id": done.id, "text": done.text}, [done.text])


def month_close(desk: Desk, args: Namespace) -> Answer:
    closing = Closing(desk.store())
    view = closing.close(args.month, empty=args.empty, reason=args.reason, remark=args.remark)
    return _month(view)


def month_reopen(desk: Desk, args: Namespace) -> Answer:
    return _month(Closing(desk.store()).reopen(args.month))


def month_show(desk: Desk, args: Namespace) -> Answer:
    answer = _month(Closing(desk.store()).show(args.month))
    notice = restored_notice(desk.store())
    return Answer({**answer.value, "notice": notice}, [*answer.lines, *filter(None, [notice])])


_STATES = {
    "open": "まだ締めていません",
    "closed": "締めました",
    "saved": "保存しました(まだ届いていません)",
    "received": "事務局に届きました",
    "returned": "確認のお願いがあります",
    "approved": "承認されました",
}


def _month(view: MonthView) -> Answer:
    lines = [f"{view.month.label()}分 {view.counts.count}回 {_STATES[view.state]}"]
    if view.code:
        lines.append(f"第{view.version}版 照合番号 {view.code}")
    return Answer(shapes.month(view), [*lines, *(p.text for p in view.findings)])


def submit(desk: Desk, args: Namespace) -> Answer:
    made = Submitting(desk.store()).submit(args.month, args.out)
    notice = RESTORED if made.restored else ""
    lines = [f"保存して読み直しました(まだ届いていません): {made.file}", *filter(None, [notice])]
    return Answer({**shapes.made(made), "notice": notice}, lines)
