"""Two promoters, three PCs and an office, and everything that can befall the files between them.

A *road* does one thing at a time by the real services on real files, and remembers what was once
handed over: that, and nothing less, must be everywhere after a full exchange.
"""

import contextlib
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from kashiwa_desktop.bundle import reader
from kashiwa_desktop.crypto.keys import PcIdentity
from kashiwa_desktop.domain.closing import report_key
from kashiwa_desktop.errors import FileRefusedError, RefusedError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.clock import Chance
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.setup import PromoterSetup
from kashiwa_desktop.services.records.deciding import Deciding
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.services.safety.erasing import Erasing
from kashiwa_desktop.services.safety.guarding import journal
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.rebuilding import Rebuilding
from kashiwa_desktop.services.travel.intake import Intake
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.storage import devices, projections, revisions
from office_world import OCTOBER, PRIVATE, RECORDING, REVIEWING, WORDS, activity, cheap_words
from services.merged_sets import picture

PCS = {"P001": "P001", "P001-second": "P001", "P002": "P002"}
ARRIVED = ("received", "question", "returned", "approved")
CLOCKS = (RECORDING, "2026-12-01T08:00", "2035-01-01T00:00", "2026-10-31T16:59")
"""Times that a PC may believe it is; none decides anything (test 21)."""


def begin(town):
    """Give P001 a second PC, and everybody some records that all know of."""
    second = town.open("P001-second", RECORDING, chance=Chance("second"))
    PromoterSetup(second).read(town.settings, "P001")
    key = PcIdentity.load(second.folder.identity).receiving.recipient
    Receiving(second).receive(Submitting(town.pc("P001")).transfer(key, town.out()).file)
    road = Road(town)
    for day, pc in enumerate(["P001", "P001", "P001-second", "P002"], start=3):
        road.record(pc, day)
    for pc in ("P001", "P002"):
        road.register(pc)
    road.exchange()
    town.close()


def _change(register, record, how, number):
    changes = (
        lambda: register.edit(record, {"name": f"{number}番目の名"}),
        lambda: register.confirm(record),
        lambda: register.end(record),
        lambda: register.delete(record),
    )
    changes[how % len(changes)]()


@dataclass
class Letter:
    """One travelling file, and whether it may be forgotten: it was lost before it arrived."""

    path: Path
    to: str
    ids: frozenset[str]
    sealed_to: tuple[str, ...] = ()
    lost: bool = False
    arrived: bool = False


@dataclass
class Road:
    """The world and what happened on it."""

    town: object
    letters: list[Letter] = field(default_factory=list)
    copies: dict[str, Path] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    made: int = 0
    last_intake: str = ""
    seen_conflicts: int = 0
    asked: int = 0

    def __post_init__(self):
        self.stores = {pc: self._opened(pc) for pc in PCS}
        self.office = self.town.office()

    def _opened(self, pc, at=RECORDING):
        return self.town.open(pc, at, chance=Chance(f"{self.town.root.name} {pc} {at}"))

    # ── on a PC ────────────────────────────────────────────────────────────────────────────

    def record(self, pc, day):
        self.made += 1
        given = activity(day, title=f"{self.made}番目", private_note=PRIVATE)
        Recording(self.stores[pc]).add([given], next_version=True)

    def records(self, pc):
        return [a.id for a in Recording(self.stores[pc]).records(OCTOBER)]

    def edit(self, pc, record):
        self.made += 1
        patch = {"title": f"{self.made}番目に直した"}
        Recording(self.stores[pc]).edit(record, patch, next_version=True)

    def delete(self, pc, record):
        Recording(self.stores[pc]).delete(record, next_version=True)

    def register(self, pc):
        """Write down a resource of the area, which belongs to no month."""
        self.made += 1
        given = {"kind": "gathering", "name": f"{self.made}番目の居場所", "form": "weekly"}
        Registering(self.stores[pc]).add(given)

    def resources(self, pc):
        return [s.resource.id for s in Registering(self.stores[pc]).list(ended=True)]

    def change_resource(self, pc, record, how):
        """Rename it, make sure of it, end it, or delete it."""
        self.made += 1
        _change(Registering(self.stores[pc]), record, how, self.made)

    def undo(self, pc):
        recording = Recording(self.stores[pc])
        if recording.last_change() is not None:
            recording.undo()

    def close(self, pc):
        Closing(self.stores[pc]).close(OCTOBER)

    def reopen(self, pc):
        Closing(self.stores[pc]).reopen(OCTOBER)

    def submit(self, pc):
        made = Submitting(self.stores[pc]).submit(OCTOBER, self.town.out())
        self.letters.append(Letter(made.file, "office", self._ids(made.file)))

    def answer(self, pc):
        """Say yes to everything that is still asked; the other PC may have said so too."""
        for question in Receiving(self.stores[pc]).questions():
            if question.is_open:
                Receiving(self.stores[pc]).answer(question.id, f"はい。{pc}", agrees=True)

    def copy(self, pc):
        self.copies[pc] = Keeping(self.stores[pc]).back_up().file

    def restore(self, pc):
        """Go back to the last copy; what was never handed over since is lost, as it must be."""
        Keeping(self.stores[pc]).restore(self.copies[pc])

    def clone(self):
        """Someone copied the whole folder of P001 to another PC: both are used from now on."""
        shutil.copytree(self.town.folder("P001").root, self.town.folder("P001-clone").root)
        self.stores["P001-clone"] = self._opened("P001-clone")

    @property
    def is_cloned(self):
        return "P001-clone" in self.stores

    def change_clock(self, pc, at):
        self.stores[pc].close()
        self.stores[pc] = self._opened(pc, at)

    # ── under way ──────────────────────────────────────────────────────────────────────────

    def deliver(self, letters):
        """Hand files over, in this order, some of them perhaps for the second time."""
        for letter in letters:
            letter.arrived = True
        to_office = [x.path for x in letters if x.to == "office"]
        if to_office:
            taken = Intake(self.office, self.town.keys).take_in(to_office, accept_new_device=True)
            assert [f.text for f in taken.files if f.state in ("refused", "waiting")] == []
            self.last_intake = taken.intake
        for letter in letters:
            if letter.to != "office":
                self._receive(letter)

    def _receive(self, letter):
        """37: only the promoter's own closing on another PC moves a month that had arrived."""
        for pc in self.pcs_of(letter.to):
            before = self._closing_of(pc)
            try:
                Receiving(self.stores[pc]).receive(letter.path)
            except FileRefusedError as refused:
                if self._device(pc) in letter.sealed_to or refused.code != "unreadable":
                    raise
                continue  # the office did not know this PC yet
            after = self._closing_of(pc)
            if before[1] == after[1] and before[0] in ARRIVED:
                assert after[0] in ARRIVED, f"{before[0]} → {after[0]}"

    def _closing_of(self, pc):
        """The state of October on a PC, and the heads of its report."""
        store = self.stores[pc]
        with store.db.read() as tx:
            heads = revisions.heads_of_record(tx, report_key(PCS.get(pc, "P001"), OCTOBER))
        return Closing(store).show(OCTOBER).state, {h.id for h in heads}

    def undo_intake(self):
        """Only the last one, and only before anything was decided on it: else it is refused."""
        if self.last_intake:
            with contextlib.suppress(RefusedError):
                Intake(self.office, self.town.keys).undo(self.last_intake)

    # ── in the office ──────────────────────────────────────────────────────────────────────

    def activities(self, promoter):
        with self.office.db.read() as tx:
            heads = revisions.shown(tx, "activity", promoter)
        return sorted(r.key.id for r in heads if not r.deleted)

    def ask(self, promoter, record):
        self.asked += 1
        Returning(self.office).ask(OCTOBER, promoter, record, "どなたと会いましたか。")

    def correct(self, promoter, record):
        self.made += 1
        self.asked += 1
        patch = {"title": f"{self.made}番目の職員の直し"}
        Returning(self.office).correct(promoter, record, patch, "お電話のとおり直しました。")

    def resources_of(self, promoter):
        return [s.resource.id for s in Registering(self.office, promoter).list(ended=True)]

    def change_resource_for(self, promoter, record, how):
        self.made += 1
        _change(Registering(self.office, promoter), record, how, self.made)

    @property
    def under_way(self):
        return [x for x in self.letters if not x.arrived and not x.lost]

    @property
    def conflicts(self):
        return Deciding(self.office).conflicts()

    def decide(self):
        self.seen_conflicts += len(self.conflicts)
        for shown, _heads in self.conflicts:
            Deciding(self.office).resolve(shown.key.id, shown.id, "お電話で確かめました。")

    def approve(self, promoter):
        Reviewing(self.office).approve(OCTOBER, [promoter])

    def answer_back(self, promoter):
        made = Returning(self.office).return_file(promoter, self.town.out(), self.town.keys)
        with self.office.db.read() as tx:
            known = tuple(d.id for d in devices.of_promoter(tx, promoter))
        self.letters.append(Letter(made.file, promoter, self._ids(made.file), known))

    def erase(self, promoter, record):
        before = self.held(self.office)
        cleaned = {"title": "消した記録", "name": "消した資源", "content": ""}
        Erasing(self.office, self.town.keys).erase(promoter, record, cleaned, "お申し出")
        self.erased |= before - self.held(self.office)

    def rebuild(self):
        """The office's disk died: its archive gives the same set again (test 27)."""
        journal(self.office, self.town.keys)
        folder = self.town.out()
        store = self.town.open(folder.name, REVIEWING, "職員 二")
        identity = store.folder.identity
        shutil.copytree(self.office.folder.identity, identity, dirs_exist_ok=True)
        with cheap_words():
            told = Rebuilding(store).run(self.office.folder.archive, WORDS)
        assert told.unread == ()
        with store.db.read() as tx, self.office.db.read() as before:
            assert picture(tx) == picture(before)

    # ── what must hold ─────────────────────────────────────────────────────────────────────

    def _device(self, pc):
        return PcIdentity.load(self.stores[pc].folder.identity).device

    def pcs_of(self, promoter):
        return [pc for pc in self.stores if pc[:4] == promoter]

    def exchange(self):
        """Everything that was not lost arrives, everybody hands over, and gets the answer."""
        self.deliver([x for x in self.letters if not x.lost])
        for pc in list(self.stores):
            self.submit(pc)
        self.deliver(self.letters[-len(self.stores) :])
        self.seen_conflicts += len(self.conflicts)
        for promoter in ("P001", "P002"):
            self.answer_back(promoter)
        self.deliver(self.letters[-2:])

    def handed_over(self):
        """The ids of all that was in a file that was not lost, but for what was erased."""
        return frozenset().union(*(x.ids for x in self.letters if not x.lost)) - self.erased

    def held(self, store):
        with store.db.read() as tx:
            return set(revisions.all_ids(tx))

    def view(self, store, promoter):
        """What a store says about a promoter: each record's heads, and whether they differ."""
        with store.db.read() as tx:
            lines = revisions.lines_of_promoter(tx, promoter)
            keys = {revisions.read_line(line.decode()).key for line in lines}
            heads = {key: revisions.heads_of_record(tx, key) for key in keys}
        return {key: sorted(h.id for h in found) for key, found in heads.items()}

    def everywhere_whole(self):
        for store in [self.office, *self.stores.values()]:
            with store.db.read() as tx:
                assert projections.differences(tx) == []

    def nothing_private(self):
        """No private note in any file that ever left a PC or the office (test 16)."""
        for letter in self.letters:
            assert PRIVATE.encode() not in self._plain(letter.path)

    def _plain(self, path):
        return reader.open_file(path.read_bytes(), [self.town.recovery.receiving]).plain

    def _ids(self, path):
        lines = self._plain(path).splitlines()[2:]
        return frozenset(revisions.read_line(line.decode()).id for line in lines)

    def close_all(self):
        for store in [self.office, *self.stores.values()]:
            store.close()
        self.town.close()
        shutil.rmtree(self.town.root)
