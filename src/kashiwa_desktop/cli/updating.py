"""Commands of new versions: what the office hands out, laying it on a stick, putting it in."""

from argparse import Namespace
from typing import Any

from kashiwa_desktop.cli.answer import Answer
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.domain.release import Release
from kashiwa_desktop.errors import WrongUsageError
from kashiwa_desktop.services.office.releasing import Releasing
from kashiwa_desktop.services.travel.updating import Updating


def release(desk: Desk, args: Namespace) -> Answer:
    """Name the setup file that is handed out; without one say which it is."""
    releasing = Releasing(desk.store())
    if args.none:
        releasing.withdraw()
        return Answer({"release": None}, ["配る版をやめました。"])
    if args.file is None:
        return _told(releasing.present())
    return _told(releasing.announce(args.file, tuple(args.notes)))


def release_to(desk: Desk, args: Namespace) -> Answer:
    """Lay the setup file into a folder, beside the returns."""
    if not args.folder.is_dir():
        raise WrongUsageError(f"フォルダーがありません: {args.folder}")
    made = Releasing(desk.store()).lay(args.file, args.folder)
    return Answer({"file": str(made)}, [f"新しい版のファイルを入れました: {made}"])


def update(desk: Desk, args: Namespace) -> Answer:
    """Look for the newer version in a folder, and with ``--install`` put it in."""
    updating = Updating(desk.store())
    offer = updating.offer([args.folder])
    if offer is None:
        return Answer({"offer": None, "refused": None}, ["新しい版はありません。"])
    value = {"offer": _value(offer.release), "refused": offer.refused or None}
    if offer.refused:
        return Answer(value, [], refused=offer.refused)
    lines = [f"新しい版 {offer.release.version} が USB にあります: {offer.file}"]
    lines += [f"・{note}" for note in offer.release.notes]
    if args.install:
        lines.append(updating.put_in(offer))
    return Answer(value, lines)


def _told(found: Release | None) -> Answer:
    told = f"配る版 {found.version} {found.file} {found.sha256}" if found else ""
    return Answer({"release": _value(found) if found else None}, [told or "配る版はありません。"])


def _value(found: Release) -> dict[str, Any]:
    return {name: value for name, value in found.body().items() if name != "kind"}
