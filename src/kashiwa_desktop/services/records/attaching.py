"""添付: files beside a record. They stay in this folder: no file, copy or stick takes them along.

A file is copied in as soon as it is chosen, so that the form's draft may name it; which record it
lies beside is written together with the record. What nothing names any more stays for 90 days, so
that ［元に戻す］ and 消した記録 can give it back, and is then removed (docs/decisions/0023).
"""

import secrets
import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from kashiwa_desktop import disk, windows
from kashiwa_desktop.bundle import place
from kashiwa_desktop.domain import attachment as rules
from kashiwa_desktop.domain.attachment import Attachment
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.errors import AppError, FileRefusedError, PlaceError, RefusedError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.records.tidying import KEPT_DAYS
from kashiwa_desktop.services.store import Store, facts
from kashiwa_desktop.storage import attachments, deleted, drafts

ROOM = 200_000_000
"""Bytes that stay free on the disk: typing goes before attachments."""

_SENTENCES = {
    "full": "このパソコンの空きが足りないため、資料を入れられませんでした。",
    "kind": "この種類のファイルは添えられません。文書・写真・録音のファイルをお選びください。",
    "size": "ファイルが大きすぎます(25 MBまで)。小さくしてから、もう一度お選びください。",
    "many": "1つの記録に添えられる資料は20までです。",
    "failed": "資料を入れられませんでした。もとのファイルはそのままです。",
    "missing": "この資料は、このパソコンにありません。ほかのパソコンで添えたか、"
    "消してから日がたっています。",
}


class Attaching:
    """Takes files in, finds them again, and lets go of those that nothing names."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def take_in(
        self, paths: Sequence[Path], before: int = 0, progress: Progress | None = None
    ) -> list[Attachment]:
        """Copy files into this folder, all or none; returns them in the order given.

        ``before`` says how many lie there already. RefusedError ``kind``, ``size``, ``many``;
        PlaceError ``full``, ``no_file`` and what else a disk may say.
        """
        progress = progress or Progress()
        if before + len(paths) > rules.MOST:
            raise _refused("many")
        for path in paths:
            if not rules.is_taken(path.name):
                raise _refused("kind")
        taken: list[Attachment] = []
        try:
            for number, path in enumerate(paths):
                progress.step("", number, len(paths))
                taken.append(self._copy(path))
        except BaseException:
            self._remove(taken)
            raise
        return taken

    def of_record(self, record: str) -> list[Attachment]:
        """Return the files beside a record."""
        with self._store.db.read() as tx:
            return attachments.of_record(tx, record)

    def path_of(self, one: Attachment) -> Path:
        """Return where a file lies; RefusedError ``missing`` where it does not."""
        path = self._place(one)
        if path is None or path.is_symlink() or not path.is_file():
            raise _refused("missing")
        return path

    def tidy(self) -> int:
        """Remove what nothing has named for ``KEPT_DAYS``; returns how many files went."""
        since = self._store.clock.now() - timedelta(days=KEPT_DAYS)
        with self._store.db.write() as tx:
            promoter = facts(tx).promoter
            gone = [r for r in deleted.heads(tx, "activity", promoter) if r.at < since.isoformat()]
            attachments.forget(tx, [r.key.id for r in gone])
            named = {one for ids in attachments.all_places(tx).values() for one in ids}
            for step in drafts.open_steps(tx, since.isoformat()):
                named |= {one.id for files in step.files.values() for one in files}
            for draft in drafts.all_drafts(tx):
                named |= {one.id for one in rules.read_all(draft.fields.get("files"))}
        left = [place for place in self._folders() if place.name not in named]
        old = [place for place in left if place.stat().st_mtime < since.timestamp()]
        for folder in old:
            disk.forget_tree(folder)
        return len(old)

    def wipe(self, files: Sequence[Attachment]) -> None:
        """Remove files at once: their record was erased."""
        self._remove(files)

    def _copy(self, path: Path) -> Attachment:
        data = _load(path)
        if shutil.disk_usage(self._store.folder.root).free < len(data) + ROOM:
            raise PlaceError(_SENTENCES["full"], code="full")
        one = Attachment(secrets.token_hex(16), clean(path.name), len(data))
        folder = self._store.folder.attachments / one.id
        try:
            folder.mkdir(mode=0o700)
            to = folder / rules.disk_name(one.name)
            place.save_verified(data, to, _as_it_is)
            disk.flush_folder(folder.parent)  # a new folder has a name too
            if windows.is_here():
                windows.copy_mark(path, to)
        except (OSError, PlaceError) as error:
            self._remove([one])
            code = "full" if getattr(error, "code", "") == "full" else "failed"
            raise PlaceError(_SENTENCES[code], code=code) from error
        return one

    def _place(self, one: Attachment) -> Path | None:
        if not rules.is_place(one.id):
            return None
        return self._store.folder.attachments / one.id / rules.disk_name(one.name)

    def _folders(self) -> list[Path]:
        root = self._store.folder.attachments
        return [p for p in root.iterdir() if rules.is_place(p.name)] if root.is_dir() else []

    def _remove(self, files: Sequence[Attachment]) -> None:
        for one in files:
            if rules.is_place(one.id):
                disk.forget_tree(self._store.folder.attachments / one.id)


def _load(path: Path) -> bytes:
    try:
        return place.load(path)
    except FileRefusedError as error:
        raise _refused("size") from error


def _refused(code: str) -> AppError:
    return RefusedError(_SENTENCES[code], code=code)


def _as_it_is(_data: bytes) -> None:
    """Whatever was read back equal is good: it is not ours to judge."""
