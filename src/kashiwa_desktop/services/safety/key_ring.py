"""The office's keys while the window is open: unlocked once, in memory only, for all pages."""

from kashiwa_desktop.crypto.keys import OfficeKeys, RecoveryKey
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.office.setup import OfficeSetup
from kashiwa_desktop.services.safety.guarding import journal
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.travel.sending import Made

_CLOSED = "先に事務局の合言葉をお入れください。"


class KeyRing:
    """Holds the office's keys; nothing of them is written anywhere."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._keys: OfficeKeys | None = None

    @property
    def is_open(self) -> bool:
        return self._keys is not None

    @property
    def keys(self) -> OfficeKeys:
        """The keys; RefusedError before the 合言葉 was given."""
        if self._keys is None:
            raise RefusedError(_CLOSED, code="no_passphrase")
        return self._keys

    def open(self, passphrase: str) -> OfficeKeys:
        """Unlock the keys (two seconds, in a process of its own); WrongPassphraseError."""
        self._keys = OfficeSetup(self.store).unlock(passphrase)
        return self._keys

    def hold(self, keys: OfficeKeys, recovery: RecoveryKey | None = None) -> None:
        """Go on with new keys; with ``recovery`` files sealed to the lost one can be read too."""
        self._keys = keys.and_reading([recovery.receiving]) if recovery else keys

    def close(self) -> None:
        """Forget the keys: the next work asks for the 合言葉 again."""
        self._keys = None

    def journal(self) -> Made | None:
        """Put the office's own work into its archive; None while closed or with nothing new."""
        return journal(self.store, self._keys) if self._keys is not None else None
