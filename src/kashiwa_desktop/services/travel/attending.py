"""Who was at the 推進員定例会: entered once by the office, offered to each promoter in his return.

An offer only: a promoter's record comes from the promoter (PRODUCT.md §4, screen 21).
"""

from collections.abc import Collection, Iterable
from datetime import date

from kashiwa_desktop.domain import regular_meeting, revision
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.regular_meeting import RegularMeeting, is_hour, meeting_key
from kashiwa_desktop.domain.revision import Content
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.store import Change, Store, note, office_facts, replace_shown, save
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.storage.database import Tx


class Attending:
    """The office's side: who was there, told to those it concerns."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def attended(self, day: date, promoters: Iterable[str]) -> set[str]:
        """Return who of these is told that he was there on ``day``."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return {p for p in promoters if _told(tx, p, day) is not None}

    def tell(self, meeting: RegularMeeting, attended: Collection[str], among: Iterable[str]) -> int:
        """Tell those who attended, and take it back from the others ``among`` whom it was told.

        Returns for how many something changed; what stays as it was writes nothing.
        """
        meeting = _checked(meeting)
        with self._store.db.write() as tx:
            office_facts(tx)
            changes = [
                self._change(tx, meeting, promoter, attended=promoter in attended)
                for promoter in among
            ]
            wanted = [change for change in changes if change is not None]
            if wanted:
                save(self._store, tx, wanted)
                note(self._store, tx, "attendance", day=meeting.day.isoformat(), told=len(wanted))
        return len(wanted)

    def _change(
        self, tx: Tx, meeting: RegularMeeting, promoter: str, *, attended: bool
    ) -> Change | None:
        key = meeting_key(promoter, meeting.day)
        before = _told(tx, promoter, meeting.day)
        if before == (meeting if attended else None):
            return None
        body = meeting.body(attended=attended)
        return replace_shown(tx, Content(key, str(Month.of(meeting.day)), body))


def _checked(meeting: RegularMeeting) -> RegularMeeting:
    if not (is_hour(meeting.start) and is_hour(meeting.end)):
        raise RefusedError("定例会の時刻は 13:30 のようにお書きください。", code="hour")
    return RegularMeeting(meeting.day, meeting.start, meeting.end, clean(meeting.place))


def _told(tx: Tx, promoter: str, day: date) -> RegularMeeting | None:
    heads = revisions.heads_of_record(tx, meeting_key(promoter, day))
    return regular_meeting.read(revision.shown(heads).body) if heads else None
