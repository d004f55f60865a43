"""Which files on a stick or in a folder are for the office: looked for by name, nothing is opened.

RELIABILITY.md R33, R36: links, pipes and folders that carry our ending are no files, hidden folders
and the stick's own waste bin are left alone, and what cannot be read does not stop the rest.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop.progress import Progress

ENDING = ".kssz"
DEEPEST = 8
"""Folders inside folders that are looked into; what lies deeper counts as not looked into."""
_NOT_OURS = frozenset({"system volume information", "lost+found", "recycler"})
_LOOKING = "ファイルをさがしています"


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files found, in the order of their names, and how many folders could not be read."""

    files: tuple[Path, ...] = ()
    unread: int = 0


def gather(places: Sequence[Path], progress: Progress | None = None) -> Gathered:
    """Look for submissions; a place that is no folder is taken as the file that was named."""
    progress = progress or Progress()
    found: dict[Path, None] = {}
    unread = 0
    for place in places:
        if not place.is_dir():
            found[place] = None
            continue
        inside: list[Path] = []
        for folder, deep in _folders(place, progress):
            inside.extend(folder)
            unread += deep
        found.update(dict.fromkeys(sorted(inside)))
    return Gathered(tuple(found), unread)


def _folders(root: Path, progress: Progress) -> Iterator[tuple[list[Path], int]]:
    """Yield the submissions of each folder, and how many folders were not looked into."""
    left = [(root, 0)]
    while left:
        folder, depth = left.pop()
        progress.step(_LOOKING, 0, 0)
        try:
            files, folders = _read(folder)
        except OSError:
            yield [], 1
            continue
        if depth == DEEPEST:
            yield files, len(folders)
            continue
        left += [(inner, depth + 1) for inner in sorted(folders, reverse=True)]
        yield files, 0


def _read(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the submissions and the folders in ``folder``; links are neither."""
    files, folders = [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if not _is_hidden(entry.name):
                    folders.append(Path(entry.path))
            elif _is_named(entry.name) and entry.is_file(follow_symlinks=False):
                files.append(Path(entry.path))
    return files, folders


def _is_named(name: str) -> bool:
    """Whether a name is one of ours; ``._P001.kssz`` is what a Mac leaves beside a file."""
    return name.lower().endswith(ENDING) and not name.startswith(".")


def _is_hidden(name: str) -> bool:
    return name[:1] in (".", "$") or name.lower() in _NOT_OURS
