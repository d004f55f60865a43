"""Arguments in, exit status out: a command, the window, or the self-check."""

import contextlib
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kashiwa_desktop import __version__
from kashiwa_desktop.app import last_word
from kashiwa_desktop.bundle.header import KINDS
from kashiwa_desktop.cli import console
from kashiwa_desktop.cli.answer import Answer, show
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.cli.parser import build_parser
from kashiwa_desktop.crypto import passphrase
from kashiwa_desktop.errors import WrongUsageError
from kashiwa_desktop.paths import DataFolder, default_data_dir

_FILES = frozenset(KINDS.values())
_WITH_VALUE = frozenset({"--data-dir", "--database", "--as", "--passphrase-file"})


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command, or open the window where none is named; returns the exit status."""
    if sys.argv[1:] == [passphrase.WORKER]:
        return passphrase.worker()
    with console.streams() as unseen:
        words, files = _split_files(sys.argv[1:] if argv is None else argv)
        args = build_parser().parse_args(words)
        if args.command is None and not (args.version or args.self_check):
            status = _open_window(args, dict(os.environ), files)
            unseen.forget()
            return status
        return _run(args, dict(os.environ))


def _run(args: Namespace, environment: Mapping[str, str]) -> int:
    if args.version:
        return _version(args, environment)
    if args.self_check:
        from kashiwa_desktop.app import self_check

        return self_check.run(DataFolder(args.data_dir or default_data_dir()).log)
    from kashiwa_desktop.cli.run import run  # every command's parts; the window needs few of them

    return run(args, environment, _MORE)


def _split_files(words: Sequence[str]) -> tuple[Sequence[str], list[Path]]:
    """Take off the travelling files that a double-click names; with a command they are its own."""
    left = list(words)
    while left and Path(left[-1]).suffix.lower() in _FILES:
        left.pop()
    values = {n + 1 for n, word in enumerate(left) if word in _WITH_VALUE}
    if any(n not in values and not word.startswith("-") for n, word in enumerate(left)):
        return words, []
    return left, [Path(word) for word in words[len(left) :]]


def _open_window(
    args: Namespace, environment: Mapping[str, str], files: Sequence[Path] = ()
) -> int:
    """Open the window; whatever stands in its way before it shows is told, with a way on."""
    if args.data_dir is not None:  # the process leaves the folder it was started in
        args.data_dir = args.data_dir.absolute()
    folder = DataFolder(args.data_dir or default_data_dir())
    try:
        return _window(args, environment, [path.absolute() for path in files])
    except WrongUsageError as error:
        last_word.say(error.text)
        return 2
    except Exception as error:  # noqa: BLE001 - nobody else is there yet to tell of it
        last_word.tell(error, folder)
        return 1


def _window(args: Namespace, environment: Mapping[str, str], files: Sequence[Path]) -> int:
    from kashiwa_desktop.app import window

    with contextlib.closing(Desk(args, environment)) as desk:
        return window.open_window(desk, files)


def _version(args: Namespace, environment: Mapping[str, str]) -> int:
    try:
        trial = Desk(args, environment).is_trial
    except WrongUsageError as error:
        sys.stderr.write(error.text + "\n")
        return 2
    mark = " 試験用" if trial else ""
    value = {"name": "地域支えあい活動記録", "version": __version__, "trial": trial}
    return show(
        Answer(value, [f"地域支えあい活動記録 {__version__}{mark}"]), as_json=bool(args.json)
    )


def _demo(_desk: Desk, args: Namespace) -> Answer:
    from kashiwa_desktop.sample import demo

    value = demo.run(args.out, areas=args.areas, month=args.month, history=args.history)
    return Answer(value, _told(value, args.out))


def _told(value: dict[str, Any], out: Path) -> list[str]:
    lines = [
        f"{value['areas']}地域の{value['month']}を最後まで通しました。",
        f"受け取り {value['received']}件、承認 {value['approved']}件、"
        f"支払 {value['total_yen']:,}円",
        f"記録全体の要約値 {value['digest']}",
        f"提出用のファイル {out / 'submissions'}",
    ]
    return lines + [f"書類 {paper}" for paper in value["papers"]]


def _screens(_desk: Desk, args: Namespace) -> Answer:
    from kashiwa_desktop.app import screens

    files = screens.draw(
        args.out, role=args.role, text_size=args.text_size, theme=args.theme, size=args.window
    )
    return Answer({"files": [str(file) for file in files]}, [str(file) for file in files])


_MORE: dict[str, Callable[[Desk, Namespace], Answer]] = {"demo": _demo, "screens": _screens}
