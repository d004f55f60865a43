"""What a database complains of, in plain words: only what the person or the place is to blame for.

Everything that is not in these lists stays a bug. No text of the database's own message is shown,
because it may hold what somebody typed.

One read that fails is no damage (RELIABILITY.md §6.7): only what was read and is wrong is.
"""

import sqlite3

from kashiwa_desktop.errors import StoreError

DAMAGED = "記録のファイルがこわれています。予備の写しから戻してください。"
_BUSY = "ほかの画面が書き込んでいます。少し待ってから、もう一度お試しください。"
_AGAIN = "つづくときは、線のゆるみを確かめ、そのままにして、事務局にお電話ください。"
_UNREAD = f"読み取れませんでした。記録は変えていません。もう一度お試しください。{_AGAIN}"
_UNWRITTEN = f"ディスクに書き込めません。空きを確かめて、もう一度お試しください。{_AGAIN}"
_SQLITE = (
    ("locked", "busy", _BUSY),
    ("full", "full", "このパソコンの空きが足りません。空きを作ってから、もう一度お試しください。"),
    ("readonly", "read_only", "記録の場所に書き込めません。事務局にお電話ください。"),
    ("unable to open", "cannot_open", f"記録の場所を{_UNREAD}"),
    ("permission denied", "cannot_open", f"記録の場所を{_UNREAD}"),
    ("disk i/o", "io", f"記録のファイルを{_UNREAD}"),
    ("malformed", "damaged", DAMAGED),
    ("not a database", "damaged", DAMAGED),
    ("could not decode", "damaged", DAMAGED),
)
_WRITES = frozenset({
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_DIR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_DELETE,
})  # fmt: skip
"""A disk quota that is used up comes as one of these: SQLite calls only ENOSPC full."""
_STAFF_BUSY = "ほかの職員が書き込んでいます。少し待ってから、もう一度お試しください。"
_NO_WRITING = "事務局のデータベースに書き込めません。データベースの係にお知らせください。"
_AWAY = "事務局のデータベースにつながりません。つながりを確かめて、もう一度お試しください。"
_SERVER_DAMAGED = "事務局のデータベースがこわれています。予備の写しから戻してください。"
_POSTGRES = (
    ("55P03", "busy", _STAFF_BUSY),
    ("40001", "busy", _STAFF_BUSY),
    ("40P01", "busy", _STAFF_BUSY),
    ("53300", "busy", _STAFF_BUSY),
    ("53", "full", "事務局のデータベースの空きが足りません。データベースの係にお知らせください。"),
    ("25006", "read_only", _NO_WRITING),
    ("42501", "read_only", _NO_WRITING),
    ("28", "cannot_open", "データベースの名前か合言葉がちがいます。もう一度ご確認ください。"),
    ("3D000", "cannot_open", "その名前のデータベースがありません。もう一度ご確認ください。"),
    ("08", "cannot_open", _AWAY),
    ("57P", "cannot_open", _AWAY),
    ("25P03", "cannot_open", _AWAY),
    ("58", "io", "事務局のデータベースが読み書きできません。データベースの係にお知らせください。"),
    ("XX001", "damaged", _SERVER_DAMAGED),
    ("XX002", "damaged", _SERVER_DAMAGED),
)
"""SQLSTATE, or how it begins; the first that fits counts."""


def sentence(error: object) -> StoreError | None:
    """Return the plain words for what a driver raised, None where it is not the environment."""
    if hasattr(error, "sqlstate"):
        return _of_postgres(error.sqlstate or _refused(error))
    if getattr(error, "sqlite_errorcode", None) in _WRITES:
        return StoreError(_UNWRITTEN, code="io")
    lowered = str(error).lower()
    for part, code, text in _SQLITE:
        if part in lowered:
            return StoreError(text, code=code)
    return None


def unread(what: str = "記録のファイル") -> StoreError:
    """Return what is said of a file that could not be read at this moment."""
    return StoreError(f"{what}を{_UNREAD}", code="io")


def _of_postgres(state: str) -> StoreError | None:
    for start, code, text in _POSTGRES:
        if state.startswith(start):
            return StoreError(text, code=code)
    return None


def _refused(error: object) -> str:
    """A connection that never came about has no state of its own, only the server's words."""
    if type(error).__name__ != "OperationalError":
        return "-"
    said = str(error).lower()
    if "password" in said or "role" in said:
        return "28000"
    return "3D000" if "database" in said and "exist" in said else "08006"
