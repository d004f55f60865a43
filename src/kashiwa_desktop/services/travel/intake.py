"""受け取る: files checked first, shown, and taken in together in one transaction.

BUNDLE.md §4. A refused or waiting file writes nothing but the log of the attempt (and, waiting,
its copy in ``waiting/``). A file that comes twice, late or out of order is harmless.
"""

import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kashiwa_desktop import disk
from kashiwa_desktop.bundle import place, reader
from kashiwa_desktop.bundle.reader import Contents, Expect
from kashiwa_desktop.crypto.keys import OfficeKeys
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.errors import AppError, FileRefusedError, RefusedError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.months.closing import changed_after, month_heads, shown_report
from kashiwa_desktop.services.store import Store, note, office_facts, roster
from kashiwa_desktop.services.travel.admitting import stopped
from kashiwa_desktop.services.travel.archiving import Arriving
from kashiwa_desktop.services.travel.merging import Merged, merge
from kashiwa_desktop.storage import bundles, checks, projections, revisions, witness
from kashiwa_desktop.storage.bundles import Waiting
from kashiwa_desktop.storage.database import Tx

_TAKING = "受け取っています"
WAITS = frozenset({"unknown_device", "revoked", "newer_format"})
_TEXTS = {
    "new": "取り込めます。",
    "newer": "前に受け取った月に、新しい記録が加わります。",
    "same": "受け取り済みです。",
}
TWINS = (
    "2台のパソコンが同じ印を使っています。記録はすべて受け取れます。本人に確かめて、"
    "写したほうのパソコンで「新しい印を作る」をしてもらってください。"
)
RESTORED = (
    "このファイルを作ったパソコンは、記録を前の時点に戻したか、写したものです。"
    "記録は失われません。念のため本人にご確認ください。"
)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became (or would become) of one file; counts are of revisions, conflicts of records.

    ``resources`` are the records of 地域の資源 in which something is new.
    """

    file: str
    state: str
    reason: str | None
    text: str
    promoter: str | None = None
    months: tuple[str, ...] = ()
    new: int = 0
    same: int = 0
    conflicts: int = 0
    late: int = 0
    notice: str = ""
    resources: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """One intake: its id ('' where nothing came in) and the outcome of every file."""

    intake: str
    files: tuple[FileOutcome, ...]

    @property
    def all_in(self) -> bool:
        return all(f.state not in ("refused", "waiting") for f in self.files)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One file that was read: what is in it, or why it cannot be taken in.

    ``decided``: a person said that it may come in although its PC was reported lost.
    """

    path: Path
    waited: bool
    data: bytes = b""
    contents: Contents | None = None
    outcome: FileOutcome | None = None
    decided: bool = False


@dataclass(frozen=True, slots=True)
class _Going:
    """An intake under way: who is in the roster, and what goes into ``archive/`` at its end."""

    people: Roster
    intake: str
    accept: bool
    arriving: Arriving = field(default_factory=Arriving)


class _PreviewDone(Exception):  # noqa: N818 - it carries no fault, it only leaves the transaction
    """Rolls the preview's transaction back."""


def waiting(store: Store) -> list[Waiting]:
    """Return the files that wait for a person or an update."""
    with store.db.read() as tx:
        office_facts(tx)
        return bundles.waiting_files(tx)


class Intake:
    """Taking in what promoters hand over, with the office's unlocked keys."""

    def __init__(self, store: Store, keys: OfficeKeys) -> None:
        self._store = store
        self._keys = keys

    def preview(
        self,
        paths: Sequence[Path],
        *,
        accept_new_device: bool = False,
        progress: Progress | None = None,
    ) -> Taken:
        """Return what ``take_in`` would do, and write nothing."""
        candidates = self._read_all(paths, progress or Progress())
        outcomes: list[FileOutcome] = []
        with contextlib.suppress(_PreviewDone), self._store.db.write() as tx:
            going = _Going(roster(tx), "", accept_new_device)
            outcomes = [self._merge(tx, c, going) for c in candidates if not c.waited]
            raise _PreviewDone
        return Taken("", tuple(outcomes))

    def take_in(
        self,
        paths: Sequence[Path],
        *,
        accept_new_device: bool = False,
        decided: bool = False,
        progress: Progress | None = None,
    ) -> Taken:
        """Take in all files that can be, in one transaction; the others are refused or wait.

        Files that have been waiting are tried again; they are told of only where they came in.
        ``decided``: a person looked at these files of a lost PC and lets them in.
        """
        progress = progress or Progress()
        candidates = self._read_all(paths, progress, decided=decided)
        arriving = Arriving()
        try:
            with self._store.db.write() as tx:
                at = _intake_id(tx, self._store.clock.text(), candidates)
                going = _Going(roster(tx), at, accept_new_device, arriving)
                taken = self._take(tx, candidates, going, progress)
        except BaseException as error:
            disk.forget(*arriving.written)
            if isinstance(error, Exception):
                self._log_broken(len(candidates))
            raise
        self._clear_waiting()
        arriving.finish(self._store, self._keys)
        return taken

    def _log_broken(self, files: int) -> None:
        """The log says that an intake broke off; where even that cannot be written, go on."""
        with contextlib.suppress(Exception), self._store.db.write() as tx:
            note(self._store, tx, "intake", state="broken", files=files)

    def undo(self, intake: str) -> int:
        """Take back the last intake; returns how many revisions went.

        RefusedError once something was decided, printed or returned on it.
        """
        with self._store.db.write() as tx:
            office_facts(tx)
            last = bundles.last_intake(tx)
            if last is None or last.id != intake:
                text = "元に戻せるのは、いちばん新しい受け取りだけです。"
                raise RefusedError(text, code="not_last")
            if bundles.kept_anew(tx, intake):
                text = "廃棄した文をのぞいて保管し直したファイルがあります。元に戻せません。"
                raise RefusedError(text, code="kept_anew")
            if bundles.handed_back(tx, intake):
                text = "この受け取りの返事のファイルを、もう作ってあります。元に戻せません。"
                raise RefusedError(text, code="handed_back")
            gone, files = bundles.take_back(tx, intake)
            if revisions.built_on(tx, gone):
                text = "この受け取りのあとに承認などをしています。先にそれを取り消してください。"
                raise RefusedError(text, code="decided")
            projections.refresh(tx, revisions.remove(tx, gone))
            for file in set(files) - set(checks.archived_names(tx)):
                witness.tell_file(tx, file, "")
            note(self._store, tx, "intake_undo", intake=intake, removed=len(gone))
        self._clear_archive(files)
        return len(gone)

    def _read_all(
        self, paths: Sequence[Path], progress: Progress, *, decided: bool = False
    ) -> list[_Candidate]:
        """Read every file, the waiting ones after the given ones, before anything is written."""
        with self._store.db.read() as tx:
            expect = Expect(office=office_facts(tx).office, kind="submission")
            waiting = [self._store.folder.waiting / w.file for w in bundles.waiting_files(tx)]
        everything = [(p, False) for p in paths] + [(p, True) for p in waiting]
        found = []
        for n, (path, waited) in enumerate(everything):
            progress.step("ファイルを確かめています", n, len(everything))
            read = self._read(path, expect, waited=waited)
            found.append(replace(read, decided=decided and not waited))
        progress.step("ファイルを確かめています", len(everything), len(everything))
        return found

    def _read(self, path: Path, expect: Expect, *, waited: bool) -> _Candidate:
        data = b""
        try:
            data = place.load(path)
            contents = reader.read(data, self._keys.reading, expect)
        except AppError as error:
            code = error.code if isinstance(error, FileRefusedError) else "unreadable"
            state = "waiting" if code in WAITS else "refused"
            outcome = FileOutcome(str(path), state, code, error.text)
            return _Candidate(path, waited, data, outcome=outcome)
        return _Candidate(path, waited, data, contents)

    def _take(
        self, tx: Tx, candidates: Sequence[_Candidate], going: _Going, progress: Progress
    ) -> Taken:
        told, any_in = [], False
        for n, c in enumerate(candidates):
            progress.step(_TAKING, n, len(candidates))
            outcome = self._merge(tx, c, going)
            came_in = outcome.state in _TEXTS
            if came_in and c.contents is not None:
                any_in = True
                bundles.no_longer_waiting(tx, c.contents.bundle_id, c.path.name)
            elif outcome.state == "waiting" and not c.waited:
                self._keep_waiting(tx, c, outcome, going)
            if not c.waited or outcome.state in ("new", "newer"):
                told.append(outcome)
                note(self._store, tx, "intake", state=outcome.state, reason=outcome.reason)
        if any_in:
            bundles.add_intake(tx, going.intake, self._store.clock.text(), self._store.staff)
        going.arriving.save(tx)
        return Taken(going.intake if any_in else "", tuple(told))

    def _clear_archive(self, files: Sequence[str]) -> None:
        """Remove files that went; under the lock, since a colleague may just take one in again."""
        with self._store.db.write() as tx:
            kept = set(checks.archived_names(tx))
            for file in files:
                if file not in kept:
                    disk.forget(self._store.folder.archive / file)

    def _clear_waiting(self) -> None:
        """Remove the copies of files that no longer wait, under the lock for the same reason."""
        copies = list(self._store.folder.waiting.glob("*.kssz"))
        if not copies:
            return
        with self._store.db.write() as tx:
            kept = {w.file for w in bundles.waiting_files(tx)}
            for path in copies:
                if path.name not in kept:
                    disk.forget(path)

    def _merge(self, tx: Tx, c: _Candidate, going: _Going) -> FileOutcome:
        if c.contents is None:
            return c.outcome or FileOutcome(str(c.path), "refused", "unreadable", "")
        sender = c.contents.header.sender
        months = tuple(sorted({r.month for r in c.contents.revisions if r.month}))
        blank = FileOutcome(str(c.path), "refused", None, "", sender.promoter, months)
        accept = going.accept and not c.waited
        stop = stopped(self._store, tx, c.contents, going.people, accept=accept, decided=c.decided)
        if stop is not None:
            state, reason, text = stop
            return replace(blank, state=state, reason=reason, text=text)
        before = {m for m in months if bundles.any_received(tx, sender.promoter or "", m)}
        merged = merge(
            tx,
            c.contents,
            at=self._store.clock.text(),
            intake=going.intake,
            file=self._archive_name(c.contents),
        )
        if merged.first_time and going.intake:
            path = self._store.folder.archive / self._archive_name(c.contents)
            going.arriving.add(tx, c.data, path, c.contents)
        added = {r.month for r in merged.new if r.month}
        state = "same" if not merged.new else ("newer" if added & before else "new")
        return replace(
            blank,
            state=state,
            text=_TEXTS[state],
            new=len(merged.new),
            same=merged.same,
            conflicts=conflicts_of(tx, merged),
            late=late_changes(tx, sender.promoter or "", added),
            notice=_notice(tx, c.contents),
            resources=sum(key.type == "resource" for key in merged.touched),
        )

    def _archive_name(self, contents: Contents) -> str:
        promoter = contents.header.sender.promoter
        return f"{self._store.clock.today()}_{promoter}_{contents.bundle_id[:12]}.kssz"

    def _keep_waiting(self, tx: Tx, c: _Candidate, outcome: FileOutcome, going: _Going) -> None:
        contents = c.contents
        name = contents.bundle_id if contents else hashlib.sha256(c.data).hexdigest()
        path = self._store.folder.waiting / f"{name[:16]}.kssz"
        if not path.exists():
            place.save_verified(c.data, path, lambda _: None)
            going.arriving.written.append(path)
        waiting = Waiting(
            file=path.name,
            bundle=name,
            reason=outcome.reason or "",
            text=outcome.text,
            promoter=outcome.promoter or "",
            device=contents.header.sender.device if contents else "",
            at=self._store.clock.text(),
        )
        bundles.add_waiting(tx, waiting)


def _intake_id(tx: Tx, at: str, candidates: Sequence[_Candidate]) -> str:
    held = [c.contents.bundle_id for c in candidates if c.contents]
    text = "\n".join([at, str(bundles.count_intakes(tx)), *held])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _notice(tx: Tx, contents: Contents) -> str:
    """Say that a store was copied or went back; nothing depends on it (BUNDLE.md §6)."""
    sender = contents.header.sender
    if bundles.has_twin(tx, sender.device, sender.seq, contents.bundle_id):
        return TWINS
    return RESTORED if sender.restored else ""


def conflicts_of(tx: Tx, merged: Merged) -> int:
    """Return how many of the touched records are in conflict now."""
    return revisions.count_conflicts(tx, merged.touched)


def late_changes(tx: Tx, promoter: str, months: set[str]) -> int:
    """Return how many records of these months now differ from what was closed."""
    late = 0
    for text in months:
        month = Month.parse(text)
        report = shown_report(tx, promoter, month)
        if report is not None and report.is_closed:
            late += changed_after(tx, report.heads, month_heads(tx, promoter, month))
    return late
