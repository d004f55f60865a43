"""Turns what went wrong into words: what happened, that nothing typed is lost, one thing to do.

The strip that shows a ``Message`` is ``widgets/message_strip.py``; the few questions that must be
asked are shown by ``widgets/confirm_dialog.py``.
"""

import errno
import traceback
from dataclasses import dataclass
from typing import Literal

from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import CancelledError

Tone = Literal["danger", "notice", "ok"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message to the person; ``details`` opens with 「くわしく」, ``is_bug`` offers help."""

    what: str
    todo: str = ""
    kept: bool = False
    details: str = ""
    tone: Tone = "danger"
    is_bug: bool = False

    @property
    def text(self) -> str:
        """The message as it is read: at most three short lines."""
        kept = "入力した内容は残っています。" if self.kept else ""
        return "\n".join(line for line in (self.what, kept, self.todo) if line)


@dataclass(frozen=True, slots=True)
class Question:
    """A question before what cannot simply be taken back; ``verb`` is the word on the button."""

    title: str
    text: str
    verb: str
    safe: str = ""
    details: str = ""

    @property
    def safe_word(self) -> str:
        return self.safe or "やめておく"


def message_of(error: BaseException, *, kept: bool = False) -> Message:
    """Words for an error; ``kept`` says that what was typed is still there."""
    if isinstance(error, AppError):
        return Message(error.text, kept=kept, details=_app_details(error))
    if isinstance(error, CancelledError):
        return Message(
            "中止しました。中止する前のままで、何も変わっていません。",
            kept=kept,
            tone="notice",
        )
    known = _known_world(error)
    if known:
        return Message(known[0], known[1], kept, _trace(error))
    return _bug(error, kept=kept)


def is_first_of_its_kind(error: BaseException, seen: set[str]) -> bool:
    """Tell whether this kind of bug was not shown before, and remember it in ``seen``."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    kind = (
        f"{type(error).__name__}@{last[0].filename}:{last[0].lineno}" if last else str(type(error))
    )
    if kind in seen:
        return False
    seen.add(kind)
    return True


def _app_details(error: AppError) -> str:
    values = [f"{name}: {value}" for name, value in error.values.items()]
    return "\n".join([f"{type(error).__name__} ({error.code})", *values])


def _known_world(error: BaseException) -> tuple[str, str] | None:
    if isinstance(error, MemoryError):
        return (
            "パソコンのメモリーが足りません。",
            "ほかのソフトを閉じてから、もう一度お試しください。",
        )
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return (
            "保存する場所がいっぱいです。",
            "いらないファイルを片付けてから、もう一度お試しください。",
        )
    if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            "この場所には書き込めません。",
            "別の場所をお選びください。",
        )
    return None


def _bug(error: BaseException, *, kept: bool) -> Message:
    return Message(
        "申し訳ありません。思いがけないことが起きて、途中で止まりました。",
        "もう一度お試しください。続くときは［サポート用の情報を保存］を押してください。",
        kept=kept,
        details=_trace(error),
        is_bug=True,
    )


def _trace(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)).strip()
