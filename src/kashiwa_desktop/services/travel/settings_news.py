"""What new settings mean for the promoter who reads them in: what is otherwise now, old beside new.

Only what concerns him (PRODUCT.md, screen 5): his name, appointments and amounts, the days of the
deadline, of the payment and of the 定例会, the types he chooses from, the guideline, and whom to
ring up.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from kashiwa_desktop.domain import honorarium
from kashiwa_desktop.domain.code_list import SEED_WORDS, Words
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import Appointment
from kashiwa_desktop.domain.wareki import era_year, long_date
from kashiwa_desktop.services.holidays import deadline, payday
from kashiwa_desktop.services.store import office_settings, roster
from kashiwa_desktop.storage.database import Tx

_AHEAD = timedelta(days=366)
"""So far ahead a change of the monthly amount is told."""


def seen(tx: Tx, promoter: str, today: date) -> dict[str, str]:
    """Return what the settings say to this promoter today, by what it is about, in words."""
    people, office, month = roster(tx), office_settings(tx), Month.of(today)
    person = people.person(promoter)
    if person is None:
        return {}
    held = [a for a in people.of_promoter(promoter) if a.last is None or a.last >= today]
    appointments = {f"{people.area(a.area).name}の委嘱": _held(a, office, month) for a in held}
    return {
        "お名前": person.name,
        **appointments,
        **_kinds(people.codes.on(today)),
        f"{month.number}月分の締切": long_date(deadline(month, office)),
        f"{month.number}月分のお支払い予定": long_date(payday(month, office)),
        "推進員定例会": _meetings(office, month),
        "1か月のめやす": f"{office.guideline}回",
        "事務局の担当": office.officer or "なし",
        "事務局の電話": office.telephone or "なし",
    }


def news(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Return a line for each thing that is otherwise than before; none where nothing was known."""
    if not before:
        return ()
    return tuple(
        f"{about}: {before[about]} → {words}" if about in before else f"{about}: {words}"
        for about, words in after.items()
        if before.get(about) != words
    )


def _kinds(words: Words) -> dict[str, str]:
    """Say which types each category offers today: the words that he chooses from."""
    found = {}
    for code, label in words.choices("category").items():
        types = "、".join(words.choices("type", code).values())
        found[f"区分「{SEED_WORDS.category(code)}」"] = f"{label}({types})"
    return found


def _held(a: Appointment, office: Office, month: Month) -> str:
    until = f"{long_date(a.last, weekday=False)}まで" if a.last else ""
    leave = "、いまは休止" if a.suspended_in(month) else ""
    return f"{long_date(a.first, weekday=False)}から{until}、{_amounts(a, office, month)}{leave}"


def _amounts(a: Appointment, office: Office, month: Month) -> str:
    """Say the monthly amount, and from when it is another one."""
    now = honorarium.amount(a, office, month)
    words, last = f"月額{now:,}円", now
    for later in months(month.next(), Month.of(month.first + _AHEAD)):
        yen = honorarium.amount(a, office, later)
        if yen != last:
            words += f"({era_year(later.first)}{later.number}月分から{yen:,}円)"
        last = yen
    return words


def _meetings(office: Office, month: Month) -> str:
    days = [office.meeting(m) for m in (month, month.next())]
    told = [f"{day.month}月{day.day}日" for day in days if day is not None]
    return "、".join(told) or "日にちは決まっていません"
