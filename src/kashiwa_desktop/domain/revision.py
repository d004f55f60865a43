"""A revision, and the merge rules as pure functions over sets of them (BUNDLE.md §3, §5).

Every save is an immutable revision: a whole record with the ids of the revisions it was made
from. A store is a set of revisions; what is shown, and what is in conflict, follows from the set
alone, without any clock.
"""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from kashiwa_desktop.domain import canonical

NAMESPACE = uuid.UUID("fc06a964-ed9d-5726-bd8a-ad662b4d9f39")
MAX_PARENTS = 16
SHARED_TYPES = frozenset({"activity", "resource", "month_report", "answer"})
OFFICE_TYPES = frozenset({"question", "decision", "approval", "erase", "settings", "keys"})


class RecordKey(NamedTuple):
    """What a revision is a revision of: the promoter (None for the office's own), type and id."""

    promoter: str | None
    type: str
    id: str


@dataclass(frozen=True, slots=True)
class Author:
    """Who made a revision, and on which PC (``device`` = SHA-256 of its signing key)."""

    device: str
    role: str
    who: str

    def fields(self) -> dict[str, str]:
        return {"device": self.device, "role": self.role, "who": self.who}


@dataclass(frozen=True, slots=True)
class Revision:
    """One immutable revision; ``id`` is the SHA-256 of ``line``, its canonical bytes."""

    id: str
    line: bytes
    key: RecordKey
    month: str | None
    parents: tuple[str, ...]
    deleted: bool
    body: dict[str, Any]
    at: str
    by: Author
    v: int = 1
    resolves: dict[str, Any] | None = None

    @property
    def value(self) -> tuple[bool, bytes]:
        """What it says: two heads are in conflict where this differs. Deletions are all equal."""
        return (True, b"") if self.deleted else (False, canonical.bytes_of(self.body))


@dataclass(frozen=True, slots=True)
class Content:
    """What a new revision is to say: the record, its month, its state and its whole body.

    ``resolves`` (chosen, over, reason) marks the decision of a conflict. It stands beside the
    body, so that a decision says exactly what the chosen head said.
    """

    key: RecordKey
    month: str | None
    body: dict[str, Any]
    deleted: bool = False
    resolves: dict[str, Any] | None = None


def make(content: Content, parents: Iterable[str], by: Author, *, at: str, salt: str) -> Revision:
    """Make a revision; NotCanonicalError where it could not be sent (BUNDLE.md §2, limits).

    What is to be kept is read by the schema besides (``services.store.save``).
    """
    return parse(line_of(content, parents, by, at=at, salt=salt))


def line_of(content: Content, parents: Iterable[str], by: Author, *, at: str, salt: str) -> bytes:
    """Return the canonical bytes of a new revision; NotCanonicalError beyond their limits."""
    names = sorted(set(parents))
    if len(names) > MAX_PARENTS:
        raise canonical.NotCanonicalError("too many parents")
    fields: dict[str, Any] = {
        "at": at,
        "body": content.body,
        "by": by.fields(),
        "deleted": content.deleted,
        "id": content.key.id,
        "month": content.month,
        "parents": names,
        "promoter": content.key.promoter,
        "salt": salt,
        "type": content.key.type,
        "v": 1,
    }
    if content.resolves is not None:
        fields["resolves"] = content.resolves
    line = canonical.encode(fields)
    if len(line) > canonical.MAX_LINE:
        raise canonical.NotCanonicalError("line too long")
    return line


def parse(line: bytes) -> Revision:
    """Read a line whose schema was checked before (see ``schema.read_revision``)."""
    return from_fields(line, canonical.decode(line))


def from_fields(line: bytes, fields: dict[str, Any]) -> Revision:
    """Build a revision from a line and its decoded fields, without decoding again."""
    return Revision(
        id=hashlib.sha256(line).hexdigest(),
        line=line,
        key=RecordKey(fields["promoter"], fields["type"], fields["id"]),
        month=fields["month"],
        parents=tuple(fields["parents"]),
        deleted=fields["deleted"],
        body=fields["body"],
        at=fields["at"],
        by=Author(**{name: fields["by"][name] for name in ("device", "role", "who")}),
        v=fields["v"],
        resolves=fields.get("resolves"),
    )


def derived_id(*parts: str) -> str:
    """Return the id of a record that must coincide on every PC: uuid5 of its parts with slashes."""
    return str(uuid.uuid5(NAMESPACE, "/".join(parts)))


def heads(revisions: Sequence[Revision]) -> list[Revision]:
    """Return the revisions of ONE record that no other revision of it was made from, by id."""
    superseded = {parent for revision in revisions for parent in revision.parents}
    return sorted((r for r in revisions if r.id not in superseded), key=lambda r: r.id)


def in_conflict(heads_of_record: Sequence[Revision]) -> bool:
    """Two or more heads that do not say the same."""
    return len({head.value for head in heads_of_record}) > 1


def shown(heads_of_record: Sequence[Revision]) -> Revision:
    """Return the head that is shown: live before deleted, office before promoter, higher hash."""
    return max(heads_of_record, key=lambda r: (not r.deleted, r.by.role == "office", r.id))


def parents_for(opened: Revision, heads_of_record: Sequence[Revision]) -> tuple[str, ...]:
    """Return the parents of an edit: the head the form showed, and all heads that say the same."""
    same = {head.id for head in heads_of_record if head.value == opened.value}
    return tuple(sorted(same | {opened.id}))


def state_digest(revision_ids: Iterable[str]) -> str:
    """S of BUNDLE.md §9: SHA-256 over the sorted hex ids of all revisions held."""
    text = "kashiwa-sasaeai state 1\n" + "\n".join(sorted(revision_ids))
    return hashlib.sha256(text.encode()).hexdigest()
