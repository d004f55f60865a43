"""地域版 資源一覧 on paper: of one area, or one after the other of all."""

import io
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from kashiwa_desktop.domain import resource as rules
from kashiwa_desktop.domain.area_statistics import newest
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.resource import Resource
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.reports import resource_list
from kashiwa_desktop.reports.resource_list import ResourceGroup, ResourceLine, ResourceList
from kashiwa_desktop.services.printed import Printed, offer, sender_of
from kashiwa_desktop.services.records.registered import not_continued
from kashiwa_desktop.services.store import Facts, Store, facts, office_settings, roster
from kashiwa_desktop.storage import resources


class RegisterPaper:
    """The list of resources of an area: handed out, or in full (``full``) for staff."""

    def __init__(self, store: Store, promoter: str | None = None) -> None:
        """In the office ``promoter`` narrows it to the areas that he holds or held."""
        self._store, self._promoter = store, promoter

    def make(
        self,
        area: str | None = None,
        out: Path | None = None,
        *,
        full: bool = False,
        month: Month | None = None,
    ) -> Printed:
        """Print one area (its code), or all that have resources, as of today or a past month's end.

        A promoter's PC prints what he keeps himself. RefusedError where there is nothing.
        """
        today = self._store.clock.today()
        on = min(today, month.last) if month else today
        with self._store.db.read() as tx:
            who, people, office = facts(tx), roster(tx), office_settings(tx)
            sender, held = sender_of(self._store, tx), not_continued(resources.shown(tx))
        areas = {a.area for a in people.of_promoter(self._promoter or "")}
        there = [
            r
            for r in held
            if r.lasts_on(on)
            and area in (None, r.area)
            and (self._promoter is None or r.area in areas)
        ]
        mine = [r for r in there if who.is_office or r.promoter == who.promoter]
        if not mine:
            raise RefusedError(_nothing(who, there), code="nothing_to_print")
        lists = _lists(people, office, mine, on, full=full)
        buffer = io.BytesIO()
        made = resource_list.render(lists, sender, buffer)
        return offer(self._store, out, buffer.getvalue(), made)


def _nothing(who: Facts, left: Sequence[Resource]) -> str:
    if left and not who.is_office:
        return "前任者の資源は、引き継ぐと一覧に載ります。"
    return "印刷する資源がまだありません。地域の資源を記録すると、ここから印刷できます。"


def _lists(
    people: Roster, office: Office, held: Sequence[Resource], on: date, *, full: bool
) -> list[ResourceList]:
    order = {a.code: n for n, a in enumerate(people.areas)}
    codes = sorted({r.area for r in held}, key=lambda code: (order.get(code, len(order)), code))
    return [
        ResourceList(
            area=people.area(code).name,
            on=on,
            groups=_groups([r for r in held if r.area == code], full=full),
            full=full,
            phone=office.phone,
            statistics=newest(people.statistics, code, on),
        )
        for code in codes
    ]


def _groups(held: Sequence[Resource], *, full: bool) -> list[ResourceGroup]:
    return [
        ResourceGroup(
            rules.KINDS.get(kind, kind),
            [_line(r, full=full) for r in of_kind],
            disaster=kind == rules.NEIGHBOURHOOD,
        )
        for kind, of_kind in groupby(held, lambda r: r.kind)
    ]


def _line(r: Resource, *, full: bool) -> ResourceLine:
    return ResourceLine(
        name=r.name,
        form=rules.FORMS.get(r.form, r.form),
        day=r.day,
        place=r.place,
        contact=r.contact,
        checked=r.checked,
        disaster_group=r.disaster_group,
        support=_support(r) if full else (),
        note=r.note if full else "",
    )


def _support(r: Resource) -> list[str]:
    subsidy = "" if r.subsidy == rules.NO_SUBSIDY else rules.SUBSIDIES.get(r.subsidy, r.subsidy)
    stage = rules.STAGES.get(r.stage, r.stage)
    met = f"要件 {len(r.requirements)}/{len(rules.REQUIREMENTS)}" if r.requirements else ""
    return [text for text in (subsidy, stage, met) if text]
