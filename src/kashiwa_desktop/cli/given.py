"""What a command is given in a file or on standard input: text, and JSON objects."""

import contextlib
import glob
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from kashiwa_desktop import windows
from kashiwa_desktop.domain.canonical import is_too_deep
from kashiwa_desktop.errors import RefusedError, WrongUsageError


def text(name: str) -> str:
    """Return the text of a file, or of what is piped in (``-``)."""
    if name == "-":
        return _piped(sys.stdin.buffer.read())
    try:
        return Path(name).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RefusedError(f"ファイルが読めません: {name}", code="unreadable") from error
    except UnicodeDecodeError as error:
        raise WrongUsageError("ファイルは UTF-8 で保存してください。") from error


def _piped(raw: bytes) -> str:
    """Read what came through a pipe: UTF-8, else on Windows what its console writes (cp932)."""
    encodings = ["utf-8-sig"]
    if windows.is_here():
        encodings.append(windows.console_encoding())
    for encoding in encodings:
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            return raw.decode(encoding)
    raise WrongUsageError("標準入力(パイプ)の文字が読めません。UTF-8 で渡してください。")


def files(names: Sequence[str], inside: Callable[[Path], Iterable[Path]]) -> list[Path]:
    """Return the files that words name: themselves, what ``*`` and ``?`` stand for, what is inside.

    ``inside`` says which files of a folder are meant. Windows hands such words over as they are.
    RefusedError where nothing fits.
    """
    found: list[Path] = []
    for name in names:
        some = _meant(name, inside)
        if not some:
            raise RefusedError(f"あてはまるファイルがありません: {name}", code="no_file")
        found += some
    return list(dict.fromkeys(found))


def _meant(name: str, inside: Callable[[Path], Iterable[Path]]) -> list[Path]:
    place = Path(name)
    if place.is_dir():
        return list(inside(place))
    if place.exists() or not set(name) & {"*", "?"}:
        return [place]
    found = glob.glob(name.replace("[", "[[]"))  # noqa: PTH207 - a word, whole, as it was typed
    return sorted(p for p in map(Path, found) if p.is_file())


def one_object(text: str) -> dict[str, Any]:
    if is_too_deep(text.encode("utf-8", "surrogatepass")):
        raise WrongUsageError("JSONの入れ子が深すぎます。")
    try:
        value = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise WrongUsageError(f"JSONとして読めません({error})。") from error
    if not isinstance(value, dict):
        raise WrongUsageError("1行に1件、JSONのオブジェクトで書いてください。")
    return value
