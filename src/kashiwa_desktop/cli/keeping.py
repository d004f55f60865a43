"""Commands that keep the records safe and prove them whole."""

from argparse import Namespace
from typing import Any

from kashiwa_desktop.cli.answer import Answer
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.services.money.recounting import Recounting
from kashiwa_desktop.services.office.log_doubts import LogDoubts
from kashiwa_desktop.services.safety import copy_marks, guarding
from kashiwa_desktop.services.safety.healing import Healing
from kashiwa_desktop.services.safety.keeping import Copy, Keeping, Wrong, whole
from kashiwa_desktop.services.safety.looking_into import lifted_copies
from kashiwa_desktop.services.safety.recovering import Recovering
from kashiwa_desktop.services.travel.submitting import restored_notice


def digest(desk: Desk, _args: Namespace) -> Answer:
    value, revisions = Keeping(desk.store()).digest()
    return Answer({"digest": value, "revisions": revisions}, [value])


def check(desk: Desk, args: Namespace) -> Answer:
    problems = Keeping(desk.store()).check(rebuild=args.rebuild)
    more, told = _recount(desk) if args.money else ({}, [])
    problems = [*problems, *more.pop("problems", [])]
    refused = f"{len(problems)}件の異常があります: {problems[0]}" if problems else ""
    notice = restored_notice(desk.store())
    said = [_problem(one) for one in problems]
    agreed = LogDoubts(desk.store()).accepted()
    value = {"ok": not problems, "problems": said, "notice": notice, "accepted": agreed, **more}
    lines = [one.text for one in problems] or ["すべて正しいことを確かめました。", *told]
    lines += agreed
    return Answer(value, [*lines, *filter(None, [notice])], refused)


def _problem(wrong: Wrong) -> dict[str, str]:
    """Return one problem with whom, which month and which number it names, where it does."""
    named = {"promoter": wrong.promoter, "month": wrong.month, "number": wrong.number}
    return {"text": wrong.text, **{name: value for name, value in named.items() if value}}


def heal(desk: Desk, args: Namespace) -> Answer:
    """Put right what no file can hold; with ``--preview`` only say what it would do."""
    service = Healing(desk.store())
    found = service.look() if args.preview else service.heal()
    value = [
        {"promoter": x.promoter or None, "type": x.type, "record": x.record, "wrong": x.wrong,
         "after": x.after}
        for x in found
    ]  # fmt: skip
    lines = [f"{x.wrong}{x.after}" for x in found]
    told = f"{len(found)}件を直しました。内容をご確認ください。" if found else _NOTHING
    return Answer({"healed": value}, [*lines, *([] if args.preview and found else [told])])


_NOTHING = "送れない記録はありません。"


def _recount(desk: Desk) -> tuple[dict[str, Any], list[str]]:
    """Reckon every sheet again from the archive, once the archive holds all of this office."""
    keys = desk.keys()
    guarding.journal(desk.store(), keys)
    found = Recounting(desk.store()).run(keys)
    value = {"problems": list(found.problems), "files": found.files, "sheets": found.sheets}
    text = (
        f"保管したファイル{found.files}個から、書類{found.sheets}件 {found.yen:,}円を検算しました。"
    )
    return {**value, "total_yen": found.yen}, [text]


def backup(desk: Desk, _args: Namespace) -> Answer:
    made = Keeping(desk.store()).back_up()
    return Answer(_copy(made), [f"予備の写しを作りました: {made.file}"])


def backups(desk: Desk, _args: Namespace) -> Answer:
    found = Keeping(desk.store()).all_copies()
    lines = [f"{c.made_at} {c.revisions}件 {c.file}" for c in found]
    earlier = lifted_copies(desk.folder)
    value = {
        "backups": [_copy(c) for c in found],
        "earlier": [str(one.file) for one in earlier],
        "earlier_versions": [
            {"file": str(one.file), "schema": one.schema, "lifted_at": one.made_at.isoformat()}
            for one in earlier
        ],
    }
    lines = lines or ["予備の写しはまだありません。"]
    lines += [
        f"前の版の記録(新しい版に移す前のまま、記録の形{one.schema}): {one.file}" for one in earlier
    ]
    return Answer(value, lines)


def restore(desk: Desk, args: Namespace) -> Answer:
    try:
        return _restored(desk, args)
    except StoreError as error:
        if error.code not in ("damaged", "too_new") or desk.database:
            raise
        return _recovered(desk, args, error)


def _recovered(desk: Desk, args: Namespace, error: StoreError) -> Answer:
    """Let a whole copy take the place of a store that cannot be used, and keep that one."""
    try:
        found, mark = whole(args.file, desk.folder)
    except StoreError:
        raise error from None
    desk.let_go()
    done = Recovering(desk.folder, desk.clock, error.code).put_back(args.file)
    value = {"file": str(args.file), "made_at": args.file.name[:17], "revisions": found.revisions,
             "digest": found.digest, "bytes": args.file.stat().st_size,
             "before": str(done.kept or ""), "brought": done.brought, "mark": mark}  # fmt: skip
    lines = [f"{args.file.name[:17]} の時点に戻しました。前の記録: {done.kept}"]
    return Answer(value, [*lines, *filter(None, [copy_marks.WORDS[mark]])])


def _restored(desk: Desk, args: Namespace) -> Answer:
    wanted, before = Keeping(desk.store()).restore(args.file)
    value = {**_copy(wanted), "before": str(before.file), "mark": wanted.mark}
    lines = [f"{wanted.made_at} の時点に戻しました。前の記録: {before.file}"]
    return Answer(value, [*lines, *filter(None, [copy_marks.WORDS[wanted.mark]])])


def _copy(copy: Copy) -> dict[str, Any]:
    return {
        "file": str(copy.file),
        "made_at": copy.made_at,
        "revisions": copy.revisions,
        "digest": copy.digest,
        "bytes": copy.bytes,
    }
