"""Where a table contradicts itself, or the office: said with its lines before any is written."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import combinations, pairwise

from kashiwa_desktop.domain.area_statistics import COUNTS
from kashiwa_desktop.domain.people import Area, Roster, overlap
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.services.appointed_once import OVERLAP, grown
from kashiwa_desktop.services.office.table_file import Clash, Line, backwards, twice

Clashes = Iterator[Clash]
_PARTS = (
    ("under_5", "under_15"), ("under_15", "population"), ("over_75", "over_65"),
    ("over_65", "population"), ("certified", "population"),
)  # fmt: skip
_WITHOUT_ZERO = (9, 10)
"""How many digits a telephone number has that lost its zero."""


def within(kind: str, lines: Sequence[Line]) -> list[Clash]:
    """Return what of a table (its codes understood) contradicts itself."""
    return list(_WITHIN[kind](lines))


def _cells(*names: str) -> Callable[[Line], tuple[str, ...]]:
    return lambda line: tuple(line.text(name) for name in names)


def _areas(lines: Sequence[Line]) -> Clashes:
    yield from twice(lines, lambda x: (x.text("code"), x.first()), "同じ番号の地域が2行あります。")
    yield from backwards(lines)
    yield from _unlike(lines, "code", "同じ番号の地域の名前がちがいます。")
    of_code: dict[str, list[Line]] = {}
    for line in sorted(lines, key=Line.first):
        of_code.setdefault(line.text("code"), []).append(line)
    for spans in of_code.values():
        for one, following in pairwise(spans):
            last = one.day("to")
            if last is not None and last >= following.first() > one.first():
                yield Clash((one, following), "同じ番号の地域の期間が重なっています。")


def _places(lines: Sequence[Line]) -> Clashes:
    yield from twice(lines, _cells("kind", "code"), "同じ種類と番号が2行あります。")
    yield from backwards(lines)


def _appointments(lines: Sequence[Line]) -> Clashes:
    key = lambda x: (x.text("promoter"), x.text("area"), x.day("from"))  # noqa: E731
    yield from twice(lines, key, "同じ委嘱が2行あります。")
    yield from backwards(lines)
    yield from _unlike(lines, "promoter", "同じ番号の方の氏名がちがいます。")


def _contacts(lines: Sequence[Line]) -> Clashes:
    yield from twice(lines, _cells("promoter"), "同じ方が2行あります。")
    for line in lines:
        phone = line.text("phone")
        if phone.isdecimal() and not phone.startswith("0") and len(phone) in _WITHOUT_ZERO:
            text = f"電話番号「{phone}」の、先頭の0がありません。0を付けて書いてください。"
            yield Clash((line,), text)


def _proxies(lines: Sequence[Line]) -> Clashes:
    key = lambda x: (x.text("promoter"), x.text("name"), x.day("from"))  # noqa: E731
    yield from twice(lines, key, "同じ代理の方が2行あります。")
    yield from backwards(lines)


def _statistics(lines: Sequence[Line]) -> Clashes:
    yield from twice(lines, lambda x: (x.text("area"), x.day("on")), "同じ地域と日が2行あります。")
    for line in lines:
        for part, whole in _PARTS:
            some, all_of = line.number(part), line.number(whole)
            if some is not None and all_of is not None and some > all_of:
                named = f"{COUNTS[part]}({some:,}人)が、{COUNTS[whole]}({all_of:,}人)"
                text = f"{named}より多くなっています。"
                yield Clash((line,), text)


def _ceilings(lines: Sequence[Line]) -> Clashes:
    yield from backwards(line for line in lines if line.text("from"))
    same: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        same.setdefault(_cells("form", "subsidy", "purpose")(line), []).append(line)
    for of in same.values():
        for one, other in combinations(of, 2):
            if overlap(*_span(one), *_span(other)):
                text = "同じ形・補助・使いみちの期間が重なっています。"
                yield Clash((one, other), text)


def _span(line: Line) -> tuple[date, date | None]:
    return line.day("from") or date.min, line.day("to")


def _unlike(lines: Sequence[Line], name: str, text: str) -> Clashes:
    """Yield lines of the same ``name`` (a column) that name somebody or something else."""
    first: dict[str, Line] = {}
    for line in lines:
        said = first.setdefault(line.text(name), line)
        if clean(said.text("name")) != clean(line.text("name")):
            yield Clash((said, line), text)


def against(kind: str, lines: Sequence[Line], before: Roster, after: Roster) -> list[Clash]:
    """Return what the office would hold twice after this table and did not before."""
    if kind == "appointments":
        return [
            _overlapping(lines, after, one.promoter, one.area)
            for one, _ in grown(before, after)
        ]  # fmt: skip
    if kind == "areas":
        return list(_names_twice(lines, before, after))
    return []


def _overlapping(lines: Sequence[Line], people: Roster, promoter: str, area: str) -> Clash:
    mine = [x for x in lines if (x.text("promoter"), x.text("area")) == (promoter, area)]
    person = people.person(promoter)
    name = person.name if person else promoter
    return Clash(tuple(mine or lines[-1:]), OVERLAP % (name, people.area(area).name))


def _names_twice(lines: Sequence[Line], before: Roster, after: Roster) -> Clashes:
    known = {(a.code, b.code) for a, b in same_named(before)}
    for one, other in same_named(after):
        if (one.code, other.code) in known:
            continue
        mine = [line for line in lines if line.text("code") in (one.code, other.code)]
        text = (
            f"「{one.name}」が、番号 {one.code} と {other.code} の2つになります。"
            "同じ地域なら、番号を合わせてください。"
        )
        yield Clash(tuple(mine or lines[-1:]), text)


def same_named(people: Roster) -> list[tuple[Area, Area]]:
    """Return pairs of areas that have one name at the same time."""
    return [
        (one, other)
        for one, other in combinations(people.areas, 2)
        if one.name == other.name and overlap(one.first, one.last, other.first, other.last)
    ]


_WITHIN: dict[str, Callable[[Sequence[Line]], Clashes]] = {
    "areas": _areas,
    "places": _places,
    "appointments": _appointments,
    "contacts": _contacts,
    "proxies": _proxies,
    "statistics": _statistics,
    "ceilings": _ceilings,
}
