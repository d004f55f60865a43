"""Commands of papers and money: print, pay, cancel, bank data, the transfer file."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from kashiwa_desktop.cli import shapes
from kashiwa_desktop.cli.answer import Answer
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.money.banking import TWICE, Banking
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.office.setup import OfficeSetup
from kashiwa_desktop.services.papers.asking_papers import AskingPapers
from kashiwa_desktop.services.papers.binder import Binder
from kashiwa_desktop.services.papers.blank_papers import BlankPapers
from kashiwa_desktop.services.papers.council_papers import CouncilPapers
from kashiwa_desktop.services.papers.office_papers import OfficePapers
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.papers.year_papers import YearPapers
from kashiwa_desktop.services.printed import Printed
from kashiwa_desktop.services.records.register_paper import RegisterPaper
from kashiwa_desktop.services.store import find_area

Maker = Callable[[Desk, Namespace, Sequence[str] | None], Printed]


def _honorarium(desk: Desk, args: Namespace, whom: Sequence[str] | None) -> Printed:
    printing = Printing(desk.store())
    return printing.honorarium(args.month, whom, args.out, cover=args.cover, duplex=args.duplex)


def _resources(desk: Desk, args: Namespace, whom: Sequence[str] | None) -> Printed:
    store = desk.store()
    area = find_area(RosterService(store).roster(), args.area).code if args.area else None
    paper = RegisterPaper(store, whom[0] if whom else None)
    return paper.make(area, args.out, full=args.full, month=args.month)


PAPERS: dict[str, Maker] = {
    "honorarium": _honorarium,
    "report": lambda d, a, w: Printing(d.store()).report(a.month, w, a.out, duplex=a.duplex),
    "payments": lambda d, a, _: Printing(d.store()).payments(
        a.month, a.out, inquiry=a.inquiry, voucher=a.voucher
    ),
    "receipt": lambda d, a, w: Paying(d.store()).receipts(a.month, w, a.out),
    "board": lambda d, a, _: OfficePapers(d.store()).board(a.month, a.out),
    "totals": lambda d, a, _: OfficePapers(d.store()).totals(a.month, a.out),
    "received": lambda d, a, w: OfficePapers(d.store()).received(
        a.month, w, a.out, duplex=a.duplex
    ),
    "questions": lambda d, a, w: AskingPapers(d.store()).requests(
        a.month, w, a.out, duplex=a.duplex
    ),
    "asks": lambda d, a, w: AskingPapers(d.store()).asks(a.month, w, a.out),
    "slip": lambda d, a, _: BlankPapers(d.store()).submission_slip(a.month, a.out),
    "council": lambda d, a, w: CouncilPapers(d.store()).records(a.month, w, a.out),
    "handover": lambda d, a, w: CouncilPapers(d.store()).handover(
        a.month, w, a.out, duplex=a.duplex
    ),
    "resources": _resources,
    "year": lambda d, a, _: YearPapers(d.store()).summary(a.month.fiscal_year, a.out),
    "binder": lambda d, a, _: Binder(d.store()).make(a.month.fiscal_year, a.out),
    "blank": lambda d, a, w: BlankPapers(d.store()).form(a.month, w, a.out),
    "card": lambda d, a, _: BlankPapers(d.store()).card(a.out),
}


def print_paper(desk: Desk, args: Namespace) -> Answer:
    whom = [args.promoter] if args.promoter else None
    made = PAPERS[args.action](desk, args, whom)
    lines = [f"{made.pages}ページを書きました: {made.file}"]
    if made.missing:
        lines.append(f"書体にない文字があります(〓で印刷): {' '.join(made.missing)}")
    return Answer(shapes.printed(made), lines)


def pay(desk: Desk, args: Namespace) -> Answer:
    try:
        found = Paying(desk.store()).pay(
            args.month,
            [args.promoter],
            on=args.on,
            method=args.method,
            voucher=args.voucher,
            although_transferred=args.although_transferred,
        )
    except RefusedError as error:
        if error.code == "transferred":
            error.text += "それでもよければ、--although-transferred を付けてください。"
        raise
    lines = [f"{len(found.done)}件を支払済みにしました。"] if found.done else []
    return Answer(shapes.outcome(found), lines, found.left[0].reason if found.left else "")


def cancel(desk: Desk, args: Namespace) -> Answer:
    Printing(desk.store()).cancel(args.number, args.reason)
    return Answer({"number": args.number}, [f"{args.number} を取り消しました。"])


def reprint(desk: Desk, args: Namespace) -> Answer:
    made = Printing(desk.store()).reprint(args.number, args.out)
    return Answer(shapes.printed(made), [f"再印刷を書きました: {made.file}"])


def bank(desk: Desk, args: Namespace) -> Answer:
    count = Banking(desk.store()).read(args.file)
    return Answer(
        {"rows": count}, [f"{count}件の口座を、事務局のかぎを使って、暗号にして保管しました。"]
    )


def zengin(desk: Desk, args: Namespace) -> Answer:
    keys = OfficeSetup(desk.store()).unlock(desk.passphrase())
    out: Path = args.out
    made = Banking(desk.store()).transfer(args.month, args.date, keys, out, args.profile)
    value = {
        "file": str(made.file),
        "rows": made.rows,
        "total_yen": made.total_yen,
        "left": list(made.left),
        "before": made.before,
    }
    lines = [f"{made.rows}件 合計 {made.total_yen:,}円を書きました: {made.file}"]
    if made.before:
        lines.append(f"同じ書類のファイルを {made.before[:10]} にも作っています。{TWICE}")
    return Answer(value, lines)
