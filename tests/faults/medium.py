"""What is on a medium after a power cut: all that was flushed, and of the rest what chance left.

A content is sure from the last ``fsync`` of its file on, a name (made, changed, taken away) from
the ``fsync`` of its folder on. Of what is not sure an ordered disk keeps a beginning; a cheap one
keeps any part, the halves of a renaming apart, and the last write torn between two sectors.
"""

from dataclasses import dataclass, field

SECTOR = 512
LOST, TORN = 0.4, 0.1
"""Of what was not flushed, on a disk that keeps no order."""

FOLDER = 0
"""Stands where the number of a file would."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a disk was asked for, or (``told``) that a person was.

    ``write`` and ``truncate`` have a file, a place in it and bytes; ``names`` gives names (folder,
    name) to files, or takes them away (None); ``sync`` has a file or, as ``folder``, a folder.
    """

    kind: str
    file: int = FOLDER
    at: int = 0
    data: bytes = b""
    names: tuple[tuple[tuple[str, str], int | None], ...] = ()
    folder: str = ""


@dataclass
class Medium:
    """Names and contents as they lie there."""

    names: dict[tuple[str, str], int] = field(default_factory=dict)
    contents: dict[int, bytearray] = field(default_factory=dict)

    def copy(self):
        return Medium(dict(self.names), {n: bytearray(data) for n, data in self.contents.items()})

    def do(self, step):
        for name, file in step.names:
            if file is None:
                self.names.pop(name, None)
            else:
                self.names[name] = file
        if step.kind in ("write", "truncate"):
            self._put(step)

    def _put(self, step):
        content = self.contents.setdefault(step.file, bytearray())
        if step.kind == "truncate":
            del content[step.at :]
            return
        content.extend(bytes(max(step.at - len(content), 0)))
        content[step.at : step.at + len(step.data)] = step.data

    def tree(self, folder=""):
        """All that can be reached from the top: {path: bytes, None for a folder}."""
        found = {}
        for (above, name), file in self.names.items():
            if above != folder:
                continue
            path = f"{folder}/{name}" if folder else name
            found[path] = bytes(self.contents.get(file, b"")) if file != FOLDER else None
            if file == FOLDER:
                found |= self.tree(path)
        return found


def replayed(before, steps):
    """The medium where everything that was asked for was done."""
    medium = before.copy()
    for step in steps:
        medium.do(step)
    return medium


def after_cut(before, steps, survivors):
    """The medium after a cut behind ``steps``; ``survivors`` chooses of what is not sure."""
    medium, pending = before.copy(), []
    for step in steps:
        if step.kind == "sync":
            pending = _made_sure(medium, pending, lambda one, s=step: one.file == s.file != FOLDER)
        elif step.kind == "folder":
            pending = _made_sure(medium, pending, lambda one, s=step: _in(one, s.folder))
        elif step.kind != "told":
            pending += _parts(step)
    for one in survivors(pending):
        medium.do(one)
    return medium


def _parts(step):
    """A renaming from one folder to another is two things to the disk."""
    if len({name[0] for name, _ in step.names}) < 2:
        return [step]
    return [Step("names", names=(one,)) for one in reversed(step.names)]


def _in(step, folder):
    return bool(step.names) and step.names[0][0][0] == folder


def _made_sure(medium, pending, sure):
    for one in pending:
        if sure(one):
            medium.do(one)
    return [one for one in pending if not sure(one)]


def nothing(_pending):
    return []


def names_only(pending):
    """The folders were written, the contents not: empty files under trusted names."""
    return [one for one in pending if one.names]


def contents_only(pending):
    return [one for one in pending if not one.names]


def a_beginning(rng):
    """An ordered disk: up to some moment, the next write perhaps torn."""

    def survivors(pending):
        whole = rng.randint(0, len(pending))
        return [*pending[:whole], *(_torn(one, rng) for one in pending[whole : whole + 1])]

    return survivors


def any_part(rng):
    """A disk that keeps no order."""

    def survivors(pending):
        halves = [half for one in pending for half in _halves(one)]
        left = [one for one in halves if rng.random() >= LOST]
        return [_torn(one, rng) if rng.random() < TORN else one for one in left]

    return survivors


def _halves(step):
    return [Step("names", names=(one,)) for one in reversed(step.names)] if step.names else [step]


def _torn(step, rng):
    if step.names:
        return Step("nothing")
    sectors = len(step.data) // SECTOR
    data = step.data[: rng.randint(0, sectors) * SECTOR]
    return Step(step.kind, step.file, step.at, data) if sectors else step


def lay(tree, root):
    """Write a medium's files where a program can use them."""
    for path in sorted(tree):
        place = root / path
        if tree[path] is None:
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(tree[path])
