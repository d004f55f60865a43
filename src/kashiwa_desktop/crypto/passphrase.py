"""Locking with a 合言葉 (age scrypt), in a process of its own.

scrypt takes more than a second and holds the interpreter, so the window would stand still. Data and
合言葉 go through pipes, never through arguments or the environment. A frozen program runs itself
again with ``WORKER`` as its only argument: ``app.main`` then returns ``worker()`` at once.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from time import monotonic
from typing import Final

from kashiwa_desktop.errors import AppError, RefusedError, StoreError

WORKER: Final = "--passphrase-worker"

_LOCK, _UNLOCK = b"L", b"U"
_DONE, _WRONG = b"D", b"W"
_SECONDS: Final = 120
_MODULE: Final = "kashiwa_desktop.crypto.passphrase"
_ROOT: Final = Path(__file__).resolve().parents[2]


_PATIENCE: Final = 90
"""Seconds in which a slow or busy PC is asked again; well below ``_SECONDS``."""
_USUAL: Final = 22
"""The most work (2 to this power) that a PC of these years puts into a file of its own."""
_WORK: Final = re.compile(rb"^-> scrypt \S+ (\d+)$", re.MULTILINE)
_TOO_SLOW = "Excessive work"
"""What age says where it reckons that this PC would take too long: it times the PC anew each time,
so that on a busy one right words may be taken for wrong ones."""


class WrongPassphraseError(AppError):
    """The 合言葉 does not open it (or it is damaged, which cannot be told apart)."""

    def __init__(self) -> None:
        super().__init__(
            "合言葉がちがいます。大文字と小文字、かな入力になっていないかをご確認ください。",
            code="wrong_passphrase",
        )


def lock(data: bytes, passphrase: str) -> bytes:
    """Return ``data`` as an age file that the 合言葉 opens; takes about two seconds."""
    if not passphrase.strip():
        raise RefusedError("合言葉を入れてください。", code="empty_passphrase")
    return _ask(_LOCK, data, passphrase)


def unlock(data: bytes, passphrase: str) -> bytes:
    """Return what was locked; WrongPassphraseError; takes about two seconds."""
    return _ask(_UNLOCK, data, passphrase)


def _ask(task: bytes, data: bytes, passphrase: str) -> bytes:
    secret = passphrase.encode("utf-8", "surrogatepass")
    question = task + len(secret).to_bytes(4, "big") + secret + data
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no argument from outside
            _command(),
            input=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=_SECONDS,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _stopped() from error
    answer, result = done.stdout[:1], done.stdout[1:]
    if answer == _WRONG:
        raise WrongPassphraseError
    if answer != _DONE or done.returncode != 0:
        raise _stopped()
    return result


def _stopped() -> StoreError:
    return StoreError(
        "合言葉の処理が途中で止まりました。ほかのソフトを閉じて、もう一度お試しください。",
        code="passphrase_stopped",
    )


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER]
    return [sys.executable, "-m", _MODULE]


def _environment() -> dict[str, str]:
    """The parent's, with the way to this package and without a 合言葉."""
    kept = {name: value for name, value in os.environ.items() if name != "KASHIWA_PASSPHRASE"}
    if not getattr(sys, "frozen", False):
        ways = [str(_ROOT), *filter(None, [kept.get("PYTHONPATH")])]
        kept["PYTHONPATH"] = os.pathsep.join(ways)
    return kept


def worker() -> int:
    """Do one task from standard input; the body of the process of its own."""
    import pyrage

    with open(0, "rb", closefd=False) as asked:
        question = asked.read()
    size = int.from_bytes(question[1:5], "big")
    secret, data = question[5 : 5 + size].decode("utf-8", "surrogatepass"), question[5 + size :]
    try:
        if question[:1] == _LOCK:
            answer = _DONE + pyrage.passphrase.encrypt(data, secret)
        else:
            answer = _DONE + _decrypt(data, secret)
    except pyrage.DecryptError as error:
        if _TOO_SLOW in str(error):
            return 1
        answer = _WRONG
    with open(1, "wb", closefd=False) as told:
        told.write(answer)
    return 0


def _decrypt(data: bytes, secret: str) -> bytes:
    """Open the file; a PC that is very busy just now seems too slow for it, and is asked again."""
    import pyrage

    work = _WORK.search(data[:4096])
    is_usual = work is not None and int(work[1]) <= _USUAL
    until = monotonic() + (_PATIENCE if is_usual else 0)
    while True:
        try:
            return bytes(pyrage.passphrase.decrypt(data, secret))
        except pyrage.DecryptError as error:
            if _TOO_SLOW not in str(error) or monotonic() > until:
                raise


if __name__ == "__main__":
    sys.exit(worker())
