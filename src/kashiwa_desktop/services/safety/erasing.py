"""Erasure and disposal: text that must go is gone from the store, the archive, and every file.

BUNDLE.md §6. The office writes a cleaned revision over all heads, then an ``erase`` naming every
other revision of the record. Counts stay right; payment papers keep their own period.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kashiwa_desktop.bundle import place, reader
from kashiwa_desktop.bundle.reader import Expect
from kashiwa_desktop.crypto.keys import OfficeKeys
from kashiwa_desktop.domain import revision
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.revision import Content, RecordKey
from kashiwa_desktop.domain.wording import clean, search_key
from kashiwa_desktop.errors import AppError, RefusedError
from kashiwa_desktop.services.office.setup import listed_keys
from kashiwa_desktop.services.records import homework
from kashiwa_desktop.services.safety import earlier_files
from kashiwa_desktop.services.store import Change, Store, new_record_id, note, office_facts, save
from kashiwa_desktop.services.travel.archiving import keep_without
from kashiwa_desktop.storage import activities, erased, resources, revisions, witness
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx

DISPOSED = "(廃棄済み)"
RESOURCE = resources.TYPE
ERASABLE = ("activity", RESOURCE)
"""Types of records whose text can be erased one by one."""
_TEXTS = ("content", "findings", "next", "place")
_RESOURCE_TEXTS = ("day", "place", "contact", "note")
_NO_HOMEWORK = {"text": DISPOSED, "owner": "", "meeting": ""}
_COUNCIL_TEXTS = ("chair", "needs", "decisions")


@dataclass(frozen=True, slots=True)
class Erased:
    """Proof of an erasure: what went, which archive files were replaced, and by what.

    ``copies`` are the 予備の写し that still hold the text until they are thinned out.
    """

    records: int
    revisions: int
    replaced: tuple[str, ...]
    by: str
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that is kept and names what was searched for."""

    promoter: str
    type: str
    record: str
    month: str
    text: str


class Erasing:
    """The office's erasure, disposal by retention period, and search for what is kept."""

    def __init__(self, store: Store, keys: OfficeKeys | None = None) -> None:
        self._store = store
        self._keys = keys

    def erase(
        self, promoter: str, record: str, cleaned: dict[str, Any], reason: str, decided: str = ""
    ) -> Erased:
        """Put ``cleaned`` fields in the place of a record's text and erase all that was before.

        ``decided`` names who decided it.
        """
        if not reason.strip():
            raise RefusedError("消すわけをお書きください。", code="reason_missing")
        why = _why(reason, decided)
        with self._store.db.write() as tx:
            office_facts(tx)
            gone = self._erase(tx, _key(tx, promoter, record), cleaned, why)
        return self._prove(1, gone)

    def due(self, before: Month) -> list[tuple[int, int]]:
        """Return (fiscal year, activities still holding text) of the years that ended before."""
        with self._store.db.read() as tx:
            office_facts(tx)
            found: dict[int, int] = {}
            for a in activities.find(tx, Wanted(last=before.previous())):
                year = Month.of(a.date).fiscal_year
                if a.title != DISPOSED and Month(year + 1, 3) < before:
                    found[year] = found.get(year, 0) + 1
        return sorted(found.items())

    def blank(self, promoter: str, record: str, reason: str, decided: str) -> Erased:
        """Erase all text of one record; day, category (or kind) and counts remain."""
        with self._store.db.read() as tx:
            office_facts(tx)
            cleaned = _blank(tx, _key(tx, promoter, record))
        return self.erase(promoter, record, cleaned, reason, decided)

    def dispose(self, year: int, reason: str, decided: str = "") -> Erased:
        """Dispose of the text of a fiscal year's activities; date, category and counts remain."""
        if not reason.strip():
            raise RefusedError("廃棄のわけ(決裁番号など)をお書きください。", code="reason_missing")
        gone: set[str] = set()
        count, why = 0, _why(reason, decided)
        with self._store.db.write() as tx:
            office_facts(tx)
            for month in months(Month(year, 4), Month(year + 1, 3)):
                for a in activities.find(tx, Wanted(first=month, last=month)):
                    if a.title != DISPOSED:
                        key = RecordKey(a.promoter, "activity", a.id)
                        gone |= self._erase(tx, key, _blank(tx, key), why)
                        count += 1
            note(self._store, tx, "dispose", year=year, records=count)
        return self._prove(count, gone)

    def find(self, text: str) -> list[Kept]:
        """Return everything kept that names ``text`` (開示請求), in every revision held."""
        wanted = search_key(text)
        if not wanted:
            raise RefusedError("さがす言葉をお書きください。", code="text_missing")
        with self._store.db.read() as tx:
            office_facts(tx)
            found = [r for r in revisions.all_held(tx) if wanted in search_key(_words(r.body))]
        return [
            Kept(r.key.promoter or "", r.key.type, r.key.id, r.month or "", _words(r.body))
            for r in found
        ]

    def _erase(
        self, tx: Tx, key: RecordKey, cleaned: dict[str, Any], why: dict[str, str]
    ) -> set[str]:
        heads = revisions.heads_of_record(tx, key)
        if not heads:
            raise RefusedError(f"その記録は見つかりません: {key.id}", code="not_found")
        shown = revision.shown(heads)
        body = {**shown.body, **cleaned}
        content = Content(key, shown.month, body, deleted=shown.deleted)
        kept = save(self._store, tx, [Change(content, tuple(h.id for h in heads))])[0]
        gone = {r.id for r in revisions.of_record(tx, key)} - {kept.id}
        said = {"type": key.type, "record": key.id, "revisions": sorted(gone)}
        said |= why
        name = RecordKey(key.promoter, "erase", new_record_id(self._store, tx, said))
        save(self._store, tx, [Change(Content(name, shown.month, said))])
        note(self._store, tx, "erase", record=key.id, revisions=len(gone))
        for copied in _taken_over(tx, key):
            less = cleaned if copied.type == RESOURCE else _NO_HOMEWORK
            gone |= self._erase(tx, copied, less, why)
        return gone

    def _prove(self, count: int, gone: set[str]) -> Erased:
        """Replace archive files that held the text, and say where it may still be."""
        with self._store.db.read() as tx:
            files = [*erased.archived_with(tx, gone, "in"), *erased.archived_with(tx, gone, "out")]
        replaced, by = self._replace(files, gone) if files else ((), "")
        left = tuple(path.name for path in earlier_files.that_hold(self._store.folder, gone))
        return Erased(count, len(gone), replaced, by, left)

    def _replace(self, files: Sequence[str], gone: set[str]) -> tuple[tuple[str, ...], str]:
        if self._keys is None:
            text = "保管したファイルからも消すには、事務局の合言葉が要ります。"
            raise RefusedError(text, code="no_passphrase")
        keys, held, lines = self._keys, [], set[bytes]()
        with self._store.db.read() as tx:
            signers, who = listed_keys(tx), office_facts(tx)
        for name in files:
            path = self._store.folder.archive / name
            try:
                expect = Expect(office=who.office, signers=signers)
                contents = reader.read(place.load(path), keys.reading, expect)
            except AppError:
                continue
            held.append(path)
            lines |= {r.line for r in contents.revisions if r.id not in gone}

        made = keep_without(self._store, keys, [path.name for path in held], lines)
        with self._store.db.write() as tx:
            for path in held:
                witness.tell_file(tx, path.name, "")
        for path in held:
            path.unlink(missing_ok=True)
        return tuple(path.name for path in held), made.file.name


def _key(tx: Tx, promoter: str, record: str) -> RecordKey:
    """Return which record is meant, an activity or a resource; RefusedError where there is none."""
    for kind in ERASABLE:
        key = RecordKey(promoter or None, kind, record)
        if revisions.heads_of_record(tx, key):
            return key
    raise RefusedError(f"その記録は見つかりません: {record}", code="not_found")


def _taken_over(tx: Tx, left: RecordKey) -> list[RecordKey]:
    """Return what successors took over from a meeting or a resource: it copies words of it."""
    if left.type not in ERASABLE:
        return []
    kind, names = (RESOURCE, "succeeds") if left.type == RESOURCE else (homework.TYPE, "record")
    found = revisions.head_ids(tx, kind)
    return [
        key
        for key, ids in found.items()
        if key != left and any(r.body.get(names) == left.id for r in revisions.load(tx, ids))
    ]


def _why(reason: str, decided: str) -> dict[str, str]:
    """Return what an ``erase`` says of its reason and of who decided, who is left out if unsaid."""
    said = {"reason": clean(reason), "decided_by": clean(decided)}
    return {name: text for name, text in said.items() if text or name == "reason"}


def _blank(tx: Tx, key: RecordKey) -> dict[str, Any]:
    """Return the fields that take the place of a record's text."""
    body = revision.shown(revisions.heads_of_record(tx, key)).body
    if key.type == RESOURCE:
        return dict.fromkeys(_RESOURCE_TEXTS, "") | {"name": DISPOSED}
    cleaned: dict[str, Any] = dict.fromkeys(_TEXTS, "")
    cleaned |= {"title": DISPOSED, "counterparts": [], "by_proxy": body.get("by_proxy") and "-"}
    council = body.get("council")
    if council:
        cleaned["council"] = {
            **council, **dict.fromkeys(_COUNCIL_TEXTS, ""), "agenda": [], "homework": []
        }  # fmt: skip
    return cleaned


def _words(value: Any) -> str:
    """Return all text of a body, one piece a line."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "\n".join(filter(None, map(_words, value.values())))
    if isinstance(value, list):
        return "\n".join(filter(None, map(_words, value)))
    return ""
