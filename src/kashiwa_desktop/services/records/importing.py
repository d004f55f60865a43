"""Taking in an old table: read it, propose what it means, show what it would become, then once.

Nothing is written before the person has seen every line; all lines go in together and come out
together with one ［元に戻す］.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from kashiwa_desktop.domain import activity as rules
from kashiwa_desktop.domain import form
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.closing import read_report
from kashiwa_desktop.domain.code_list import SEED, CodeLists
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.old_sheet import Layout, Line, OldSheet, guess, read_lines
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.wording import search_key
from kashiwa_desktop.errors import AppError, RefusedError
from kashiwa_desktop.excel import old_sheets
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.store import Facts, Store, promoter_facts, roster
from kashiwa_desktop.storage import activities, revisions
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx

State = Literal["new", "same", "problem"]
ENDINGS = old_sheets.ENDINGS


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One line and what would become of it; ``text`` says why not, or what to look at."""

    line: Line
    state: State
    text: str = ""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What taking the table in would do; nothing is written yet."""

    lines: tuple[PlannedLine, ...]
    codes: CodeLists = SEED

    def count(self, state: State) -> int:
        return sum(one.state == state for one in self.lines)

    @property
    def records(self) -> list[dict[str, Any]]:
        """Return the records that would be written, in the order of the table."""
        return [one.line.given for one in self.lines if one.state == "new"]


class Importing:
    """Old tables on their way into the records."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def today(self) -> date:
        return self._store.clock.today()

    def open(self, path: Path, progress: Progress | None = None) -> list[OldSheet]:
        """Read the tables of a file; RefusedError and PlaceError in words."""
        (progress or Progress()).step("表を読んでいます", 0, 0)
        return old_sheets.read(path)

    def propose(self, sheet: OldSheet) -> Layout:
        """Return which column probably says what; the person may change all of it."""
        layout = guess(sheet, self.today())
        areas = self.areas()
        return replace(layout, area=areas[0][0] if areas else None)

    def areas(self) -> list[tuple[str, str]]:
        """Return (code, name) of the promoter's areas."""
        with self._store.db.read() as tx:
            who, people = promoter_facts(tx), roster(tx)
            codes = dict.fromkeys(a.area for a in people.of_promoter(who.promoter))
            return [(code, people.area(code).name) for code in codes]

    def plan(self, sheet: OldSheet, layout: Layout, progress: Progress | None = None) -> ImportPlan:
        """Return what every line would become."""
        progress = progress or Progress()
        with self._store.db.read() as tx:
            check = _Check(tx, self.today())
        lines = read_lines(sheet, replace(layout, codes=check.people.codes), self.today())
        planned = []
        for number, line in enumerate(lines):
            progress.step("表を確かめています", number, len(lines))
            planned.append(check.planned(line))
        return ImportPlan(tuple(planned), check.people.codes)

    def take_in(self, plan: ImportPlan, progress: Progress | None = None) -> str:
        """Write the new lines, all or none; returns what was done, for the undo strip."""
        records = plan.records
        if not records:
            raise RefusedError("取り込める行がありません。", code="nothing_to_take_in")
        (progress or Progress()).step("取り込んでいます", 0, 0)
        made = Recording(self._store).add(records)
        return f"前の表から{len(made)}件を取り込みました。"


class _Check:
    """Looks at lines as the form would, with what is already recorded."""

    def __init__(self, tx: Tx, today: date) -> None:
        self._who: Facts = promoter_facts(tx)
        self.people: Roster = roster(tx)
        self._today = today
        held = activities.find(tx, Wanted(self._who.promoter))
        self._known = {_same_key(a.date.isoformat(), a.category, a.title) for a in held}
        reports = revisions.shown(tx, "month_report", self._who.promoter)
        self._closed = {r.month for r in reports if read_report(r).is_closed}

    def planned(self, line: Line) -> PlannedLine:
        given = line.given
        try:
            body, _ = form.read(given, self.people, self._who.promoter)
        except AppError as error:
            return PlannedLine(line, "problem", error.text)
        blocking = rules.missing(body, self._today)
        if blocking:
            notes = [*line.notes, *(problem.text for problem in blocking)]
            return PlannedLine(line, "problem", " ".join(notes))
        if body["date"][:7] in self._closed:
            month = Month.parse(body["date"][:7])
            text = f"{month.label()}は締めてあります。締める前に戻すと取り込めます。"
            return PlannedLine(line, "problem", text)
        key = _same_key(body["date"], body["category"], body["title"])
        if key in self._known:
            return PlannedLine(line, "same", "同じ日・同じ区分・同じ内容の記録がもうあります。")
        self._known.add(key)
        return PlannedLine(line, "new", " ".join([*line.notes, *self._doubts(body)]))

    def _doubts(self, body: dict[str, Any]) -> Sequence[str]:
        a: Activity = rules.read(body, "", self._who.promoter)
        return [problem.text for problem in rules.doubts(a, (), None)]


def _same_key(day: str, category: str, title: str) -> tuple[str, str, str]:
    return day, category, search_key(title)
