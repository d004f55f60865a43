"""確認のお願い and お聞きすること on paper, one page for each promoter."""

import io
from collections.abc import Sequence
from pathlib import Path

from kashiwa_desktop.domain.asking import CORRECTION, RETURN, Question
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.reports import asking_papers
from kashiwa_desktop.reports.asking_papers import AskedLine, AskingSheet, Kind
from kashiwa_desktop.reports.parts.page import Made
from kashiwa_desktop.services.checking.review import (
    Review,
    ReviewDesk,
    expected,
    review_desk,
    review_of,
)
from kashiwa_desktop.services.printed import Printed, offer, sender_of
from kashiwa_desktop.services.store import Store

_KINDS = {RETURN: "もう一度締めて、次の版を出してください。", CORRECTION: "事務局で直しました。"}
_AGREES = {True: "この直し方でよい", False: "事実とちがう", None: ""}
_WHOLE = "この月全体"


class AskingPapers:
    """What is printed to ask promoters about their months."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def requests(
        self,
        month: Month,
        promoters: Sequence[str] | None,
        out: Path | None,
        *,
        duplex: bool = False,
    ) -> Printed:
        """確認のお願い: the open questions of each promoter asked for, or of all who have some.

        With ``duplex`` nobody's paper is on the back of somebody else's. RefusedError where nobody
        has an open question.
        """
        made = self._print("request", month, promoters, duplex=duplex)
        return offer(self._store, out, *made)

    def asks(self, month: Month, promoters: Sequence[str] | None, out: Path | None) -> Printed:
        """お聞きすること: questions and findings of each promoter, with room to write answers.

        Without ``promoters`` only those about whom there is something. RefusedError for nobody.
        """
        return offer(self._store, out, *self._print("asking", month, promoters))

    def _print(
        self, kind: Kind, month: Month, promoters: Sequence[str] | None, *, duplex: bool = False
    ) -> tuple[bytes, Made]:
        with self._store.db.read() as tx:
            desk = review_desk(tx)
            wanted = promoters or expected(desk.people, month)
            found = [_sheet(desk, kind, review_of(desk, p, month)) for p in wanted]
            sender = sender_of(self._store, tx)
        keep_empty = kind == "asking" and promoters is not None
        sheets = [sheet for sheet in found if sheet.lines or keep_empty]
        if not sheets:
            text = f"{month.short()}には、お聞きすることがありません。"
            raise RefusedError(text, code="nothing_to_print")
        buffer = io.BytesIO()
        made = asking_papers.render(sheets, sender, buffer, duplex=duplex)
        return buffer.getvalue(), made


def _sheet(desk: ReviewDesk, kind: Kind, review: Review) -> AskingSheet:
    person, office = desk.people.person(review.promoter), desk.office
    mine = desk.people.active(review.month, review.promoter)
    report = review.report if review.report and review.report.is_closed else None
    contact = " ".join(filter(None, (office.full_name(), office.officer, office.telephone)))
    return AskingSheet(
        kind=kind,
        month=review.month,
        area="・".join(dict.fromkeys(desk.people.area(a.area).name for a in mine)),
        name=review.name,
        kana=person.kana if person else "",
        check_code=report.code if report else "",
        version=report.version if report else 0,
        lines=_requests(review) if kind == "request" else _asks(review),
        phone=desk.people.contact(review.promoter).phone if kind == "asking" else "",
        contact=contact if kind == "request" else "",
        remark=report.remark if report and kind == "asking" else "",
    )


def _requests(review: Review) -> list[AskedLine]:
    """Return what the promoter still has to answer."""
    return [_question(review, q) for q in review.questions if q.is_open]


def _asks(review: Review) -> list[AskedLine]:
    """Return what was asked and is not settled, then what else there is to look at."""
    found = [_question(review, q) for q in review.questions if not q.settled]
    more = [p for p in review.findings if p.code not in ("asked", "answered")]
    return [*found, *(AskedLine(_about(review, p.record), p.text) for p in more)]


def _question(review: Review, question: Question) -> AskedLine:
    text = " ".join(filter(None, (_KINDS.get(question.kind), question.text)))
    said = question.answer
    answer = "" if said is None else " ".join(filter(None, (_AGREES[said.agrees], said.text)))
    return AskedLine(_about(review, question.record), text, answer)


def _about(review: Review, record: str | None) -> str:
    a = next((a for a in review.activities if a.id == record), None)
    if a is not None:
        return f"{long_date(a.date)}\n{a.title}"
    return _WHOLE if record is None else "消した記録"
