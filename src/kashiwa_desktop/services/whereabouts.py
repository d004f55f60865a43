"""Which shared database a data folder belongs to; a folder with its own ``store.db`` to none."""

from kashiwa_desktop import disk
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.storage.complaints import unread
from kashiwa_desktop.storage.engines import same_server, without_password

__all__ = ["forget", "remember", "remembered", "same_server", "without_password"]


def remembered(folder: DataFolder) -> str | None:
    """Return the address in the folder's note, None where its rows are its own."""
    try:
        return folder.database_note.read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unread(folder.database_note.name) from error
    except UnicodeDecodeError as error:  # the records themselves are elsewhere, and as they were
        text = f"{folder.database_note.name} が読めません。--database をお使いください。"
        raise StoreError(text, code="cannot_open") from error


def remember(folder: DataFolder, address: str) -> None:
    """Keep the address without its password; one that is known already stays as it is."""
    known = remembered(folder)
    if known is None or not same_server(known, address):
        folder.database_note.write_text(without_password(address) + "\n", encoding="utf-8")
        folder.database_note.chmod(0o600)


def forget(folder: DataFolder) -> None:
    disk.remove(folder.database_note)
