"""Recording activities: add, edit, delete, undo. Every change is a new revision."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kashiwa_desktop.domain import activity as rules
from kashiwa_desktop.domain import form, revision
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.attachment import Attachment
from kashiwa_desktop.domain.closing import read_report, report_key
from kashiwa_desktop.domain.day import as_day
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.domain.revision import Content, RecordKey, Revision
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.store import (
    Change,
    Facts,
    Store,
    code_lists,
    facts,
    new_record_id,
    note,
    promoter_facts,
    roster,
    save,
    staff_facts,
)
from kashiwa_desktop.services.undoing import changed, remember, take_back
from kashiwa_desktop.storage import activities, attachments, drafts, revisions
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.drafts import Beside, Draft


@dataclass(frozen=True, slots=True)
class Done:
    """One change of a record that happened, in words for the strip that offers to undo it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a form came from: the record it corrects and the head it showed, and its draft.

    ``files`` are those that lie beside the record from now on (添付); None leaves them as they are.
    """

    record: str | None = None
    opened: str | None = None
    draft: str | None = None
    files: tuple[Attachment, ...] | None = None


class Recording:
    """The promoter's records. Blocking problems refuse the whole call; nothing is half written.

    In the office ``sheet_of`` says whose paper sheet staff type in (職員による入力), '' for the
    meetings of the city itself (第1層).
    """

    def __init__(self, store: Store, sheet_of: str | None = None) -> None:
        self._store, self._sheet_of = store, sheet_of

    def _who(self, tx: Tx) -> Facts:
        return promoter_facts(tx) if self._sheet_of is None else staff_facts(tx, self._sheet_of)

    def check(self, given: Mapping[str, Any], record: str | None = None) -> list[Problem]:
        """Return all there is to say about a record as typed, blocking first; writes nothing."""
        today = self._store.clock.today()
        with self._store.db.read() as tx:
            who = self._who(tx)
            try:
                body, _ = form.read(given, roster(tx), who.promoter, _stood(tx, who, record))
            except RefusedError as error:
                field = "area" if error.code == "area_missing" else "date"
                return [Problem(error.code, error.text, field, blocking=True)]
            blocking = rules.missing(body, today)
            if blocking:
                return blocking
            a = rules.read(body, record or "", who.promoter, codes=code_lists(tx))
            here = Month.of(a.date)
            same_day = activities.find(tx, Wanted(who.promoter, here, here, day=a.date))
            closed = [_closed_problem(m) for m in _closed_months(tx, who, a.date, record)]
            return closed + rules.doubts(a, same_day, today)

    def closed_months(self, day: date, record: str | None = None) -> list[Month]:
        """Return the closed months that a record of ``day`` (and where it stood before) is in."""
        with self._store.db.read() as tx:
            return _closed_months(tx, self._who(tx), day, record)

    def add(self, records: Sequence[Mapping[str, Any]], *, next_version: bool = False) -> list[str]:
        """Save new records, all or none; returns their ids.

        RefusedError for a blocking problem or a closed month without ``next_version``,
        WrongUsageError for unknown keys and codes.
        """
        if not records:
            return []
        with self._store.db.write() as tx:
            who = self._who(tx)
            changes, notes = [], []
            for n, given in enumerate(records, start=1):
                line = n if len(records) > 1 else None
                body, note = self._body(tx, who, given, next_version=next_version, line=line)
                record = new_record_id(self._store, tx, body)
                changes.append(Change(_content(who, record, body)))
                notes.append((record, note))
            made = save(self._store, tx, changes)
            for record, note in notes:
                drafts.put_private_text(tx, record, note)
            _remember(self._store, tx, made, _text(made, "記録しました"))
        return [r.key.id for r in made]

    def put(self, given: Mapping[str, Any], source: Source, *, next_version: bool = False) -> Done:
        """Save what a form says, whole: a new record, or in place of the one it corrects.

        The form's draft goes in the same transaction. RefusedError as in ``add`` and ``edit``.
        """
        with self._store.db.write() as tx:
            if source.draft is not None:
                drafts.remove(tx, source.draft)
            if source.record is not None:
                whole = _Rewrite(source.record, lambda _: dict(given), source.opened, source.files)
                return self._rewrite(tx, whole, next_version=next_version)
            who = self._who(tx)
            body, note = self._body(tx, who, given, next_version=next_version)
            record = new_record_id(self._store, tx, body)
            made = save(self._store, tx, [Change(_content(who, record, body))])
            drafts.put_private_text(tx, record, note)
            attachments.put(tx, record, source.files or ())
            text = _text(made, "記録しました")
            _remember(self._store, tx, made, text)
        return Done(record, text)

    def edit(
        self,
        record: str,
        patch: Mapping[str, Any],
        *,
        opened: str | None = None,
        next_version: bool = False,
    ) -> Done:
        """Change a record by a merge patch (RFC 7396) on top of the head that was ``opened``."""
        change = _Rewrite(record, lambda before: form.merge_patch(before, dict(patch)), opened)
        with self._store.db.write() as tx:
            return self._rewrite(tx, change, next_version=next_version)

    def _rewrite(self, tx: Tx, change: "_Rewrite", *, next_version: bool) -> Done:
        who = self._who(tx)
        heads = _heads(tx, who, change.record)
        shown = _opened(heads, change.opened)
        if shown.deleted:
            raise RefusedError("この記録は消してあります。先に元に戻してください。", code="deleted")
        before, unknown = form.split_known(shown.body)
        before["private_note"] = drafts.private_text(tx, change.record)
        given = change.given(before)
        body, note = self._body(tx, who, given, next_version=next_version, stood=shown.body)
        self._refuse_closed(tx, who, shown.month, next_version=next_version)
        content = _content(who, change.record, form.join_unknown(body, unknown))
        made = save(self._store, tx, [Change(content, revision.parents_for(shown, heads))])
        earlier = {change.record: _beside(tx, change.record)}
        drafts.put_private_text(tx, change.record, note)
        if change.files is not None:
            attachments.put(tx, change.record, change.files)
        text = _text(made, "直しました")
        _remember(self._store, tx, made, text, earlier)
        return Done(change.record, text)

    def delete(self, record: str, *, next_version: bool = False) -> Done:
        """Delete a record: a revision too, which can be undone and travels."""
        with self._store.db.write() as tx:
            who = self._who(tx)
            heads = _heads(tx, who, record)
            shown = revision.shown(heads)
            if shown.deleted:
                raise RefusedError("この記録はもう消してあります。", code="deleted")
            self._refuse_closed(tx, who, shown.month, next_version=next_version)
            content = Content(shown.key, shown.month, shown.body, deleted=True)
            made = save(self._store, tx, [Change(content, revision.parents_for(shown, heads))])
            text = _text(made, "消しました")
            _remember(self._store, tx, made, text)
        return Done(record, text)

    def undo(self) -> Done:
        """Undo the last change: the earlier body again, on top of the revision undone."""
        with self._store.db.write() as tx:
            self._who(tx)
            step = drafts.last_step(tx)
            if step is None:
                raise RefusedError("元に戻すものがありません。", code="nothing_to_undo")
            made = take_back(self._store, tx, step)
        return Done(made[0].key.id, f"元に戻しました({step.text})")

    def last_change(self) -> str | None:
        """Return what ［元に戻す］ would take back, in words; None where there is nothing."""
        with self._store.db.read() as tx:
            step = drafts.last_step(tx)
        return None if step is None else step.text

    def records(
        self, month: Month | None = None, *, text: str = "", category: str | None = None
    ) -> list[Activity]:
        """Return the records of a month (or of all), by date; ``text`` is a folded search key."""
        with self._store.db.read() as tx:
            who = self._who(tx)
            wanted = Wanted(who.promoter, month, month, category, text)
            return activities.find(tx, wanted)

    def today(self) -> date:
        """Return today in Japan."""
        return self._store.clock.today()

    def days(self, month: Month) -> frozenset[date]:
        """Return the days of ``month`` that have records."""
        with self._store.db.read() as tx:
            return activities.days(tx, Wanted(self._who(tx).promoter, month, month))

    def areas(self) -> dict[str, str]:
        """Return the areas this promoter holds or held, code → name, in the office's order."""
        with self._store.db.read() as tx:
            people = roster(tx)
            mine = {a.area for a in people.of_promoter(self._who(tx).promoter)}
        return {a.code: a.name for a in people.areas if a.code in mine}

    def all_areas(self) -> dict[str, str]:
        """Return all areas, code → name, in the office's order: a meeting may be joint."""
        with self._store.db.read() as tx:
            return {a.code: a.name for a in roster(tx).areas}

    def private_notes(self) -> dict[str, str]:
        """Return every 自分用メモ by its record; they never leave this PC."""
        with self._store.db.read() as tx:
            return drafts.private_texts(tx)

    def record(self, record: str) -> tuple[Activity, str, str]:
        """Return (the activity, its private note, the head it shows) for a form."""
        with self._store.db.read() as tx:
            who = self._who(tx)
            heads = _heads(tx, who, record)
            shown = revision.shown(heads)
            versions = len(revisions.of_record(tx, shown.key))
            conflict = revision.in_conflict(heads)
            a = rules.read(
                shown.body,
                record,
                who.promoter,
                version=versions,
                conflict=conflict,
                codes=code_lists(tx),
            )
            return a, drafts.private_text(tx, record), shown.id

    def keep_draft(self, draft_id: str, fields: dict[str, Any]) -> None:
        """Keep what is being typed; a draft never pours into a new form by itself."""
        with self._store.db.write() as tx:
            drafts.put(tx, Draft(draft_id, self._store.clock.text(), fields))

    def drop_draft(self, draft_id: str) -> None:
        with self._store.db.write() as tx:
            drafts.remove(tx, draft_id)

    def drafts(self) -> list[Draft]:
        with self._store.db.read() as tx:
            return drafts.of_activities(tx)

    def _body(
        self,
        tx: Tx,
        who: Facts,
        given: Mapping[str, Any],
        *,
        next_version: bool,
        line: int | None = None,
        stood: Mapping[str, Any] | None = None,
    ) -> tuple[dict[str, Any], str]:
        where = f"{line}件目: " if line else ""
        body, note = form.read(given, roster(tx), who.promoter, stood)
        blocking = rules.missing(body, self._store.clock.today())
        if blocking:
            raise RefusedError(where + blocking[0].text, code=blocking[0].code)
        self._refuse_closed(tx, who, body["date"][:7], next_version=next_version)
        return body, note

    def _refuse_closed(self, tx: Tx, who: Facts, month: str | None, *, next_version: bool) -> None:
        if not next_version and month and _is_closed(tx, who, Month.parse(month)):
            raise RefusedError(_closed_text(Month.parse(month)), code="month_closed")


@dataclass(frozen=True, slots=True)
class _Rewrite:
    """How a record changes: ``given`` makes what is to be said from what was said before."""

    record: str
    given: Callable[[dict[str, Any]], dict[str, Any]]
    opened: str | None = None
    files: tuple[Attachment, ...] | None = None


def _beside(tx: Tx, record: str) -> Beside:
    return Beside(drafts.private_text(tx, record), attachments.of_record(tx, record))


def _content(who: Facts, record: str, body: dict[str, Any]) -> Content:
    return Content(RecordKey(who.promoter or None, "activity", record), body["date"][:7], body)


def _heads(tx: Tx, who: Facts, record: str) -> list[Revision]:
    heads = revisions.heads_of_record(tx, RecordKey(who.promoter or None, "activity", record))
    if not heads:
        raise RefusedError(f"その記録は見つかりません: {record}", code="not_found")
    return heads


def _stood(tx: Tx, who: Facts, record: str | None) -> Mapping[str, Any] | None:
    """Return what the record that is corrected says so far."""
    return None if record is None else revision.shown(_heads(tx, who, record)).body


def _opened(heads: Sequence[Revision], opened: str | None) -> Revision:
    if opened is None:
        return revision.shown(heads)
    return next((h for h in heads if h.id == opened), revision.shown(heads))


def _is_closed(tx: Tx, who: Facts, month: Month) -> bool:
    heads = revisions.heads_of_record(tx, report_key(who.promoter, month))
    return bool(heads) and read_report(revision.shown(heads)).is_closed


def _closed_months(tx: Tx, who: Facts, day: date, record: str | None) -> list[Month]:
    months = {Month.of(day), *_month_before(tx, who, record)}
    return sorted(m for m in months if _is_closed(tx, who, m))


def _month_before(tx: Tx, who: Facts, record: str | None) -> list[Month]:
    """Return the month in which the record that is corrected stands now."""
    if record is None:
        return []
    month = revision.shown(_heads(tx, who, record)).month
    return [Month.parse(month)] if month else []


def _closed_problem(month: Month) -> Problem:
    return Problem("month_closed", _closed_text(month), "date", blocking=True)


def _closed_text(month: Month) -> str:
    return f"{month.short()}は締めてあります。締める前に戻すか、次の版に入れてください。"


def _text(made: Sequence[Revision], verb: str) -> str:
    if len(made) > 1:
        return f"{len(made)}件を{verb}"
    day = as_day(made[0].body["date"])
    return f"『{day.month}月{day.day}日 {made[0].body['title']}』を{verb}"


def _remember(
    store: Store,
    tx: Tx,
    made: Sequence[Revision],
    text: str,
    beside: Mapping[str, Beside] | None = None,
) -> None:
    """Remember the step to undo; what staff type in for somebody also stands in their log."""
    remember(store, tx, made, text, beside)
    if facts(tx).is_office:
        note(store, tx, "enter", promoter=made[0].key.promoter, changes=changed(made))
