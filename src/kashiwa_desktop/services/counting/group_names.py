"""What the groups of 集計 are called, and which have a line even where nothing happened."""

from collections.abc import Collection, Sequence

from kashiwa_desktop.domain.crosstab import Key
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.people import Area, Roster
from kashiwa_desktop.domain.wareki import era_year, fiscal_year_name, short_era_year

Span = tuple[Month, Month]

NO_ZONE = "圏域の設定なし"


def name_of(people: Roster, by: Sequence[str], key: Key, span: Span) -> str:
    """Return the name of a group, in the words of the last day; an unknown code by itself."""
    named, words = dict(zip(by, key, strict=True)), people.codes.on(span[1].last)
    if "type" in named:
        return words.kind(named.get("category", ""), named["type"], joint=" ")
    ((group, code),) = named.items()
    if group == "area":
        return area_name(people, code)
    if group == "promoter":
        person = people.person(code)
        return f"{person.name}({code})" if person else code
    if group in ("month", "year", "calendar"):
        return time_name(group, code, span)
    if group == "zone":
        return code or NO_ZONE
    return words.label(group, code)


def area_name(people: Roster, code: str) -> str:
    """Return an area's name, with its end where another area has the same name."""
    area = people.area(code)
    twins = [a for a in people.areas if a.name == area.name and a.code != code]
    if not twins or area.last is None:
        return area.name
    last = Month.of(area.last)
    return f"{area.name}({last.label()}まで)"


def time_name(group: str, code: str, span: Span) -> str:
    """10月 (with its year where the table has several), 令和8年度, 令和8年."""
    if group == "year":
        return fiscal_year_name(int(code))
    if group == "calendar":
        return era_year(Month(int(code), 12).last)
    month = Month.parse(code)
    if span[0].fiscal_year == span[1].fiscal_year:
        return f"{month.number}月"
    return f"{short_era_year(month.first)}.{month.number}"


def time_words(span: Span) -> str:
    """令和8年度, 令和8年10月, or from one to another."""
    first, last = span
    if first == last:
        return first.label()
    if (first.number, last.number) != (4, 3):
        return f"{first.label()}から{last.label()}まで"
    if first.fiscal_year == last.fiscal_year:
        return fiscal_year_name(first.fiscal_year)
    years = (fiscal_year_name(month.fiscal_year) for month in span)
    return "{}から{}まで".format(*years)


def expected(people: Roster, by: Sequence[str], span: Span) -> list[Key]:
    """Return the groups that have a line even where nothing was recorded."""
    words = people.codes.on(span[1].last)
    if "type" in by:
        return [(c, kind) for c in words.choices("category") for kind in words.choices("type", c)]
    (group,) = by
    areas = [area for area in people.areas if _holds(area, span)]
    known: dict[str, Collection[str]] = {
        "category": words.choices("category"),
        "tag": words.choices("tag"),
        "area": [area.code for area in areas],
        "zone": {zone for area in areas if (zone := area.zone_on(span[1].last))},
        "promoter": [a.promoter for a in people.appointments if _serves(people, a.promoter, span)],
    }
    return [(code,) for code in known[group]]


def _holds(area: Area, span: Span) -> bool:
    return area.first <= span[1].last and (area.last is None or area.last >= span[0].first)


def _serves(people: Roster, promoter: str, span: Span) -> bool:
    held = people.of_promoter(promoter)
    return any(a.active_in(month) for a in held for month in months(*span))
