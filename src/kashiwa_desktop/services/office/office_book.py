"""Everything that 名簿・設定 shows, read in one go: the office's book as it stands."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kashiwa_desktop.domain import category_hint
from kashiwa_desktop.domain.category_hint import Example
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.payment_options import PaymentOptions
from kashiwa_desktop.domain.people import Area, Roster
from kashiwa_desktop.domain.staff import Member
from kashiwa_desktop.paths import resource
from kashiwa_desktop.services.office.money_settings import office_body
from kashiwa_desktop.services.office.payment_settings import options
from kashiwa_desktop.services.office.roster_tables import read_areas
from kashiwa_desktop.services.store import (
    Store,
    office_facts,
    office_settings,
    roster,
    settings_date,
    staff_members,
)
from kashiwa_desktop.services.travel.late_settings import late_pcs
from kashiwa_desktop.services.undoing import Undoing
from kashiwa_desktop.storage import bank_accounts, revisions


@dataclass(frozen=True, slots=True)
class Book:
    """The office's settings; ``said`` is what was ever set, all else is 初期値(要確認).

    ``late`` are (promoter, name) of those whose PC works with older settings.
    """

    today: date
    people: Roster
    office: Office
    said: dict[str, Any]
    examples: tuple[Example, ...]
    examples_said: bool
    members: tuple[Member, ...]
    unchecked: frozenset[str]
    settings_date: str
    late: tuple[tuple[str, str], ...]
    accounts_kept: int
    last_change: str | None
    payments: PaymentOptions = field(default_factory=PaymentOptions)


class OfficeBook:
    """Reads the book."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def staff(self) -> str:
        return self._store.staff

    def look(self) -> Book:
        with self._store.db.read() as tx:
            office_facts(tx)
            people = roster(tx)
            bodies = [r.body for r in revisions.shown(tx, "settings")]
            told = next((b for b in bodies if b.get("kind") == "category_examples"), {})
            book = Book(
                today=self._store.clock.today(),
                people=people,
                office=office_settings(tx),
                said=office_body(tx),
                examples=category_hint.read(told, people.codes),
                examples_said=bool(told),
                members=staff_members(tx),
                unchecked=_unchecked(people),
                settings_date=settings_date(tx),
                late=tuple(late_pcs(tx, self._store.clock.today())),
                accounts_kept=len(bank_accounts.every(tx)),
                last_change=None,
                payments=options(tx),
            )
        return replace(book, last_change=Undoing(self._store).last_change())


def _unchecked(people: Roster) -> frozenset[str]:
    """Return the codes of areas that still stand as they were shipped (DOMAIN.md §1)."""
    shipped = {a.code: _plain(a) for a in read_areas(resource("areas.csv"))}
    return frozenset(
        a.code for a in people.areas if not a.checked and shipped.get(a.code) == _plain(a)
    )


def _plain(a: Area) -> tuple[object, ...]:
    return a.name, a.kana, a.zone, a.first, a.last
