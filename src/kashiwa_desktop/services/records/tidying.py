"""Deleting several records at once, and 消した記録: what was deleted can be brought back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kashiwa_desktop.domain import activity as rules
from kashiwa_desktop.domain import revision
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.closing import read_report, report_key
from kashiwa_desktop.domain.code_list import CodeLists
from kashiwa_desktop.domain.day import as_day
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import Content, RecordKey, Revision
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.store import Change, Facts, Store, code_lists, promoter_facts, save
from kashiwa_desktop.storage import deleted, drafts, revisions
from kashiwa_desktop.storage.database import Tx

KEPT_DAYS = 90
"""How long a deleted record is offered to be brought back (PRODUCT.md, screen 3)."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """A record that was deleted at ``at``, as it stood, and the days it is still offered."""

    activity: Activity
    at: datetime
    days_left: int


class Tidying:
    """Deleting and bringing back; one undo step for each call."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def delete(self, records: Sequence[str], *, next_version: bool = False) -> str:
        """Delete records, all or none; returns what was done, in words for the undo strip.

        RefusedError ``month_closed`` without ``next_version`` where a month is closed.
        """
        with self._store.db.write() as tx:
            who = promoter_facts(tx)
            shown = [s for name in records if not (s := _shown(tx, who, name)).deleted]
            if not shown:
                raise RefusedError("この記録はもう消してあります。", code="deleted")
            if not next_version:
                _refuse_closed(tx, who, shown)
            return _write(self._store, tx, shown, "消しました", gone=True)

    def bring_back(self, records: Sequence[str]) -> str:
        """Bring deleted records back as they stood; returns what was done, in words."""
        with self._store.db.write() as tx:
            who = promoter_facts(tx)
            shown = [s for name in records if (s := _shown(tx, who, name)).deleted]
            if not shown:
                raise RefusedError("この記録は消してありません。", code="not_deleted")
            return _write(self._store, tx, shown, "戻しました", gone=False)

    def deleted(self) -> list[Deleted]:
        """Return what was deleted within ``KEPT_DAYS``, the newest deletion first."""
        now = self._store.clock.now()
        since = (now - timedelta(days=KEPT_DAYS)).isoformat()
        with self._store.db.read() as tx:
            who = promoter_facts(tx)
            gone = [r for r in deleted.heads(tx, "activity", who.promoter) if r.at >= since]
            codes = code_lists(tx)
        found = [_deleted(r, now, codes) for r in gone if r.body]
        return sorted(found, key=lambda one: one.at, reverse=True)


def _deleted(gone: Revision, now: datetime, codes: CodeLists) -> Deleted:
    at = datetime.fromisoformat(gone.at)
    left = KEPT_DAYS - (now - at).days
    a = rules.read(gone.body, gone.key.id, gone.key.promoter or "", codes=codes)
    return Deleted(a, at, left)


def _shown(tx: Tx, who: Facts, record: str) -> Revision:
    heads = revisions.heads_of_record(tx, RecordKey(who.promoter, "activity", record))
    if not heads:
        raise RefusedError("その記録は見つかりません。", code="not_found")
    return revision.shown(heads)


def _refuse_closed(tx: Tx, who: Facts, shown: Sequence[Revision]) -> None:
    for text in sorted({r.month for r in shown if r.month}):
        month = Month.parse(text)
        heads = revisions.heads_of_record(tx, report_key(who.promoter, month))
        if heads and read_report(revision.shown(heads)).is_closed:
            words = f"{month.short()}は締めてあります。締める前に戻すか、次の版に入れてください。"
            raise RefusedError(words, code="month_closed", month=str(month))


def _write(store: Store, tx: Tx, shown: Sequence[Revision], verb: str, *, gone: bool) -> str:
    changes = []
    for r in shown:
        heads = revisions.heads_of_record(tx, r.key)
        content = Content(r.key, r.month, r.body, deleted=gone)
        changes.append(Change(content, revision.parents_for(r, heads)))
    made = save(store, tx, changes)
    text = _words(made, verb)
    drafts.add_step(tx, store.clock.text(), text, [(r.key.id, r.id) for r in made])
    return text


def _words(made: Sequence[Revision], verb: str) -> str:
    if len(made) > 1:
        return f"{len(made)}件を{verb}"
    day = as_day(made[0].body["date"])
    return f"『{day.month}月{day.day}日 {made[0].body['title']}』を{verb}"
