"""A noun is described once: one row a field, read by every form, card, list, paper and workbook.

A table of fields stands beside the value it describes (``activity.FIELDS``, ``resource.FIELDS``).
The functions here read a body by its table: what it says in words, which of its text may name
people, what is left of it when that text has to go.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from kashiwa_desktop.domain.code_list import SEED_WORDS, Words
from kashiwa_desktop.domain.day import as_day
from kashiwa_desktop.domain.entry import length_text
from kashiwa_desktop.domain.wareki import long_date

Kind = Literal[
    "day", "date", "time", "minutes", "people", "number", "line", "text", "names", "code", "codes",
    "area", "areas", "flag", "counts", "rows", "part",
]  # fmt: skip
"""What a field takes: ``names`` lines of text, ``counts`` people by code, ``rows`` and ``part``
fields of their own; ``day`` is told with its weekday, ``date`` without."""

Body = Mapping[str, Any]
Area = Callable[[str], str]
Names = tuple[Callable[[str], str], Words]
Codes = Mapping[str, str] | str
"""What codes are called: words that stay as they are, or a list of ``code_list`` by its name."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a body, in the order in which it is told.

    ``told`` puts its words into a sentence (``代理(%s)``), or is the sentence where a flag is set.
    ``line`` is the label of a line that neighbours share, with ``joint`` between them. ``usual``
    goes without saying, ``default`` is what a body means that does not name the field. ``personal``
    text is typed freely and may name people: search and disclosure look at it, disposal empties it.
    ``width`` is that of its column in a workbook, where ``named`` ones are off at first. ``of``
    names the category (or kind) it belongs to, ``copied`` whether 同じ内容で新しく書く takes it
    over, ``corrected`` whether staff may put it right on screen 22, ``rare`` whether a body leaves
    it out while nothing is said. In a form it may be ``asked`` in other words, with a ``hint``;
    ``unsaid`` is the chip that says nothing, ``lines`` and ``typed_em`` how much room it has.
    """

    name: str
    label: str
    kind: Kind = "line"
    codes: Codes = ""
    told: str = ""
    line: str = ""
    joint: str = "–"
    usual: object = None
    default: object = None
    personal: bool = False
    width: int = 14
    named: bool = False
    of: str = ""
    copied: bool = False
    corrected: bool = False
    rare: bool = False
    asked: str = ""
    hint: str = ""
    unsaid: str = "選ばない"
    lines: int = 2
    typed_em: int = 8
    parts: tuple["Field", ...] = ()

    def word(self, code: str, body: Body, words: Words = SEED_WORDS) -> str:
        """Return what a code is called; one that this version does not know by itself."""
        if not isinstance(self.codes, str):
            return self.codes.get(code, code)
        category = body.get("category", "") if self.codes == "type" else ""
        return words.label(self.codes, code, category)

    def text(self, body: Body, area: Area = str, words: Words = SEED_WORDS) -> str:
        """Return what the field says in a body, in words; ``""`` where it says nothing."""
        value = body.get(self.name, self.default)
        if self._says_nothing(value):
            return ""
        text = _TEXTS[self.kind](self, value, body, (area, words))
        return self.told.replace("%s", text) if self.told else text

    def _says_nothing(self, value: object) -> bool:
        if value is None or value is False or value in ((), [], {}):
            return True
        return (value == "" and not self.told) or value == self.usual


Table = tuple[Field, ...]


def said(
    table: Iterable[Field], body: Body, area: Area = str, words: Words = SEED_WORDS
) -> list[tuple[str, str]]:
    """Return (label, text) of all that a body says, in the order of its table.

    ``area`` gives the name of an area's code, ``words`` those of all others on the body's day.
    """
    found: dict[str, str] = {}
    for field in table:
        if field.kind == "part":
            inner = body.get(field.name)
            found.update(said(field.parts, inner, area, words) if inner else ())
            continue
        text = field.text(body, area, words)
        if text:
            label = field.line or field.label
            found[label] = f"{found[label]}{field.joint}{text}" if label in found else text
    return list(found.items())


def personal_text(table: Iterable[Field], body: Body) -> Iterator[str]:
    """Return every text of a body that was typed freely, piece by piece."""
    for field in table:
        value = body.get(field.name)
        if field.parts:
            for inner in (value,) if isinstance(value, Mapping) else value or ():
                yield from personal_text(field.parts, inner)
        elif field.personal and value:
            yield from (value,) if isinstance(value, str) else value


def emptied(table: Iterable[Field], body: Body, mark: str, keeps: str = "") -> dict[str, Any]:
    """Return what takes the place of a body's personal text; the field ``keeps`` says ``mark``.

    Days, codes and counts stay as they are. Only fields that say something are named.
    """
    found: dict[str, Any] = {}
    for field in table:
        value = body.get(field.name)
        if field.name == keeps:
            found[field.name] = mark
        elif value in (None, "") or value in ((), [], {}):
            continue
        elif field.kind == "part":
            found[field.name] = {**value, **emptied(field.parts, value, mark)}
        elif field.kind in ("rows", "names") and (field.personal or field.parts):
            found[field.name] = []
        elif field.personal:
            found[field.name] = NOBODY if field.told else ""
    return found


NOBODY = "-"
"""In the place of a name that says by itself that somebody acted (代理)."""


def leave_out(table: Iterable[Field], body: dict[str, Any]) -> None:
    """Take rare fields that say nothing out of a body: earlier versions keep them unread."""
    for field in table:
        if field.rare and not body.get(field.name):
            body.pop(field.name, None)
        elif field.kind == "part" and body.get(field.name):
            leave_out(field.parts, body[field.name])


def every(table: Iterable[Field]) -> Iterator[Field]:
    """Return the fields of a table, those of its part in their place."""
    for field in table:
        yield from every(field.parts) if field.kind == "part" else (field,)


def cell(
    field: Field, body: Body, area: Area = str, words: Words = SEED_WORDS
) -> date | int | str | None:
    """Return what stands in the column of a workbook: days and numbers as such, else words."""
    value = body.get(field.name)
    if field.kind in ("day", "date") and value:
        return as_day(str(value))
    if field.kind in ("minutes", "people", "number"):
        return value if isinstance(value, int) else None
    text = str(value or "") if field.kind == "line" else field.text(body, area, words)
    return text or None


def heading(field: Field) -> str:
    """Return the heading of a column, with its unit."""
    unit = {"minutes": "分", "people": "人", "day": "西暦", "date": "西暦"}.get(field.kind, "")
    return f"{field.label}({unit})" if unit else field.label


def _rows(field: Field, value: Any, _body: Body, names: Names) -> str:
    lines = (" / ".join(text for _, text in said(field.parts, row, *names)) for row in value)
    return "\n".join(lines)


_TEXTS: dict[str, Callable[[Field, Any, Body, Names], str]] = {
    "day": lambda _f, value, _b, _a: long_date(as_day(str(value))),
    "date": lambda _f, value, _b, _a: long_date(as_day(str(value)), weekday=False),
    "time": lambda _f, value, _b, _a: str(value),
    "minutes": lambda _f, value, _b, _a: length_text(value),
    "people": lambda _f, value, _b, _a: f"{value}人",
    "number": lambda _f, value, _b, _a: str(value),
    "line": lambda _f, value, _b, _a: str(value),
    "text": lambda _f, value, _b, _a: str(value),
    "names": lambda _f, value, _b, _a: "、".join(value),
    "code": lambda f, value, body, names: f.word(str(value), body, names[1]),
    "codes": lambda f, value, body, names: "、".join(
        f.word(code, body, names[1]) for code in value
    ),
    "area": lambda _f, value, _b, names: names[0](value),
    "areas": lambda _f, value, _b, names: "、".join(map(names[0], value)),
    "flag": lambda f, _value, _b, _a: f.told or f.label,
    "counts": lambda f, value, body, names: "、".join(
        f"{f.word(code, body, names[1])} {count}人" for code, count in value.items()
    ),
    "rows": _rows,
}
