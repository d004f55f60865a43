"""Answering 「同じ活動ですか」: a person decides, the answer is remembered and travels.

Two different activities: nobody is asked again. The same one: a person said which record stays; the
other one goes by a correction of the staff that its promoter is told of and may contradict.
"""

from dataclasses import dataclass

from kashiwa_desktop.domain import revision, ruling
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.asking import CORRECTION
from kashiwa_desktop.domain.look_alike import LookAlike
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import Content, RecordKey
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.checking.review import ReviewDesk, expected, review_desk, review_of
from kashiwa_desktop.services.store import Change, Store, note, replace_shown, save
from kashiwa_desktop.services.travel.returning import Asking, ask
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.storage.database import Tx

CANNOT_KEEP = "残す記録を、もう一度お選びください。"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a person said about a pair: the record to keep, None for two activities."""

    pair: LookAlike
    month: Month
    keep: Activity | None


class LookAlikes:
    """The open questions of a month, and their answers."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def open_in(self, month: Month) -> list[LookAlike]:
        """Return every open look-alike of the month once, in the order of areas."""
        with self._store.db.read() as tx:
            return list(_open(review_desk(tx), month).values())

    def keep_both(self, month: Month, pair: str) -> None:
        """They are two activities: remember it, so that nobody asks again."""
        with self._store.db.write() as tx:
            found = _found(tx, month, pair)
            self._remember(tx, _Answer(found, month, None))

    def keep_one(self, month: Month, pair: str, keep: str) -> None:
        """They are one activity: ``keep`` stays, the other goes, and both promoters are told.

        A joint meeting stays with all its areas, so that each of them still counts it once.
        """
        with self._store.db.write() as tx:
            found = _found(tx, month, pair)
            kept = next((a for a in (found.one, found.other) if a.id == keep), None)
            if kept is None:
                raise RefusedError(CANNOT_KEEP, code="keep")
            if found.one.conflict or found.other.conflict:
                text = "内容にちがいのある記録です。先にどちらの内容にするかお決めください。"
                raise RefusedError(text, code="open_conflict")
            other = found.other if kept is found.one else found.one
            if found.joint:
                self._widen(tx, month, kept, other)
            self._take_away(tx, month, other, kept)
            self._remember(tx, _Answer(found, month, kept))

    def _remember(self, tx: Tx, said: _Answer) -> None:
        """Write the answer once for each promoter concerned; ids tell nobody's name."""
        body = {
            "kind": ruling.LOOK_ALIKE,
            "pair": said.pair.id,
            "same": said.keep is not None,
            "records": sorted((said.pair.one.id, said.pair.other.id)),
            "kept": said.keep.id if said.keep else None,
        }
        for promoter in sorted({said.pair.one.promoter, said.pair.other.promoter}):
            content = Content(ruling.look_alike_key(promoter, said.pair), str(said.month), body)
            save(self._store, tx, [replace_shown(tx, content)])
        note(self._store, tx, "look_alike", pair=said.pair.id, same=body["same"])

    def _widen(self, tx: Tx, month: Month, kept: Activity, other: Activity) -> None:
        """Add the other area to the meeting that stays, where it is not named there yet."""
        if other.area in kept.areas:
            return
        heads = revisions.heads_of_record(tx, RecordKey(kept.promoter, "activity", kept.id))
        shown = revision.shown(heads)
        council = dict(shown.body.get("council") or {})
        joint = {*council.get("joint_areas", ()), *other.areas} - {kept.area}
        council["joint_areas"] = sorted(joint)
        council["lead_area"] = council.get("lead_area") or kept.area
        content = Content(shown.key, shown.month, {**shown.body, "council": council})
        save(self._store, tx, [Change(content, revision.parents_for(shown, heads))])
        text = f"{_words(kept)}を、合同の支えあい会議として、ほかの地域の分もまとめました。"
        ask(self._store, tx, Asking(CORRECTION, month, kept.promoter, text, kept.id))

    def _take_away(self, tx: Tx, month: Month, gone: Activity, kept: Activity) -> None:
        heads = revisions.heads_of_record(tx, RecordKey(gone.promoter, "activity", gone.id))
        shown = revision.shown(heads)
        content = Content(shown.key, shown.month, shown.body, deleted=True)
        save(self._store, tx, [Change(content, revision.parents_for(shown, heads))])
        text = f"{_words(gone)}は、{_words(kept)}と同じ活動とみて、1件にまとめました。"
        if gone.promoter != kept.promoter:
            text = f"{_words(gone)}は、合同の会議として、主催の地域の記録にまとめました。"
            text += "この地域の回数にも数えます。"
        ask(self._store, tx, Asking(CORRECTION, month, gone.promoter, text, gone.id))


def _open(desk: ReviewDesk, month: Month) -> dict[str, LookAlike]:
    found: dict[str, LookAlike] = {}
    for promoter in expected(desk.people, month):
        for pair in review_of(desk, promoter, month).look_alikes:
            found.setdefault(pair.id, pair)
    return found


def _found(tx: Tx, month: Month, pair: str) -> LookAlike:
    found = _open(review_desk(tx), month).get(pair)
    if found is None:
        raise RefusedError("この2件は、もう決めてあります。", code="no_look_alike")
    return found


def _words(a: Activity) -> str:
    return f"『{long_date(a.date, weekday=False)} {a.title}』"
