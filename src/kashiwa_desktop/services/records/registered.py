"""What a register of community resources shows: each thing once, its age, its counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from kashiwa_desktop.domain import resource as rules
from kashiwa_desktop.domain.ceiling import Ceiling, read_table
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.resource import Resource
from kashiwa_desktop.paths import resource as shipped


@dataclass(frozen=True, slots=True)
class Shown:
    """One resource of the register; ``inherited``: a predecessor's, to be taken over.

    ``whose`` is the name of who keeps it, ``age_days`` how long ago it was made sure of (None:
    never), ``by_staff`` whether the office wrote what stands there now.
    """

    resource: Resource
    area_name: str
    inherited: bool
    age_days: int | None
    whose: str = ""
    by_staff: bool = False


@dataclass(frozen=True, slots=True)
class YearCounts:
    """How many resources there were on ``day``, by kind and, of the 通いの場, by form."""

    day: date
    kinds: Mapping[str, int]
    forms: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.kinds.values())


def ceilings(people: Roster) -> tuple[Ceiling, ...]:
    """Return the office's own table of ceilings, or the one that ships (初期値、要確認)."""
    return people.ceilings or shipped_ceilings()


@cache
def shipped_ceilings() -> tuple[Ceiling, ...]:
    return read_table(shipped("subsidy_ceilings.csv").read_text(encoding="utf-8"))


def not_continued(held: Mapping[Resource, str]) -> dict[Resource, str]:
    """Leave out what another one continues: the successor's is the present state of it."""
    continued = {one.succeeds for one in held if one.succeeds != one.id}
    return {one: by for one, by in held.items() if one.id not in continued}


def put_in_words(
    one: Resource, by: str, people: Roster, today: date, *, inherited: bool = False
) -> Shown:
    person = people.person(one.promoter)
    whose = person.name if person else (one.promoter or "社会福祉協議会")
    area = people.area(one.area).name
    return Shown(one, area, inherited, one.age(today), whose, by_staff=by == "office")


def count(held: Iterable[Resource], since: Mapping[str, str], year: int, today: date) -> YearCounts:
    """Count what was on record and not over yet on the last day of a year, by its present kind.

    ``since`` are the days of the first records; in the running year today is the last day.
    """
    day = min(today, Month(year + 1, 3).last)
    there = [one for one in held if one.lasts_on(day) and since[one.id] <= day.isoformat()]
    kinds = {kind: sum(one.kind == kind for one in there) for kind in rules.KINDS}
    gatherings = [one for one in there if one.kind == rules.GATHERING]
    forms = {form: sum(one.form == form for one in gatherings) for form in rules.FORMS}
    return YearCounts(day, kinds, forms)
