"""Commands of the office's keys, of the promoters' PCs, and of rebuilding; journals after work."""

import sys
from argparse import Namespace
from typing import Any

from kashiwa_desktop.cli import shapes
from kashiwa_desktop.cli.answer import Answer
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.cli.office import left_over, outcomes
from kashiwa_desktop.errors import AppError, RefusedError
from kashiwa_desktop.services.key_list import ASK_FOR_KEYWORD
from kashiwa_desktop.services.office.enrolling import Enrolling, Pc
from kashiwa_desktop.services.safety import guarding
from kashiwa_desktop.services.safety.guarding import Guarding
from kashiwa_desktop.services.safety.rebuilding import Rebuilding

HANDS_OUT = frozenset({"office setup-file", "office handover", "return-file"})
"""Before these the archive must hold everything that they could carry."""
WORK = frozenset(
    {
        "intake",
        "approve",
        "unapprove",
        "question",
        "return",
        "correct",
        "settle",
        "resolve",
        "look-alike",
        "heal",
    }
)
"""After these, and the commands of the office, there may be something that no file carries yet."""
ON_THEIR_OWN = frozenset(
    {"office init", "office passphrase", "office rotate-keys", "office recover", "office rebuild",
     "office migrate-from"}
)  # fmt: skip
"""These change the keys or the place of the store, and see to their journals themselves."""

_STATES = {"listed": "使用中", "lost": "なくしたと届け出"}
_NEXT = "設定ファイルを作り、推進員のみなさんに渡してください(office setup-file)。"


def unlock_for_journal(desk: Desk, name: str, args: Namespace) -> bool:
    """Say whether a journal is due with this command; a wrong 合言葉 stops before anything."""
    of_office = name.startswith("office ") and name not in ON_THEIR_OWN
    if not (of_office or name in HANDS_OUT | WORK) or getattr(args, "preview", False):
        return False
    due = desk.is_office() and bool(desk.passphrase(needed=False))
    if due:
        desk.keys()
    return due


def write_journal(desk: Desk) -> None:
    """Keep the office's own work in its archive; where that fails the next journal carries it.

    What was done stays done, so the command itself is not refused.
    """
    try:
        guarding.journal(desk.store(), desk.keys())
    except AppError as error:
        text = f"事務局の記録の写しを、まだ保管できていません。{error.text}"
        sys.stderr.write(" ".join(text.split()) + "\n")


def change_words(desk: Desk, args: Namespace) -> Answer:
    new = guarding.read_words(args.new_passphrase_file)
    Guarding(desk.store()).change_words(desk.keys(), new)
    return Answer({"changed": True}, ["合言葉を替えました。古い合言葉では、もう開きません。"])


def rotate_keys(desk: Desk, args: Namespace) -> Answer:
    store, keys = desk.store(), desk.keys()
    recovery = guarding.recovery_of(store, args.recovery_key) if args.recovery_key else None
    words = desk.passphrase() or ""
    new = Guarding(store).rotate(keys, words, recovery, revoked=args.revoked)
    return _new_key(new.signing.public, ["事務局のかぎを新しくしました。", _NEXT])


def recover(desk: Desk, args: Namespace) -> Answer:
    words = desk.passphrase()
    if not words:
        raise RefusedError(ASK_FOR_KEYWORD, code="no_passphrase")
    recovery = guarding.recovery_of(desk.store(), args.recovery_key)
    new = Guarding(desk.store()).recover(recovery, words, revoked=args.revoked)
    text = "予備のかぎで、事務局のかぎと合言葉を新しくしました。"
    return _new_key(new.signing.public, [text, _NEXT])


def _new_key(key: str, lines: list[str]) -> Answer:
    return Answer({"key": key}, lines)


def rebuild(desk: Desk, args: Namespace) -> Answer:
    recovery = guarding.read_recovery(args.recovery_key) if args.recovery_key else None
    service = Rebuilding(desk.store(afresh=True))
    found = service.run(args.folder, desk.passphrase(), recovery, revoked=args.revoked)
    value = {
        "office": found.office,
        "read": found.read,
        "new": found.new,
        "same": found.same,
        "devices": found.pcs,
        "digest": found.digest,
        "unread": [{"file": u.file, "text": u.text} for u in found.unread],
    }
    lines = [f"{found.read}個のファイルを読み、新しい記録{found.new}件を取り戻しました。"]
    lines += [f"読めなかったファイル: {u.file} {u.text}" for u in found.unread]
    if found.unread and recovery is None:
        lines.append("予備のかぎを付けて(--recovery-key)もう一度行うと、読めることがあります。")
    return Answer(value, lines)


def devices(desk: Desk, args: Namespace) -> Answer:
    found = Enrolling(desk.store()).pcs(args.promoter)
    lines = [f"{pc.promoter} {_line(pc)} {pc.at[:10]}から" for pc in found]
    value = {"devices": [_pc(pc) for pc in found]}
    return Answer(value, lines or ["知っているパソコンはまだありません。"])


def report_lost(desk: Desk, args: Namespace) -> Answer:
    pc = Enrolling(desk.store()).report_lost(args.device, found=args.found)
    return Answer(_pc(pc), [f"{pc.promoter} のパソコン {_line(pc)}"])


def _line(pc: Pc) -> str:
    return f"確認番号 {pc.number} {_STATES[pc.state]}"


def _pc(pc: Pc) -> dict[str, Any]:
    return {
        "device": pc.device,
        "number": pc.number,
        "promoter": pc.promoter,
        "state": pc.state,
        "at": pc.at,
        "app": pc.app,
    }


def accept_waiting(desk: Desk, args: Namespace) -> Answer:
    found = Enrolling(desk.store()).accept_waiting(args.file, desk.keys())
    return Answer(shapes.taken(found), outcomes(found), left_over(found))
