"""What screen 4 shows: one month on its way to the office, and what was typed for it so far."""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kashiwa_desktop.domain.closing import read_report
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services import holidays
from kashiwa_desktop.services.months.closing import Closing, MonthView
from kashiwa_desktop.services.store import Store, office_settings, promoter_facts
from kashiwa_desktop.services.travel.asked import all_asked, unsent_answers
from kashiwa_desktop.services.travel.home import Home
from kashiwa_desktop.storage import bundles, meta, recorded, revisions
from kashiwa_desktop.storage.bundles import Bundle
from kashiwa_desktop.storage.database import Tx

MeetingAnswer = Literal["", "absent", "not_held"]

MEETING_WORDS: dict[MeetingAnswer, str] = {
    "absent": "推進員定例会は欠席しました。",
    "not_held": "推進員定例会は開かれませんでした。",
}
_ARCHIVED = re.compile(r"\A\d{4}-\d{2}-\d{2}_")
"""What the archive puts before the name a file has on the stick."""
_LOOK_BACK = 12  # months in which an open one is still worth a reminder


@dataclass(frozen=True, slots=True)
class TypedWords:
    """What was typed for a month before its closing: 成果・課題・提案, and the 定例会 answer."""

    remark: str = ""
    meeting: MeetingAnswer = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MonthInHand:
    """One month on its way: where it stands, until when, and what is still to be said.

    ``asked`` things are still open on 事務局からの返事; ``has_answers`` says that an answer about
    this month is in no file yet.
    """

    view: MonthView
    words: TypedWords
    deadline: date
    earlier_open: tuple[Month, ...] = ()
    saved_as: str = ""
    on_stick: bool = True
    asked: int = 0
    has_answers: bool = False

    @property
    def step(self) -> int:
        """Return the step that is next: 2 締める, 3 保存する, 4 印刷する (nothing more is due)."""
        if not self.view.is_closed or self.view.changed_after_close:
            return 2
        return 3 if self.view.state == "closed" or self.has_answers else 4


class HandingOver:
    """The way of a month from the list to the stick."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._closing = Closing(store)

    def today(self) -> date:
        return self._store.clock.today()

    def month_offered(self) -> Month:
        """Return the month that is to be handed over now, the same that 今月 names."""
        return Home(self._store).show().hand_over.month

    def show(self, month: Month) -> MonthInHand:
        """Return everything the page says about a month."""
        view = self._closing.show(month)
        with self._store.db.read() as tx:
            office = office_settings(tx)
            sent = _last_file(tx, view)
            who = promoter_facts(tx)
            return MonthInHand(
                view=view,
                words=_words(tx, view),
                deadline=holidays.deadline(month, office),
                earlier_open=tuple(_earlier_open(tx, who.promoter, month)),
                on_stick=meta.get(tx, _place_name(month)) != "folder",
                saved_as=_ARCHIVED.sub("", sent.file) if sent else "",
                asked=sum(one.is_open for one in all_asked(tx, who)),
                has_answers=month in unsent_answers(tx, who),
            )

    def keep_words(self, month: Month, words: TypedWords) -> None:
        """Keep what was typed for a month that is not closed yet; it stays on this PC."""
        text = json.dumps(
            {"remark": words.remark, "meeting": words.meeting, "reason": words.reason},
            ensure_ascii=False,
        )
        with self._store.db.write() as tx:
            promoter_facts(tx)
            meta.put(tx, _name(month), text)

    def note_place(self, month: Month, *, on_stick: bool) -> None:
        """Remember whether the last file of a month went onto a stick or into a folder."""
        with self._store.db.write() as tx:
            meta.put(tx, _place_name(month), "stick" if on_stick else "folder")

    def close(self, month: Month, words: TypedWords) -> MonthView:
        """Close the month with what was typed for it; the 定例会 answer becomes its first line."""
        self.keep_words(month, words)
        return self._closing.close(month, remark=_told(words))

    def close_empty(self, month: Month, words: TypedWords) -> MonthView:
        """Close a month without activity; ``words.reason`` says why."""
        self.keep_words(month, words)
        return self._closing.close(month, empty=True, reason=words.reason, remark=_told(words))

    def reopen(self, month: Month) -> MonthView:
        """締める前に戻す."""
        return self._closing.reopen(month)


def _told(words: TypedWords) -> str:
    lines = [MEETING_WORDS.get(words.meeting, ""), words.remark.strip()]
    return "\n".join(line for line in lines if line)


def _words(tx: Tx, view: MonthView) -> TypedWords:
    """Return what was typed here, or what the report says where this PC has no note of it."""
    kept = meta.get(tx, _name(view.month))
    if kept:
        return TypedWords(**json.loads(kept))
    if view.report is None:
        return TypedWords()
    remark, answer = view.report.remark, ""
    for code, sentence in MEETING_WORDS.items():
        if remark.startswith(sentence):
            remark, answer = remark.removeprefix(sentence).lstrip("\n"), code
    return TypedWords(remark, answer, view.report.reason)  # type: ignore[arg-type]


def _name(month: Month) -> str:
    return f"handing_over {month}"


def _place_name(month: Month) -> str:
    return f"saved_to {month}"


def _last_file(tx: Tx, view: MonthView) -> Bundle | None:
    """Return the newest file that carried this closing."""
    if view.report is None or not bundles.carried(tx, [view.report.id], "out"):
        return None
    made = [b for b in bundles.all_bundles(tx, "out") if b.kind == "submission"]
    return max(made, key=lambda b: b.seq, default=None)


def _earlier_open(tx: Tx, promoter: str, month: Month) -> list[Month]:
    """Return the earlier months with records that were never closed, oldest first."""
    start = month
    for _ in range(_LOOK_BACK):
        start = start.previous()
    held = recorded.months(tx, promoter)
    reports = map(read_report, revisions.shown(tx, "month_report", promoter))
    closed = {report.month for report in reports if report.is_closed}
    found = (Month.parse(text) for text in held)
    return [m for m in found if start <= m < month and m not in closed]
