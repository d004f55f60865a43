"""Commands of new versions: what the office hands out, laying it on a stick, putting it in."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kashiwa_desktop.cli.answer import Answer
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.domain.release import NAMES, Release
from kashiwa_desktop.errors import WrongUsageError
from kashiwa_desktop.services.office.releasing import Releasing
from kashiwa_desktop.services.safety.updating import Updating
from kashiwa_desktop.services.travel.sticks import Sticks


def release(desk: Desk, args: Namespace) -> Answer:
    """Name the setup file that is handed out; without one say which it is, and who is behind."""
    releasing = Releasing(desk.store())
    if args.none:
        releasing.withdraw()
        return Answer({"release": None, "releases": [], "behind": []}, ["配る版をやめました。"])
    if args.file is not None:
        releasing.announce(args.file, tuple(args.notes))
    return _told(releasing)


def release_to(desk: Desk, args: Namespace) -> Answer:
    """Lay the setup files into a folder, beside the returns."""
    if not args.folder.is_dir():
        raise WrongUsageError(f"フォルダーがありません: {args.folder}")
    made = Releasing(desk.store()).lay(args.folder, file=args.file)
    value = {"file": str(made[0]), "files": [str(path) for path in made]}
    return Answer(value, laid_words(made))


def with_release(desk: Desk, args: Namespace, beside: Path) -> list[Path]:
    """Lay them beside a file that was just made, where ``--with-release`` says so."""
    if not args.with_release:
        return []
    return Releasing(desk.store()).lay(beside.parent)


def laid_words(made: Sequence[Path]) -> list[str]:
    return [f"新しい版のファイルを入れ、読み直して確かめました: {path}" for path in made]


def update(desk: Desk, args: Namespace) -> Answer:
    """Look for the newer version in a folder or on the sticks; with ``--install`` put it in."""
    updating = Updating(desk.store())
    folders = [args.folder] if args.folder else [stick.path for stick in Sticks().find()]
    offer = updating.offer(folders)
    if offer is None:
        return Answer({"offer": None, "refused": None}, ["新しい版はありません。"])
    value = {"offer": _value(offer.release), "refused": offer.refused or None}
    if offer.refused:
        return Answer(value, [], refused=offer.refused)
    lines = [f"新しい版 {offer.release.version} があります: {offer.file}"]
    lines += [f"・{note}" for note in offer.release.notes]
    if args.install:
        ready = updating.put_in(offer)
        updating.start(ready)
        lines.append(ready.by_hand or "この命令が終わると、新しい版を入れます。")
    return Answer(value, lines)


def _told(releasing: Releasing) -> Answer:
    found, behind = releasing.present(), releasing.behind()
    lines = [f"配る版 {r.version} {NAMES[r.system]} {r.file} {r.sha256}" for r in found]
    lines += [f"まだ古い版: {b.promoter} {b.name} {b.app}" for b in behind]
    value = {
        "release": _value(found[0]) if found else None,
        "releases": [_value(one) for one in found],
        "behind": [{"promoter": b.promoter, "name": b.name, "app": b.app} for b in behind],
    }
    return Answer(value, lines or ["配る版はありません。"])


def _value(found: Release) -> dict[str, Any]:
    return {name: value for name, value in found.body().items() if name != "kind"}
