"""What a person can act on. Everything that is not an ``AppError`` is a bug.

Every error carries its own plain Japanese sentence: what happened, and the one thing to do.
``WrongUsageError`` is the command line's status 2, every other ``AppError`` is status 1.
"""


class AppError(Exception):
    """The world is in the way, and the person can do something about it."""

    def __init__(self, text: str, *, code: str = "refused", **values: object) -> None:
        super().__init__(text)
        self.text = text
        self.code = code
        self.values = values


class RefusedError(AppError):
    """What was asked for does not fit the records: nothing was written."""


class WrongUsageError(AppError):
    """A key, a code or an argument that this program does not know."""


class StoreError(AppError):
    """The store cannot be read or written: full, locked, read-only, damaged, too new."""


class PlaceError(AppError):
    """A file or a stick cannot be read or written."""


class FileRefusedError(AppError):
    """A travelling file was not accepted; ``code`` is one of the reasons of PRODUCT.md §8."""
