"""What a command is given in a file or on standard input: text, and JSON objects."""

import sys
from pathlib import Path
from typing import Any

import msgspec

from kashiwa_desktop.domain.canonical import is_too_deep
from kashiwa_desktop.errors import RefusedError, WrongUsageError


def text(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise RefusedError(f"ファイルが読めません: {name}", code="unreadable") from error
    except UnicodeDecodeError as error:
        raise WrongUsageError("ファイルは UTF-8 で保存してください。") from error


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
