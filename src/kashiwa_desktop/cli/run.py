"""Running one command: from words to its service, and its answer or refusal out."""

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping

from kashiwa_desktop.cli import (
    answers,
    counting,
    disposal,
    guarding,
    keeping,
    office,
    papers,
    promoter,
    register,
    rostering,
    staffing,
    succession,
    updating,
)
from kashiwa_desktop.cli.answer import Answer, show
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.errors import AppError, WrongUsageError
from kashiwa_desktop.services.printed import in_words

Command = Callable[[Desk, Namespace], Answer]

COMMANDS: dict[str, Command] = {
    "office init": office.init,
    "office add-promoter": office.add_promoter,
    "office end": office.end,
    "office suspend": office.suspend,
    "office setup-file": office.setup_file,
    "office erase": disposal.erase,
    "office due": disposal.due,
    "office dispose": disposal.dispose,
    "office find": disposal.find,
    "office handover": succession.handover,
    "wipe": succession.wipe,
    "predecessors": succession.predecessors,
    "office release": updating.release,
    "office release-to": updating.release_to,
    "update": updating.update,
    "setup": promoter.setup,
    "record add": promoter.record_add,
    "record list": promoter.record_list,
    "record edit": promoter.record_edit,
    "record delete": promoter.record_delete,
    "undo": promoter.undo,
    "resource add": register.add,
    "resource list": register.show,
    "resource edit": register.edit,
    "resource confirm": register.confirm,
    "resource end": register.end,
    "resource take-over": register.take_over,
    "resource delete": register.delete,
    "resource counts": register.counts,
    "resource excel": register.excel,
    "month close": promoter.month_close,
    "month reopen": promoter.month_reopen,
    "month show": promoter.month_show,
    "submit": promoter.submit,
    "intake": office.intake,
    "waiting": office.waiting,
    "inspect": office.inspect_file,
    "board": office.board,
    "approve": office.approve,
    "unapprove": office.unapprove,
    "question": answers.question,
    "return": answers.send_back,
    "correct": answers.correct,
    "questions": answers.questions,
    "settle": answers.settle,
    "answer": answers.answer,
    "return-file": answers.return_file,
    "receive": answers.receive,
    "transfer": answers.transfer,
    "conflicts": answers.conflicts,
    "resolve": answers.resolve,
    "look-alikes": answers.look_alikes,
    "look-alike": answers.look_alike,
    "office resume": rostering.resume,
    "office payee": rostering.payee,
    "office terms": rostering.terms,
    "office adjust": rostering.adjust,
    "office contact": rostering.contact,
    "office add-proxy": rostering.add_proxy,
    "office read": rostering.read,
    "office write": rostering.write,
    "office set": rostering.change,
    "office settings": rostering.settings,
    "office opening": counting.opening,
    "office close-year": counting.close_year,
    "office year": counting.year,
    "office add-staff": staffing.add_staff,
    "office end-staff": staffing.end_staff,
    "office staff": staffing.staff,
    "office log": staffing.log,
    "office accept-log": staffing.accept_log,
    "office migrate-from": staffing.migrate_from,
    "totals": counting.totals,
    "excel": counting.excel,
    **{f"print {name}": papers.print_paper for name in papers.PAPERS},
    "reprint": papers.reprint,
    "cancel": papers.cancel,
    "pay": papers.pay,
    "zengin": papers.zengin,
    "office bank": papers.bank,
    "office passphrase": guarding.change_words,
    "office rotate-keys": guarding.rotate_keys,
    "office recover": guarding.recover,
    "office rebuild": guarding.rebuild,
    "office devices": guarding.devices,
    "office report-lost": guarding.report_lost,
    "office accept-waiting": guarding.accept_waiting,
    "digest": keeping.digest,
    "check": keeping.check,
    "heal": keeping.heal,
    "backup": keeping.backup,
    "backups": keeping.backups,
    "restore": keeping.restore,
}


def run(args: Namespace, environment: Mapping[str, str], more: Mapping[str, Command]) -> int:
    """Run the command named in ``args``; ``more`` are commands that the front door adds.

    Returns the exit status: 0 done, 1 refused, 2 wrong usage.
    """
    name = " ".join(filter(None, (args.command, getattr(args, "action", None))))
    command = {**COMMANDS, **more}[name]
    desk = None
    try:
        desk = Desk(args, environment)
        journal = guarding.unlock_for_journal(desk, name, args)
        if journal and name in guarding.HANDS_OUT:
            guarding.write_journal(desk)
        answer = command(desk, args)
        if journal and name not in guarding.HANDS_OUT:
            guarding.write_journal(desk)
        return show(answer, as_json=bool(args.json))
    except WrongUsageError as error:
        sys.stderr.write(" ".join(error.text.split()) + "\n")
        return 2
    except AppError as error:
        return _refused(args, error)
    except OSError as error:  # of a place or a name: never the program's own fault
        return _refused(args, in_words(error))
    finally:
        if desk is not None:
            desk.close()


def _refused(args: Namespace, error: AppError) -> int:
    value = {"refused": error.text, "code": error.code}
    return show(Answer(value, refused=error.text), as_json=bool(args.json))
