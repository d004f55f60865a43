"""事務局からの返事 and 引っ越しファイル: what a promoter's PC takes in, and what he answers.

The same union as everywhere: a return that comes late, twice or out of order is harmless.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kashiwa_desktop.bundle import place, reader
from kashiwa_desktop.bundle.header import KINDS
from kashiwa_desktop.bundle.reader import Contents, Expect, foreign_parents
from kashiwa_desktop.crypto.keys import PcIdentity
from kashiwa_desktop.domain.asking import Question, answer_key
from kashiwa_desktop.domain.attachment import Attachment
from kashiwa_desktop.domain.revision import Content, Revision
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.errors import AppError, FileRefusedError, RefusedError
from kashiwa_desktop.services.key_list import listed_keys, read_settings
from kashiwa_desktop.services.records.attaching import Attaching
from kashiwa_desktop.services.store import Store, note, promoter_facts, replace_shown, save
from kashiwa_desktop.services.travel import settings_news
from kashiwa_desktop.services.travel.intake import FileOutcome, Taken, conflicts_of, late_changes
from kashiwa_desktop.services.travel.merging import merge
from kashiwa_desktop.services.travel.returning import questions_of
from kashiwa_desktop.storage import attachments, bundles, drafts, erased, meta, revisions, witness
from kashiwa_desktop.storage.bundles import Bundle
from kashiwa_desktop.storage.database import Tx

_TEXTS = {
    "new": "読み込みました。",
    "newer": "読み込みました。",
    "same": "もう読み込んであります。",
}


ENDINGS = tuple(sorted(set(KINDS.values()) - {KINDS["submission"], KINDS["journal"]}))
"""How the names of files end that a promoter's PC reads."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file that was read; ``brought`` counts what is new in it, by what it is about.

    ``made_on`` and ``newest`` are days as the files tell them: evidence, for words only. ``newest``
    is that of the newest file of this kind read before, '' where there was none. ``seen`` says
    that this very file was read before; ``news`` are lines of what its settings changed for him.
    """

    outcome: FileOutcome
    kind: str
    made_on: str
    newest: str = ""
    brought: Mapping[str, int] = field(default_factory=dict)
    seen: bool = False
    news: tuple[str, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether a newer file of this kind was read before it."""
        return self.made_on < self.newest


class Receiving:
    """Taking in what the office (or one's other PC) sent."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def receive(self, path: Path) -> Taken:
        """Read and merge a return, a transfer or a new settings file; FileRefusedError otherwise.

        Refused files write only the attempt into the log.
        """
        return Taken("", (self.take(path).outcome,))

    def take(self, path: Path) -> Arrival:
        """Do the same, and tell what the file was and what it brought."""
        try:
            return self._take(path)
        except FileRefusedError as error:
            with self._store.db.write() as tx:
                note(self._store, tx, "receive", state="refused", reason=error.code)
            raise

    def unread(self, folders: Sequence[Path]) -> list[Path]:
        """Return the files for this PC that lie in these folders (sticks) and were not read yet."""
        found = []
        for path in files_in(folders):
            try:
                contents = self._open(place.load(path))
            except AppError:
                continue
            with self._store.db.read() as tx:
                if bundles.get(tx, contents.bundle_id) is None:
                    found.append(path)
        return found

    def _open(self, data: bytes) -> Contents:
        identity = PcIdentity.load(self._store.folder.identity)
        with self._store.db.read() as tx:
            who = promoter_facts(tx)
            expect = Expect(office=who.office, promoter=who.promoter, signers=listed_keys(tx))
        if data.startswith(b"{"):
            contents = read_settings(data, expect.signers)
        else:
            contents = reader.read(data, [identity.receiving], expect)
        if contents.header.kind not in ("return", "transfer", "setup", "handover"):
            raise FileRefusedError("これは事務局に渡すファイルです。", code="schema")
        return contents

    def _take(self, path: Path) -> Arrival:
        data = place.load(path)
        contents = self._open(data)
        with self._store.db.write() as tx:
            arrival = self._merge(tx, path, contents)
            if contents.header.kind == "transfer":
                meta.put(tx, "moved", "1")
            state = arrival.outcome.state
            note(self._store, tx, "receive", state=state, kind=contents.header.kind)
        self._drop_erased(contents)
        if not self._carries_erased(contents):
            archived = self._store.folder.archive / _archive_name(self._store, contents, path)
            if not archived.exists():
                place.save_verified(data, archived, lambda _: None)
                with self._store.db.write() as tx:
                    witness.tell_file(tx, archived.name, hashlib.sha256(data).hexdigest())
        return arrival

    def _carries_erased(self, contents: Contents) -> bool:
        """An old file, read after the office erased some of its text, is not kept again."""
        with self._store.db.read() as tx:
            return bool(erased.known(tx, [r.id for r in contents.revisions]))

    def _merge(self, tx: Tx, path: Path, contents: Contents) -> Arrival:
        if foreign_parents(contents.revisions, lambda ids: revisions.keys_of(tx, list(ids))):
            text = "別の記録の続きだという記録が入っています。事務局にお電話ください。"
            raise FileRefusedError(text, code="schema")
        promoter = promoter_facts(tx).promoter
        months = tuple(sorted({r.month for r in contents.revisions if r.month}))
        kind = contents.header.kind
        before = [b for b in bundles.all_bundles(tx, "in") if b.kind == kind]
        name = _archive_name(self._store, contents, path)
        today = self._store.clock.today()
        said = settings_news.seen(tx, promoter, today)
        merged = merge(tx, contents, at=self._store.clock.text(), intake="", file=name)
        state = "same" if not merged.new else ("newer" if before else "new")
        outcome = FileOutcome(
            file=str(path),
            state=state,
            reason=None,
            text=_TEXTS[state],
            promoter=promoter,
            months=months,
            new=len(merged.new),
            same=merged.same,
            conflicts=conflicts_of(tx, merged),
            late=late_changes(tx, promoter, {r.month for r in merged.new if r.month}),
        )
        days = [made_on(b) for b in before if b.id != contents.bundle_id]
        made = contents.header.made_at[:10]
        seen = len(days) < len(before)
        news = settings_news.news(said, settings_news.seen(tx, promoter, today))
        newest = max(days, default="")
        return Arrival(outcome, kind, made, newest, _brought(merged.new), seen, news)

    def _drop_erased(self, contents: Contents) -> None:
        """Files of this PC's archive that carry text the office erased go, 添付 of it too."""
        named = erased.named_by(contents.revisions)
        if not named:
            return
        with self._store.db.write() as tx:
            gone = erased.known(tx, named)
            drafts.forget_steps(tx, gone)
            beside = _drop_beside(tx, contents)
            files = [n for way in ("in", "out") for n in erased.archived_with(tx, gone, way)]
            for name in files:
                witness.tell_file(tx, name, "")
        for name in files:
            place.remove(self._store.folder.archive / name)
        Attaching(self._store).wipe(beside)

    def questions(self) -> list[Question]:
        """Return all 確認のお願い with one's own answers, oldest first."""
        with self._store.db.read() as tx:
            return questions_of(tx, promoter_facts(tx).promoter)

    def answer(self, question: str, text: str = "", *, agrees: bool | None = None) -> Question:
        """Answer a question; 「この直し方でよい」 is ``agrees`` True, 「事実とちがう」 False."""
        with self._store.db.write() as tx:
            who = promoter_facts(tx)
            asked = {q.id: q for q in questions_of(tx, who.promoter)}
            if question not in asked:
                raise RefusedError(
                    f"その確認のお願いは見つかりません: {question}", code="not_found"
                )
            if not text.strip() and agrees is None:
                raise RefusedError("お返事をお書きください。", code="text_missing")
            body = {"question": question, "text": clean(text), "agrees": agrees}
            key = answer_key(who.promoter, question)
            month = asked[question].month or None
            save(self._store, tx, [replace_shown(tx, Content(key, month, body))])
            return next(q for q in questions_of(tx, who.promoter) if q.id == question)


def files_in(folders: Iterable[Path]) -> list[Path]:
    """Return the files a promoter's PC reads that lie in these folders, by name."""
    found: list[Path] = []
    for folder in folders:
        try:
            found += sorted(p for p in folder.iterdir() if p.suffix.lower() in ENDINGS)
        except OSError:
            continue  # a stick that was pulled
    return found


def made_on(bundle: Bundle) -> str:
    """Return the day on which a file was made, as its header tells it."""
    return str(msgspec.json.decode(bundle.header)["made_at"])[:10]


def _brought(new: Iterable[Revision]) -> Mapping[str, int]:
    """Count what is new; of 地域の資源 not the versions but the records."""
    found = {(_about(r), r.key.id if r.key.type == "resource" else r.id) for r in new}
    return Counter(about for about, _ in found)


def _about(r: Revision) -> str:
    """Return what a new revision is about: ``own``, ``decision``, or what its type says."""
    if r.resolves is not None:
        return "decision"
    if r.key.type == "resource":
        return r.key.type
    if r.by.role == "promoter":
        return "own"
    if r.key.type == "question":
        kind = str(r.body.get("kind", r.key.type))
        return "settled" if r.body.get("settled") and kind != "regular_meeting" else kind
    if r.key.type == "approval":
        return str(r.body["state"])
    return {"keys": "settings", "activity": "corrected"}.get(r.key.type, r.key.type)


def _archive_name(store: Store, contents: Contents, path: Path) -> str:
    return f"{store.clock.today()}_{contents.bundle_id[:12]}{path.suffix}"


def _drop_beside(tx: Tx, contents: Contents) -> list[Attachment]:
    """Let nothing lie beside records whose text was erased; returns what lay there."""
    erases = [r.body for r in contents.revisions if r.key.type == "erase"]
    records = [str(said["record"]) for said in erases if said.get("type") == "activity"]
    found = [one for record in records for one in attachments.of_record(tx, record)]
    attachments.forget(tx, records)
    return found
