"""All there is to see about one promoter's month before it is approved, reasons first."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kashiwa_desktop.domain import activity as activity_rules
from kashiwa_desktop.domain import closing as closing_rules
from kashiwa_desktop.domain import honorarium, look_alike, revision, ruling
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.asking import RETURN, Question
from kashiwa_desktop.domain.board import Cell
from kashiwa_desktop.domain.closing import MonthReport, report_key
from kashiwa_desktop.domain.honorarium import HonorariumLine
from kashiwa_desktop.domain.look_alike import LookAlike
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import Appointment, Roster, overlaps
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.domain.revision import Revision
from kashiwa_desktop.domain.ruling import PaymentRuling
from kashiwa_desktop.services.months.approvals import MonthHeld, state_of
from kashiwa_desktop.services.months.closing import changed_after, month_heads
from kashiwa_desktop.services.store import office_facts, office_settings, roster
from kashiwa_desktop.services.travel.late_settings import late_settings
from kashiwa_desktop.services.travel.returning import questions_of
from kashiwa_desktop.storage import activities, revisions
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx

NO_RULING = "支払判断が要ります。"
TWICE_APPOINTED = "double_appointment"
"""Code of the finding that keeps a month from being approved: one claim would be paid twice."""


@dataclass(frozen=True, slots=True)
class Review:
    """All there is to see about one promoter's month before it is approved; yen in yen.

    ``entered_by`` are the staff whose own words are among the heads: they do not approve it.
    """

    promoter: str
    name: str
    month: Month
    cell: Cell
    report: MonthReport | None
    heads: tuple[str, ...]
    activities: tuple[Activity, ...]
    findings: tuple[Problem, ...]
    honorarium: tuple[HonorariumLine, ...]
    questions: tuple[Question, ...] = ()
    look_alikes: tuple[LookAlike, ...] = ()
    ruling: PaymentRuling | None = None
    entered_by: frozenset[str] = frozenset()

    @property
    def yen(self) -> int:
        """What this month pays, in yen."""
        return sum(line.yen for line in self.honorarium)

    @property
    def is_clean(self) -> bool:
        """Whether it arrived and there is nothing to look at: only these are approved together."""
        return self.cell.state == "received" and not self.findings

    @property
    def wants_ruling(self) -> bool:
        """Whether a 支払判断 must come before the approval: no activity, and yet paid."""
        return self.is_paid_without_activity and self.ruling is None

    @property
    def is_paid_without_activity(self) -> bool:
        return self.report is not None and self.report.state == closing_rules.EMPTY and self.yen > 0


@dataclass(frozen=True, slots=True)
class ReviewDesk:
    """What reviews are read with in one transaction; meetings of a month are looked up once."""

    tx: Tx
    people: Roster
    office: Office
    _meetings: dict[Month, list[Activity]] = field(default_factory=dict)

    def meetings(self, month: Month) -> list[Activity]:
        """Return every 支えあい会議 of the month, of all promoters."""
        if month not in self._meetings:
            wanted = Wanted(first=month, last=month, category="council")
            self._meetings[month] = activities.find(self.tx, wanted)
        return self._meetings[month]


def review_desk(tx: Tx) -> ReviewDesk:
    """Return the desk of an office store; RefusedError for any other."""
    office_facts(tx)
    return ReviewDesk(tx, roster(tx), office_settings(tx))


def expected(people: Roster, month: Month) -> list[str]:
    """Return who is expected to hand this month over, in the order of areas."""
    mine = [a for a in people.active(month) if not a.suspended_in(month)]
    return list(dict.fromkeys(a.promoter for a in mine))


def review_of(desk: ReviewDesk, promoter: str, month: Month) -> Review:
    """Return everything there is to see about this month."""
    tx = desk.tx
    held = MonthHeld(
        promoter,
        month,
        revisions.heads_of_record(tx, report_key(promoter, month)),
        month_heads(tx, promoter, month),
        questions_of(tx, promoter, month),
    )
    found = activities.find(tx, Wanted(promoter, month, month))
    days = honorarium.activity_days(found)
    active = desk.people.active(month, promoter)
    lines = honorarium.lines(active, desk.office, month, days)
    pairs = _look_alikes(desk, promoter, month, found)
    said = _ruling(tx, held, sum(line.yen for line in lines))
    findings = [
        *_of_appointments(desk, active, lines, month),
        *_of_report(tx, held, lines, said),
        *_of_records(held.heads, found, pairs),
        *_of_questions(held.questions),
    ]
    person = desk.people.person(promoter)
    return Review(
        promoter=promoter,
        name=person.name if person else promoter,
        month=month,
        cell=state_of(tx, desk.office, held, findings),
        report=held.report,
        heads=tuple(h.id for h in held.heads),
        activities=tuple(found),
        findings=tuple(findings),
        honorarium=tuple(lines),
        questions=tuple(held.questions),
        look_alikes=tuple(pairs),
        ruling=said,
        entered_by=_entered_by(tx, [*held.heads, *held.reports]),
    )


def _look_alikes(
    desk: ReviewDesk, promoter: str, month: Month, found: Sequence[Activity]
) -> list[LookAlike]:
    meetings = [a for a in found if a.category == "council"]
    pairs = look_alike.of_one_promoter(found)
    if meetings:
        pairs += look_alike.of_two_areas(meetings, desk.meetings(month))
    return ruling.still_open(pairs, revisions.shown(desk.tx, "decision", promoter)) if pairs else []


def _ruling(tx: Tx, held: MonthHeld, yen: int) -> PaymentRuling | None:
    if held.report is None or held.report.state != closing_rules.EMPTY:
        return None
    said = revisions.heads_of_record(tx, ruling.payment_key(held.promoter, held.month))
    return ruling.payment(revision.shown(said), held.report.id, yen) if said else None


def _entered_by(tx: Tx, heads: Sequence[Revision]) -> frozenset[str]:
    """Return the staff whose own words stand in these heads, of records or of the closing.

    Whoever decides a conflict writes what one side had said: that side's author counts.
    """
    found = set()
    for head in heads:
        author = head
        while author.by.role == "office" and author.resolves is not None:
            chosen = revisions.load(tx, [author.resolves["chosen"]])
            if not chosen:
                break
            author = chosen[0]
        if author.by.role == "office":
            found.add(author.by.who)
    return frozenset(found)


def _of_questions(questions: list[Question]) -> list[Problem]:
    """Return what was asked and not yet settled: still unanswered, or answered and to be read."""
    found = []
    for q in questions:
        if q.settled or q.kind == RETURN:
            continue
        text = f"お聞きしていることがあります: {q.text}"
        if q.answer is not None:
            said = {True: "この直し方でよい", False: "事実とちがう", None: ""}[q.answer.agrees]
            text = f"お返事があります: {' '.join(filter(None, (said, q.answer.text)))}"
        found.append(Problem("answered" if q.answer else "asked", text, record=q.record))
    return found


def _of_records(
    heads: Sequence[Revision], found: Sequence[Activity], pairs: Sequence[LookAlike]
) -> list[Problem]:
    """Return what there is to look at in the records themselves."""
    problems = []
    for i, a in enumerate(found):
        if a.conflict:
            problems.append(Problem("conflict", "内容にちがいのある記録です。", record=a.id))
        problems += _doubts(a, found[:i], pairs)
    problems += [_same_question(pair) for pair in pairs if not _says_twice(pair)]
    problems += [
        Problem("date_outside", "日付がこの月ではありません。", record=h.key.id)
        for h in heads
        if not h.deleted and str(h.body["date"])[:7] != h.month
    ]
    return problems


def _doubts(a: Activity, earlier: Sequence[Activity], pairs: Sequence[LookAlike]) -> list[Problem]:
    """Return the doubts about a record, without 「同じ内容」 where it was called another one."""
    found = activity_rules.doubts(a, earlier, None)
    if any(pair.has(a.id) and pair.has(other.id) for pair in pairs for other in earlier):
        return found
    return [p for p in found if p.code != "twice"]


def _says_twice(pair: LookAlike) -> bool:
    return not pair.joint and pair.one.title == pair.other.title


def _same_question(pair: LookAlike) -> Problem:
    where = "ほかの地域の記録" if pair.joint else "もう1件の記録"
    text = f"同じ活動ですか({where}「{pair.other.title}」と日付や場所が同じです)。"
    return Problem("look_alike", text, record=pair.one.id)


def _of_appointments(
    desk: ReviewDesk, active: Sequence[Appointment], lines: Sequence[HonorariumLine], month: Month
) -> list[Problem]:
    """Return what there is to look at in the roster before this month is paid."""
    by_id = {a.id: a for a in active}
    problems = []
    for one, _ in overlaps(active):
        area = desk.people.area(by_id[one].area).name
        text = (
            f"{area}の委嘱が2つ、同じ期間に重なっています。支払が2回になります。"
            "先に名簿で、どちらかの終わりの日を直してください。"
        )
        problems.append(Problem(TWICE_APPOINTED, text))
    claimed = {line.appointment for line in lines}
    for a in active:
        lost = [x for x in a.adjustments if x.month == month]
        if lost and a.id not in claimed and not a.suspended_in(month):
            area = desk.people.area(a.area).name
            text = f"{area}の、この月は払わない方の委嘱に調整があります。付け直してください。"
            problems.append(Problem("adjustment_left", text))
    return problems


def _of_report(
    tx: Tx, held: MonthHeld, lines: Sequence[HonorariumLine], said: PaymentRuling | None
) -> list[Problem]:
    """Return what there is to look at in the closing of the month."""
    problems = []
    if revision.in_conflict(held.reports):
        problems.append(Problem("report_conflict", "この月の締めが2つあります。"))
    report = held.report
    if report is None:
        return problems
    changed = changed_after(tx, report.heads, held.heads)
    if report.is_closed and changed:
        problems.append(Problem("changed_after_close", f"締めのあとの変更が{changed}件あります。"))
    if report.state == closing_rules.EMPTY and lines:
        why = NO_RULING if said is None else f"支払判断: {said.text}({said.by})"
        text = f"活動がなかった月です(理由: {report.reason})。{why}"
        problems.append(Problem("empty_month", text))
    if report.is_closed:
        problems += _of_amount(report, lines)
    late = late_settings(tx, held.promoter, report.id)
    return problems + ([late] if late else [])


def _of_amount(report: MonthReport, lines: Sequence[HonorariumLine]) -> list[Problem]:
    told = sorted((line.appointment, line.yen) for line in report.honorarium)
    ours = sorted((line.appointment, line.yen) for line in lines)
    if told == ours:
        return []
    text = (
        f"委託金の計算が推進員のパソコンとちがいます"
        f"(推進員 {sum(y for _, y in told):,}円、事務局 {sum(y for _, y in ours):,}円)。"
    )
    return [Problem("honorarium", text)]
