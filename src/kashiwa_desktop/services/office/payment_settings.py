"""詳しい設定 of the supervisor: 気になること, the transfer file, 伺番号 and 伝票番号 of a month."""

from typing import Any

from kashiwa_desktop.domain import payment_options
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.payment_options import KIND, PaymentOptions
from kashiwa_desktop.domain.settings_schema import check_settings
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.services.office.settings_changes import shared_change, write
from kashiwa_desktop.services.store import Store, allow, office_facts
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.storage.database import Tx


class PaymentSettings:
    """Reads and changes one settings record that never leaves the office."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self) -> PaymentOptions:
        with self._store.db.read() as tx:
            office_facts(tx)
            return options(tx)

    def show_noticing(self, *, wanted: bool) -> None:
        """Switch 気になること (screen 43) on or off."""
        self._change({"noticing": wanted}, "noticing")

    def use_transfers(self, *, wanted: bool, profile: str = "standard") -> None:
        """Switch the 全銀 file on or off; ``profile`` is the bank's, as ``Banking`` reads it."""
        self._change({"transfers": wanted, "profile": profile}, "transfers")

    def set_numbers(self, month: Month, inquiry: str, voucher: str) -> None:
        """Keep 伺番号 and 伝票番号 of a month's 支払一覧."""
        row = {"month": str(month), "inquiry": clean(inquiry), "voucher": clean(voucher)}
        with self._store.db.read() as tx:
            kept = [r for r in _body(tx).get("numbers", []) if r["month"] != str(month)]
        numbers = sorted([*kept, row], key=lambda r: r["month"])
        self._change({"numbers": numbers}, "payment_numbers")

    def _change(self, patch: dict[str, Any], event: str) -> None:
        with self._store.db.write() as tx:
            office_facts(tx)
            allow(self._store, tx, "supervisor")
            before = _body(tx)
            body = {**before, **patch}
            if body == before:
                return
            check_settings(body)
            write(self._store, tx, event, [shared_change(tx, body, KIND)])


def options(tx: Tx) -> PaymentOptions:
    return payment_options.read([_body(tx)])


def _body(tx: Tx) -> dict[str, Any]:
    bodies = (r.body for r in revisions.shown(tx, "settings"))
    return dict(next((b for b in bodies if b.get("kind") == KIND), {"kind": KIND}))
