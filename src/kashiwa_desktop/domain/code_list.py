"""The words for the codes of a record, as dated data: an old year keeps the words of its time.

The codes are those of PRODUCT.md §8 (``domain.category`` is where every office begins); an office
names them otherwise, adds some or ends some by date (its setting ``codes``). What nobody here knows
is shown by its code and counted under その他, never lost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from kashiwa_desktop.domain import category as seed

LISTS = {
    "category": "区分", "type": "種別", "status": "状態", "tag": "活動のねらい",
    "attendance": "出席者の所属", "agenda": "議題の種類", "contact_method": "連絡方法",
    "network_result": "連携の成果", "support_target": "支援対象",
}  # fmt: skip
FIXED = ("category", "status", "agenda")
"""Rules and papers rest on the codes of these: they are named otherwise, never added or ended."""

ELSE_CATEGORY, ELSE_TYPE, ELSE = "other", "misc", "その他"
"""Where what nobody knows is counted."""

_LAST = 1_000_000


@dataclass(frozen=True, slots=True)
class Code:
    """What a code of the list ``of`` is called from a day on, and until when it is offered.

    A later row of the same code takes its place. A type has its category. ``order`` None keeps
    its place among the others.
    """

    of: str
    code: str
    label: str
    category: str = ""
    first: date = date.min
    last: date | None = None
    order: int | None = None
    examples: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        return self.of, self.category, self.code

    def body(self) -> dict[str, Any]:
        """Return it as the office's settings hold it."""
        found: dict[str, Any] = {"list": self.of, "code": self.code, "label": self.label}
        if self.category:
            found["category"] = self.category
        if self.first != date.min:
            found["from"] = self.first.isoformat()
        if self.last is not None:
            found["to"] = self.last.isoformat()
        if self.order is not None:
            found["order"] = self.order
        return found | ({"examples": list(self.examples)} if self.examples else {})


@dataclass(frozen=True, slots=True)
class CodeLists:
    """All codes with their words: the seed's, and over them what the office said."""

    rows: tuple[Code, ...]
    _of: Mapping[tuple[str, str, str], tuple[Code, ...]] = field(
        init=False, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        held: dict[tuple[str, str, str], dict[date, Code]] = {}
        for row in self.rows:
            held.setdefault(row.key, {})[row.first] = row
        of = {key: tuple(rows[day] for day in sorted(rows)) for key, rows in held.items()}
        object.__setattr__(self, "_of", of)

    def since(self, day: date) -> date:
        """Return from which day on the words were as they are on ``day``."""
        ends = (row.last + timedelta(days=1) for row in self.rows if row.last is not None)
        return max(d for d in (*ends, *(row.first for row in self.rows)) if d <= day)

    def on(self, day: date) -> "Words":
        """Return the words as they stand on a day."""
        return Words(self, day)

    def knows(self, name: str, code: str, category: str = "") -> bool:
        return (name, category, code) in self._of

    def codes(self, name: str, category: str = "") -> list[str]:
        """Return every code of a list there ever was, in its order."""
        found = [key for key in self._of if key[:2] == (name, category)]
        return [key[2] for key in sorted(found, key=self._place)]

    def types(self) -> list[tuple[str, str]]:
        """Return every type there ever was, as (category, code)."""
        return [(c, code) for c in self.codes("category") for code in self.codes("type", c)]

    def counted_as(self, category: str, kind: str) -> tuple[str, str]:
        """Return under which category and type a record is counted: what nobody knows as その他."""
        if not self.knows("category", category):
            return ELSE_CATEGORY, ELSE_TYPE
        return category, kind if self.knows("type", kind, category) else ELSE_TYPE

    def history(self, name: str, code: str, category: str = "") -> tuple[Code, ...]:
        """Return the rows of a code, the earliest first."""
        return self._of.get((name, category, code), ())

    def row(self, name: str, code: str, category: str, day: date) -> Code | None:
        """Return the row in force on a day; the earliest where the code was not there yet."""
        rows = self.history(name, code, category)
        return next((row for row in reversed(rows) if row.first <= day), rows[0] if rows else None)

    def _place(self, key: tuple[str, str, str]) -> int:
        orders = [row.order for row in self._of[key] if row.order is not None]
        return orders[-1] if orders else _LAST


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one day: of a record's own, or of the last one of a span."""

    lists: CodeLists
    day: date

    def label(self, name: str, code: str, category: str = "") -> str:
        """Return what a code is called; one that nobody here knows is shown by itself."""
        row = self.lists.row(name, code, category, self.day)
        if row is not None:
            return row.label
        is_else = (name, code) == ("type", ELSE_TYPE) and self.lists.knows("category", category)
        return ELSE if is_else else code

    def category(self, code: str) -> str:
        return self.label("category", code)

    def type(self, category: str, code: str) -> str:
        return self.label("type", code, category)

    def kind(self, category: str, code: str, joint: str = "・") -> str:
        """Return 区分・種別."""
        return f"{self.category(category)}{joint}{self.type(category, code)}"

    def choices(self, name: str, category: str = "") -> dict[str, str]:
        """Return what is offered on this day, code → label, in its order."""
        found = {}
        for code in self.lists.codes(name, category):
            row = self.lists.row(name, code, category, self.day)
            if row and row.first <= self.day and (row.last is None or self.day <= row.last):
                found[code] = row.label
        return found

    def shown(self, name: str, besides: Iterable[str], category: str = "") -> dict[str, str]:
        """Return what is offered, and after it what stands ``besides``, ended or unknown."""
        offered = self.choices(name, category)
        more = {code: self.label(name, code, category) for code in besides if code not in offered}
        return offered | more

    def examples(self, category: str) -> tuple[str, ...]:
        """Return the example lines of a category."""
        held = [row for row in self.lists.history("category", category) if row.examples]
        now = [row for row in held if row.first <= self.day]
        return (now or held)[-1].examples if held else ()


def _seed() -> Iterable[Code]:
    for n, one in enumerate(seed.CATEGORIES.values()):
        yield Code("category", one.code, one.label, order=10 * n, examples=one.examples)
        for at, (code, label) in enumerate(one.types.items()):
            yield Code("type", code, label, one.code, order=10 * at)
    for name, words in seed.WORDS.items():
        for at, (code, label) in enumerate(words.items()):
            yield Code(name, code, label, order=10 * at)


SEED = CodeLists(tuple(_seed()))
"""The council's own slides (DOMAIN.md §0): what every office begins with."""

SEED_WORDS = SEED.on(date.max)


def read(rows: Iterable[Mapping[str, Any]]) -> CodeLists:
    """Return the seed's lists with what the office says over them."""
    said = tuple(map(_code, rows))
    return CodeLists((*SEED.rows, *said)) if said else SEED


def rows_of(office: Mapping[str, Any]) -> list[Code]:
    """Return the office's own rows."""
    return list(map(_code, office.get("codes") or ()))


def of_settings(bodies: Iterable[Mapping[str, Any]]) -> CodeLists:
    """Read the lists from the shown bodies of type ``settings``."""
    office = next((body for body in bodies if body.get("kind") == "office"), {})
    return read(office.get("codes") or ())


def _code(row: Mapping[str, Any]) -> Code:
    return Code(
        of=row["list"],
        code=row["code"],
        label=row["label"],
        category=row.get("category", ""),
        first=date.fromisoformat(row["from"]) if row.get("from") else date.min,
        last=date.fromisoformat(row["to"]) if row.get("to") else None,
        order=row.get("order"),
        examples=tuple(row.get("examples", ())),
    )


def put(rows: Iterable[Code], new: Code) -> list[Code]:
    """Return the office's rows with one more; one of the same code and day gives way to it."""
    return [*(r for r in rows if (r.key, r.first) != (new.key, new.first)), new]


def renamed(lists: CodeLists, key: tuple[str, str, str], label: str, day: date) -> Code | None:
    """Return the row that names a code otherwise from a day on; None for an unknown code."""
    name, category, code = key
    row = lists.row(name, code, category, day)
    return None if row is None else replace(row, label=label, first=day)


def ended(lists: CodeLists, key: tuple[str, str, str], last: date | None) -> Code | None:
    """Return the newest row of a code with another end; None for an unknown code."""
    name, category, code = key
    rows = lists.history(name, code, category)
    return replace(rows[-1], last=last) if rows else None


def new_code(lists: CodeLists) -> str:
    """Return a code that no list has: an office adds words, the program their codes."""
    taken = {row.code for row in lists.rows}
    return next(code for n in range(1, _LAST) if (code := f"added_{n}") not in taken)


def refusal(before: CodeLists, after: CodeLists) -> str:
    """Say why an office's lists cannot be as wanted; ``""`` where they can."""
    kept = {row.key for row in after.rows}
    lost = [row for row in before.rows if row.key not in kept]
    if lost:
        return f"「{lost[-1].label}」を使った記録が残ります。消さずに、終わりの日をお書きください。"
    for row in after.rows:
        said = _refused(row)
        if said:
            return said
    return _doubled(after)


def _refused(row: Code) -> str:
    if row.of not in LISTS:
        return f"知らない一覧です: {row.of}"
    if not (row.code.isascii() and row.code.isidentifier()):
        return f"番号は、英字で始まる英数字でお書きください: {row.code}"
    if not row.label.strip():
        return "ことばをお書きください。空にはできません。"
    if row.last is not None and row.last < row.first:
        return f"「{row.label}」の終わりの日が、始まりの日より前です。日付をご確認ください。"
    if (row.of == "type") != bool(row.category) or (
        row.category and not SEED.knows("category", row.category)
    ):
        return "種別には、その区分(council、network、community、other)が要ります。"
    if row.of not in FIXED:
        return ""
    if not SEED.knows(row.of, row.code):
        return f"{LISTS[row.of]}は、ことばを変えるだけです。新しく加えることはできません。"
    return f"{LISTS[row.of]}の「{row.label}」は終わりにできません。" if row.last else ""


def _doubled(lists: CodeLists) -> str:
    """Say which label two codes of one list would bear on the same day."""
    for name, category in dict.fromkeys(row.key[:2] for row in lists.rows):
        days = {row.first for row in lists.rows if (row.of, row.category) == (name, category)}
        for day in sorted(days):
            labels = list(lists.on(day).choices(name, category).values())
            twice = next((one for one in labels if labels.count(one) > 1), "")
            if twice:
                return f"「{twice}」は、{LISTS[name]}にもうあります。ちがうことばにしてください。"
    return ""
