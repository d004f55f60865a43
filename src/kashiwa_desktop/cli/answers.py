"""Commands of questions, returns, second PCs and conflicts."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from kashiwa_desktop.cli import given, shapes
from kashiwa_desktop.cli.answer import Answer
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.cli.updating import laid_words, with_release
from kashiwa_desktop.domain.asking import Question
from kashiwa_desktop.domain.look_alike import LookAlike
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.services.checking.look_alikes import LookAlikes
from kashiwa_desktop.services.records.deciding import Deciding
from kashiwa_desktop.services.travel.intake import FileOutcome, Taken
from kashiwa_desktop.services.travel.receiving import Receiving, files_in
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.submitting import Submitting


def question(desk: Desk, args: Namespace) -> Answer:
    name = Returning(desk.store()).ask(args.month, args.promoter, args.record, args.text)
    return _asked(args.promoter, name)


def send_back(desk: Desk, args: Namespace) -> Answer:
    name = Returning(desk.store()).send_back(args.month, args.promoter, args.text)
    return _asked(args.promoter, name)


def correct(desk: Desk, args: Namespace) -> Answer:
    patch = given.one_object(given.text(args.file))
    name = Returning(desk.store()).correct(args.promoter, args.record, patch, args.text)
    return _asked(args.promoter, name)


def _asked(promoter: str, name: str) -> Answer:
    value = {"done": [promoter], "left": [], "question": name}
    return Answer(
        value, [f"{promoter} への確認のお願いを書きました。返事のファイルで届けてください。"]
    )


def settle(desk: Desk, args: Namespace) -> Answer:
    Returning(desk.store()).settle(args.promoter, args.question)
    return Answer({"done": [args.promoter], "left": []}, ["確認のお願いを済みにしました。"])


def questions(desk: Desk, args: Namespace) -> Answer:
    if args.promoter:
        found = Returning(desk.store()).questions(args.promoter)
    else:
        found = Receiving(desk.store()).questions()
    lines = [f"{q.month} {q.text} {q.answer.text if q.answer else '(まだ)'} {q.id}" for q in found]
    value = {"questions": [_question(q) for q in found]}
    return Answer(value, lines or ["確認のお願いはありません。"])


def answer(desk: Desk, args: Namespace) -> Answer:
    agrees = True if args.agree else (False if args.disagree else None)
    found = Receiving(desk.store()).answer(args.question, args.text, agrees=agrees)
    return Answer(_question(found), ["お返事を書きました。次の提出で届きます。"])


def _question(q: Question) -> dict[str, Any]:
    return {
        "id": q.id,
        "promoter": q.promoter,
        "month": q.month,
        "kind": q.kind,
        "text": q.text,
        "record": q.record,
        "settled": q.settled,
        "answer": {"text": q.answer.text, "agrees": q.answer.agrees} if q.answer else None,
    }


def return_file(desk: Desk, args: Namespace) -> Answer:
    made = Returning(desk.store()).return_file(args.promoter, args.out, desk.keys())
    laid = with_release(desk, args, made.file)
    lines = [f"返事のファイルを書きました: {made.file}", *laid_words(laid)]
    return Answer({**shapes.made(made), "laid": [str(path) for path in laid]}, lines)


def receive(desk: Desk, args: Namespace) -> Answer:
    paths = given.files(args.file, lambda folder: files_in([folder]))
    receiving = Receiving(desk.store())
    if len(paths) == 1:
        found = receiving.receive(paths[0])
        return Answer(shapes.taken(found), [f.text for f in found.files])
    outcomes = [_received(receiving, path) for path in paths]
    left = [f"{path.name} {f.text}" for path, f in zip(paths, outcomes, strict=True) if f.reason]
    lines = [f"{path.name} {f.text}" for path, f in zip(paths, outcomes, strict=True)]
    refused = f"読み込めないファイルが{len(left)}件あります: {left[0]}" if left else ""
    return Answer(shapes.taken(Taken("", tuple(outcomes))), lines, refused)


def _received(receiving: Receiving, path: Path) -> FileOutcome:
    """Read one of several files: one that is refused does not stop the others."""
    try:
        return receiving.take(path).outcome
    except AppError as error:
        return FileOutcome(str(path), "refused", error.code, error.text)


def transfer(desk: Desk, args: Namespace) -> Answer:
    made = Submitting(desk.store()).transfer(args.to, args.out)
    return Answer(shapes.made(made), [f"引っ越しファイルを書きました: {made.file}"])


def conflicts(desk: Desk, _args: Namespace) -> Answer:
    found = Deciding(desk.store()).conflicts()
    lines = [f"{shown.key.promoter} {shown.key.id}" for shown, _ in found]
    return Answer(shapes.conflicts(found), lines or ["ちがいのある記録はありません。"])


def resolve(desk: Desk, args: Namespace) -> Answer:
    made = Deciding(desk.store()).resolve(args.record, args.use, args.reason)
    value = {"done": [made.key.promoter], "left": [], "head": made.id}
    return Answer(value, ["内容を決めました。次の返事で推進員にも届きます。"])


def look_alikes(desk: Desk, args: Namespace) -> Answer:
    found = LookAlikes(desk.store()).open_in(args.month)
    lines = [f"{pair.id} {pair.one.title} / {pair.other.title}" for pair in found]
    value = {"look_alikes": [_pair(pair) for pair in found]}
    return Answer(value, lines or ["同じ活動かもしれない記録はありません。"])


def _pair(pair: LookAlike) -> dict[str, Any]:
    records = [
        {"promoter": a.promoter, "record": a.id, "date": a.date.isoformat(), "title": a.title}
        for a in (pair.one, pair.other)
    ]
    return {"id": pair.id, "joint": pair.joint, "records": records}


def look_alike(desk: Desk, args: Namespace) -> Answer:
    service = LookAlikes(desk.store())
    if args.different:
        service.keep_both(args.month, args.pair)
        return Answer({"done": [args.pair], "left": []}, ["別の活動として覚えました。"])
    service.keep_one(args.month, args.pair, args.keep)
    lines = ["1件にまとめました。次の返事で推進員にも届きます。"]
    return Answer({"done": [args.pair], "left": []}, lines)
