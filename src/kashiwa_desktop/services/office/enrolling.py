"""The PCs of promoters: which the office knows, which were lost, and what a person lets in.

That a PC was lost is a revision too, so that it is still known after the office was rebuilt.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from kashiwa_desktop.crypto.keys import OfficeKeys
from kashiwa_desktop.domain.revision import Content, RecordKey, derived_id
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.store import Store, note, office_facts, replace_shown, save
from kashiwa_desktop.services.travel.admitting import device_number
from kashiwa_desktop.services.travel.intake import Intake, Taken
from kashiwa_desktop.storage import bundles, devices, revisions
from kashiwa_desktop.storage.bundles import Waiting
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.devices import Device

_SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Pc:
    """A PC as it is shown: ``number`` is its 確認番号, ``at`` when it was accepted.

    ``twin`` is when a second PC with the same identity last showed itself, '' for never; ``app``
    is the version of the program that made its newest file.
    """

    device: str
    number: str
    promoter: str
    state: str
    at: str
    twin: str = ""
    app: str = ""


class Enrolling:
    """The office's list of PCs."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def pcs(self, promoter: str | None = None) -> list[Pc]:
        """Return the PCs of one promoter or of all, in the order they were accepted."""
        with self._store.db.read() as tx:
            office_facts(tx)
            known, twins = devices.all_known(tx), bundles.twins(tx)
            apps = bundles.apps(tx)
        return [
            _pc(d, twins.get(d.id, ""), apps.get(d.id, ""))
            for d in known
            if promoter in (None, d.promoter)
        ]

    def report_lost(self, name: str, *, found: bool = False) -> Pc:
        """Mark a PC as lost (or found again); ``name`` is its 確認番号 or how its id begins.

        Its later files wait for a person, and returns are no longer sealed to it.
        """
        with self._store.db.write() as tx:
            office_facts(tx)
            device = replace(_find(tx, name), state="listed" if found else "lost")
            devices.put(tx, device)
            id_ = derived_id(device.promoter, "settings/device", device.id)
            body = {"kind": "device", "device": device.id, "state": device.state}
            content = Content(RecordKey(device.promoter, "settings", id_), None, body)
            save(self._store, tx, [replace_shown(tx, content)])
            note(self._store, tx, "device", state=device.state, device=device.id)
        return _pc(device)

    def waiting(self) -> list[Waiting]:
        """Return the files that wait for a person: of new PCs, of lost ones, of newer versions."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return bundles.waiting_files(tx)

    def accept_new(self, file: str, keys: OfficeKeys) -> Taken:
        """Take in a waiting file whose PC is new: the promoter read its 確認番号 aloud."""
        path = self._store.folder.waiting / file
        return Intake(self._store, keys).take_in([path], accept_new_device=True)

    def accept_waiting(self, file: Path, keys: OfficeKeys) -> Taken:
        """Take in a file of a lost PC that waits: a person asked the promoter about it."""
        with self._store.db.read() as tx:
            office_facts(tx)
            waiting = {w.file for w in bundles.waiting_files(tx)}
        if file.name not in waiting:
            text = f"確認を待っているファイルではありません: {file.name}"
            raise RefusedError(text, code="not_waiting")
        path = self._store.folder.waiting / file.name
        return Intake(self._store, keys).take_in([path], decided=True)


def enter_losses(tx: Tx) -> None:
    """Bring the list of PCs up to what the revisions say of lost ones (after a rebuilding)."""
    for told in revisions.shown(tx, "settings"):
        if told.body.get("kind") == "device":
            known = devices.get(tx, told.body["device"])
            if known is not None:
                devices.put(tx, replace(known, state=told.body["state"]))


def _find(tx: Tx, name: str) -> Device:
    wanted = name.replace(" ", "").replace("-", "").lower()
    found = [d for d in devices.all_known(tx) if _is_named(d, wanted)]
    if len(found) != 1:
        text = f"そのパソコンを名簿から1台に決められません: {name}"
        raise RefusedError(f"{text}。確認番号をご確認ください。", code="not_found")
    return found[0]


def _is_named(device: Device, wanted: str) -> bool:
    number = device_number(device.id).replace(" ", "")
    return wanted == number or (len(wanted) > _SHORTEST and device.id.startswith(wanted))


def _pc(device: Device, twin: str = "", app: str = "") -> Pc:
    number = device_number(device.id)
    return Pc(device.id, number, device.promoter, device.state, device.at, twin, app)
