"""The canary: a small sealed file that must open from disk before an office accepts any data."""

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kashiwa_desktop.crypto import key_files, sealing
from kashiwa_desktop.crypto.sealing import ReceivingKey
from kashiwa_desktop.errors import AppError, StoreError

FILE: Final = "canary.age"
_MARK: Final = b"kashiwa-sasaeai canary 1\n"


def write(folder: Path, recipients: Sequence[str]) -> None:
    """Seal a new canary to all recipients and put it into ``folder``."""
    sealed = sealing.seal(_MARK + secrets.token_bytes(32), recipients)
    key_files.write(folder / FILE, sealed, replace=True)


def prove(folder: Path, keys: Sequence[ReceivingKey]) -> None:
    """Open the canary that lies on disk with each key; StoreError where one does not open it."""
    sealed = key_files.read(folder / FILE)
    for key in keys:
        try:
            opened = sealing.unseal(sealed, [key])
        except AppError:
            opened = b""
        if not opened.startswith(_MARK):
            text = "ためしのファイルが、かぎで開きません。はじめからやり直してください。"
            raise StoreError(text, code="key_not_proved")
