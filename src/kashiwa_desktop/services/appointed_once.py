"""One person holds one area once: a second appointment for the same days would be paid again."""

from kashiwa_desktop.domain import people
from kashiwa_desktop.domain.people import Appointment, Roster
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.store import roster
from kashiwa_desktop.storage.database import Tx

OVERLAP = (
    "%sさんの、%sの委嘱の期間が重なっています。支払が2回にならないよう、期間を直してください。"
)


def refuse_overlap(tx: Tx, before: Roster) -> None:
    """Refuse what made two appointments of one person for one area hold on the same days.

    ``before`` is the roster before the change: what overlapped already may be put right bit by bit.
    """
    after = roster(tx)
    for one, other in grown(before, after):
        person = after.person(one.promoter)
        name = person.name if person else one.promoter
        held = f"{_day(one)}からの委嘱と、{_day(other)}からの委嘱の期間が重なります。"
        text = (
            f"{name}さんの{after.area(one.area).name}は、{held}"
            "先に、前の委嘱の終わりの日を書いてください(委嘱を終える)。"
        )
        raise RefusedError(text, code="overlap", field="first")


def grown(before: Roster, after: Roster) -> list[tuple[Appointment, Appointment]]:
    """Return the pairs that hold at once, and did not before or on fewer days."""
    held = people.overlaps(before.appointments)
    by_id = {a.id: a for a in after.appointments}
    return [
        (by_id[one], by_id[other])
        for (one, other), days in people.overlaps(after.appointments).items()
        if days > held.get((one, other), 0)
    ]


def _day(held: Appointment) -> str:
    return long_date(held.first, weekday=False)
