"""Commands of the office: setting up, roster, intake, review, totals, papers."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from kashiwa_desktop.cli import given, shapes
from kashiwa_desktop.cli.answer import Answer
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.cli.updating import laid_words, with_release
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import AppError, WrongUsageError
from kashiwa_desktop.paths import resource
from kashiwa_desktop.services.checking.approving import RULING_MISSING
from kashiwa_desktop.services.checking.review import NO_RULING
from kashiwa_desktop.services.checking.reviewing import Left, Reviewing, Terms
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.office.roster_tables import read_areas
from kashiwa_desktop.services.office.setup import OfficeSetup, office_number
from kashiwa_desktop.services.safety import guarding
from kashiwa_desktop.services.travel.gathering import gather
from kashiwa_desktop.services.travel.inspecting import inspect, ours_in
from kashiwa_desktop.services.travel.intake import Intake, Taken
from kashiwa_desktop.services.travel.intake import waiting as waiting_files


def init(desk: Desk, args: Namespace) -> Answer:
    areas = read_areas(args.areas or resource("areas.csv"))
    setup = OfficeSetup(desk.store())
    office, recovery = setup.begin(args.name, areas, desk.passphrase())
    refused = _keep_recovery(desk, args.recovery_out, recovery) if args.recovery_out else ""
    value = {
        "office": office,
        "number": office_number(office),
        "areas": len(areas),
        "recovery": {"identity": recovery.secret, "recipient": recovery.recipient},
    }
    lines = [
        f"事務局の記録を作りました。事務局の番号 {office_number(office)}",
        "予備のかぎ(印刷して封筒に入れ、金庫へ。ここにしか表示しません):",
        recovery.secret,
    ]
    return Answer(value, lines, refused)


def _keep_recovery(desk: Desk, path: Path, recovery: Any) -> str:
    """Write the recovery key; returns what was in the way, '' where nothing was.

    It stands nowhere else, so that a full disk must not keep it from being shown.
    """
    try:
        guarding.write_recovery(desk.store(), path, recovery)
    except AppError as error:
        return error.text
    return ""


def add_promoter(desk: Desk, args: Namespace) -> Answer:
    new = NewPromoter(args.id, args.name, args.kana, args.area, args.first, args.yen)
    made = RosterService(desk.store()).add_promoter(new)
    value = {"promoter": made.promoter, "area": args.area, "appointment": made.id}
    return Answer(value, [f"{args.id} {args.name} を名簿に加えました。"])


def end(desk: Desk, args: Namespace) -> Answer:
    made = RosterService(desk.store()).end(args.promoter, args.area, args.on, args.reason)
    value = {"promoter": made.promoter, "area": args.area, "appointment": made.id}
    return Answer(value, [f"{args.promoter} の委嘱を {args.on} で終えました。"])


def suspend(desk: Desk, args: Namespace) -> Answer:
    service = RosterService(desk.store())
    made = service.suspend(args.promoter, args.area, args.first, args.last, args.reason)
    value = {"promoter": made.promoter, "area": args.area, "appointment": made.id}
    return Answer(value, [f"{args.promoter} を {args.first} から休止にしました。"])


def setup_file(desk: Desk, args: Namespace) -> Answer:
    made = OfficeSetup(desk.store()).setup_file(args.out, desk.keys())
    laid = with_release(desk, args, made.file)
    lines = [f"設定ファイルを書きました: {made.file}", *laid_words(laid)]
    return Answer({**shapes.made(made), "laid": [str(path) for path in laid]}, lines)


def intake(desk: Desk, args: Namespace) -> Answer:
    keys = desk.keys()
    if args.recovery_key:
        keys = keys.and_reading([guarding.recovery_of(desk.store(), args.recovery_key).receiving])
    service = Intake(desk.store(), keys)
    if args.files[0] == "undo" and len(args.files) == 2:
        removed = service.undo(args.files[1])
        value = {"intake": args.files[1], "removed": removed}
        return Answer(value, [f"受け取りを取り消しました({removed}件)。"])
    paths = given.files(args.files, lambda folder: gather([folder]).files)
    run = service.preview if args.preview else service.take_in
    found = run(paths, accept_new_device=args.accept_new_device)
    return Answer(shapes.taken(found), outcomes(found), left_over(found))


_STATES = {
    "new": "取り込めます",
    "newer": "新しい版",
    "same": "受け取り済み",
    "waiting": "確認待ち",
    "refused": "取り込めません",
}


def outcomes(found: Taken) -> list[str]:
    lines = [f"{_STATES[f.state]}: {Path(f.file).name} {f.text}{f.notice}" for f in found.files]
    return [*lines, f"受け取りの番号 {found.intake}"] if found.intake else lines


def left_over(found: Taken) -> str:
    left = [f for f in found.files if f.state in ("refused", "waiting")]
    if not left:
        return ""
    return f"取り込めないファイルが{len(left)}件あります: {Path(left[0].file).name} {left[0].text}"


def waiting(desk: Desk, _args: Namespace) -> Answer:
    files = waiting_files(desk.store())
    value = {
        "files": [
            {
                "file": str(desk.store().folder.waiting / w.file),
                "reason": w.reason,
                "text": w.text,
                "promoter": w.promoter or None,
                "at": w.at,
            }
            for w in files
        ]
    }
    return Answer(
        value, [f"{w.file} {w.text}" for w in files] or ["待っているファイルはありません。"]
    )


def inspect_file(desk: Desk, args: Namespace) -> Answer:
    paths = given.files(args.file, ours_in)
    words = desk.passphrase(needed=False)
    found = [inspect(desk.store(), path, words) for path in paths]
    lines = [_seen(value) for value in found]
    if len(found) == 1:
        return Answer(found[0], lines)
    named = [{"file": str(path), **value} for path, value in zip(paths, found, strict=True)]
    lines = [f"{path.name} {line}" for path, line in zip(paths, lines, strict=True)]
    return Answer({"files": named}, lines)


def _seen(value: dict[str, Any]) -> str:
    text = f"{value['kind']} {value['count']}件 {', '.join(value['months'])}"
    return f"{text} 署名: {value['signature']}"


def board(desk: Desk, args: Namespace) -> Answer:
    found = Reviewing(desk.store()).board(args.first, args.last)
    lines = [
        f"{row.area.name}\t{row.name}\t" + "\t".join(cell.word for cell in row.cells.values())
        for row in found.rows
    ]
    s = found.summary
    head = (
        f"{args.last.short()} 受領 {s.received}/{s.expected} 承認 {s.approved} 未提出 {s.missing}"
    )
    return Answer(shapes.board(found), [head, *lines])


def approve(desk: Desk, args: Namespace) -> Answer:
    promoters = None if args.all_clean else [args.promoter]
    reviewing = Reviewing(desk.store())
    if args.ruling and not args.promoter:
        raise WrongUsageError("支払判断(--ruling)は、1人ずつ --promoter と書いてください。")
    terms = Terms(despite_conflicts=args.despite_conflicts)
    if args.ruling:
        found = reviewing.approve_ruled(args.month, args.promoter, args.ruling, terms)
    else:
        found = reviewing.approve(args.month, promoters, terms=terms)
    left = [f"{x.promoter} {x.reason}{_way_out(x, args.month)}" for x in found.left]
    refused = left[0] if promoters and left else ""
    lines = [f"{len(found.done)}件を承認しました。", *(f"そのまま: {text}" for text in left)]
    return Answer(shapes.outcome(found), lines, refused)


def _way_out(left: Left, month: Month) -> str:
    """Return the command that settles it, where it is not the plain approval once more."""
    if left.reason != RULING_MISSING and NO_RULING not in left.reason:
        return ""
    return (
        f"払うと決めたら、その理由を書いて approve {month} --promoter {left.promoter} "
        "--ruling 理由 としてください。"
    )


def unapprove(desk: Desk, args: Namespace) -> Answer:
    found = Reviewing(desk.store()).unapprove(args.month, args.promoter, args.reason)
    refused = found.left[0].reason if found.left else ""
    left = [f"そのまま: {x.promoter} {x.reason}" for x in found.left]
    lines = [f"{len(found.done)}件の承認を取り消しました。", *left]
    return Answer(shapes.outcome(found), lines, refused)
