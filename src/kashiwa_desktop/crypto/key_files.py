"""Key files: written whole or not at all, readable by their owner only, never overwritten."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from kashiwa_desktop import disk
from kashiwa_desktop.errors import StoreError


def make_folder(folder: Path) -> None:
    """Make ``folder`` with mode 0700; an existing one is tightened to it."""
    with _failures():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)


def write(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write ``data`` to ``path``, 0600 and durable; without ``replace`` an old file stays."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    with _failures():
        try:
            _write_part(part, data)
            if not replace and path.exists():
                raise FileExistsError(path.name)
            disk.replace(part, path)
        finally:
            disk.forget(part)


def move(part: Path, path: Path) -> None:
    """Give a key file that was proved its name, in place of what has it now."""
    with _failures():
        disk.replace(part, path)


def remove(path: Path) -> None:
    """Take a key file away that is no longer needed; one that stays does no harm."""
    disk.forget(path)


def read(path: Path) -> bytes:
    """Return the bytes of a key file; StoreError where it is missing or cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise StoreError(
            "かぎのファイルが見つかりません。記録の場所をご確認ください。",
            code="key_missing",
        ) from None
    except OSError as error:
        raise StoreError(
            "かぎのファイルを読めません。記録の場所をご確認ください。",
            code="key_unreadable",
        ) from error


def exists() -> StoreError:
    """The refusal to make a key where there is one."""
    return StoreError("かぎはもう作ってあります。今あるかぎをそのまま使います。", code="key_exists")


def damaged() -> StoreError:
    """The refusal of a key file whose content is not what was written."""
    return StoreError(
        "かぎのファイルがこわれています。サポートに電話してください。記録は消えていません。",
        code="key_damaged",
    )


def _write_part(part: Path, data: bytes) -> None:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        raise exists() from None
    except OSError as error:
        raise StoreError(
            "かぎを保存できませんでした。ディスクの空きをご確認ください。"
            "何も始まっていませんので、もう一度お試しください。",
            code="key_not_saved",
        ) from error
