"""A resource in words: how old what is known of it is, and everything it says, line by line."""

from datetime import date

from kashiwa_desktop.domain import resource, wareki
from kashiwa_desktop.domain.resource import Resource
from kashiwa_desktop.ui.widgets.state_mark import StateMark


def checked_mark(r: Resource, today: date) -> StateMark:
    """Return the state of what is known, as a shape and a word."""
    if r.ended is not None and not r.lasts_on(today):
        word = f"{short_day(r.ended)}に終わり"
        return StateMark("shape_dash", word, "muted")
    if r.checked is None:
        return StateMark("shape_triangle", "まだ", "notice")
    if r.is_stale(today):
        return StateMark("shape_triangle", "半年以上前", "notice")
    return StateMark("shape_circle", short_day(r.checked), "ok")


def short_day(day: date) -> str:
    """Return 「R8.11.12」."""
    return f"{wareki.short_era_year(day)}.{day.month}.{day.day}"


def lines_of(r: Resource, today: date, area: str = "") -> list[tuple[str, str]]:
    """Return (label, text) of everything a resource says, what is empty left out.

    ``area`` is its name where there are several.
    """
    body = resource.as_body(r)
    said = {f.name: (f.label, f.text(body, lambda _: area)) for f in resource.FIELDS}
    said["checked"] = (said["checked"][0], checked_words(r, today))
    if r.ended is not None and r.lasts_on(today):  # an end that was announced
        said["ended"] = ("終わる日", said["ended"][1])
    del said["name"], said["succeeds"]
    return [(label, text) for label, text in said.values() if text.strip()]


def checked_words(r: Resource, today: date) -> str:
    """Return the day on which it was made sure of, and whether that is long ago."""
    if r.checked is None:
        return "▲ まだ確かめていません"
    day = wareki.long_date(r.checked, weekday=False)
    if r.is_stale(today):
        return f"▲ {day}(半年以上前です)"
    return f"● {day}"
