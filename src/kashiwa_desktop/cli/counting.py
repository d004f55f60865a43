"""Commands of 集計: totals with their records, the opening balance, closed years."""

from argparse import Namespace
from typing import Any

from kashiwa_desktop.cli import shapes
from kashiwa_desktop.cli.answer import Answer
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.domain.code_list import Words
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import RefusedError, WrongUsageError
from kashiwa_desktop.services.counting.office_workbook import TABLES, OfficeWorkbook, WorkbookWanted
from kashiwa_desktop.services.counting.reporting import Reporting, Sum, Totals
from kashiwa_desktop.services.counting.year_closing import ClosedYear, Correction, YearClosing
from kashiwa_desktop.services.office.opening_table import OpeningTable
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.records.record_columns import USUAL


def totals(desk: Desk, args: Namespace) -> Answer:
    by = _words(args.by)
    found = Reporting(desk.store()).totals(
        args.first, args.last, by, approved=args.approved, cumulative=args.cumulative
    )
    if args.records is not None:
        return _records(desk, args, found)
    people = RosterService(desk.store()).roster()
    value, words = shapes.totals(found, people), people.codes.on(found.last.last)
    lines = [_line(row, words) for row in found.rows]
    if found.proxy_total.count:
        lines.append(f"ほかに代理の活動\t{found.proxy_total.count:,}回")
    return Answer(value, [*lines, f"計\t{found.total.count:,}回", *_said(found)])


def _records(desk: Desk, args: Namespace, found: Totals) -> Answer:
    """Answer with the records behind one number."""
    people = RosterService(desk.store()).roster()
    group = [cell.strip() for cell in args.records.split(",")] if args.records else []
    if group and len(group) != len(found.by):
        raise WrongUsageError("--records は --by と同じ数だけ、コンマで区切ってください。")
    if "area" in found.by and group:
        at = found.by.index("area")
        area = people.area_named(group[at])
        group[at] = area.code if area else group[at]
    held = Reporting(desk.store()).records_behind(found, group, proxy=args.proxy)
    value = {"records": [shapes.record(a, people, "") | {"promoter": a.promoter} for a in held]}
    return Answer(value, [f"{a.promoter} {a.date} {a.title} {a.id}" for a in held])


def _line(row: Sum, words: Words) -> str:
    name = " ".join(words.category(code) for code in row.group)
    return f"{name}\t{row.count:,}回\t{row.days:,}日\t{row.attendees:,}人"


def _said(found: Totals) -> list[str]:
    opening = found.opening
    said = []
    if opening.added:
        said.append(f"期首の回数 {sum(b.count for _, b in opening.added):,}回を含みます。")
    if opening.overlapping:
        said.append("記録のある月の期首の回数は加えていません。")
    if opening.untold:
        said.append("この分けかたでは分けられない期首の回数は加えていません。")
    return said


def excel(desk: Desk, args: Namespace) -> Answer:
    """Write the workbook; ``rows`` are its records, ``total_yen`` the month's 支払一覧."""
    wanted = WorkbookWanted(
        (args.first or args.month, args.month),
        tuple(_words(args.tables)) or tuple(TABLES),
        tuple(_words(args.columns)) or USUAL,
        approved=args.approved,
        names=args.names,
    )
    made = OfficeWorkbook(desk.store()).write(wanted, args.out)
    value = {"file": str(made.file), "rows": made.rows, "total_yen": made.total_yen}
    return Answer(value, [f"記録{made.rows:,}件を書きました: {made.file}"])


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def opening(desk: Desk, args: Namespace) -> Answer:
    rows = OpeningTable(desk.store()).read(args.file)
    count = sum(row.count for row in rows)
    value = {"rows": len(rows), "count": count}
    return Answer(value, [f"期首の回数を{len(rows)}行、{count:,}回入れました。"])


def close_year(desk: Desk, args: Namespace) -> Answer:
    found = YearClosing(desk.store()).close(args.year, approved=args.approved)
    return Answer(_year(found), [f"{args.year}年度を確定しました({found.total.count:,}回)。"])


def year(desk: Desk, args: Namespace) -> Answer:
    found = YearClosing(desk.store()).show(args.year)
    if found is None:
        raise RefusedError(f"{args.year}年度はまだ確定していません。", code="not_closed")
    lines = [f"{found.at[:10]} {found.who} 確定 {found.total.count:,}回(第{found.version}版)"]
    words = RosterService(desk.store()).roster().codes.on(Month(args.year + 1, 3).last)
    for c in found.corrections:
        name = " ".join(words.category(code) for code in c.group) or "計"
        lines.append(f"確定後の訂正\t{name}\t{c.reported.count:,}回 → {c.now.count:,}回")
    return Answer(_year(found), lines)


def _year(found: ClosedYear) -> dict[str, Any]:
    return {
        "year": found.year,
        "at": found.at,
        "who": found.who,
        "version": found.version,
        "approved": found.approved,
        "total": shapes.sums(found.total),
        "tables": {
            ",".join(by): [{**_group(by, row), **shapes.sums(row)} for row in rows]
            for by, rows in found.tables.items()
        },
        "corrections": [_correction(c) for c in found.corrections],
        "changed": [{"promoter": p, "month": m} for p, m in found.changed],
    }


def _group(by: tuple[str, ...], row: Sum) -> dict[str, str]:
    return dict(zip(by, row.group, strict=True))


def _correction(c: Correction) -> dict[str, Any]:
    sides = {"reported": shapes.sums(c.reported), "now": shapes.sums(c.now)}
    return {**_group(c.by, c.reported), **sides}
