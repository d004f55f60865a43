"""The office's review: the board, approvals bound to exactly what was seen, conflicts."""

from collections.abc import Sequence
from dataclasses import dataclass

from kashiwa_desktop.domain import activity as activity_rules
from kashiwa_desktop.domain import asking, honorarium, revision
from kashiwa_desktop.domain import board as board_rules
from kashiwa_desktop.domain import closing as closing_rules
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.asking import RETURN, Question
from kashiwa_desktop.domain.board import Cell, Summary
from kashiwa_desktop.domain.closing import MonthReport, report_key
from kashiwa_desktop.domain.honorarium import HonorariumLine
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import Appointment, Area, Roster
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.domain.revision import Content, Revision
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.closing import month_heads
from kashiwa_desktop.services.holidays import deadline
from kashiwa_desktop.services.late_settings import late_settings
from kashiwa_desktop.services.returning import questions_of
from kashiwa_desktop.services.store import (
    Store,
    note,
    office_facts,
    office_settings,
    replace_shown,
    roster,
    save,
)
from kashiwa_desktop.storage import activities, bundles, revisions
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the board: an area with its promoter (None: nobody is appointed)."""

    area: Area
    promoter: str | None
    name: str
    cells: dict[Month, Cell]


@dataclass(frozen=True, slots=True)
class Board:
    """提出状況: rows of areas × months, and the sums over the last month asked for."""

    months: tuple[Month, ...]
    rows: tuple[Row, ...]
    summary: Summary


@dataclass(frozen=True, slots=True)
class Review:
    """All there is to see about one promoter's month before it is approved; yen in yen."""

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


@dataclass(frozen=True, slots=True)
class Left:
    """One promoter whose month was left as it was, and why."""

    promoter: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision on several months did."""

    done: tuple[str, ...]
    left: tuple[Left, ...]


class Reviewing:
    """What district staff and supervisors do with the months that came in."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def board(self, first: Month, last: Month) -> Board:
        """Return the board; its summary is of the last month."""
        with self._store.db.read() as tx:
            office_facts(tx)
            people, office = roster(tx), office_settings(tx)
            wanted = tuple(months(first, last))
            rows = [_row(tx, people, office, who, wanted) for who in _rows(people, wanted)]
        if not wanted:
            raise RefusedError("はじめの月が終わりの月よりあとです。", code="months")
        cells = [row.cells[last] for row in rows if last in row.cells]
        return Board(wanted, tuple(rows), board_rules.summary(cells))

    def review(self, promoter: str, month: Month) -> Review:
        """Return what is to be looked at before this month is approved."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return _review(tx, roster(tx), office_settings(tx), promoter, month)

    def queue(self, month: Month) -> list[Review]:
        """Return the reviews of all who are expected this month, in the order of areas."""
        with self._store.db.read() as tx:
            office_facts(tx)
            people, office = roster(tx), office_settings(tx)
            return [_review(tx, people, office, p, month) for p in _expected(people, month)]

    def approve(
        self, month: Month, promoters: Sequence[str] | None, *, seen: str | None = None
    ) -> Outcome:
        """Approve months; ``promoters`` None means all without anything to look at.

        ``seen`` is the month report's id the person had before him: another one is left alone.
        """
        done, left = [], []
        with self._store.db.write() as tx:
            office_facts(tx)
            people, office = roster(tx), office_settings(tx)
            for promoter in _expected(people, month) if promoters is None else promoters:
                found = _review(tx, people, office, promoter, month)
                reason = _why_not(found, self._store, tx, clean_only=promoters is None)
                if reason is None and seen not in (None, found.report and found.report.id):
                    reason = "見ているあいだに新しい版が届きました。もう一度ご確認ください。"
                if reason is not None:
                    left.append(Left(promoter, reason))
                    continue
                self._decide(tx, found, "approved", "")
                done.append(promoter)
        return Outcome(tuple(done), tuple(left))

    def unapprove(self, month: Month, promoter: str, reason: str) -> Outcome:
        """Take an approval back, with its reason; both stay on record."""
        if not reason.strip():
            raise RefusedError("取り消すわけをお書きください。", code="reason_missing")
        with self._store.db.write() as tx:
            office_facts(tx)
            found = _review(tx, roster(tx), office_settings(tx), promoter, month)
            if _approval(tx, promoter, month) is None:
                return Outcome((), (Left(promoter, "承認していません。"),))
            self._decide(tx, found, "withdrawn", reason)
        return Outcome((promoter,), ())

    def _decide(self, tx: Tx, found: Review, state: str, reason: str) -> None:
        body = {
            "state": state,
            "report": found.report.id if found.report else None,
            "heads": sorted(found.heads),
            "honorarium": [line.approved_body() for line in found.honorarium],
            "reason": clean(reason),
        }
        key = report_key(found.promoter, found.month, "approval")
        save(self._store, tx, [replace_shown(tx, Content(key, str(found.month), body))])
        note(self._store, tx, state, promoter=found.promoter, month=str(found.month))


def _expected(people: Roster, month: Month) -> list[str]:
    mine = [a for a in people.active(month) if not a.suspended_in(month)]
    return list(dict.fromkeys(a.promoter for a in mine))


def _rows(people: Roster, wanted: Sequence[Month]) -> list[tuple[Area, str | None]]:
    """Return each area with each promoter it had in these months, vacant areas included."""
    found: dict[tuple[str, str | None], Area] = {}
    for area in people.areas:
        if not any(area.valid_in(m) for m in wanted):
            continue
        held = [
            a for a in people.appointments
            if a.area == area.code and any(a.active_in(m) for m in wanted)
        ]  # fmt: skip
        for a in sorted(held, key=lambda a: (a.first, a.promoter)):
            found[area.code, a.promoter] = area
        if not held:
            found[area.code, None] = area
    return [(area, promoter) for (_, promoter), area in found.items()]


def _row(
    tx: Tx,
    people: Roster,
    office: Office,
    who: tuple[Area, str | None],
    wanted: Sequence[Month],
) -> Row:
    area, promoter = who
    cells = {}
    for month in wanted:
        mine = [
            a for a in people.appointments
            if a.area == area.code and a.promoter == promoter and a.active_in(month)
        ]  # fmt: skip
        cells[month] = _area_cell(tx, people, office, mine, month)
    person = people.person(promoter or "")
    return Row(area, promoter, person.name if person else "", cells)


def _area_cell(
    tx: Tx, people: Roster, office: Office, mine: list[Appointment], month: Month
) -> Cell:
    if not mine:
        return Cell("vacant")
    if all(a.suspended_in(month) for a in mine):
        return Cell("suspended")
    return _review(tx, people, office, mine[0].promoter, month).cell


def _review(tx: Tx, people: Roster, office: Office, promoter: str, month: Month) -> Review:
    heads = month_heads(tx, promoter, month)
    reports = revisions.heads_of_record(tx, report_key(promoter, month))
    report = closing_rules.read_report(revision.shown(reports)) if reports else None
    found = activities.find(tx, Wanted(promoter, month, month))
    days = honorarium.activity_days(found)
    lines = honorarium.lines(people.active(month, promoter), office, month, days)
    person = people.person(promoter)
    questions = questions_of(tx, promoter, month)
    findings = _findings(tx, reports, heads, found, lines) + _question_findings(questions)
    return Review(
        promoter=promoter,
        name=person.name if person else promoter,
        month=month,
        cell=_cell(tx, office, (reports, report, heads, questions), promoter, month, findings),
        report=report,
        heads=tuple(h.id for h in heads),
        activities=tuple(found),
        findings=tuple(findings),
        honorarium=tuple(lines),
        questions=tuple(questions),
    )


def _findings(
    tx: Tx,
    reports: list[Revision],
    heads: list[Revision],
    found: list[Activity],
    lines: list[HonorariumLine],
) -> list[Problem]:
    """Return what a person has to look at before he approves."""
    problems = []
    if revision.in_conflict(reports):
        problems.append(Problem("report_conflict", "この月の締めが2つあります。"))
    if reports:
        report = closing_rules.read_report(revision.shown(reports))
        problems += _report_findings(tx, report, heads, lines)
        late = late_settings(tx, reports[0].key.promoter or "", report.id)
        problems += [late] if late else []
    for i, a in enumerate(found):
        if a.conflict:
            problems.append(Problem("conflict", "内容にちがいのある記録です。", record=a.id))
        problems += activity_rules.doubts(a, found[:i], None)
    problems += [
        Problem("date_outside", "日付がこの月ではありません。", record=h.key.id)
        for h in heads
        if not h.deleted and str(h.body["date"])[:7] != h.month
    ]
    return problems


def _question_findings(questions: list[Question]) -> list[Problem]:
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


def _report_findings(
    tx: Tx, report: MonthReport, heads: list[Revision], lines: list[HonorariumLine]
) -> list[Problem]:
    problems = []
    changed = _changed(tx, report.heads, heads)
    if report.is_closed and changed:
        problems.append(Problem("changed_after_close", f"締めのあとの変更が{changed}件あります。"))
    if report.state == closing_rules.EMPTY and lines:
        text = f"活動がなかった月です(わけ: {report.reason})。支払判断が要ります。"
        problems.append(Problem("empty_month", text))
    told = sorted((line.appointment, line.yen) for line in report.honorarium)
    ours = sorted((line.appointment, line.yen) for line in lines)
    if report.is_closed and told != ours:
        text = (
            f"委託金の計算が推進員のパソコンとちがいます"
            f"(推進員 {sum(y for _, y in told):,}円、事務局 {sum(y for _, y in ours):,}円)。"
        )
        problems.append(Problem("honorarium", text))
    return problems


def _changed(tx: Tx, listed: Sequence[str], heads: list[Revision]) -> int:
    if set(listed) == {h.id for h in heads}:
        return 0
    return len(closing_rules.changed_records(revisions.load(tx, listed), heads))


def _cell(
    tx: Tx,
    office: Office,
    held: tuple[list[Revision], MonthReport | None, list[Revision], list[Question]],
    promoter: str,
    month: Month,
    findings: list[Problem],
) -> Cell:
    reports, report, heads, questions = held
    conflicts = sum(p.code in ("conflict", "report_conflict") for p in findings)
    if report is None or not report.is_closed:
        arrived = bool(heads or reports)
        return Cell("open" if arrived else "missing", conflicts=conflicts)
    approval = _approval(tx, promoter, month)
    changed_approval = 0
    holds = False
    if approval is not None:
        changed_approval = _changed(tx, approval.body["heads"], heads)
        changed_approval += approval.body["report"] != report.id
        holds = not changed_approval and len(reports) == 1
    state = "question" if findings or approval else "received"
    if asking.returned(questions, report.id):
        state = "returned"
    if holds:
        state = "approved"
    return Cell(
        state=state,
        empty=report.state == closing_rules.EMPTY,
        late=_is_late(tx, office, report_key(promoter, month), month),
        changed_after_close=_changed(tx, report.heads, heads),
        changed_after_approval=changed_approval,
        conflicts=conflicts,
        code=report.code if set(report.heads) <= _held(tx, report.heads) else None,
    )


def _held(tx: Tx, ids: Sequence[str]) -> set[str]:
    return revisions.held(tx, ids)


def _approval(tx: Tx, promoter: str, month: Month) -> Revision | None:
    """Return the approval in force, None where there is none or it was taken back."""
    heads = revisions.heads_of_record(tx, report_key(promoter, month, "approval"))
    if not heads:
        return None
    shown = revision.shown(heads)
    return shown if shown.body["state"] == "approved" else None


def approved_months(tx: Tx, only: Month | None = None) -> set[tuple[str, str]]:
    """Return the (promoter, month) pairs whose approval holds (BUNDLE.md §8)."""
    found = set()
    asked = str(only) if only else None
    reports = revisions.head_ids(tx, "month_report")
    heads = revisions.head_ids_by_month(tx, "activity", asked)
    for said in revisions.shown(tx, "approval"):
        if said.body["state"] != "approved" or asked not in (None, said.month):
            continue
        promoter, month = said.key.promoter or "", Month.parse(said.month or "")
        if reports.get(report_key(promoter, month)) != {said.body["report"]}:
            continue
        listed = said.body["heads"]
        same = heads.get((promoter, str(month)), set()) == set(listed)
        if same or not _changed(tx, listed, month_heads(tx, promoter, month)):
            found.add((promoter, str(month)))
    return found


def _is_late(tx: Tx, office: Office, key: revision.RecordKey, month: Month) -> bool:
    """Whether the first closing of this month came in after the deadline."""
    closings = [r for r in revisions.of_record(tx, key) if r.body["state"] != closing_rules.OPEN]
    received = [bundles.first_received(tx, r.id) for r in closings]
    first = min((at for at in received if at), default="")
    return bool(first) and first[:10] > deadline(month, office).isoformat()


def _why_not(found: Review, store: Store, tx: Tx, *, clean_only: bool) -> str | None:
    """Return why this month cannot be approved now, None where it can."""
    state = found.cell.state
    if state in ("missing", "open"):
        return "まだ締めた月が届いていません。"
    if state == "approved":
        return "もう承認してあります。"
    named = [*found.heads, *([found.report.id] if found.report else [])]
    entered = {r.by.who for r in revisions.load(tx, named) if r.by.role == "office"}
    if store.staff in entered:
        return "ご自分で入力した記録があります。ほかの職員が承認してください。"
    if found.cell.conflicts:
        return "ちがいのある記録が残っています。先にお決めください。"
    if clean_only and (found.findings or state != "received"):
        return found.findings[0].text if found.findings else "確認事項があります。"
    return None
