"""送れない記録を直す: lines that an older version took and that every reader of files refuses.

While one stands in the store no settings file, no return and no journal can be made. A right
version takes its place, above all that is good, and the line itself goes for ever: in the office by
an ``erase`` (BUNDLE.md §6), on a promoter's PC by itself, for it never left. What named it shows as
changed from then on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kashiwa_desktop.domain import border_words, revision
from kashiwa_desktop.domain.border_words import mended
from kashiwa_desktop.domain.revision import MAX_PARENTS, Content, RecordKey, Revision
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.store import Change, Store, facts, new_record_id, note, save
from kashiwa_desktop.storage import checks, projections, revisions
from kashiwa_desktop.storage.checks import Unfit
from kashiwa_desktop.storage.database import Tx

REASON = "決まりに合わない記録"
_GOES = "番号などが決まりに合わず直せないので、この記録を取り除きます。"
_KEY = (("promoter",), ("id",), ("type",), ("month",))
"""Fields of a revision that say which record it is: nothing can be written in their place."""


@dataclass(frozen=True, slots=True)
class Healed:
    """One record that could not be sent: what is wrong, and what stands there afterwards."""

    promoter: str
    type: str
    record: str
    wrong: str
    after: str


class Healing:
    """Finding such records, and putting right versions in their place."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def look(self) -> list[Healed]:
        """Return what is to be put right, and how; writes nothing."""
        with self._store.db.read() as tx:
            return [_told(tx, key, bad) for key, bad in _by_record(tx)]

    def heal(self) -> list[Healed]:
        """Put everything right that ``look`` shows, all or nothing."""
        with self._store.db.write() as tx:
            found = [(key, bad, _told(tx, key, bad)) for key, bad in _by_record(tx)]
            office = facts(tx).is_office
            for key, bad, _ in found:
                self._replace(tx, key, {one.revision.id for one in bad})
                gone = sorted(one.revision.id for one in bad)
                if office:
                    self._erase(tx, key, gone)
                else:
                    projections.refresh(tx, revisions.remove(tx, gone))
            if found:
                ids = [key.id for key, _, _ in found]
                note(
                    self._store, tx, "heal", records=ids, revisions=sum(len(b) for _, b, _ in found)
                )
        return [told for _, _, told in found]

    def _replace(self, tx: Tx, key: RecordKey, bad: set[str]) -> None:
        """Write the right version above everything that would be a head without the bad ones.

        What cannot be put right is deleted; where not even its key can be, it only goes.
        """
        held = revisions.of_record(tx, key)
        heads = revision.heads(held)
        good = [r for r in held if r.id not in bad]
        shown = revision.shown(heads)
        bare = [r.id for r in revision.heads(good) if r not in heads]
        over = [shown.id, *(r.id for r in heads if r.id in bad), *bare]
        if shown.id not in bad and len(set(over)) == 1:
            return  # what is shown stands above all of it already
        for content in _contents(shown, good):
            try:
                _write_above(self._store, tx, content, sorted(set(over)))
            except RefusedError:
                continue
            return

    def _erase(self, tx: Tx, key: RecordKey, gone: Sequence[str]) -> None:
        said = {"type": key.type, "record": key.id, "revisions": list(gone), "reason": REASON}
        for promoter in (key.promoter, None):
            name = RecordKey(promoter, "erase", new_record_id(self._store, tx, said))
            try:
                save(self._store, tx, [Change(Content(name, None, said))])
            except RefusedError:  # the number of the promoter is itself what cannot be sent
                continue
            return


def _by_record(tx: Tx) -> Iterator[tuple[RecordKey, list[Unfit]]]:
    found: dict[RecordKey, list[Unfit]] = {}
    for one in checks.unfit(tx):
        found.setdefault(one.revision.key, []).append(one)
    yield from found.items()


def _contents(shown: Revision, good: Sequence[Revision]) -> Iterator[Content]:
    """Yield what may take the place of a bad version, the best first."""
    before = [r.body for r in sorted(good, key=lambda r: r.at, reverse=True) if not r.deleted]
    body = mended(shown.key.type, shown.body, before)
    if body is not None:
        yield Content(shown.key, shown.month, body, deleted=shown.deleted)
    yield Content(shown.key, shown.month, {}, deleted=True)


def _write_above(store: Store, tx: Tx, content: Content, over: Sequence[str]) -> None:
    """Write ``content`` with these parents, in several steps where they are too many for one."""
    left, above = list(over), list[str]()
    while left or not above:
        parents = [*above, *left[: MAX_PARENTS - len(above)]]
        left = left[MAX_PARENTS - len(above) :]
        above = [save(store, tx, [Change(content, tuple(parents))])[0].id]


def _told(tx: Tx, key: RecordKey, bad: Sequence[Unfit]) -> Healed:
    held = revisions.of_record(tx, key)
    worst = bad[-1]
    why = border_words.explain(worst.why, key.type, worst.revision.body)
    shown = revision.shown(revision.heads(held))
    known = {one.revision.id for one in bad}
    name = border_words.named(key.type, shown.body)
    return Healed(
        promoter=key.promoter or "",
        type=key.type,
        record=key.id,
        wrong=f"{name}: {why.text}",
        after=_GOES if why.path[:1] in _KEY else _after(shown, held, known),
    )


def _after(shown: Revision, held: Sequence[Revision], bad: set[str]) -> str:
    """Say what will stand there, in words."""
    if shown.id not in bad:
        return "いまの内容のまま、前の版だけを取り除きます。"
    content = next(_contents(shown, [r for r in held if r.id not in bad]))
    if content.deleted:
        return _GOES
    changed = [
        (border_words.label(shown.key.type, shown.body, (name,)), _short(value))
        for name, value in content.body.items()
        if shown.body.get(name) != value
    ]
    told = "".join(f"「{label}」を「{value}」にします。" for label, value in changed)
    return told or "同じ内容で書き直します。"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"


_MOST = 40
