"""Before money moves and before a paper of it: what the store says has its witness in the log.

RELIABILITY.md §5.5: no payment, no sheet, no list and no transfer file while anything about that
month's money is not what the log tells of it.
"""

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services import log_heads
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.storage import audit, testimony
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.testimony import Wrong

_REWRITTEN = "操作の記録が書きかえられています。"
_THEN = (
    "支払も書類も作っていません。お金にさわる前に、予備の写しから戻すか、"
    "サポートに電話してください。"
)


def refuse_doubts(store: Store, tx: Tx, month: Month) -> None:
    """Refuse to go on with this month's money where anything of it has no witness.

    RefusedError (``not_witnessed``) that names the person, the month and the number.
    """
    found = _doubts(store, tx, month)
    if found:
        more = f"(ほか{len(found) - 1}件)" if len(found) > 1 else ""
        raise RefusedError(f"{found[0].text}{more}{_THEN}", code="not_witnessed")


def _doubts(store: Store, tx: Tx, month: Month) -> list[Wrong]:
    if not audit.is_whole(tx):
        return [Wrong(_REWRITTEN)]
    return [*testimony.of_money(tx, str(month)), *log_heads.doubts(store.folder, tx)]
