"""R54: two calculators that share nothing agree to the yen, over months of every kind."""

import itertools
import random
from datetime import date
from pathlib import Path

import pytest

from conftest import FULL
from kashiwa_desktop.domain import honorarium, office, people, withholding
from kashiwa_desktop.domain.activity import read
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import Author, Content, RecordKey, make
from kashiwa_desktop.domain.settings_schema import check_settings
from kashiwa_desktop.paths import resource
from kashiwa_desktop.services.money import second_opinion
from kashiwa_desktop.services.money.second_opinion import NoOpinionError, SecondOpinion

OFFICE, PERSON = Author("cd" * 32, "office", "S"), Author("ab" * 32, "promoter", "P001")
TABLE = resource("withholding_otsu.csv").read_text(encoding="utf-8")
MONTHS = 10_000 if FULL else 400


def lines_of(bodies, activities=(), approval=None, month="2026-10"):
    found = []
    for n, body in enumerate(bodies):
        key = RecordKey(None, "settings", f"s{n}")
        found.append(make(Content(key, None, body), (), OFFICE, at="2026-01-01", salt="0" * 16))
    for n, body in enumerate(activities):
        key = RecordKey("P001", "activity", f"a{n}")
        content = Content(key, str(month), body)
        found.append(make(content, (), PERSON, at="2026-01-01", salt="0" * 16))
    if approval is not None:
        key = RecordKey("P001", "approval", "x")
        content = Content(key, str(month), approval)
        found.append(make(content, (), OFFICE, at="2026-01-01", salt="0" * 16))
    return [r.line for r in found]


class Dice:
    """Random settings, terms and activities of one month; None where a thing is not said."""

    def __init__(self, seed):
        self.r = random.Random(seed)
        self.month = Month(self.r.choice([2024, 2026, 2027]), self.r.randint(1, 12))

    def day(self, spread=45):
        return date.fromordinal(self.month.first.toordinal() + self.r.randint(-spread, spread))

    def maybe(self, make_one):
        return {} if self.r.random() < 0.5 else make_one()

    def office(self):
        yen = self.r.choice([40_000, 40_001, self.r.randint(0, 1_200_000)])
        body = {"kind": "office", "rates": [{"from": "2015-04-01", "yen": yen}]}
        body["rates"] += [{"from": str(self.day()), "yen": self.r.randint(0, 90_000)}]
        rules = ("full", "months", "days", "activity_days")
        body |= self.maybe(lambda: {"prorating": [
            {"from": str(self.day()), "rule": self.r.choice(rules),
             "rounding": self.r.choice(("daily", "last")), "day_yen": self.r.randint(0, 9_000)}
            for _ in range(2)]})  # fmt: skip
        part = {"from": str(self.day()), "yen": self.r.randint(0, 50_000)}
        return body | self.maybe(lambda: {"activity_parts": [part]})

    def appointment(self):
        last = str(self.day()) if self.r.random() < 0.4 else None
        first = min(self.day(), date.fromisoformat(last)) if last else self.day()
        return {"kind": "appointment", "appointment": "a", "promoter": "P001", "area": "01",
                "from": str(first), "to": last}  # fmt: skip

    def terms(self):
        classes = ("none", "fee", "salary")
        begin, end = sorted((self.day(), self.day()))
        body = {"kind": "terms", "appointment": "a"}
        body |= self.maybe(lambda: {"yen": self.r.randint(0, 87_000)})
        body |= self.maybe(lambda: {"amounts": [
            {"from": str(self.day()), "yen": self.r.randint(0, 80_000)}]})  # fmt: skip
        body |= self.maybe(
            lambda: {
                "suspended": [
                    {"from": str(begin), "to": str(end) if self.r.random() < 0.8 else None}
                ]
            }
        )
        body |= self.maybe(lambda: {"adjustments": [
            {"month": str(self.month), "yen": self.r.randint(-50_000, 5_000), "reason": "調整"},
            {"month": "2020-01", "yen": 7, "reason": "別の月"}]})  # fmt: skip
        return body | self.maybe(lambda: {"withholding": [
            {"from": str(self.day()), "to": None if self.r.random() < 0.5 else str(self.day(90)),
             "activity": self.r.choice(classes), "reward": self.r.choice(classes)}
            for _ in range(2)]})  # fmt: skip

    def activities(self):
        return [
            {"date": f"{self.month}-{self.r.randint(1, 28):02d}",
             "area": self.r.choice(["01", "02"]),
             "category": "network", "type": "facility", "title": "会合",
             "status": self.r.choice(("held", "held", "cancelled")),
             "by_proxy": self.r.choice((None, None, "副会長"))}
            for _ in range(self.r.randint(0, 8))
        ]  # fmt: skip


def first_opinion(bodies, activities, month, pay_on):
    """What the program itself would say: ((yen of each line), withheld); None: nothing is due."""
    known = people.roster(bodies)
    settings = office.read(next(b for b in bodies if b["kind"] == "office"))
    done = [read(a, f"a{n}", "P001") for n, a in enumerate(activities)]
    days = honorarium.activity_days(done)
    line = honorarium.lines(known.active(month), settings, month, days)
    if not line:
        return None
    items = [(i.kind, i.yen) for i in line[0].items]
    table = settings.otsu or withholding.read_table(TABLE)
    try:
        tax = withholding.withheld(items, known.appointments[0].withholding, table, pay_on).yen
    except withholding.NoRateError:
        tax = "no rate"
    return tuple(yen for _, yen in items), tax


def differences(seeds):
    """Return (months reckoned, yen of difference, seeds that differ)."""
    reckoned, yen, wrong = 0, 0, []
    for seed in seeds:
        dice = Dice(seed)
        bodies = [dice.office(), dice.appointment(), dice.terms()]
        for body in bodies:
            check_settings(body)
        activities, pay_on = dice.activities(), dice.day()
        first = first_opinion(bodies, activities, dice.month, pay_on) or ((0,), 0)
        reckoned += 1
        opinions = SecondOpinion(
            lines_of(bodies, activities, month=dice.month), str(dice.month), TABLE
        )
        try:
            second = opinions.of("a", pay_on.isoformat())
            parts, tax = second.parts, second.withheld
        except NoOpinionError:
            parts, tax = first[0], "no rate"
        if (parts, tax) != first:
            wrong.append(seed)
            yen += abs(sum(parts) - sum(first[0]))
    return reckoned, yen, wrong


def test_random_months_agree_to_the_yen(figure):
    reckoned, yen, wrong = differences(range(MONTHS))
    figure(f"R54: {reckoned:,} random months, ¥{yen} difference")
    assert reckoned >= MONTHS
    assert (yen, wrong) == (0, [])


OCTOBER = Month(2026, 10)
SPANS = [("2020-04-01", None), ("2026-10-22", None), ("2020-04-01", "2026-10-12"),
         ("2026-10-05", "2026-10-20"), ("2026-11-01", None),
         ("2020-04-01", "2026-10-31")]  # fmt: skip
LEAVES = [None, ("2026-10-01", "2026-10-10"), ("2026-09-01", None)]
PRORATING = [("full", "daily"), ("months", "daily"), ("days", "daily"), ("days", "last"),
             ("activity_days", "daily")]  # fmt: skip
ADJUSTMENTS = [(), (1_500,), (-500,), (-50_000, 700)]
CLASSES = ("none", "fee", "salary")


def every_choice():
    """Bodies for every combination of the settings that bear on yen; two areas each time."""
    product = itertools.product(
        PRORATING, (0, 10_000), itertools.product(CLASSES, CLASSES), SPANS, LEAVES, ADJUSTMENTS
    )
    for (rule, rounding), part, (activity, reward), (first, last), leave, changes in product:
        since = {"from": "2015-04-01"}
        office_body = {
            "kind": "office",
            "prorating": [since | {"rule": rule, "rounding": rounding, "day_yen": 1_300}],
            "activity_parts": [since | {"yen": part}],
        }
        terms = {
            "withholding": [since | {"activity": activity, "reward": reward}],
            "suspended": [{"from": leave[0], "to": leave[1]}] if leave else [],
            "adjustments": [
                {"month": "2026-10", "yen": yen, "reason": "わけ"} for yen in changes
            ],
            "payee": {"name": "見本 次郎", "relation": "相続人"},
        }  # fmt: skip
        bodies = [office_body]
        for name, area, yen in (("a", "01", None), ("b", "02", 15_000)):
            held = {"appointment": name, "promoter": "P001", "area": area}
            bodies.append({"kind": "appointment", "from": first, "to": last} | held)
            bodies.append({"kind": "terms", "appointment": name, "yen": yen} | terms)
        yield bodies


def both_opinions(bodies, activities, pay_on):
    """Return ((lines, tax) of both appointments) by the program and by the second calculator."""
    known, settings = people.roster(bodies), office.read(bodies[0])
    done = [read(a, f"a{n}", "P001") for n, a in enumerate(activities)]
    days = honorarium.activity_days(done)
    due = {
        x.appointment: x for x in honorarium.lines(known.active(OCTOBER), settings, OCTOBER, days)
    }
    table = withholding.read_table(TABLE)
    opinions = SecondOpinion(lines_of(bodies, activities), str(OCTOBER), TABLE)
    first, second = [], []
    for held in known.appointments:
        line = due.get(held.id)
        items = [(i.kind, i.yen) for i in line.items] if line else [("whole", 0)]
        tax = withholding.withheld(items, held.withholding, table, pay_on).yen
        first.append((tuple(yen for _, yen in items), tax))
        said = opinions.of(held.id, pay_on.isoformat())
        second.append((said.parts, said.withheld))
    return first, second


def test_every_combination_of_settings_agrees_to_the_yen(figure):
    activities = [
        {"date": f"2026-10-{day:02d}", "area": area, "category": "network", "type": "facility",
         "title": "会合", "status": status}
        for day, area, status in (
            (2, "01", "held"), (2, "01", "held"), (7, "01", "cancelled"), (23, "02", "held"))
    ]  # fmt: skip
    count = 0
    choices = list(every_choice()) if FULL else list(every_choice())[::7]
    for bodies in choices:
        first, second = both_opinions(bodies, activities, date(2026, 11, 20))
        assert first == second, bodies
        count += len(first)
    figure(f"R54: {count:,} sheets in all combinations of settings, ¥0 difference")


WRONG = {
    "rounding up": ("_Share", "of", lambda real: lambda self, y: _more(real(self, y))),
    "leave ignored": ("honorarium", "held_days", lambda real: lambda a, m: m.days),
    "no rounding of the day": ("_Share", "of", lambda real: lambda self, y: _late(self, y, real)),
}


def _more(found):
    return (found[0] + (1 if found[0] % 10 else 0), found[1])


def _late(self, yen, real):
    if self.rule == "days":
        return yen * self.days // self.of_days, ""
    return real(self, yen)


@pytest.mark.parametrize("name", sorted(WRONG))
def test_a_wrong_variant_is_noticed(name, monkeypatch):
    where, attribute, spoil = WRONG[name]
    owner = honorarium if where == "honorarium" else getattr(honorarium, where)
    monkeypatch.setattr(owner, attribute, spoil(getattr(owner, attribute)))
    assert differences(range(300))[2] != []


def test_a_wrong_tax_is_noticed(monkeypatch):
    real = withholding._fee
    monkeypatch.setattr(withholding, "_fee", lambda y: withholding.Withheld(real(y).yen + 1, ""))
    assert differences(range(300))[2] != []


def test_it_reads_heads_by_itself():
    """Superseded, deleted and conflicting revisions: what is shown is found again."""
    key = RecordKey(None, "settings", "o")

    def said(yen, parents=(), by=OFFICE, deleted=False):
        body = {"kind": "office", "rates": [{"from": "2015-04-01", "yen": yen}]}
        content = Content(key, None, body, deleted)
        return make(content, parents, by, at="2026-01-01", salt="0" * 16)

    appointment = {"kind": "appointment", "appointment": "a", "promoter": "P001", "area": "01",
                   "from": "2020-04-01", "to": None}  # fmt: skip
    rest = lines_of([appointment])
    old, new = said(1), None
    new = said(2, [old.id])
    other = said(9, [old.id], PERSON)
    gone = said(2, [old.id], deleted=True)

    def reckon(*revisions):
        lines = [*rest, *(r.line for r in revisions)]
        return SecondOpinion(lines, "2026-10", TABLE).of("a", "2026-11-20").gross

    assert reckon(old, new) == reckon(new, old, new) == 2
    assert reckon(old, new, other) == 2
    assert reckon(old, other, gone) == 9
    assert reckon(old, gone) == 40_000
    assert reckon() == 40_000


def test_it_knows_what_was_approved():
    appointment = {"kind": "appointment", "appointment": "a", "promoter": "P001", "area": "01",
                   "from": "2020-04-01", "to": None}  # fmt: skip
    said = {"state": "approved", "report": "0" * 64, "heads": [], "reason": "",
            "honorarium": [{"appointment": "a", "area": "01", "yen": 39_999}]}  # fmt: skip
    opinion = SecondOpinion(lines_of([appointment], (), said), "2026-10", TABLE).of(
        "a", "2026-11-20"
    )
    assert (opinion.gross, opinion.approved, opinion.net) == (40_000, 39_999, 40_000)
    taken_back = {**said, "state": "withdrawn"}
    opinions = SecondOpinion(lines_of([appointment], (), taken_back), "2026-10", TABLE)
    assert opinions.of("a", "2026-11-20").approved is None


def test_what_it_cannot_know_it_does_not_say():
    with pytest.raises(NoOpinionError):
        SecondOpinion([], "2026-10", TABLE).of("a", "2026-11-20")
    appointment = {"kind": "appointment", "appointment": "a", "promoter": "P001", "area": "01",
                   "from": "2020-04-01", "to": None}  # fmt: skip
    terms = {"kind": "terms", "appointment": "a", "yen": 100_000,
             "withholding": [{"from": "2020-01-01", "reward": "salary"}]}  # fmt: skip
    opinions = SecondOpinion(lines_of([appointment, terms]), "2026-10", TABLE)
    with pytest.raises(NoOpinionError):
        opinions.of("a", "2026-11-20")


def test_the_offices_own_table_comes_first():
    appointment = {"kind": "appointment", "appointment": "a", "promoter": "P001", "area": "01",
                   "from": "2020-04-01", "to": None}  # fmt: skip
    terms = {"kind": "terms", "appointment": "a",
             "withholding": [{"from": "2020-01-01", "reward": "salary"}]}  # fmt: skip
    own = {"kind": "office", "otsu": [{"from": "2026-01-01", "at_least": 0, "rate": 5_000}]}
    opinions = SecondOpinion(lines_of([appointment, terms, own]), "2026-10", TABLE)
    assert opinions.of("a", "2026-11-20").withheld == 2_000


def test_it_shares_no_rule_and_knows_no_floats():
    """Its imports are the standard library's, and no division gives a float."""
    text = Path(second_opinion.__file__).read_text(encoding="utf-8")
    imported = {
        line.split()[1] for line in text.splitlines() if line.startswith(("import ", "from "))
    }
    assert not any(name.startswith("kashiwa") for name in imported)
    assert " / " not in text
