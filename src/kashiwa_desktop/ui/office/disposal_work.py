"""What 廃棄と開示 works with, and what it lets the worker do."""

from contextlib import suppress
from dataclasses import dataclass

from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.printed import Printed
from kashiwa_desktop.services.safety.disposing import Disposal, Disposing, Found, Trace
from kashiwa_desktop.services.safety.erasing import Erased, Erasing
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.store import Store


@dataclass(frozen=True, slots=True)
class DisposalServices:
    """The office's disposal and disclosure, and the keys that open its archive."""

    store: Store
    disposing: Disposing
    ring: KeyRing


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to go: a fiscal year, or one record; who decided, and why."""

    year: int | None
    record: Found | None
    by: str = ""
    why: str = ""


Shown = tuple[list[tuple[int, int]], int, list[Disposal]]


def look(services: DisposalServices, _: Progress) -> Shown:
    service = services.disposing
    return service.due(), service.keep_years(), service.disposals()


def set_years(services: DisposalServices, years: int, _: Progress) -> None:
    services.disposing.set_keep_years(years)


def find(services: DisposalServices, text: str, _: Progress) -> list[Found]:
    return services.disposing.find(text)


def dispose(services: DisposalServices, decision: Decision, words: str, _: Progress) -> Erased:
    """Erase for good; the keys are opened first, so that a wrong 合言葉 erases nothing."""
    keys = services.ring.open(words) if words else services.ring.keys
    erasing = Erasing(services.store, keys)
    if decision.year is not None:
        done = erasing.dispose(decision.year, decision.why, decision.by)
    else:
        record = decision.record
        assert record is not None
        done = erasing.blank(record.promoter, record.record, decision.why, decision.by)
    with suppress(AppError):  # what was erased stays so; the next journal carries it
        services.ring.journal()
    return done


def trace(services: DisposalServices, words: str, _: Progress) -> Trace:
    keys = services.ring.open(words) if words else services.ring.keys
    return services.disposing.trace(keys)


def clear(services: DisposalServices, _: Progress) -> int:
    return services.disposing.clear_copies()


def record_paper(services: DisposalServices, _: Progress) -> Printed:
    keys = services.ring.keys if services.ring.is_open else None
    return services.disposing.disposal_paper(keys)


def list_paper(services: DisposalServices, text: str, found: list[Found], _: Progress) -> Printed:
    return services.disposing.disclosure_paper(text, found)
