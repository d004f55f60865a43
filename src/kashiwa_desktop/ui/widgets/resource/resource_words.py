"""A resource in words: how old what is known of it is, and everything it says, line by line."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.resource import REQUIREMENTS, STAGES, SUBSIDIES, Resource
from kashiwa_desktop.ui.widgets.state_mark import StateMark

translate = QCoreApplication.translate


def checked_mark(r: Resource, today: date) -> StateMark:
    """Return the state of what is known, as a shape and a word."""
    if r.ended is not None and not r.lasts_on(today):
        word = translate("resource", "%sに終わり") % short_day(r.ended)
        return StateMark("shape_dash", word, "muted")
    if r.checked is None:
        return StateMark("shape_triangle", translate("resource", "まだ"), "notice")
    if r.is_stale(today):
        return StateMark("shape_triangle", translate("resource", "半年以上前"), "notice")
    return StateMark("shape_circle", short_day(r.checked), "ok")


def short_day(day: date) -> str:
    """Return 「R8.11.12」."""
    return f"{wareki.short_era_year(day)}.{day.month}.{day.day}"


def lines_of(r: Resource, today: date, area: str = "") -> list[tuple[str, str]]:
    """Return (label, text) of everything a resource says, what is empty left out.

    ``area`` is its name where there are several.
    """
    lines = [
        (translate("resource", "種類"), r.label),
        (translate("resource", "地域"), area),
        (translate("resource", "いつ"), r.day),
        (translate("resource", "どこで"), r.place),
        (translate("resource", "問合せ先"), r.contact),
        (translate("resource", "確かめた日"), checked_words(r, today)),
        (translate("resource", "自主防災"), _disaster(r)),
        (translate("resource", "受けている補助"), SUBSIDIES.get(r.subsidy, r.subsidy)),
        (translate("resource", "支援の段階"), STAGES.get(r.stage, r.stage)),
        (translate("resource", "補助の要件"), _requirements(r)),
        (translate("resource", "ひとこと"), r.note),
        _end(r, today),
    ]
    return [(label, text) for label, text in lines if text.strip()]


def checked_words(r: Resource, today: date) -> str:
    """Return the day on which it was made sure of, and whether that is long ago."""
    if r.checked is None:
        return translate("resource", "▲ まだ確かめていません")
    day = wareki.long_date(r.checked, weekday=False)
    if r.is_stale(today):
        return translate("resource", "▲ %s(半年以上前です)") % day
    return f"● {day}"


def _end(r: Resource, today: date) -> tuple[str, str]:
    """An end may be announced: until that day it is still there."""
    ahead = r.lasts_on(today)
    label = translate("resource", "終わる日") if ahead else translate("resource", "終わった日")
    return label, wareki.long_date(r.ended) if r.ended else ""


def _disaster(r: Resource) -> str:
    return translate("resource", "自主防災の組がある") if r.disaster_group else ""


def _requirements(r: Resource) -> str:
    return "\n".join(REQUIREMENTS.get(code, code) for code in r.requirements)
