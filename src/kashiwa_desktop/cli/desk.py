"""What a command works at: the store of ``--data-dir``, opened once, and the 合言葉 when needed."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kashiwa_desktop.errors import PlaceError, RefusedError, WrongUsageError
from kashiwa_desktop.paths import DataFolder, default_data_dir
from kashiwa_desktop.services.clock import from_environment
from kashiwa_desktop.services.safety.right_place import refuse_unguarded, refuse_wrong
from kashiwa_desktop.services.store import Store, facts, open_folder, refuse_strangers


class Desk:
    """Opens what a command asks for, and closes it at the end."""

    def __init__(self, args: Namespace, environment: Mapping[str, str]) -> None:
        self._args = args
        self._environment = environment
        self.clock, self.chance = from_environment(environment)
        self._store: Store | None = None
        self._keys: Any = None

    @property
    def is_trial(self) -> bool:
        return not (self.clock.is_real and self.chance.is_real)

    def store(self, *, afresh: bool = False) -> Store:
        """Return the opened store; ``afresh`` makes one where only keys and files are left."""
        if self._store is None:
            self._store = self._open(afresh=afresh)
        return self._store

    @property
    def folder(self) -> DataFolder:
        return DataFolder(self._args.data_dir or default_data_dir())

    @property
    def database(self) -> str | None:
        return self._args.database or None

    @property
    def staff(self) -> str:
        return self._args.staff or ""

    def use(self, folder: DataFolder) -> None:
        """Work at another folder from now on."""
        self.let_go()
        self._args.data_dir = folder.root

    def _open(self, *, afresh: bool) -> Store:
        """Open the store; once accounts are switched on, a command's ``--as`` must name one."""
        try:
            if not self.folder.store.exists():  # one that is there must be got out again
                refuse_wrong(self.folder, shared=self.database is not None)
            store = open_folder(
                self.folder, self.clock, self.chance, self.staff, self.database, afresh=afresh
            )
        except OSError as error:
            text = f"記録の場所を開けません: {self.folder.root}"
            raise PlaceError(text, code="cannot_open") from error
        try:
            refuse_unguarded(self.folder, shared=bool(self.database or store.db.path is None))
            if self._args.command is not None:
                refuse_strangers(store)
        except BaseException:
            store.close()
            raise
        return store

    def is_office(self) -> bool:
        with self.store().db.read() as tx:
            return facts(tx).is_office

    def keys(self) -> Any:
        """Return the office's keys, unlocked once with the 合言葉 (that takes two seconds)."""
        from kashiwa_desktop.services.office.setup import OfficeSetup  # not for the window's start

        if self._keys is None:
            self._keys = OfficeSetup(self.store()).unlock(self.passphrase())
        return self._keys

    def passphrase(self, *, needed: bool = True) -> str | None:
        """Return the 合言葉: from ``--passphrase-file`` or ``KASHIWA_PASSPHRASE``."""
        file: Path | None = self._args.passphrase_file
        if file is None:
            return self._environment.get("KASHIWA_PASSPHRASE") or None
        try:
            text = file.read_text(encoding="utf-8-sig").strip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            text = f"合言葉のファイルが読めません: {file.name}"
            raise RefusedError(text, code="passphrase_file") from error
        if not text and needed:
            raise WrongUsageError("合言葉のファイルが空です。")
        return text

    def let_go(self) -> None:
        """Close the store, so that the next ``store()`` opens it again."""
        self.close()
        self._store = None

    def close(self) -> None:
        if self._store is not None:
            self._store.close()
