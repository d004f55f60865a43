"""Entries of a plain form: each reads one kind of value out of what is typed."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Literal

from PySide6.QtWidgets import QCheckBox, QWidget

from kashiwa_desktop.domain import entry, wareki
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office_schema import MOST_YEN
from kashiwa_desktop.ui.widgets.entry.check_row import CheckRow
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.date_entry import DateEntry
from kashiwa_desktop.ui.widgets.entry.read_line import ReadLine
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine

Kind = Literal[
    "text", "area", "lines", "days", "day", "due", "number", "length", "yen", "month", "choice",
    "chips", "checks", "switch",
]  # fmt: skip
_DUE_EM = 13
_NO_HOLIDAY: Callable[[date], str | None] = lambda _day: None  # noqa: E731


@dataclass(frozen=True, slots=True)
class Spec:
    """One entry: the name of its value, its label, what it takes; ``choices`` are (key, word)."""

    name: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    required: bool = False
    choices: Sequence[tuple[Hashable, str]] = ()
    lines: int = 2
    width: int = 10


class Entry:
    """One widget and how its value is read; ``value`` is None where nothing (readable) stands."""

    def __init__(self, spec: Spec, today: date) -> None:
        self.spec, self._today = spec, today
        self.widget = self._make()

    def put(self, value: Any) -> None:
        """Show a value, or put back text that a draft kept; None empties it."""
        put = _PUT.get(self.spec.kind)
        if put is not None:
            put(self.widget, value)
        elif isinstance(self.widget, ReadLine | TextLine):
            shown = value if value is None or isinstance(value, str) else self._said(value)
            self.widget.setText(shown or "")

    def show_choices(self, choices: Sequence[tuple[Hashable, str]]) -> None:
        """Replace what may be chosen; what was chosen stays while it is still there."""
        widget = self.widget
        if isinstance(widget, ChipBar):
            widget.show_chips(choices)
        elif isinstance(widget, CheckRow):
            widget.show_choices([(str(code), word) for code, word in choices])
        elif isinstance(widget, ChoiceBox):
            widget.show_choices(choices)

    def typed(self) -> Any:
        """Return what a draft keeps."""
        widget = self.widget
        if isinstance(widget, ChoiceBox):
            return widget.current()
        if isinstance(widget, ChipBar):
            return widget.current()
        if isinstance(widget, CheckRow):
            return widget.ticked()
        if isinstance(widget, QCheckBox):
            return widget.isChecked()
        assert isinstance(widget, TextLine | TextArea | DateEntry)
        return widget.text_so_far()

    def value(self) -> Any:
        typed, kind = self.typed(), self.spec.kind
        if kind in _CHOSEN:
            return typed
        if isinstance(self.widget, DateEntry):
            return self.widget.day()
        if isinstance(self.widget, ReadLine):
            return self.widget.value()
        if kind in ("lines", "days"):
            lines = [line.strip() for line in typed.splitlines() if line.strip()]
            return lines if kind == "lines" else _days(lines, self._today)
        return typed.strip()

    @property
    def is_unreadable(self) -> bool:
        """Whether something stands there that was not understood."""
        if self.spec.kind in (*_CHOSEN, "text", "area", "lines"):
            return False
        return bool(self.typed().strip()) and self.value() is None

    @property
    def is_empty(self) -> bool:
        return self.value() in (None, "", [])

    def _make(self) -> QWidget:
        label, kind = self.spec.label, self.spec.kind
        if kind in _CHOSEN:
            return _CHOSEN[kind](self.spec)
        if kind == "day":
            return DateEntry(self._today, _NO_HOLIDAY, label)
        if kind in ("area", "lines", "days"):
            return TextArea(label, lines=self.spec.lines if kind == "area" else 3)
        if kind == "due":
            read = partial(entry.parse_due, today=self._today)
            return ReadLine(read, wareki.long_date, label, width=_DUE_EM)
        if kind in _READ:
            return ReadLine(_READ[kind], self._said, label, width=self.spec.width)
        return TextLine(label)

    def _said(self, value: Any) -> str:
        if isinstance(value, Month):
            return value.label()
        if self.spec.kind == "length":
            return entry.length_text(value)
        return f"{value:,}" if self.spec.kind == "yen" else str(value)


def parse_yen(text: str) -> int | None:
    """Read ``40000``, ``40,000円``, ``４万`` as yen; None where it is no amount, or absurd."""
    plain = text.replace(",", "").replace("、", "").replace("，", "").strip()
    sign = -1 if plain[:1] in ("-", "−", "ー", "▲") else 1
    plain = plain.lstrip("-−ー▲").removesuffix("円").strip()
    times = 10_000 if plain.endswith("万") else 1
    plain = plain.removesuffix("万")
    if not plain.isdigit():
        return None
    yen = sign * int(plain) * times
    return yen if abs(yen) <= MOST_YEN else None


def parse_month(text: str) -> Month | None:
    """Read ``令和8年10月``, ``R8.10``, ``2026-10`` as a month; None where it is none."""
    plain = text.strip().removesuffix("分").removesuffix("月").replace("-", "/").rstrip("/")
    day = wareki.parse_date(f"{plain}/1", date(2199, 1, 1))
    return Month.of(day) if day is not None and plain else None


def _days(lines: Sequence[str], today: date) -> list[date] | None:
    found = [wareki.parse_date(line, today) for line in lines]
    return None if None in found else sorted({day for day in found if day is not None})


def _put_choice(widget: QWidget, value: Any) -> None:
    assert isinstance(widget, ChoiceBox)
    widget.choose(value)


def _put_chips(widget: QWidget, value: Any) -> None:
    assert isinstance(widget, ChipBar)
    widget.choose("" if value is None else value)


def _put_checks(widget: QWidget, value: Any) -> None:
    assert isinstance(widget, CheckRow)
    widget.tick(value or ())


def _put_switch(widget: QWidget, value: Any) -> None:
    assert isinstance(widget, QCheckBox)
    widget.setChecked(bool(value))


def _put_day(widget: QWidget, value: Any) -> None:
    assert isinstance(widget, DateEntry)
    if isinstance(value, date):
        widget.set_day(value)
    else:
        widget.set_text(value or "")


def _put_lines(widget: QWidget, value: Any) -> None:
    assert isinstance(widget, TextArea)
    if not isinstance(value, str):
        said = [_said_day(one) if isinstance(one, date) else str(one) for one in value or ()]
        value = "\n".join(said)
    widget.set_text(value)


def _said_day(day: date) -> str:
    return wareki.long_date(day, weekday=False)


def _box(spec: Spec) -> QWidget:
    box = ChoiceBox(spec.label)
    box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
    box.show_choices(spec.choices)
    return box


def _chips(spec: Spec) -> QWidget:
    chips = ChipBar(spec.label, one_stop=True)
    chips.show_chips(spec.choices)
    return chips


_CHOSEN: dict[str, Callable[[Spec], QWidget]] = {
    "choice": _box,
    "chips": _chips,
    "checks": lambda spec: CheckRow(spec.label, [(str(c), word) for c, word in spec.choices]),
    "switch": lambda spec: QCheckBox(spec.label),
}
_READ: dict[str, Callable[[str], Any]] = {
    "number": entry.parse_count,
    "length": entry.parse_length,
    "yen": parse_yen,
    "month": parse_month,
}
_PUT: dict[str, Callable[[QWidget, Any], None]] = {
    "choice": _put_choice,
    "chips": _put_chips,
    "checks": _put_checks,
    "switch": _put_switch,
    "day": _put_day,
    "area": _put_lines,
    "lines": _put_lines,
    "days": _put_lines,
}
