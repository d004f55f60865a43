"""The office's roster: areas, people, appointments. Every change is a settings revision.

Telephone, address, amounts, leave and reasons are records of the one promoter: they never stand in
the settings file, only in the office's store and in his own returns.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import msgspec

from kashiwa_desktop.domain import ceiling
from kashiwa_desktop.domain.area_statistics import KIND, AreaStatistics
from kashiwa_desktop.domain.ceiling import Ceiling
from kashiwa_desktop.domain.file_name import is_number
from kashiwa_desktop.domain.people import Appointment, Area, Person, Proxy, Roster
from kashiwa_desktop.domain.places import Place
from kashiwa_desktop.domain.revision import Content, RecordKey, derived_id, shown
from kashiwa_desktop.domain.settings_schema import ExampleBody
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.errors import RefusedError, WrongUsageError
from kashiwa_desktop.services.appointed_once import refuse_overlap
from kashiwa_desktop.services.office.settings_changes import (
    patched,
    shared_change,
    shared_patch,
    write,
)
from kashiwa_desktop.services.store import (
    Change,
    Store,
    find_area,
    office_facts,
    replace_shown,
    roster,
)
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.storage.database import Tx


@dataclass(frozen=True, slots=True)
class NewPromoter:
    """One appointment to be added; ``yen`` None where the office's rate holds."""

    promoter: str
    name: str
    kana: str
    area: str
    first: date
    yen: int | None = None


class RosterService:
    """名簿: who is appointed where, from when, to when."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def roster(self) -> Roster:
        with self._store.db.read() as tx:
            return roster(tx)

    def add_promoter(self, new: NewPromoter) -> Appointment:
        """Appoint a person; numbers are never given to somebody else (PRODUCT.md §1)."""
        with self._store.db.write() as tx:
            office_facts(tx)
            before = roster(tx)
            made, changes = appoint(tx, new)
            write(self._store, tx, "appoint", changes, promoter=new.promoter, area=made.area)
            refuse_overlap(tx, before)
        return made

    def end(self, promoter: str, area: str, last: date, reason: str) -> Appointment:
        """End an appointment on its last day; the reason stays in the office."""
        with self._store.db.write() as tx:
            before = roster(tx)
            found = _running_on(tx, appointment_in(tx, promoter, area), last)
            _refuse_backwards(found.first, last)
            ended = self._write(tx, "end", end_changes(tx, found, last, reason), found)
            refuse_overlap(tx, before)
            return ended

    def suspend(
        self, promoter: str, area: str, first: date, last: date | None, reason: str = ""
    ) -> Appointment:
        """Put an appointment on leave (休止) from a day, to a day or open."""
        with self._store.db.write() as tx:
            found = appointment_in(tx, promoter, area)
            _refuse_backwards(first, last)
            span = {"from": first.isoformat(), "to": last.isoformat() if last else None}
            leaves = [*_leaves(found), {**span, "reason": clean(reason)}]
            return self._write(tx, "suspend", [_terms(tx, found, {"suspended": leaves})], found)

    def resume(self, promoter: str, area: str, on: date) -> Appointment:
        """End the leave that is open: ``on`` is the first day of work again."""
        with self._store.db.write() as tx:
            found = appointment_in(tx, promoter, area)
            leaves = _leaves(found)
            held = [leave for leave in leaves if not leave["to"] and leave["from"] < on.isoformat()]
            if not held:
                raise RefusedError("その日より前からの休止がありません。", code="not_suspended")
            for leave in held:
                leave["to"] = (on - timedelta(days=1)).isoformat()
            return self._write(tx, "resume", [_terms(tx, found, {"suspended": leaves})], found)

    def set_contact(
        self, promoter: str, *, phone: str | None = None, address: str | None = None
    ) -> None:
        """Keep telephone and address of a promoter; None leaves one as it is."""
        with self._store.db.write() as tx:
            office_facts(tx)
            _known(tx, promoter)
            given = {"phone": phone, "address": address}
            patch = {name: clean(text) for name, text in given.items() if text is not None}
            write(self._store, tx, "contact", [contact(tx, promoter, patch)], promoter=promoter)

    def add_proxy(self, proxy: Proxy) -> None:
        """Say who may stand in for a promoter (代理), and as what."""
        with self._store.db.write() as tx:
            office_facts(tx)
            _known(tx, proxy.promoter)
            changes = [proxy_change(tx, proxy)]
            write(self._store, tx, "proxy", changes, promoter=proxy.promoter)

    def rename(self, promoter: str, name: str, kana: str) -> None:
        """Write a person's name anew, as after a marriage; the number stays his."""
        if not clean(name).strip():
            raise RefusedError("氏名をお書きください。", code="name")
        with self._store.db.write() as tx:
            office_facts(tx)
            _known(tx, promoter)
            start = {"kind": "person", "promoter": promoter}
            change = shared_patch(tx, start, promoter, {"name": clean(name), "kana": clean(kana)})
            write(self._store, tx, "rename", [change], promoter=promoter)

    def put_area(self, area: Area) -> None:
        """Add an area or correct one; what a person wrote is no 初期値 any more."""
        _refuse_unnamed(area.code, area.name)
        _refuse_backwards(area.first, area.last)
        body = {**_area_body(area), "checked": True}
        with self._store.db.write() as tx:
            office_facts(tx)
            change = shared_patch(tx, {"kind": "area", "code": area.code}, area.code, body)
            write(self._store, tx, "area", [change], area=area.code)

    def put_place(self, place: Place) -> None:
        """Add a zone, a support centre or a community centre, or correct one."""
        _refuse_unnamed(place.code, place.name)
        _refuse_backwards(place.first, place.last)
        with self._store.db.write() as tx:
            office_facts(tx)
            write(self._store, tx, "place", [place_change(tx, place)], place=place.code)

    def set_examples(self, examples: Sequence[Mapping[str, Any]]) -> None:
        """区分の見分け方: put the office's examples in the place of those before.

        Each has text, words, category, type and reason; WrongUsageError for one that has not.
        """
        try:
            known = msgspec.convert(list(examples), list[ExampleBody], strict=True)
        except msgspec.ValidationError as error:
            raise WrongUsageError(f"例をご確認ください({error})。", code="examples") from error
        body = {"kind": "category_examples", "examples": msgspec.to_builtins(known)}
        with self._store.db.write() as tx:
            office_facts(tx)
            codes = roster(tx).codes
            for one in known:
                if not codes.knows("type", one.type, one.category):
                    text = f"知らない区分か種別です: {one.category}"
                    raise WrongUsageError(text, code="examples")
            change = shared_patch(tx, body, "examples", body)
            write(self._store, tx, "category_examples", [change], count=len(known))

    def _write(
        self, tx: Tx, event: str, changes: Iterable[Change | None], of: Appointment
    ) -> Appointment:
        write(self._store, tx, event, changes, promoter=of.promoter, area=of.area)
        return next(a for a in roster(tx).appointments if a.id == of.id)


def end_changes(tx: Tx, held: Appointment, last: date, reason: str) -> list[Change]:
    """Return the changes that end an appointment: the last day goes out, the reason does not."""
    found = (
        shared_patch(tx, _appointment_body(held), held.id, {"to": last.isoformat()}),
        _terms(tx, held, {"end_reason": clean(reason)}),
    )
    return [change for change in found if change is not None]


def appointment_in(tx: Tx, promoter: str, area: str) -> Appointment:
    """Return the newest appointment of a promoter in an area; RefusedError where he has none."""
    office_facts(tx)
    people = roster(tx)
    code = find_area(people, area).code
    mine = [a for a in people.of_promoter(promoter) if a.area == code]
    if not mine:
        text = f"名簿に {promoter} のこの地域の委嘱がありません。"
        raise RefusedError(text, code="not_appointed")
    return max(mine, key=lambda a: a.first)


def _running_on(tx: Tx, newest: Appointment, last: date) -> Appointment:
    """Return which appointment of a person and area a last day is meant for.

    The newest one; one before it where that was still running on the day and the newest is not
    yet begun.
    """
    if newest.first <= last:
        return newest
    mine = [
        a
        for a in roster(tx).of_promoter(newest.promoter)
        if a.area == newest.area and a.active_on(last)
    ]
    return max(mine, key=lambda a: a.first, default=newest)


def appointment(new: NewPromoter, area: str) -> Appointment:
    """Return the appointment; the same person, area and first day are the same appointment."""
    name = derived_id("appointment", new.promoter, area, new.first.isoformat())
    return Appointment(name, new.promoter, area, new.first, yen=new.yen)


def appoint(tx: Tx, new: NewPromoter) -> tuple[Appointment, list[Change]]:
    """Return the new appointment with its changes; RefusedError where it does not fit."""
    people = roster(tx)
    known = people.person(new.promoter)
    if known is not None and known.name != new.name:
        text = f"番号 {new.promoter} はほかの方の番号です。新しい番号をお使いください。"
        raise RefusedError(text, code="number_used")
    if known is None:
        _refuse_number(people, new.promoter)
    made = appointment(new, find_area(people, new.area).code)
    if any(a.id == made.id for a in people.appointments):
        raise RefusedError("この委嘱はもう名簿にあります。", code="already_appointed")
    return made, list(_appoint(tx, new, made, known))


def _refuse_number(people: Roster, number: str) -> None:
    """Refuse a new number that cannot name a file, or names the same one as another's.

    Disks of Windows do not tell large letters from small ones.
    """
    if not is_number(number):
        text = "推進員の番号には、英字・数字と - _ だけをお使いください(ファイルの名前になります)。"
        raise RefusedError(text, code="number")
    if any(p.promoter.lower() == number.lower() for p in people.people):
        text = f"番号 {number} は、大文字と小文字だけがちがう番号がもうあります。"
        raise RefusedError(text, code="number_used")


def _appoint(tx: Tx, new: NewPromoter, made: Appointment, known: Person | None) -> Iterator[Change]:
    if known is None:
        body = {"kind": "person", "promoter": new.promoter, "name": clean(new.name)}
        yield shared_change(tx, body | {"kana": clean(new.kana)}, new.promoter)
    yield shared_change(tx, _appointment_body(made), made.id)
    if new.yen is not None:
        yield private_change(tx, _no_terms(made), made)


def place_change(tx: Tx, place: Place) -> Change | None:
    """Return the change of one zone, support centre or community centre."""
    key = RecordKey(None, "settings", derived_id("settings", "place", place.kind, place.code))
    return patched(tx, key, {"kind": "place"}, place.body())


def statistics_change(tx: Tx, known: AreaStatistics) -> Change | None:
    """Return the change of the figures of one area on one day."""
    key = RecordKey(None, "settings", derived_id("settings", KIND, known.area, str(known.on)))
    return patched(tx, key, {"kind": KIND}, known.body())


def ceilings_change(tx: Tx, rows: Iterable[Ceiling]) -> Change | None:
    """Return the change of the office's own table of ceilings, as a whole."""
    key = RecordKey(None, "settings", derived_id("settings", ceiling.KIND))
    body = {"kind": ceiling.KIND, "rows": [row.row() for row in rows]}
    return patched(tx, key, {"kind": ceiling.KIND}, body)


def _refuse_unnamed(code: str, name: str) -> None:
    if not (code.strip() and name.strip()):
        raise RefusedError("番号と名前をお書きください。", code="name")


def _refuse_backwards(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise RefusedError("終わりの日が始まりの日より前です。", code="date")


def area_changes(tx: Tx, areas: Iterable[Area]) -> list[Change]:
    """Return the settings revisions of these areas, those left out that say nothing new."""
    found = (
        shared_patch(tx, {"kind": "area", "code": a.code}, a.code, _area_body(a)) for a in areas
    )
    return [change for change in found if change is not None]


def _area_body(a: Area) -> dict[str, Any]:
    return {
        "name": a.name,
        "kana": a.kana,
        "zone": a.zone,
        "order": a.order,
        "from": a.first.isoformat(),
        "to": a.last.isoformat() if a.last else None,
        "zones": [{"from": first.isoformat(), "zone": zone} for first, zone in a.zones],
    }


def contact(tx: Tx, promoter: str, patch: Mapping[str, str]) -> Change | None:
    """Return the change of a promoter's telephone and address."""
    key = RecordKey(promoter, "settings", derived_id(promoter, "settings/contact"))
    start = {"kind": "contact", "promoter": promoter, "phone": "", "address": ""}
    return patched(tx, key, start, patch)


def proxy_change(tx: Tx, proxy: Proxy) -> Change | None:
    """Return the change of one proxy; promoter, name and first day say which."""
    day = proxy.first.isoformat()
    key = RecordKey(
        proxy.promoter,
        "settings",
        derived_id(proxy.promoter, "settings/proxy", proxy.name, day),
    )
    start = {"kind": "proxy", "promoter": proxy.promoter, "name": clean(proxy.name), "from": day}
    last = proxy.last.isoformat() if proxy.last else None
    return patched(tx, key, start, {"standing": clean(proxy.standing), "to": last})


def _known(tx: Tx, promoter: str) -> None:
    if roster(tx).person(promoter) is None:
        raise RefusedError(f"名簿に番号 {promoter} の方がいません。", code="not_in_roster")


def _terms_key(of: Appointment) -> RecordKey:
    return RecordKey(of.promoter, "settings", derived_id(of.promoter, "settings/terms", of.id))


def _no_terms(of: Appointment) -> dict[str, Any]:
    start = {"kind": "terms", "appointment": of.id, "yen": of.yen}
    return start | {"end_reason": "", "suspended": []}


def terms_of(tx: Tx, of: Appointment) -> dict[str, Any]:
    """Return the terms of an appointment as they stand, those of a newer version included."""
    heads = revisions.heads_of_record(tx, _terms_key(of))
    return dict(shown(heads).body) if heads else _no_terms(of)


def private_change(tx: Tx, body: dict[str, Any], of: Appointment) -> Change:
    """Return a change of terms: a record of the one promoter, never in the settings file."""
    return replace_shown(tx, Content(_terms_key(of), None, body))


def _terms(tx: Tx, of: Appointment, patch: Mapping[str, Any]) -> Change | None:
    return patched(tx, _terms_key(of), _no_terms(of), patch)


def amend(tx: Tx, of: Appointment, last: date | None, yen: int | None) -> list[Change]:
    """Return the changes that give an appointment this last day and monthly amount."""
    to = {"to": last.isoformat() if last else None}
    changes = [shared_patch(tx, _appointment_body(of), of.id, to)]
    if yen != of.yen:
        changes.append(_terms(tx, of, {"yen": yen}))
    return [change for change in changes if change is not None]


def _appointment_body(a: Appointment) -> dict[str, Any]:
    return {
        "kind": "appointment",
        "appointment": a.id,
        "promoter": a.promoter,
        "area": a.area,
        "from": a.first.isoformat(),
        "to": a.last.isoformat() if a.last else None,
    }


def _leaves(a: Appointment) -> list[dict[str, Any]]:
    return [
        {
            "from": p.first.isoformat(),
            "to": p.last.isoformat() if p.last else None,
            "reason": p.reason,
        }
        for p in a.suspended
    ]
