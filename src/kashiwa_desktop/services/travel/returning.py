"""What goes back to a promoter: questions, returns, corrections, and the file that carries them.

A return carries everything of that promoter, so the last one is enough to rebuild a lost PC, and
late, lost or repeated returns never move a month back (BUNDLE.md §8).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kashiwa_desktop.crypto.keys import OfficeKeys
from kashiwa_desktop.domain import activity as activity_rules
from kashiwa_desktop.domain import asking, form, revision
from kashiwa_desktop.domain.asking import CORRECTION, QUESTION, RETURN, Question
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import Content, RecordKey, Revision
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.key_list import office_recipients
from kashiwa_desktop.services.months.closing import shown_report
from kashiwa_desktop.services.store import (
    Change,
    Store,
    new_record_id,
    note,
    office_facts,
    replace_shown,
    roster,
    save,
)
from kashiwa_desktop.services.travel.sending import Letter, Made, Sender, send
from kashiwa_desktop.storage import devices, revisions
from kashiwa_desktop.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Asking:
    """A 確認のお願い about to be written: about a record, or (None) about the month as a whole."""

    kind: str
    month: Month
    promoter: str
    text: str
    record: str | None = None


class Returning:
    """The office's side of 確認のお願い and of the return file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ask(self, month: Month, promoter: str, record: str, text: str) -> str:
        """Ask about one record; returns the question's id."""
        with self._store.db.write() as tx:
            _known_activity(tx, promoter, record)
            return ask(self._store, tx, Asking(QUESTION, month, promoter, text, record))

    def send_back(self, month: Month, promoter: str, text: str) -> str:
        """差戻し: ask for a new version of the month; returns the question's id."""
        with self._store.db.write() as tx:
            office_facts(tx)
            report = shown_report(tx, promoter, month)
            if report is None or not report.is_closed:
                text_ = f"{promoter} の{month.short()}はまだ締めた月が届いていません。"
                raise RefusedError(text_, code="not_closed")
            return ask(self._store, tx, Asking(RETURN, month, promoter, text))

    def correct(self, promoter: str, record: str, patch: Mapping[str, Any], text: str) -> str:
        """Correct a record on top of its shown head, and tell the promoter; the question's id."""
        with self._store.db.write() as tx:
            office_facts(tx)
            heads = _known_activity(tx, promoter, record)
            shown = revision.shown(heads)
            known = {k: v for k, v in shown.body.items() if k in form.RecordForm.__struct_fields__}
            unknown = {k: v for k, v in shown.body.items() if k not in known}
            given = form.merge_patch(known, dict(patch))
            body, _ = form.read(given, roster(tx), promoter, shown.body)
            blocking = activity_rules.missing(body, self._store.clock.today())
            if blocking:
                raise RefusedError(blocking[0].text, code=blocking[0].code)
            content = Content(shown.key, body["date"][:7], {**unknown, **body})
            save(self._store, tx, [Change(content, revision.parents_for(shown, heads))])
            note(self._store, tx, "correct", promoter=promoter, record=record)
            month = Month.parse(content.month or "")
            return ask(self._store, tx, Asking(CORRECTION, month, promoter, text, record))

    def settle(self, promoter: str, question: str) -> None:
        """Mark a question as dealt with."""
        with self._store.db.write() as tx:
            office_facts(tx)
            key = RecordKey(promoter, "question", question)
            heads = revisions.heads_of_record(tx, key)
            if not heads:
                raise RefusedError(
                    f"その確認のお願いは見つかりません: {question}", code="not_found"
                )
            shown = revision.shown(heads)
            content = Content(key, shown.month, {**shown.body, "settled": True})
            save(self._store, tx, [replace_shown(tx, content)])
            note(self._store, tx, "settle", promoter=promoter)

    def questions(self, promoter: str, month: Month | None = None) -> list[Question]:
        """Return the questions to a promoter with his answers."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return questions_of(tx, promoter, month)

    def return_file(self, promoter: str, out: Path, keys: OfficeKeys) -> Made:
        """Write the 事務局からの返事 of one promoter, sealed to each of his PCs and the office."""

        def letter(tx: Tx) -> Letter:
            office_facts(tx)
            if roster(tx).person(promoter) is None:
                text = f"名簿に番号 {promoter} の方がいません。"
                raise RefusedError(text, code="not_in_roster")
            pcs = [d for d in devices.of_promoter(tx, promoter) if d.state == "listed"]
            if not pcs:
                text = f"{promoter} のパソコンをまだ知りません。先に提出用を受け取ってください。"
                raise RefusedError(text, code="no_device")
            lines = revisions.lines_of_promoter(tx, promoter) + revisions.shared_lines(tx)
            sealed_to = [*office_recipients(tx), *(d.recipient for d in pcs)]
            return Letter("return", lines, sealed_to, to_promoter=promoter, label=promoter)

        return send(self._store, Sender(keys.signing, keys.receiving.recipient), letter, out)


def ask(store: Store, tx: Tx, wanted: Asking) -> str:
    """Write a 確認のお願い inside an open transaction; returns its id."""
    office_facts(tx)
    if not wanted.text.strip():
        raise RefusedError("確認したいことをお書きください。", code="text_missing")
    report = shown_report(tx, wanted.promoter, wanted.month)
    body = {
        "kind": wanted.kind,
        "text": clean(wanted.text),
        "record": wanted.record,
        "report": report.id if report else None,
        "settled": False,
    }
    name = new_record_id(store, tx, body)
    key = RecordKey(wanted.promoter, "question", name)
    save(store, tx, [Change(Content(key, str(wanted.month), body))])
    note(store, tx, wanted.kind, promoter=wanted.promoter, month=str(wanted.month))
    return name


def questions_of(tx: Tx, promoter: str, month: Month | None = None) -> list[Question]:
    """Return the questions to a promoter with his answers, oldest first."""
    asked = revisions.shown(tx, "question", promoter)
    if month is not None:
        asked = [r for r in asked if r.month == str(month)]
    return asking.read(asked, revisions.shown(tx, "answer", promoter))


def _known_activity(tx: Tx, promoter: str, record: str) -> list[Revision]:
    heads = revisions.heads_of_record(tx, RecordKey(promoter, "activity", record))
    if not heads:
        raise RefusedError(f"その記録は見つかりません: {record}", code="not_found")
    return heads
