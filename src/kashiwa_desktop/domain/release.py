"""The version that an office hands out: which file it is, so that no other is ever started.

The office's signed settings name version, file name, size and SHA-256 of the setup file; a PC
offers a file on a stick only where all of them agree (decision 0063).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

KIND = "release"
"""Of the settings record; programs that do not know it carry it along."""
_VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})")
_NAME = re.compile(r"kashiwa-desktop[-_](\d+\.\d+\.\d+)(?:-setup\.exe|_amd64\.deb)")


@dataclass(frozen=True, slots=True)
class Release:
    """A setup file: ``size`` in bytes, ``sha256`` in hex, ``notes`` what is new, a line each."""

    version: str
    file: str
    size: int
    sha256: str
    notes: tuple[str, ...] = ()

    def body(self) -> dict[str, Any]:
        """Return the settings record."""
        return {
            "kind": KIND, "version": self.version, "file": self.file, "size": self.size,
            "sha256": self.sha256, "notes": list(self.notes),
        }  # fmt: skip


def read(bodies: Iterable[Mapping[str, Any]]) -> Release | None:
    """Return the release that settings name, None where the office hands out none."""
    for body in bodies:
        if body.get("kind") == KIND and body.get("version"):
            notes = tuple(body.get("notes", ()))
            return Release(body["version"], body["file"], body["size"], body["sha256"], notes)
    return None


def version_in(name: str) -> str | None:
    """Return the version that the name of a setup file tells, None where it is not one of ours."""
    found = _NAME.fullmatch(name)
    return found[1] if found else None


def is_newer(version: str, than: str) -> bool:
    """Whether one version is newer than another; what is no version is never newer."""
    one, other = _numbers(version), _numbers(than)
    return one is not None and other is not None and one > other


def _numbers(version: str) -> tuple[int, ...] | None:
    found = _VERSION.match(version)
    return tuple(map(int, found.groups())) if found else None
