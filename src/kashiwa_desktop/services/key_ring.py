"""The office's keys once the 合言葉 was given: asked once, kept in memory only, for all screens."""

from kashiwa_desktop.crypto.keys import OfficeKeys
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.setup import OfficeSetup
from kashiwa_desktop.services.store import Store


class KeyRing:
    """Shared by the screens that open or sign files; closed again with the window."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._keys: OfficeKeys | None = None

    @property
    def is_open(self) -> bool:
        """Whether the 合言葉 was given."""
        return self._keys is not None

    @property
    def keys(self) -> OfficeKeys:
        """The unlocked keys; RefusedError (no_passphrase) before the 合言葉 was given."""
        if self._keys is None:
            raise RefusedError("先に合言葉をお入れください。", code="no_passphrase")
        return self._keys

    def open(self, keyword: str) -> None:
        """Open the keys; AppError where the 合言葉 is another one."""
        self._keys = OfficeSetup(self.store).unlock(keyword)
