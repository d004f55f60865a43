"""The log is another one than this PC knew, because a colleague went back to a copy elsewhere.

In an office with a shared database the heads of the log (``services.log_heads``) lie beside the
keys of each PC. The one that went back left its own behind; every other one doubts, and rightly:
a log that was cut looks the same. So a 管理者 reads who went back, when, and to what day, and
accepts it; that is a line of the log, on the 支払一覧 and in ``check``. Without a going back in the
log, or where anything else is wrong with it, nothing can be accepted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.errors import AppError, RefusedError
from kashiwa_desktop.services import log_heads
from kashiwa_desktop.services.store import Store, allow, office_facts
from kashiwa_desktop.storage import audit, testimony
from kashiwa_desktop.storage.audit import Entry
from kashiwa_desktop.storage.database import Tx

ACCEPTED = "accept_log"
_NONE = "操作の記録に、確かめることはありません。"
_UNEXPLAINED = (
    "操作の記録が前に確かめたときと合わないのに、予備の写しに戻した記録がありません。"
    "認めることはできません。支払をせず、サポートに電話してください。"
)
_REWRITTEN = (
    "操作の記録が書きかえられています。認めることはできません。サポートに電話してください。"
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Which lines are not there any more, by which goings back; ``why_not`` it can be accepted."""

    first: int
    last: int
    backs: tuple[str, ...]
    why_not: str = ""

    @property
    def words(self) -> str:
        """What was undone, from when to when and by whom, in one text."""
        gone = (
            f"前の操作の記録の{self.first}行目から{self.last}行目までは、いまの記録にありません。"
        )
        return "".join([*self.backs, gone])


class LogDoubts:
    """What a 管理者 may do about a log that another PC changed by going back."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def look(self) -> Doubt | None:
        with self._store.db.read() as tx:
            return doubt(self._store, tx)

    def accepted(self) -> list[str]:
        """Return what was accepted in this office so far, in words."""
        with self._store.db.read() as tx:
            return accepted(tx)

    def accept(self, seen: Doubt) -> Doubt:
        """Write down that it was looked at and accepted; RefusedError where it cannot be.

        ``seen`` is what the person was shown: where more came since, nothing is accepted.
        """
        with self._store.db.write() as tx:
            office_facts(tx)
            allow(self._store, tx, "supervisor")
            found = doubt(self._store, tx)
            if found is None or found != seen or found.why_not:
                text = _NONE if found is None else found.why_not or "もう一度ご確認ください。"
                raise RefusedError(text, code="not_accepted")
            at, who = self._store.clock.text(), self._store.staff
            audit.write(tx, at, who, ACCEPTED, lines=[found.first, found.last])
        log_heads.accept(self._store.folder, self._store.db, found.first)
        return found


def doubt(store: Store, tx: Tx) -> Doubt | None:
    """Return what this PC's heads say against the log, None where they say nothing."""
    try:
        bad = log_heads.contradicted(store.folder, tx)
        if not bad:
            return None
        backs = log_heads.unknown_backs(store.folder, tx, min(bad))
    except AppError as error:
        return Doubt(0, 0, (), error.text)
    first = backs[0].n if backs else min(bad)
    if not audit.is_whole(tx) or testimony.differences(tx):
        return Doubt(first, max(bad), (), _REWRITTEN)
    if not backs:
        return Doubt(first, max(bad), (), _UNEXPLAINED)
    return Doubt(first, max(bad), tuple(_told(tx, backs)))


def accepted(tx: Tx, month: Month | None = None) -> list[str]:
    """Return what was accepted, in words; of a month what could bear on its payments."""
    lines = audit.entries(tx, ACCEPTED)
    return [
        f"{_day(one.at)}に、{one.who}が、予備の写しに戻したことを認めた(操作の記録の{one.n}行目)"
        for one in lines
        if month is None or one.at[:7] >= str(month)
    ]


def _told(tx: Tx, backs: list[Entry]) -> Iterator[str]:
    """Say of each going back when it was, who did it, and what day it went back to."""
    earlier = {e.n: e.at for e in audit.entries(tx) if e.at}
    for one in backs:
        until = max((n for n in earlier if n < one.n), default=0)
        to = f"{_moment(earlier[until])}の写しに" if until else "予備の写しに"
        yield (
            f"{_moment(one.at)}に、{one.who}が{to}戻しました。"
            "そのあいだにしたことは、取り消されています。"
        )


def _day(at: str) -> str:
    return long_date(date.fromisoformat(at[:10]), weekday=False)


def _moment(at: str) -> str:
    return f"{_day(at)} {at[11:16]}"
