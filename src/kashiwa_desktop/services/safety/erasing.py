"""Erasure and disposal: text that must go is gone from the store, the archive, and every file.

BUNDLE.md §6. The office writes a cleaned revision over all heads, then an ``erase`` naming every
other revision of the record. Counts stay right; payment papers keep their own period.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kashiwa_desktop.bundle import place, reader
from kashiwa_desktop.bundle.reader import Expect
from kashiwa_desktop.crypto.keys import OfficeKeys
from kashiwa_desktop.domain import field, in_words, revision
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.revision import Content, RecordKey, Revision
from kashiwa_desktop.domain.wording import clean, search_key
from kashiwa_desktop.errors import AppError, RefusedError
from kashiwa_desktop.services.key_list import listed_keys
from kashiwa_desktop.services.months.handing_in import first_day
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
TALK = ("month_report", "question", "answer")
"""What was said about a month besides its records: 成果・課題・提案, 確認のお願い, お返事."""
_TELLING = 6
"""Letters from which on a text is looked for elsewhere: shorter ones stand everywhere."""


@dataclass(frozen=True, slots=True)
class Erased:
    """Proof of an erasure: what went, which archive files were replaced, and by what.

    ``copies`` are the 予備の写し that still hold the text until they are thinned out; ``repeated``
    (promoter, type, record) of what was not erased and says the same words.
    """

    records: int
    revisions: int
    replaced: tuple[str, ...]
    by: str
    copies: tuple[str, ...]
    repeated: tuple[tuple[str, str, str], ...] = ()


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
            raise RefusedError("消す理由をお書きください。", code="reason_missing")
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

    def dispose(self, year: int, reason: str, decided: str = "", *, talk: bool = True) -> Erased:
        """Dispose of the text of a fiscal year; dates, categories and counts remain.

        With ``talk`` also of what was said about its months: 成果・課題・提案, questions, answers.
        """
        if not reason.strip():
            raise RefusedError("廃棄の理由(決裁番号など)をお書きください。", code="reason_missing")
        gone: set[str] = set()
        words: set[str] = set()
        why = _why(reason, decided)
        with self._store.db.write() as tx:
            office_facts(tx)
            keys = list(_of_year(tx, year, ("activity", *TALK) if talk else ("activity",)))
            for key in keys:
                words |= _texts(tx, key)
                gone |= self._erase(tx, key, _blank(tx, key), why)
            records = sum(key.type == "activity" for key in keys)
            note(self._store, tx, "dispose", year=year, records=records)
        return self._prove(records, gone, words)

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
            less = _less(tx, copied, cleaned)
            gone |= self._erase(tx, copied, less, why)
        return gone

    def _prove(self, count: int, gone: set[str], words: Collection[str] = ()) -> Erased:
        """Replace archive files that held the text, and say where it may still be."""
        with self._store.db.read() as tx:
            repeated = tuple(_repeating(tx, words)) if words else ()
            files = [*erased.archived_with(tx, gone, "in"), *erased.archived_with(tx, gone, "out")]
        replaced, by = self._replace(files, gone) if files else ((), "")
        left = tuple(path.name for path in earlier_files.that_hold(self._store.folder, gone))
        return Erased(count, len(gone), replaced, by, left, repeated)

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
            place.remove(path)
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


def _less(tx: Tx, copied: RecordKey, cleaned: dict[str, Any]) -> dict[str, Any]:
    """Return what goes from what a successor took over: all text, where all of it goes here."""
    partly = copied.type == RESOURCE and cleaned.get("name") != DISPOSED
    return cleaned if partly else _blank(tx, copied)


def _of_year(tx: Tx, year: int, kinds: Collection[str]) -> list[RecordKey]:
    """Return the records of a fiscal year of which some version says what a person typed.

    What lies in the trash, or lost against another version, says it too.
    """
    span = {str(month) for month in months(Month(year, 4), Month(year + 1, 3))}
    held = (r for r in revisions.all_held(tx) if r.key.type in kinds and r.month in span)
    return list(dict.fromkeys(r.key for r in held if _says(r)))


def _says(r: Revision) -> bool:
    texts = field.personal_text(in_words.TABLES[r.key.type], r.body)
    return any(text not in ("", DISPOSED, field.NOBODY) for text in texts)


def _texts(tx: Tx, key: RecordKey) -> set[str]:
    """Return the longer texts of every version of a record."""
    table = in_words.TABLES[key.type]
    held = (field.personal_text(table, r.body) for r in revisions.of_record(tx, key))
    return {text for texts in held for text in texts if len(text) >= _TELLING}


def _repeating(tx: Tx, words: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Return what is held and says one of these texts, word for word."""
    for r in revisions.all_held(tx):
        if any(text in words for text in _words(r.body).split("\n")):
            yield (r.key.promoter or "", r.key.type, r.key.id)


def _why(reason: str, decided: str) -> dict[str, str]:
    """Return what an ``erase`` says of its reason and of who decided, who is left out if unsaid."""
    said = {"reason": clean(reason), "decided_by": clean(decided)}
    return {name: text for name, text in said.items() if text or name == "reason"}


def _blank(tx: Tx, key: RecordKey) -> dict[str, Any]:
    """Return the fields that take the place of a record's text."""
    body = revision.shown(revisions.heads_of_record(tx, key)).body
    marked = in_words.MARKED.get(key.type, "")
    if not body:  # it was deleted, and says nothing any more
        return {}
    left = field.emptied(in_words.TABLES[key.type], body, DISPOSED, keeps=marked)
    if key.type == "month_report":  # the files that show when it came go with their text
        day = first_day(tx, key)
        left |= {"received_on": day.isoformat()} if day else {}
    return left


def _words(value: Any) -> str:
    """Return all text of a body, one piece a line."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "\n".join(filter(None, map(_words, value.values())))
    if isinstance(value, list):
        return "\n".join(filter(None, map(_words, value)))
    return ""
