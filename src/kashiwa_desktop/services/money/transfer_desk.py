"""The 全銀 file from the window: the 合言葉 opens the accounts only while it is written."""

from datetime import date
from pathlib import Path

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.money.banking import Banking, TransferFile
from kashiwa_desktop.services.office.payment_settings import PaymentSettings
from kashiwa_desktop.services.office.setup import OfficeSetup
from kashiwa_desktop.services.store import Store


class TransferDesk:
    """総合振込: refuse rather than guess (DOMAIN.md §3.4)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def write(
        self, month: Month, day: date, words: str, out: Path, progress: Progress
    ) -> TransferFile:
        """Write the file of all that is issued and not paid, by the profile that is set.

        RefusedError for a wrong 合言葉, a closed day, a missing account or a name with no form.
        """
        progress.step("事務局のかぎを開いています", 0, 0)
        keys = OfficeSetup(self._store).unlock(words)
        progress.step("振込のファイルを作っています", 0, 0)
        profile = PaymentSettings(self._store).read().profile
        return Banking(self._store).transfer(month, day, keys, out, profile)
