"""What a command works at: the store of ``--data-dir``, opened once, and the 合言葉 when needed."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from kashiwa_desktop.errors import PlaceError, RefusedError, WrongUsageError
from kashiwa_desktop.paths import DataFolder, default_data_dir
from kashiwa_desktop.services.clock import from_environment
from kashiwa_desktop.services.store import Store, open_folder


class Desk:
    """Opens what a command asks for, and closes it at the end."""

    def __init__(self, args: Namespace, environment: Mapping[str, str]) -> None:
        self._args = args
        self._environment = environment
        self.clock, self.chance = from_environment(environment)
        self._store: Store | None = None

    @property
    def is_trial(self) -> bool:
        return not (self.clock.is_real and self.chance.is_real)

    def store(self) -> Store:
        if self._store is None:
            if self._args.database:
                text = "この版では --database は使えません。--data-dir をお使いください。"
                raise RefusedError(text, code="database")
            folder = DataFolder(self._args.data_dir or default_data_dir())
            try:
                self._store = open_folder(folder, self.clock, self.chance, self._args.staff or "")
            except OSError as error:
                text = f"記録の場所を開けません: {folder.root}"
                raise PlaceError(text, code="cannot_open") from error
        return self._store

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

    def close(self) -> None:
        if self._store is not None:
            self._store.close()
