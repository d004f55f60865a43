"""What every service works with: one store on disk, its folder, its clock, who is at work.

Writing revisions lives here, once, because every service writes them the same way.
"""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kashiwa_desktop import disk
from kashiwa_desktop.domain import canonical, office, people, revision, schema, staff
from kashiwa_desktop.domain.code_list import CodeLists
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import Area, Roster
from kashiwa_desktop.domain.revision import Author, Content, Revision
from kashiwa_desktop.domain.settings_schema import OFFICE_ONLY
from kashiwa_desktop.domain.staff import Member
from kashiwa_desktop.errors import RefusedError, StoreError, WrongUsageError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services import log_heads, whereabouts
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.storage import audit, meta, projections, revisions
from kashiwa_desktop.storage.database import Database, Tx
from kashiwa_desktop.storage.upgrade import open_store

_READ_ONLY = (
    "記録の場所に書き込めません。見ることと印刷はできますが、記録はできません。"
    "事務局にお電話ください。"
)
_GONE = "記録のファイルが見つかりません。予備の写しから戻してください。"
_GONE_WITHOUT_COPIES = (
    "記録のファイルが見つかりません(かぎや保管したファイルは残っています)。"
    "推進員のパソコンでは画面で開いて「はじめから始める」を選び、事務局では保管したファイルから"
    "作り直してください(office rebuild)。"
)


@dataclass(frozen=True, slots=True)
class Change:
    """One revision to be written: what it says, and the heads it was made from."""

    content: Content
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Store:
    """An opened data folder. ``staff`` names who is at work in the office (``--as``).

    ``envelope``: whoever works holds the recovery key, which stands above the accounts of staff.
    """

    folder: DataFolder
    db: Database
    clock: Clock
    chance: Chance
    staff: str = "事務局"
    envelope: bool = False

    def with_envelope(self) -> "Store":
        """Return the same store for who brings an office back: nobody's account is here yet."""
        return replace(self, staff="予備のかぎ", envelope=True)

    def working_as(self, staff: str) -> "Store":
        return replace(self, staff=staff)

    def close(self) -> None:
        log_heads.remember(self.folder, self.db)
        self.db.close()

    @property
    def is_trial(self) -> bool:
        """Whether clock or chance are set: then papers and ``--version`` say 「試験用」."""
        return not (self.clock.is_real and self.chance.is_real)


@dataclass(frozen=True, slots=True)
class Facts:
    """What this store is: ``role`` is ``office``, ``promoter`` or '' before the first setting."""

    role: str
    office: str
    promoter: str
    device: str
    moved: bool

    @property
    def is_office(self) -> bool:
        return self.role == "office"


def _create(folder: DataFolder) -> None:
    """Make what is missing; a new folder has a name too, and it is on the disk from here on."""
    is_new = not folder.root.exists()
    folder.create()
    if is_new:
        with contextlib.suppress(OSError):  # one that may be gone through, and not be read
            disk.flush_folder(folder.root.parent)


def open_folder(
    folder: DataFolder,
    clock: Clock,
    chance: Chance,
    staff: str = "",
    database: str | None = None,
    *,
    afresh: bool = False,
) -> Store:
    """Open (or make) the store of ``folder``: in it, or in the shared database it belongs to.

    A folder whose office lives in a shared database remembers which, so that forgetting to name
    it never shows an empty office. A store that was moved elsewhere can only be read. One that is
    gone while its keys, files or copies are there is damage (StoreError), not an empty store,
    except for who makes it ``afresh`` from what is there.
    """
    _create(folder)
    place = database or whereabouts.remembered(folder)
    if not (place or afresh or folder.store.exists()):
        _refuse_gone(folder)
    store = Store(folder, open_store(place or folder.store), clock, chance, staff or "事務局")
    try:
        with store.db.read() as tx:
            known = meta.all_values(tx)
    except BaseException:
        store.close()
        raise
    if place and known.get("role") == "office" and not folder.store.exists():
        whereabouts.remember(folder, place)
    if known.get("moved_to"):
        store.db.closed_for = (
            f"この記録は {known['moved_to']} へ移してあります。そちらを開いてください。"
        )
    elif not place and not all(map(disk.may_write, (folder.root, folder.store))):
        store.db.closed_for = _READ_ONLY
    return store


def _refuse_gone(folder: DataFolder) -> None:
    if any(folder.copies.glob("*.db")):
        raise StoreError(_GONE, code="damaged", gone=True)
    if any(folder.identity.iterdir()) or any(folder.archive.iterdir()):
        raise StoreError(_GONE_WITHOUT_COPIES, code="damaged", gone=True)


def facts(tx: Tx) -> Facts:
    known = meta.all_values(tx)
    return Facts(
        role=known.get("role", ""),
        office=known.get("office", ""),
        promoter=known.get("promoter", ""),
        device=known.get("device", ""),
        moved=known.get("moved") == "1",
    )


def promoter_facts(tx: Tx) -> Facts:
    """Return the facts of a promoter's store; RefusedError before its setting up."""
    found = facts(tx)
    if found.role != "promoter":
        text = "はじめに設定ファイルを読み込んでください(はじめての設定)。"
        raise RefusedError(text, code="no_setup")
    return found


def refuse_strangers(store: Store) -> None:
    """Refuse who is not among the staff, where the office has accounts."""
    with store.db.read() as tx:
        allow(store, tx)


def office_facts(tx: Tx) -> Facts:
    """Return the facts of an office store; RefusedError for any other."""
    found = facts(tx)
    if not found.is_office:
        raise RefusedError("これは事務局の記録ではありません。", code="not_office")
    return found


def staff_facts(tx: Tx, promoter: str) -> Facts:
    """Return the facts of the office at work for a promoter ('' for the city itself).

    RefusedError where nobody in the roster has that number.
    """
    found = office_facts(tx)
    if promoter and roster(tx).person(promoter) is None:
        raise RefusedError(f"名簿に番号 {promoter} の方がいません。", code="not_in_roster")
    return replace(found, promoter=promoter)


def roster(tx: Tx) -> Roster:
    return _settings(tuple(revisions.shown_lines(tx, "settings")))[0]


def code_lists(tx: Tx) -> CodeLists:
    """Return the words for the codes of records, by date."""
    return roster(tx).codes


def office_settings(tx: Tx) -> Office:
    """Return the office's settings, with safe defaults for what was never set."""
    return _settings(tuple(revisions.shown_lines(tx, "settings")))[1]


def staff_members(tx: Tx) -> tuple[Member, ...]:
    """Return the accounts of the office's staff, whether switched on or not."""
    return _settings(tuple(revisions.shown_lines(tx, "settings")))[2]


def allow(store: Store, tx: Tx, role: str | None = None) -> None:
    """Refuse who may not do this: once accounts are switched on, ``--as`` must name one in force.

    ``role`` is the one that is needed, ``supervisor`` for 支払; RefusedError ``no_account``,
    ``role``.
    """
    _allow(store, tx, facts(tx), role)


def _allow(store: Store, tx: Tx, who: Facts, role: str | None = None) -> None:
    if store.envelope or not (who.is_office and office_settings(tx).accounts):
        return
    today = store.clock.today()
    found = [m for m in staff_members(tx) if m.name == store.staff and m.active_on(today)]
    if not found:
        text = "職員の名前が登録されていません。登録した名前(--as)でお使いください。"
        raise RefusedError(text, code="no_account")
    if not found[0].may(role):
        text = f"これは{staff.ROLES[role or '']}だけができます。"
        raise RefusedError(text, code="role")


def refuse_nobody(store: Store, tx: Tx) -> None:
    """Refuse a state in which accounts are on and no 管理者 could ever change them again."""
    today = store.clock.today()
    able = [m for m in staff_members(tx) if m.role == "supervisor" and m.active_on(today)]
    if office_settings(tx).accounts and not able:
        text = "管理者がいなくなります。先に管理者を登録してください(office add-staff)。"
        raise RefusedError(text, code="no_supervisor")


@lru_cache(maxsize=4)
def _settings(lines: tuple[str, ...]) -> tuple[Roster, Office, tuple[Member, ...]]:
    """Read the settings: they follow from their lines alone, and are asked for at every step."""
    bodies = [revisions.read_line(line).body for line in lines]
    said = next((body for body in bodies if body.get("kind") == "office"), {})
    return people.roster(bodies), office.read(said), staff.members(bodies)


def settings_date(tx: Tx) -> str:
    """Return the date of the settings in use (BUNDLE.md §2, header), '' before the first."""
    dates = [
        r.at
        for r in revisions.shown(tx, "settings")
        if r.key.promoter is None and r.body.get("kind") not in OFFICE_ONLY
    ]
    return max(dates, default="")[:10]


def save(store: Store, tx: Tx, changes: Sequence[Change]) -> list[Revision]:
    """Write revisions, look them up again, and bring the projections of their records up to date.

    Every one is read by the schema that reads files, before anything is written: what a store
    accepts, its own reader accepts (BUNDLE.md §4). RefusedError names the field.
    """
    who = facts(tx)
    by = Author(who.device, who.role, store.staff if who.is_office else who.promoter)
    context = (who.promoter or who.role, who.device if who.moved else "")
    count = revisions.count(tx) if not store.chance.is_real else 0
    made = [_make(store, change, by, (*context, count)) for change in changes]
    added = revisions.add(tx, made, made_here=True)
    if revisions.held(tx, [r.id for r in made]) != {r.id for r in made}:
        raise RuntimeError("a revision that was just written is not there")
    projections.refresh(tx, added.touched)
    return made


def _make(store: Store, change: Change, by: Author, context: tuple[object, ...]) -> Revision:
    content = change.content
    try:
        body = canonical.encode(content.body)
        salt = store.chance.salt(*context, content.key, body.hex())
        line = revision.line_of(content, change.parents, by, at=store.clock.text(), salt=salt)
        return schema.read_revision(line)
    except (canonical.NotCanonicalError, schema.SchemaError) as error:
        from kashiwa_desktop.domain import border_words  # looks through the whole schema

        why = border_words.explain(error, content.key.type, content.body)
        raise RefusedError(why.text, code=why.code, field=why.field) from error


def new_record_id(store: Store, tx: Tx, body: Mapping[str, object]) -> str:
    """Return the id of a record that is saved for the first time."""
    who = facts(tx)
    count = revisions.count(tx) if not store.chance.is_real else 0
    device = who.device if who.moved else ""
    return store.chance.record_id(
        store.clock.now(),
        who.promoter or who.role,
        device,
        count,
        canonical.bytes_of(dict(body)).hex(),
    )


def replace_shown(tx: Tx, content: Content) -> Change:
    """Return a change on top of the shown head of a record, or its first version."""
    heads = revisions.heads_of_record(tx, content.key)
    if not heads:
        return Change(content)
    return Change(content, revision.parents_for(revision.shown(heads), heads))


def note(store: Store, tx: Tx, event: str, **detail: object) -> None:
    """Write one line of the log: codes and numbers, never the text of a record.

    Whatever staff do is noted, so this is also where an unknown name is refused.
    """
    who = facts(tx)
    _allow(store, tx, who)
    audit.write(
        tx, store.clock.text(), store.staff if who.is_office else who.promoter, event, **detail
    )


def find_area(people: Roster, text: str) -> Area:
    """Find an area by code or name; WrongUsageError for one the office does not have."""
    area = people.area_named(text)
    if area is None:
        raise WrongUsageError(f"知らない地域です: {text}", code="area")
    return area
