"""Values on both sides of every bound of the schema, made from its types and from nothing else."""

from dataclasses import dataclass
from typing import Any

import msgspec.inspect as about

from kashiwa_desktop.domain import bounds, canonical, keys_schema, schema, settings_schema
from kashiwa_desktop.domain.bounds import MEMBER

SAMPLES = {
    r"\A[0-9a-f]{64}\Z": "ab" * 32,
    r"\A[0-9a-f]{128}\Z": "ab" * 64,
    r"\Aage1[02-9ac-hj-np-z]{58}\Z": "age1" + "q" * 58,
    r"\A(19[3-9]\d|2[01]\d\d)-(0[1-9]|1[0-2])\Z": "2026-10",
    r"\A\d{4}-(0[1-9]|1[0-2])\Z": "2026-10",
    r"\A\d{4}-\d{2}-\d{2}\Z": "2026-10-05",
    r"\A([01]\d|2[0-3]):[0-5]\d\Z": "09:30",
    r"\A[a-z_]{1,40}\Z": "question",
    r"\A[a-z][a-z_]{0,39}\Z": "answer",
    r"\A[0-9A-Za-z-]+\Z": "a-1",
    r"\A(\d{1,4}\.\d{1,4}\.\d{1,4})?\Z": "1.2.3",
    r"\A([0-9A-Za-z][0-9A-Za-z._-]{0,99})?\Z": "setup.exe",
    r"\A([0-9a-f]{64})?\Z": "ab" * 32,
}
"""A value for every pattern that is not a choice of words; a new pattern fails in ``sample``."""
WRONG_PATTERN = "ちがう形"


@dataclass(frozen=True)
class Bound:
    """One value on one side of one bound, in a body (or an envelope) that is right otherwise."""

    type: str
    kind: str
    path: tuple[str, ...]
    what: str
    body: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.type}/{self.kind} {'.'.join(self.path)} {self.what}"


def shapes():
    """Yield (type, kind, shape) of every body that a revision may have."""
    for kind, shape in schema._BODIES.items():
        yield kind, "", shape
    for kind, shape in settings_schema.SETTINGS.items():
        yield "settings", kind, shape


def every(side):
    """Yield every ``Bound`` of every body; ``side`` is ``inside`` or ``outside``."""
    for kind, of, shape in shapes():
        for path, found in bounds.walk(shape):
            for what, value in side(found):
                body = with_value(about.type_info(shape), path, value)
                yield Bound(kind, of, path, what, ({"kind": of} if of else {}) | body)


def inside(found):
    """Yield (what, value) just within what a field takes."""
    if isinstance(found, about.StrType):
        if found.pattern is not None:
            yield "pattern", sample(found)
        else:
            yield "shortest", "字" * (found.min_length or 0)
            longest = canonical.MAX_TEXT if found.max_length is None else found.max_length
            yield "longest", "字" * longest
    elif isinstance(found, about.IntType):
        yield "least", -canonical.MAX_INTEGER if found.ge is None else found.ge
        yield "most", canonical.MAX_INTEGER if found.le is None else found.le
    elif isinstance(found, about.ListType):
        yield "fewest", [sample(found.item_type)] * (found.min_length or 0)
        if found.max_length is not None:
            yield "many", [sample(found.item_type)] * found.max_length
    elif isinstance(found, about.DateType):
        yield "first day", "0001-01-01"
        yield "last day", "9999-12-31"


def outside(found):
    """Yield (what, value) just beyond it."""
    if isinstance(found, about.StrType):
        yield "a number for a text", 5
        if found.pattern is not None:
            yield "pattern", WRONG_PATTERN
            return
        if found.min_length:
            yield "too short", "字" * (found.min_length - 1)
        longest = canonical.MAX_TEXT if found.max_length is None else found.max_length
        yield "too long", "字" * (longest + 1)
        yield "no letter", "\0"
    elif isinstance(found, about.IntType):
        yield "a text for a number", "5"
        yield "too little", (-canonical.MAX_INTEGER if found.ge is None else found.ge) - 1
        yield "too much", (canonical.MAX_INTEGER if found.le is None else found.le) + 1
    elif isinstance(found, about.ListType):
        yield "a text for a list", "5"
        if found.min_length:
            yield "too few", [sample(found.item_type)] * (found.min_length - 1)
        if found.max_length is not None:
            yield "too many", [sample(found.item_type)] * (found.max_length + 1)
    elif isinstance(found, about.DateType):
        yield "no day", "2026-02-30"
    elif isinstance(found, about.BoolType):
        yield "a number for a yes", 1


def sample(found):
    """Return the smallest value that a field takes."""
    found = bounds.said(found)
    if isinstance(found, about.StrType):
        return _text(found)
    if isinstance(found, about.IntType):
        return max(found.ge or 0, 1 if found.le is None or found.le >= 1 else 0)
    if isinstance(found, about.ListType):
        return [sample(found.item_type)] * (found.min_length or 0)
    if isinstance(found, about.StructType):
        return {f.encode_name: sample(f.type) for f in found.fields if f.required}
    if isinstance(found, about.DictType):
        return {}
    if isinstance(found, about.DateType):
        return "2026-10-05"
    assert isinstance(found, about.BoolType | about.AnyType), found
    return False


def _text(found):
    if found.pattern is None:
        return "字" * (found.min_length or 0)
    if found.pattern in SAMPLES:
        return SAMPLES[found.pattern]
    words = found.pattern.removeprefix(r"\A(").removesuffix(r")\Z").split("|")
    assert all(word.replace("_", "").replace("-", "").isalnum() for word in words), found.pattern
    return words[0]


def with_value(found, path, value):
    """Return a value of this type, right in everything, with ``value`` at ``path``."""
    found = bounds.said(found)
    if not path:
        return value
    name, *rest = path
    if isinstance(found, about.StructType):
        (field,) = [f for f in found.fields if f.encode_name == name]
        return {**sample(found), name: with_value(field.type, rest, value)}
    assert name == MEMBER
    if isinstance(found, about.ListType):
        return [with_value(found.item_type, rest, value)] * max(1, found.min_length or 0)
    return {"a": with_value(found.value_type, rest, value)}


assert keys_schema.KeysBody in [shape for _, _, shape in shapes()]
