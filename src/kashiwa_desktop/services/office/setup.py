"""Setting up: an office with its keys, the settings file it hands out, and a promoter's PC.

The settings file carries of personal data only numbers and names; amounts, addresses and reasons
stay in the office and travel in returns (BUNDLE.md §6).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kashiwa_desktop import disk
from kashiwa_desktop.bundle import place, reader
from kashiwa_desktop.bundle.reader import Expect
from kashiwa_desktop.crypto.keys import (
    OfficeKeys,
    OfficePublic,
    PcIdentity,
    RecoveryKey,
)
from kashiwa_desktop.crypto.signing import SigningKey
from kashiwa_desktop.domain import people
from kashiwa_desktop.domain.people import Area, Roster
from kashiwa_desktop.domain.revision import Content
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.errors import FileRefusedError, RefusedError
from kashiwa_desktop.services.key_list import (
    ASK_FOR_KEYWORD,
    KEYS,
    endorse,
    keys_body,
    listed_keys,
    present_keys,
    proved_office,
    read_settings,
)
from kashiwa_desktop.services.office.roster import area_changes
from kashiwa_desktop.services.office.settings_changes import shared_change
from kashiwa_desktop.services.store import (
    Change,
    Store,
    facts,
    note,
    office_facts,
    promoter_facts,
    roster,
    save,
)
from kashiwa_desktop.services.travel.merging import merge
from kashiwa_desktop.services.travel.sending import Letter, Made, Sender, send
from kashiwa_desktop.storage import meta, revisions
from kashiwa_desktop.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a promoter's PC shows after reading its settings: compare ``office_number`` by phone."""

    promoter: str
    name: str
    areas: tuple[str, ...]
    office: str
    office_number: str


def office_number(office: str) -> str:
    """事務局の番号: 16 digits of the office id, in groups of four."""
    digits = f"{int(office, 16) % 10**16:016d}"
    return " ".join(digits[i : i + 4] for i in range(0, 16, 4))


class OfficeSetup:
    """The office's beginning, and the settings file it hands out."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(
        self, name: str, areas: list[Area], passphrase: str | None
    ) -> tuple[str, RecoveryKey]:
        """Make an office store with its keys; returns (office id, recovery key).

        The recovery key is kept nowhere: whoever calls must print it.

        RefusedError where this folder already holds something.
        """
        public, keys, recovery = make_keys(self._store, passphrase)
        enter_office(self._store, clean(name), areas, public, keys)
        return public.office, recovery

    def unlock(self, passphrase: str | None) -> OfficeKeys:
        """Open the office's keys with the 合言葉."""
        with self._store.db.read() as tx:
            office_facts(tx)
            body = keys_body(tx)
        if not passphrase:
            raise RefusedError(ASK_FOR_KEYWORD, code="no_passphrase")
        folder = self._store.folder.identity
        OfficeKeys.follow(folder, present_keys(body))
        return OfficeKeys.unlock(folder, passphrase)

    def setup_file(self, out: Path, keys: OfficeKeys) -> Made:
        """Write the signed settings file that every promoter gets."""

        def letter(tx: Tx) -> Letter:
            office_facts(tx)
            return Letter("setup", revisions.shared_lines(tx), [], label="settings")

        path = place.within(out, "settings.kssc")
        return send(self._store, Sender(keys.signing, keys.receiving.recipient), letter, path)


def make_keys(store: Store, passphrase: str | None) -> tuple[OfficePublic, OfficeKeys, RecoveryKey]:
    """Make the keys of a new office; there is no office before ``enter_office``.

    RefusedError where this folder already holds something.
    """
    if not passphrase:
        raise RefusedError(ASK_FOR_KEYWORD, code="no_passphrase")
    with store.db.read() as tx:
        if facts(tx).role:
            raise RefusedError("ここにはもう記録があります。", code="already_set_up")
    _set_aside(store.folder.identity)
    keys, recovery = OfficeKeys.generate(), RecoveryKey.generate()
    public = keys.save(store.folder.identity, passphrase, recovery)
    return public, keys, recovery


def enter_office(
    store: Store, name: str, areas: list[Area], public: OfficePublic, keys: OfficeKeys
) -> None:
    """Let the store be that office's: its list of keys, its name, its areas, in one transaction."""
    with store.db.write() as tx:
        meta.put(tx, "role", "office")
        meta.put(tx, "office", public.office)
        meta.put(tx, "device", keys.signing.device)
        changes = [Change(Content(KEYS, None, _keys_body(public, keys.signing)))]
        changes.append(shared_change(tx, {"kind": "office", "name": name}, "office"))
        save(store, tx, changes + area_changes(tx, areas))
        note(store, tx, "begin", areas=len(areas))


def _set_aside(identity: Path) -> None:
    """Put keys away that an interrupted beginning left: their recovery key was never shown."""
    for path in sorted(identity.glob("office.*")):
        disk.replace(path, place.free_name(path.with_name(f"unfinished-{path.name}")))


def write_recovery_key(path: Path, key: RecoveryKey) -> None:
    """Write the recovery key as an age identity file, for printing; never kept in the store."""
    text = f"# 予備のかぎ(封筒に入れて金庫へ) {key.recipient}\n{key.secret}\n"
    place.save_verified(text.encode(), path, lambda _: None)


class PromoterSetup:
    """A promoter's PC: reading the settings file, the first and every later one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def look(self, file: Path) -> Roster:
        """Return who is named in a settings file, so that a person can find himself."""
        contents = reader.read(place.load(file), [], Expect(kind="setup"))
        return people.roster(r.body for r in contents.revisions if r.key.type == "settings")

    def read(self, file: Path, promoter: str) -> Welcome:
        """Take in a settings file; the first one makes this PC's keys and says whose PC it is."""
        with self._store.db.read() as tx:
            who = facts(tx)
            signers = listed_keys(tx) if who.role == "promoter" else None
        if who.role not in ("", "promoter") or who.promoter not in ("", promoter):
            text = "このパソコンはほかの方の記録に使われています。"
            raise RefusedError(f"{text}「使う人を替える」をお使いください。", code="other_person")
        contents = read_settings(place.load(file), signers)
        office = proved_office(contents)
        if who.office not in ("", office):
            raise FileRefusedError("別の事務局の設定ファイルです。", code="other_office")
        with self._store.db.write() as tx:
            merge(tx, contents, at=self._store.clock.text(), intake="", file=file.name)
            held = roster(tx)
            person = held.person(promoter)
            if person is None:
                text = f"設定ファイルに番号 {promoter} の方がいません。番号をご確認ください。"
                raise RefusedError(text, code="not_in_settings")
            if not who.role:
                self._begin(tx, promoter, office)
            areas = [held.area(a.area).name for a in held.of_promoter(promoter)]
        return Welcome(promoter, person.name, tuple(areas), office, office_number(office))

    def new_identity(self) -> str:
        """Make new keys for a copied PC, or one whose keys are lost; returns the new PC's id.

        Its next file waits at the office until a person accepts the PC, as any new one.
        """
        with self._store.db.write() as tx:
            promoter_facts(tx)
            identity = PcIdentity.renew(self._store.folder.identity)
            meta.put(tx, "device", identity.device)
            meta.put(tx, "moved", "1")
            note(self._store, tx, "new_identity", device=identity.device)
        return identity.device

    def _begin(self, tx: Tx, promoter: str, office: str) -> None:
        folder = self._store.folder.identity
        if PcIdentity.exists(folder):
            identity = PcIdentity.load(folder)
        else:
            identity = PcIdentity.create(folder)
        meta.put(tx, "role", "promoter")
        meta.put(tx, "promoter", promoter)
        meta.put(tx, "office", office)
        meta.put(tx, "device", identity.device)


def _keys_body(public: OfficePublic, signer: SigningKey) -> dict[str, Any]:
    return {
        "office": public.office,
        "keys": [{"key": public.key, "recipient": public.recipient, "state": "present"}],
        "recovery_key": public.recovery_key,
        "recovery_recipient": public.recovery_recipient,
        "chain": [endorse(signer, public.office, public.recovery_key)],
    }
