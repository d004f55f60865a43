"""地域の資源: the register of the resources of a promoter's areas.

A promoter keeps those of his areas, staff may write for him or, where an area has nobody, for the
city itself: those reach the next promoter with the 引継ぎファイル. What a predecessor left is his;
taking it over makes an own record that ``succeeds`` it. Every change is a new revision.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from kashiwa_desktop.domain import resource as rules
from kashiwa_desktop.domain import resource_form, revision
from kashiwa_desktop.domain.ceiling import Ceiling, ceiling, in_words
from kashiwa_desktop.domain.form import merge_patch
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.domain.resource import Resource
from kashiwa_desktop.domain.revision import Content, RecordKey, Revision, derived_id
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.records.recording import Done, Source
from kashiwa_desktop.services.records.registered import (
    Shown,
    YearCounts,
    ceilings,
    count,
    not_continued,
    put_in_words,
)
from kashiwa_desktop.services.records.tidying import KEPT_DAYS
from kashiwa_desktop.services.store import (
    Change,
    Facts,
    Store,
    facts,
    new_record_id,
    note,
    promoter_facts,
    replace_shown,
    roster,
    save,
    staff_facts,
)
from kashiwa_desktop.services.undoing import changed, remember
from kashiwa_desktop.storage import deleted, drafts, resources, revisions
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.drafts import Draft

TYPE = resources.TYPE


class Registering:
    """The resources of one promoter; in the office ``sheet_of`` says whose, '' for the city."""

    def __init__(self, store: Store, sheet_of: str | None = None) -> None:
        self._store, self._sheet_of = store, sheet_of
        self._mark = {drafts.REGISTER: sheet_of or "", "staff": store.staff}

    def _who(self, tx: Tx) -> Facts:
        return promoter_facts(tx) if self._sheet_of is None else staff_facts(tx, self._sheet_of)

    def list(self, area: str | None = None, *, ended: bool = False) -> tuple[Shown, ...]:
        """Return one's own resources and what predecessors left that nobody took over, in order.

        ``area`` is a code; with ``ended`` those that are no more come too.
        """
        with self._store.db.read() as tx:
            who, people = self._who(tx), roster(tx)
            held = not_continued(resources.shown(tx))
        mine = {one: by for one, by in held.items() if who.promoter == one.promoter}
        left = {} if who.is_office else {o: by for o, by in held.items() if o not in mine}
        today = self.today()
        return tuple(
            put_in_words(one, by, people, today, inherited=one in left)
            for one, by in held.items()
            if (one in mine or one in left)
            and area in (None, one.area)
            and (ended or one.lasts_on(today))
        )

    def check(self, given: Mapping[str, Any], record: str | None = None) -> Sequence[Problem]:
        """Return all there is to say about a resource as typed, blocking first; writes nothing."""
        with self._store.db.read() as tx:
            who, today = self._who(tx), self.today()
            try:
                body = resource_form.read(given, roster(tx), who.promoter, today)
            except RefusedError as error:
                return [Problem(error.code, error.text, "area", blocking=True)]
            blocking = rules.missing(body, today)
            if blocking:
                return blocking
            one = rules.read(body, record or "", who.promoter)
            return rules.doubts(one, not_continued(resources.shown(tx)), today)

    def add(self, given: Mapping[str, Any]) -> Done:
        """Save a new resource; RefusedError for a blocking problem, WrongUsageError for codes."""
        return self.put(given, Source())

    def add_all(self, many: Sequence[Mapping[str, Any]]) -> Sequence[str]:
        """Save new resources, all or none; returns their ids. Errors as in ``add``."""
        with self._store.db.write() as tx:
            who = self._who(tx)
            changes = []
            for n, given in enumerate(many, start=1):
                body = self._body(tx, who, given, line=n if len(many) > 1 else None)
                changes.append(Change(_new(self._store, tx, who, body)))
            made = save(self._store, tx, changes)
            self._remember(tx, made, f"地域の資源{len(made)}件を記録しました")
        return [r.key.id for r in made]

    def put(self, given: Mapping[str, Any], source: Source) -> Done:
        """Save what a form says, whole; its draft goes in the same transaction."""
        with self._store.db.write() as tx:
            if source.draft is not None:
                drafts.remove(tx, source.draft)
            if source.record is not None:
                return self._rewrite(tx, source, lambda _: dict(given), "直しました")
            who = self._who(tx)
            body = self._body(tx, who, given)
            change = Change(_new(self._store, tx, who, body))
            return self._save(tx, change, "記録しました")

    def edit(self, record: str, patch: Mapping[str, Any], opened: str | None = None) -> Done:
        """Change a resource by a merge patch (RFC 7396) on top of the head that was ``opened``."""
        return self._patch(record, patch, "直しました", opened)

    def confirm(self, record: str, day: date | None = None) -> Done:
        """確かめました: it is still so, on ``day`` or today."""
        sure = day or self.today()
        return self._patch(record, {"checked": sure.isoformat()}, "確かめました")

    def end(self, record: str, day: date | None = None) -> Done:
        """It is no more, from ``day`` or today on; it stays on record and counts until then."""
        last = day or self.today()
        return self._patch(record, {"ended": last.isoformat()}, "終わりにしました")

    def delete(self, record: str) -> Done:
        """Take a resource out that was written by mistake; what ended is ended, not deleted."""
        with self._store.db.write() as tx:
            heads = _heads(tx, self._who(tx), record)
            shown = revision.shown(heads)
            _refuse_deleted(shown)
            content = Content(shown.key, None, shown.body, deleted=True)
            change = Change(content, revision.parents_for(shown, heads))
            return self._save(tx, change, "消しました")

    def deleted(self) -> Sequence[Resource]:
        """Return what was deleted within ``KEPT_DAYS``, the newest deletion first."""
        since = (self._store.clock.now() - timedelta(days=KEPT_DAYS)).isoformat()
        with self._store.db.read() as tx:
            gone = deleted.heads(tx, TYPE, self._who(tx).promoter)
        found = sorted((r for r in gone if r.at >= since and r.body), key=lambda r: r.at)
        return [rules.read(r.body, r.key.id, r.key.promoter or "") for r in reversed(found)]

    def bring_back(self, record: str) -> Done:
        """Bring a deleted resource back as it stood."""
        with self._store.db.write() as tx:
            heads = _heads(tx, self._who(tx), record)
            shown = revision.shown(heads)
            if not shown.deleted:
                raise RefusedError("この資源は消してありません。", code="not_deleted")
            content = Content(shown.key, None, shown.body)
            return self._save(tx, Change(content, revision.parents_for(shown, heads)), "戻しました")

    def take_over(self, record: str) -> Done:
        """Make a predecessor's resource one's own: a copy that ``succeeds`` it.

        Its id follows from the predecessor's, so that two PCs of one promoter make one record.
        """
        return self.take_over_all([record])

    def take_over_all(self, records: Sequence[str]) -> Done:
        """Take several over, all or none, as one step to undo; ``id`` is that of the first."""
        with self._store.db.write() as tx:
            who = self._who(tx)
            made = save(self._store, tx, _taking(tx, who, records))
            text = f"前任者の地域の資源{len(made)}件を引き継ぎました"
            if len(made) == 1:
                text = f"『{made[0].body['name']}』を引き継ぎました"
            self._remember(tx, made, text)
        return Done(made[0].key.id, text)

    def record(self, record: str) -> tuple[Resource, str]:
        """Return (the resource, the head it shows) for a form."""
        with self._store.db.read() as tx:
            who = self._who(tx)
            heads = _heads(tx, who, record)
            shown = revision.shown(heads)
            versions = len(revisions.of_record(tx, shown.key))
        conflict = revision.in_conflict(heads)
        one = rules.read(shown.body, record, who.promoter, version=versions, conflict=conflict)
        return one, shown.id

    def counts(self, year: int) -> YearCounts:
        """Return the counts at the end of a fiscal year, or today in the running one."""
        with self._store.db.read() as tx:
            who = self._who(tx)
            held = not_continued(resources.shown(tx))
            mine = [one for one in held if one.promoter == who.promoter]
            return count(mine, resources.first_days(tx), year, self.today())

    def ceiling(self, given: Resource, day: date | None = None) -> int | None:
        """Return the estimate (めやす) of the ceiling in yen a year; None where there is none."""
        return ceiling(given, day or self.today(), self._ceilings())

    def ceiling_words(self, given: Resource, day: date | None = None) -> str:
        """Return the same as a sentence, '' where there is none."""
        return in_words(given, day or self.today(), self._ceilings())

    def _ceilings(self) -> tuple[Ceiling, ...]:
        with self._store.db.read() as tx:
            return ceilings(roster(tx))

    def today(self) -> date:
        return self._store.clock.today()

    def areas(self) -> dict[str, str]:
        """Return the areas that may be chosen, code → name: one's own, for the city all.

        What was handed over may come before the settings that name the new appointment.
        """
        with self._store.db.read() as tx:
            people, who = roster(tx), self._who(tx)
            held = resources.shown(tx, None if self._sheet_of is None else who.promoter)
        mine = {a.area for a in people.of_promoter(who.promoter)} | {one.area for one in held}
        return {a.code: a.name for a in people.areas if a.code in mine or not who.promoter}

    def keep_draft(self, draft_id: str, fields: dict[str, Any]) -> None:
        """Keep what is being typed; it never leaves this PC."""
        with self._store.db.write() as tx:
            kept = {**fields, **self._mark}
            drafts.put(tx, Draft(draft_id, self._store.clock.text(), kept))

    def drop_draft(self, draft_id: str) -> None:
        with self._store.db.write() as tx:
            drafts.remove(tx, draft_id)

    def drafts(self) -> Sequence[Draft]:
        """Return what was begun in this register by whoever is at work, newest first."""
        with self._store.db.read() as tx:
            kept = drafts.all_drafts(tx)
        return [d for d in kept if all(d.fields.get(k) == v for k, v in self._mark.items())]

    def _patch(
        self, record: str, patch: Mapping[str, Any], verb: str, opened: str | None = None
    ) -> Done:
        with self._store.db.write() as tx:
            source = Source(record, opened)
            return self._rewrite(tx, source, lambda old: merge_patch(old, dict(patch)), verb)

    def _rewrite(
        self, tx: Tx, source: Source, say: Callable[[dict[str, Any]], dict[str, Any]], verb: str
    ) -> Done:
        who = self._who(tx)
        heads = _heads(tx, who, source.record or "")
        shown = next((h for h in heads if h.id == source.opened), revision.shown(heads))
        _refuse_deleted(shown)
        before, unknown = resource_form.split_known(shown.body)
        body = self._body(tx, who, {"area": before.get("area"), **say(before)})
        content = Content(shown.key, None, {**unknown, **body})
        return self._save(tx, Change(content, revision.parents_for(shown, heads)), verb)

    def _body(
        self, tx: Tx, who: Facts, given: Mapping[str, Any], line: int | None = None
    ) -> dict[str, Any]:
        where = f"{line}件目: " if line else ""
        body = resource_form.read(given, roster(tx), who.promoter, self.today())
        blocking = rules.missing(body, self.today())
        if blocking:
            raise RefusedError(where + blocking[0].text, code=blocking[0].code)
        return body

    def _save(self, tx: Tx, change: Change, verb: str) -> Done:
        made = save(self._store, tx, [change])
        text = f"『{made[0].body['name']}』を{verb}"
        self._remember(tx, made, text)
        return Done(made[0].key.id, text)

    def _remember(self, tx: Tx, made: Sequence[Revision], text: str) -> None:
        """Remember the step to undo; what staff write for somebody also stands in their log."""
        remember(self._store, tx, made, text)
        if made and facts(tx).is_office:
            whose = made[0].key.promoter
            note(self._store, tx, "enter", promoter=whose, changes=changed(made))


def _new(store: Store, tx: Tx, who: Facts, body: dict[str, Any]) -> Content:
    record = new_record_id(store, tx, body)
    return Content(RecordKey(who.promoter or None, TYPE, record), None, body)


def _taking(tx: Tx, who: Facts, records: Sequence[str]) -> Sequence[Change]:
    """Return the records that continue what others left; RefusedError where one is not left."""
    held = not_continued(resources.shown(tx))
    left = {one.id: one.promoter for one in held if one.promoter != who.promoter}
    if not records or not left.keys() >= set(records):
        raise RefusedError("引き継ぐ資源が見つかりません。", code="not_found")
    found = []
    for record in dict.fromkeys(records):
        key = RecordKey(left[record] or None, TYPE, record)
        body = revision.shown(revisions.heads_of_record(tx, key)).body
        own = RecordKey(who.promoter or None, TYPE, derived_id(who.promoter, TYPE, record))
        found.append(replace_shown(tx, Content(own, None, {**body, "succeeds": record})))
    return found


def _heads(tx: Tx, who: Facts, record: str) -> Sequence[Revision]:
    heads = revisions.heads_of_record(tx, RecordKey(who.promoter or None, TYPE, record))
    if not heads and any(one.id == record for one in resources.shown(tx)):
        text = "前任者などほかの人の資源です。引き継いでから直してください。"
        raise RefusedError(text, code="not_own")
    if not heads:
        raise RefusedError(f"その資源は見つかりません: {record}", code="not_found")
    return heads


def _refuse_deleted(shown: Revision) -> None:
    if shown.deleted:
        raise RefusedError("この資源は消してあります。先に元に戻してください。", code="deleted")
