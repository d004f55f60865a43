"""On which day the 推進員定例会 is: the office decides it, the settings file hands it out."""

from collections.abc import Sequence
from datetime import date

from kashiwa_desktop.domain.meeting_rule import MeetingRule
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.store import Store, office_facts, office_settings


class MeetingSettings:
    """The office's rule for the 定例会 by date, and the days that are named one by one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._settings = MoneySettings(store)

    def rule(self, month: Month) -> MeetingRule:
        """Return the rule in force in ``month``."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return office_settings(tx).meeting_rule(month)

    def day(self, month: Month) -> date | None:
        """Return the day of the 定例会 in ``month``; None where it is not known."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return office_settings(tx).meeting(month)

    def named_days(self) -> list[date]:
        """Return the days that were named one by one, in order."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return sorted(office_settings(tx).meetings)

    def decide(self, rule: MeetingRule, first: date) -> None:
        """Let ``rule`` hold from the month of ``first`` on; later rules stay."""
        start = Month.of(first).first.isoformat()
        held = self._settings.office().get("meeting_rules", [])
        kept = [one for one in held if one["from"] != start]
        rules = sorted([*kept, {"from": start, **rule.body()}], key=lambda one: str(one["from"]))
        self._settings.change_office({"meeting_rules": rules})

    def name_days(self, days: Sequence[date]) -> None:
        """Name all days that are decided one by one; each goes before the rule in its month."""
        self._settings.change_office({"meetings": [day.isoformat() for day in sorted(set(days))]})
