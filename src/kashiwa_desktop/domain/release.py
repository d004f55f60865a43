"""The version that an office hands out: which file it is, so that no other is ever started.

The office's signed settings name version, file name, size and SHA-256 of the setup file, one for
each system; a PC offers a file on a stick only where all of them agree (decision 0063).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

KIND = "release"
"""Of the settings record; programs that do not know it carry it along."""
WINDOWS, LINUX = "windows", "linux"
NAMES = {WINDOWS: "Windows", LINUX: "Debian"}
_VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})")
_FILES = {
    WINDOWS: re.compile(r"kashiwa-desktop-(\d{1,4}\.\d{1,4}\.\d{1,4})-setup\.exe"),
    LINUX: re.compile(r"kashiwa-desktop_(\d{1,4}\.\d{1,4}\.\d{1,4})_amd64\.deb"),
}


@dataclass(frozen=True, slots=True)
class Release:
    """A setup file: ``size`` in bytes, ``sha256`` in hex, ``notes`` what is new, a line each."""

    version: str
    file: str
    size: int
    sha256: str
    notes: tuple[str, ...] = ()

    @property
    def system(self) -> str:
        """For which system it is; its name says so."""
        return system_of(self.file) or ""

    def body(self) -> dict[str, Any]:
        """Return the settings record."""
        return {
            "kind": KIND, "version": self.version, "file": self.file, "size": self.size,
            "sha256": self.sha256, "notes": list(self.notes),
        }  # fmt: skip


def read(bodies: Iterable[Mapping[str, Any]]) -> tuple[Release, ...]:
    """Return the newest release of each system that settings name, Windows first."""
    found: dict[str, Release] = {}
    for body in bodies:
        if body.get("kind") != KIND or not body.get("version"):
            continue
        notes = tuple(body.get("notes", ()))
        one = Release(body["version"], body["file"], body["size"], body["sha256"], notes)
        known = found.get(one.system)
        if version_in(one.file) == one.version and (
            known is None or is_newer(one.version, known.version)
        ):
            found[one.system] = one
    return tuple(found[system] for system in _FILES if system in found)


def system_of(name: str) -> str | None:
    """Return for which system a setup file is, None where its name is not one of ours."""
    return next((system for system, form in _FILES.items() if form.fullmatch(name)), None)


def version_in(name: str) -> str | None:
    """Return the version that the name of a setup file tells, None where it is not one of ours."""
    found = next(filter(None, (form.fullmatch(name) for form in _FILES.values())), None)
    return found[1] if found else None


def is_newer(version: str, than: str) -> bool:
    """Whether one version is newer than another; what is no version is never newer."""
    one, other = _numbers(version), _numbers(than)
    return one is not None and other is not None and one > other


def _numbers(version: str) -> tuple[int, ...] | None:
    found = _VERSION.match(version)
    return tuple(map(int, found.groups())) if found else None
