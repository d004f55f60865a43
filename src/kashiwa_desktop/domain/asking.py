"""確認のお願い, answers and decisions: what the office asks and what the promoter says to it.

A question is bound to a record (or to a month); its answer has an id derived from it, so that two
PCs of one promoter answer the same thing. BUNDLE.md §8.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kashiwa_desktop.domain import regular_meeting
from kashiwa_desktop.domain.revision import RecordKey, Revision, derived_id

QUESTION, RETURN, CORRECTION = "question", "return", "correction"
CONFLICT = "conflict"
"""What the promoter is asked beside questions: which of several versions is right."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the promoter said: free text, and whether he agrees with a correction."""

    text: str = ""
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the office; ``report`` is the month report's id it was asked about."""

    id: str
    promoter: str
    month: str
    kind: str
    text: str
    record: str | None
    report: str | None
    by: str
    at: str
    settled: bool = False
    answer: Answer | None = None

    @property
    def is_open(self) -> bool:
        """Whether the promoter still has to do something about it."""
        return not self.settled and self.answer is None


def answer_key(promoter: str, question: str) -> RecordKey:
    return RecordKey(promoter, "answer", derived_id(promoter, "answer", question))


def read(questions: Iterable[Revision], answers: Iterable[Revision]) -> list[Question]:
    """Put shown questions and their shown answers together, oldest first.

    What the office tells of a 定例会 asks nothing and is not among them.
    """
    said = {r.body.get("question"): _answer(r.body) for r in answers}
    asked = [r for r in questions if r.body.get("kind") != regular_meeting.KIND]
    found = [_question(r, said.get(r.key.id)) for r in asked]
    return sorted(found, key=lambda q: (q.month, q.at, q.id))


def _answer(body: Mapping[str, Any]) -> Answer:
    return Answer(body.get("text", ""), body.get("agrees"))


def _question(r: Revision, answer: Answer | None) -> Question:
    body = r.body
    return Question(
        id=r.key.id,
        promoter=r.key.promoter or "",
        month=r.month or "",
        kind=body.get("kind", QUESTION),
        text=body.get("text", ""),
        record=body.get("record"),
        report=body.get("report"),
        by=r.by.who,
        at=r.at,
        settled=bool(body.get("settled", False)),
        answer=answer,
    )


def returned(questions: Iterable[Question], report: str | None) -> bool:
    """Whether this very version of the month was sent back and nothing newer came."""
    return any(q.kind == RETURN and not q.settled and q.report == report for q in questions)
