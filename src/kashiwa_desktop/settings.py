"""How the program looks on this PC: a few values that a person can read, in ``settings.toml``.

Nothing here is a record. A bad value falls back to its default with a line in the log, and keys
of another version of the program are kept.
"""

import json
import logging
import os
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

from kashiwa_desktop import disk

TEXT_SIZES = (12, 14, 16, 20, 24)
"""Points: 標準, やや大, 大, 特大, 最大 (PRODUCT.md §2)."""

THEMES = ("light", "dark", "contrast", "system")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person chose; ``window`` is Qt's own note of place and size, as base64 text.

    ``excel_tables`` and ``excel_columns`` are codes of what was put into a spreadsheet last.
    ``letter_keys`` lets J, K, A and R work while the office checks months.
    ``inbox`` is the 受付フォルダー of the office's PC, '' for none.
    """

    text_size: int = 12
    theme: str = "light"
    window: str = ""
    excel_tables: tuple[str, ...] = ()
    excel_columns: tuple[str, ...] = ()
    letter_keys: bool = False
    inbox: str = ""
    unknown: Mapping[str, object] = field(default_factory=dict)


def _are_codes(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) and v.isascii() for v in value)


_FITS: dict[str, Callable[[object], bool]] = {
    "text_size": lambda value: type(value) is int and value in TEXT_SIZES,
    "theme": lambda value: value in THEMES,
    "window": lambda value: isinstance(value, str) and value.isascii(),
    "excel_tables": _are_codes,
    "excel_columns": _are_codes,
    "letter_keys": lambda value: type(value) is bool,
    "inbox": lambda value: isinstance(value, str) and "\0" not in value,
}


def load(path: Path) -> Settings:
    """Read the settings; a missing or unreadable file gives the defaults."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError):  # ValueError: not UTF-8, not TOML
        _log.warning("settings-unreadable")
        return Settings()
    return _settings(found)


def save(settings: Settings, path: Path) -> None:
    """Write the settings whole or not at all; ``OSError`` when the folder cannot be written."""
    known = {name: getattr(settings, name) for name in _FITS}
    lines = [f"{_key(name)} = {_toml(value)}\n" for name, value in known.items()]
    lines += [f"{_key(name)} = {_toml(value)}\n" for name, value in settings.unknown.items()]
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines)
        disk.flush(Path(name))
        disk.replace(Path(name), path)
    except BaseException:
        disk.forget(Path(name))
        raise


def _settings(found: dict[str, object]) -> Settings:
    good: dict[str, Any] = {}
    unknown: dict[str, object] = {}
    for name, value in found.items():
        if name not in _FITS:
            unknown[name] = value
        elif _FITS[name](value):
            good[name] = tuple(value) if isinstance(value, list) else value
        else:
            _log.warning("settings-value-not-usable key=%s", name)
    return Settings(**good, unknown=unknown)


def _key(name: str) -> str:
    return name if name.isidentifier() and name.isascii() else _text(name)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _toml(value: object) -> str:
    """Any value that TOML can hold, on one line; JSON and TOML write strings alike."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case list() | tuple():
            return "[" + ", ".join(_toml(item) for item in value) + "]"
        case dict():
            return "{" + ", ".join(f"{_key(k)} = {_toml(v)}" for k, v in value.items()) + "}"
        case date() | time():
            return value.isoformat()
        case _:
            return repr(value)
